"""A dam's plan is read whole, and every mistake in it is named with its place."""

import tomllib
from pathlib import Path

import pytest

from pipelines.dam import Dam, Part
from pipelines.dam_file import load_dam, read_dam
from pipelines.plan import BadPlan

PATH = Path("dam.toml")
WHOLE = """
[[dam]]
id = "north-dam"
name = "北库大坝 North dam"
take_off_m = 86
thermal_ratio = 1.29
[dam.conditions]
rain_mm = 4.5
wind_m_s = 2
[[dam.region]]
id = "face"
part = "face"
corners = [[26.0, 119.0, 86], [26.0, 119.001, 86], [26.0002, 119.001, 110], [26.0002, 119.0, 110]]
[[dam.region]]
id = "drain-1"
part = "drain"
corners = [[26.0, 119.0, 86], [26.0, 119.00001, 86], [26.00001, 119.00001, 87]]
"""


def dam_of(text: str) -> Dam:
    return read_dam(tomllib.loads(text), PATH)


def problems_of(text: str) -> list[str]:
    with pytest.raises(BadPlan) as refused:
        dam_of(text)
    return refused.value.problems


def test_a_whole_plan_is_read() -> None:
    dam = dam_of(WHOLE)
    assert (dam.id, dam.name, dam.take_off_m, dam.thermal_ratio) == ("north-dam", "北库大坝 North dam", 86, 1.29)
    assert (dam.conditions.rain_mm, dam.conditions.wind_m_s, dam.conditions.water_c) == (4.5, 2, None)
    assert [region.part for region in dam.regions] == [Part.FACE, Part.DRAIN]


def test_drains_are_not_watched() -> None:
    dam = dam_of(WHOLE)
    assert [region.id for region in dam.watched()] == ["face"]
    assert [region.id for region in dam.drains()] == ["drain-1"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("take_off_m = 86\n", ""), 'dam "north-dam": take_off_m is missing'),
        (('part = "face"', 'part = "front"'), 'region "face": part must be one of face, toe, abutment, drain'),
        (("[26.0, 119.0, 86], [26.0, 119.001, 86], [26.0002", "[119.0, 26.0, 86], [26.0, 119.001, 86], [26.0002"),
         "are the first two swapped?"),
        (('id = "drain-1"', 'id = "face"'), "region id used twice: face"),
        (('part = "face"', 'part = "drain"'), "nothing would be looked at"),
        (("rain_mm = 4.5", "rain = 4.5"), "conditions: unknown rain"),
        (("corners = [[26.0, 119.0, 86], [26.0, 119.00001, 86], ", "corners = ["), "corners needs at least 3 rows"),
        (("wind_m_s = 2", "wind_m_s = -2"), "wind_m_s is a number of at least 0"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(wrong: tuple[str, str], said: str) -> None:
    assert wrong[0] in WHOLE
    assert any(said in problem for problem in problems_of(WHOLE.replace(*wrong)))


def test_every_mistake_is_named_at_once() -> None:
    text = WHOLE.replace("take_off_m = 86\n", "").replace('part = "face"', 'part = "front"')
    assert len(problems_of(text)) == 2


@pytest.mark.parametrize("text", ["", WHOLE + WHOLE, "[[camera]]\nid = 'c'\n"])
def test_a_plan_has_exactly_one_dam(text: str) -> None:
    assert any("exactly one [[dam]]" in problem for problem in problems_of(text))


def test_a_file_that_is_no_toml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "dam.toml"
    path.write_text("[[dam", encoding="utf-8")
    with pytest.raises(BadPlan, match="is not TOML"):
        load_dam(path)
    with pytest.raises(BadPlan, match="can't be read"):
        load_dam(tmp_path / "none.toml")
