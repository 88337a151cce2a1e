"""What things are called where a person reads it: Chinese first, English beside it."""

from collections.abc import Mapping

from pipelines.observation import EvidenceRole, Kind, Measure

KINDS: Mapping[Kind, str] = {
    Kind.FIRE_LANE: "消防通道堵塞 Blocked fire lane",
    Kind.STREET_VENDING: "占道经营 Street vending",
    Kind.DAM_SEEPAGE: "堤坝渗漏 Dam seepage",
}

ROLES: Mapping[EvidenceRole, str] = {
    EvidenceRole.ONSET: "发现 onset",
    EvidenceRole.DWELL: "超时 dwell met",
    EvidenceRole.LATEST: "最新 latest",
    EvidenceRole.CLEAR: "复核 looked again",
    EvidenceRole.CLIP: "录像 clip",
}

_LABELS: Mapping[str, str] = {
    "person": "人",
    "bicycle": "自行车",
    "motorcycle": "摩托车/电动车",
    "tricycle": "三轮车",
    "car": "小汽车",
    "van": "面包车",
    "bus": "客车",
    "truck": "货车",
    "stall": "摊位",
    "stall_goods": "摆卖货物",
    "stall_parasol": "遮阳伞摊位",
    "mobile_stall": "流动摊贩",
    "shop_goods": "店外经营",
}

MEASURES: Mapping[str, str] = {
    "stalls": "摊位 stalls {value:.0f}",
    "area": "占地 taken {value:.1f} m²",
    "area_share": "占地 taken {value:.0%}",
    "customers": "顾客 customers {value:.0f}",
    "moves": "换位 moved on {value:.0f}×",
}
"""What evidence says of measures, in this order; a width has its place of its own."""

UNKNOWN_THING = "不明物体 unknown object"


def label_of(label: str) -> str:
    """A class as people call it; a class without a Chinese name keeps the detector's."""
    chinese = _LABELS.get(label)
    return label if chinese is None else f"{chinese} {label.replace('_', ' ')}"


def measured(measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """What a still says of them."""
    return tuple(said.format(value=measures[name].value) for name, said in MEASURES.items() if name in measures)
