"""What things are called where a person reads it: Chinese first, English beside it."""

from collections.abc import Mapping

from pipelines.observation import EvidenceRole, Kind

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
}

UNKNOWN_THING = "不明物体 unknown object"


def label_of(label: str) -> str:
    """A class as people call it; a class without a Chinese name keeps the detector's."""
    chinese = _LABELS.get(label)
    return label if chinese is None else f"{chinese} {label}"
