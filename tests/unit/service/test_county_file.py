"""The county's file: read whole, or a complaint that says what, where and what to do."""

from pathlib import Path

import pytest

from pipelines.observation import Kind
from service.county import County
from service.county_file import load_county
from service.errors import BadCounty
from service.names import Name
from tests.facts import SECRET

WHOLE = f"""
zh = "某县"
en = "A county"
base_url = "http://10.0.0.5:8460/"

[[department]]
id = "fire"
zh = "消防救援大队"
en = "Fire and rescue"
[department.endpoint]
url = "http://10.1.2.3:9000/hook"
secret = "{SECRET}"
allowed = ["10.1.2.0/24"]

[[department]]
id = "urban"
zh = "城管局"

[[route]]
kind = "fire_lane"
lead = "fire"
assists = ["urban"]
limit_continuous_hours = 2

[[rejection_reason]]
id = "not_blocking"
zh = "未堵塞"

[[camera]]
id = "north-gate"
zh = "北门"

[rules]
auto_dispatch = true
close_after_verified = true
verify_patience_s = 30
[[rules.auto_confirm]]
kind = "fire_lane"
min_confidence = 0.8
"""


def read(tmp_path: Path, text: str) -> County:
    path = tmp_path / "county.toml"
    path.write_text(text, encoding="utf-8")
    return load_county(path)


def complaint(tmp_path: Path, text: str) -> str:
    with pytest.raises(BadCounty) as bad:
        read(tmp_path, text)
    assert bad.value.zh
    return bad.value.en


def test_a_whole_file_becomes_a_county(tmp_path: Path) -> None:
    county = read(tmp_path, WHOLE)
    assert county.name == Name("某县", "A county")
    assert county.base_url == "http://10.0.0.5:8460"
    assert county.recipients(Kind.FIRE_LANE, None) == ["fire", "urban"]
    assert county.limit_continuous_hours(Kind.FIRE_LANE) == 2
    assert county.departments["urban"].endpoint is None
    assert county.departments["urban"].name == Name("城管局", "城管局")
    endpoint = county.endpoint("fire")
    assert endpoint is not None
    assert (endpoint.secrets, [str(one) for one in endpoint.allowed]) == ((SECRET,), ["10.1.2.0/24"])
    assert county.rules.verify_patience_s == 30
    assert county.confirms(Kind.FIRE_LANE, 0.8)
    assert not county.confirms(Kind.FIRE_LANE, 0.79)
    assert county.camera_name("north-gate").zh == "北门"


def test_nothing_acts_by_itself_unless_the_county_says_so(tmp_path: Path) -> None:
    rules = read(tmp_path, 'zh = "某县"').rules
    assert rules.auto_confirm == ()
    assert not any([rules.auto_dispatch, rules.expire_cleared, rules.close_after_verified])


def test_a_secret_can_be_kept_in_a_file_of_its_own_with_the_one_that_replaces_it(tmp_path: Path) -> None:
    other = "whsec_" + "b3RoZXIh" * 4
    (tmp_path / "fire.secret").write_text(f"{SECRET}\n{other}\n", encoding="utf-8")
    county = read(tmp_path, WHOLE.replace(f'secret = "{SECRET}"', 'secret_file = "fire.secret"'))
    endpoint = county.endpoint("fire")
    assert endpoint is not None
    assert endpoint.secrets == (SECRET, other)


def test_a_secret_is_never_printed(tmp_path: Path) -> None:
    assert SECRET not in repr(read(tmp_path, WHOLE))


@pytest.mark.parametrize(
    ("instead_of", "wrong", "said"),
    [
        ('id = "fire"', "", ["[[department]] #1.id", "missing"]),
        ('zh = "某县"', 'zh = " "', ["county.toml.zh", "text"]),
        ("limit_continuous_hours = 2", 'limit_continuous_hours = "two"', ["[[route]] #1.limit", "number"]),
        ("limit_continuous_hours = 2", "limit_continuous_hours = 0", ["[[route]] #1.limit", "0.01"]),
        ("limit_continuous_hours = 2", "limit_hours = 2", ["limit_hours", "did you mean limit_continuous_hours?"]),
        ('kind = "fire_lane"\nlead', 'kind = "firelane"\nlead', ["[[route]] #1.kind", "fire_lane, street_vending"]),
        ('lead = "fire"', 'lead = "water"', ["[[route]] #1.lead", "'water'", "fire, urban"]),
        ('assists = ["urban"]', 'assists = "urban"', ["[[route]] #1.assists", "list"]),
        ('allowed = ["10.1.2.0/24"]', "", ["endpoint.allowed", "missing"]),
        ('allowed = ["10.1.2.0/24"]', 'allowed = ["10.1.2.3/24"]', ["endpoint.allowed", "host bits", "10.1.2.0/24"]),
        (SECRET, "whsec_short", ["endpoint.secret", "24 to 64 bytes", "make one with"]),
        (SECRET, SECRET.removeprefix("whsec_"), ["endpoint.secret", "whsec_"]),
        (f'secret = "{SECRET}"', 'secret_file = "no.secret"', ["secret_file", "no.secret", "No such file"]),
        ("http://10.1.2.3:9000/hook", "ftp://10.1.2.3/", ["endpoint.url", "http:// or https://"]),
        ("http://10.1.2.3:9000/hook", "http://fire:port/", ["endpoint.url", "http:// or https://"]),
        ("auto_dispatch = true", 'auto_dispatch = "yes"', ["rules.auto_dispatch", "true or false"]),
        ("auto_dispatch = true", "auto_despatch = true", ["rules.auto_despatch", "did you mean auto_dispatch?"]),
        ("[[camera]]", "[[cameras]]", ["cameras", "did you mean camera?"]),
        ("[[camera]]", "[camera]", ["county.toml.camera", "write [[camera]]"]),
        ("[rules]", "[[rules]]", ["county.toml.rules", "write [rules]"]),
        ("min_confidence = 0.8", "min_confidence = true", ["[[auto_confirm]] #1.min_confidence", "number"]),
        ('zh = "某县"', 'zh = "某县', ["county.toml", "not valid TOML"]),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(
    tmp_path: Path, instead_of: str, wrong: str, said: list[str]
) -> None:
    assert instead_of in WHOLE
    text = complaint(tmp_path, WHOLE.replace(instead_of, wrong, 1))
    for part in said:
        assert part in text


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadCounty, match=r"nowhere\.toml"):
        load_county(tmp_path / "nowhere.toml")
