"""The page that a dam flight leaves behind: findings with their pictures, what was covered, and what was not."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

Entry = Mapping[str, Any]

_STYLE = """
:root { font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; color: #16202c; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2 { line-height: 1.25; }
table { border-collapse: collapse; width: 100%; }
td, th { padding: .35rem .6rem; border-bottom: 1px solid #d4dbe4; text-align: left; vertical-align: top; }
article { border: 1px solid #d4dbe4; border-left: .5rem solid var(--colour); border-radius: .5rem; }
article { padding: 1rem; margin: 1rem 0; }
img { max-width: 100%; border-radius: .3rem; }
figure { margin: 0; } figcaption { color: #55657a; font-size: .85rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: .8rem; align-items: start; }
.red { --colour: #c8281e; } .orange { --colour: #b85f0e; } .yellow { --colour: #8a7300; } .blue { --colour: #2468b0; }
.soft { color: #55657a; }
.badge { background: var(--colour); color: #fff; padding: .1rem .5rem; border-radius: .3rem; }
@media print { article { break-inside: avoid; } }
"""
_COLOURS = {"red": "I 红 red", "orange": "II 橙 orange", "yellow": "III 黄 yellow", "blue": "IV 蓝 blue"}


def flight_page(dam_name: str, flight: Entry, findings: Sequence[Entry], faces: Mapping[str, str]) -> str:
    """HTML that needs nothing but the files beside it. faces: file name of each region's drawn face."""
    raised = [one for one in findings if one["raised"]]
    title = f"{dam_name} · {_when(flight)}"
    parts = [
        f"<h1>堤坝飞行报告 Dam flight<br>{_text(title)}</h1>",
        f"<p>上报 raised {len(raised)} · 候选 candidates {len(findings) - len(raised)}</p>",
        *(_finding(one) for one in raised),
        *(_face(face, faces) for face in flight["faces"]),
        _candidates([one for one in findings if not one["raised"]]),
        _about(flight),
    ]
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{_text(title)}</title>'
    head += f"<style>{_STYLE}</style>"
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{"".join(parts)}</body></html>'


def _when(flight: Entry) -> str:
    captured = flight["captured"]
    return str(captured["from"] or captured["local_from"] or "时间未知 time unknown")


def _finding(one: Entry) -> str:
    colour = str(one["colour_name"])
    pictures = "".join(_picture(name, one) for name in one["evidence"])
    rows = [
        ("面积 area", f"{one['area_m2']:.1f} m²{_growth(one)}"),
        ("位置 place", _place(one)),
        ("温差 contrast", "–" if one["contrast_k"] is None else f"{one['contrast_k']:+.1f} K"),
        ("迹象 cues", ", ".join(f"{cue} {share:.0%}" for cue, share in one["cues"].items())),
        ("画面 looks", f"{one['frames']}"),
    ]
    return (
        f'<article class="{colour}"><h2><span class="badge">{_COLOURS[colour]}</span> {_text(one["id"])}</h2>'
        f"<p>{_text(one['why']['zh'])}<br><span class='soft'>{_text(one['why']['en'])}</span></p>"
        f'<div class="pair">{pictures}</div>{_table(rows)}</article>'
    )


def _picture(name: str, one: Entry) -> str:
    before = "坝面：上次 | 现在 the face before | now" if one["growth"] else "坝面 the face"
    words = before if name.endswith("_face.jpg") else "最清晰的画面 the clearest look"
    return f'<figure><img src="{_text(name)}" alt="{_text(one["id"])}"><figcaption>{words}</figcaption></figure>'


def _growth(one: Entry) -> str:
    growth = one["growth"]
    if growth is None:
        return ""
    if growth["new"]:
        return "，上次飞行没有 / not there at the last flight"
    return f"，上次 before {growth['before_m2']:.1f} m² ({growth['share']:+.0%})"


def _place(one: Entry) -> str:
    if one["where"] is None:
        return f"未知 unknown: {one['no_pin']}"
    lon, lat = one["where"]["geometry"]["geometries"][0]["coordinates"]
    return f"{lat:.6f}, {lon:.6f} (WGS-84) · {one['how_sure']['zh']} / {one['how_sure']['en']}"


def _face(face: Entry, faces: Mapping[str, str]) -> str:
    """What was covered is a statement of its own: nothing found where nobody looked means nothing."""
    picture = faces.get(face["region"])
    shown = "" if picture is None else f'<img src="{_text(picture)}" alt="{_text(face["region"])}">'
    looks = f"可见光 colour {face['colour_looks']} · 热像 thermal {face['thermal_looks']}"
    seen = f"看到 seen {face['seen_share']:.0%} · {looks} · 格 cell {face['cell_m']:g} m"
    return f"<h2>坝面 face {_text(face['region'])}</h2><p>{seen}</p>{shown}"


def _candidates(found: Sequence[Entry]) -> str:
    if not found:
        return ""
    rows = [(one["id"], f"{one['area_m2']:.1f} m² · {', '.join(one['cues'])} · {_place(one)}") for one in found]
    return f"<h2>候选，留待下次比较 candidates for the next flight</h2>{_table(rows)}"


def _about(flight: Entry) -> str:
    trust = flight["thermal_trust"]
    why = "; ".join(f"{zh} / {en}" for zh, en in trust["why"])
    clock = flight["clock"]
    rows = [
        ("热像可信度 thermal trust", f"{trust['factor']:.2f} · {why}"),
        ("时钟 clock", f"{clock['zone'] or '时区未知 zone unknown'} · {clock['source']}"),
        ("基线 baseline", "；".join(flight["baseline_refused"]) or "–"),
        *(("未能查看 not looked at", f"{m['file']} {m['media_s']} s: {m['why']}") for m in flight["not_looked_at"]),
        *((str(r["name"]), f"{r['file']}: {r['detail']}") for r in flight["remarks"]),
    ]
    return f"<h2>这次飞行 this flight</h2>{_table(rows)}"


def _table(rows: Sequence[tuple[str, str]]) -> str:
    return (
        f"<table>{''.join(f'<tr><th>{_text(name)}</th><td>{_text(value)}</td></tr>' for name, value in rows)}</table>"
    )


def _text(value: object) -> str:
    return escape(str(value))
