"""The page of a flight says what was found, what was not looked at, and nothing that a file name could make of it."""

from typing import Any

from pipelines.flight_page import flight_page

FLIGHT: dict[str, Any] = {
    "captured": {"from": "2026-05-01T02:12:00+00:00", "local_from": None},
    "faces": [{"region": "face", "seen_share": 0.77, "colour_looks": 5, "thermal_looks": 3, "cell_m": 0.1}],
    "thermal_trust": {"factor": 0.3, "why": [["受日照影响", "sun and shade"]]},
    "clock": {"zone": "Asia/Shanghai", "source": "named by hand"},
    "baseline_refused": [],
    "not_looked_at": [{"file": "DJI_0002.MP4", "media_s": 12.5, "why": "the file breaks off here"}],
    "remarks": [],
}


def a_finding(**changes: Any) -> dict[str, Any]:
    place = {"geometry": {"geometries": [{"coordinates": [119.184165, 26.057207]}]}}
    values = {
        "id": "face-1",
        "raised": True,
        "colour_name": "red",
        "why": {"zh": "面积扩大", "en": "it grew"},
        "where": place,
        "how_sure": {"zh": "误差 13.8 m", "en": "within 13.8 m"},
        "no_pin": "",
        "area_m2": 22.9,
        "contrast_k": -2.5,
        "cues": {"thermal": 0.98, "wet": 0.85},
        "growth": {"new": False, "before_m2": 4.8, "share": 3.82},
        "evidence": ["evidence/face-1_now.jpg", "evidence/face-1_face.jpg"],
        "frames": 8,
    }
    return {**values, **changes}


def page(*findings: dict[str, Any], **flight: Any) -> str:
    return flight_page("示例大坝", {**FLIGHT, **flight}, findings, {"face": "faces/face.jpg"})


def test_a_raised_finding_stands_with_its_area_growth_place_and_pictures() -> None:
    said = page(a_finding())
    for words in ("I 红 red", "22.9 m²", "+382%", "26.057207, 119.184165", "误差 13.8 m", "-2.5 K", "face-1_now.jpg"):
        assert words in said


def test_a_candidate_is_listed_apart_and_is_not_called_raised() -> None:
    said = page(a_finding(raised=False))
    assert "上报 raised 0 · 候选 candidates 1" in said
    assert "<article" not in said


def test_what_was_not_looked_at_and_a_refused_baseline_are_said() -> None:
    said = page(baseline_refused=["face looks too different"])
    assert "DJI_0002.MP4 12.5 s: the file breaks off here" in said
    assert "face looks too different" in said
    assert "看到 seen 77%" in said


def test_a_place_that_could_not_be_found_says_why() -> None:
    assert "未知 unknown: near the horizon" in page(a_finding(where=None, how_sure=None, no_pin="near the horizon"))


def test_a_files_name_is_text_and_never_markup() -> None:
    missed = [{"file": "<script>x</script>.MP4", "media_s": 0, "why": "broken"}]
    assert "<script>" not in page(not_looked_at=missed)
