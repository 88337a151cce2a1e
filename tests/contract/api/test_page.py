"""The first page: everything on it is ours, and says the same in both languages."""

import re
from pathlib import Path

import pytest

from tests.contract.api.office import Office

WEB = Path(__file__).parents[3] / "web"
SCRIPTS = sorted(WEB.glob("*.js"))
KEY = re.compile(r"(\w+): (?=[\"{])")


def keys_of(language: str, after: str) -> list[str]:
    """The names in one language's table, in order."""
    table = (WEB / "texts.js").read_text().partition(f"  {language}: {{")[2].partition(after)[0]
    return KEY.findall(table)


def test_the_page_and_all_that_it_asks_for_come_from_here(office: Office) -> None:
    page = office.client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    asked = set(re.findall(r'(?:src|href)="([^"]+)"', page.text))
    assert {"/static/app.js", "/static/style.css"} <= asked
    assert {path: office.client.get(path).status_code for path in asked} == dict.fromkeys(asked, 200)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_loads_nothing_but_its_neighbours(script: Path) -> None:
    imported = re.findall(r"from \"([^\"]+)\"", script.read_text())
    assert all((WEB / name).is_file() for name in imported)
    assert ".innerHTML" not in script.read_text()


@pytest.mark.parametrize("name", ["index.html", "style.css", *(path.name for path in SCRIPTS)])
def test_nothing_is_asked_of_another_machine(name: str) -> None:
    text = (WEB / name).read_text().replace("http://www.w3.org/2000/svg", "")
    assert re.findall(r"https?://|//\w+\.\w+/|@import|url\(", text) == []


def test_both_languages_have_the_same_words() -> None:
    chinese, english = keys_of("zh", "\n  en: {"), keys_of("en", "\n};")
    assert len(chinese) > 80
    assert chinese == english


def test_every_word_that_the_page_names_exists() -> None:
    named = set(re.findall(r'data-text="(\w+)"', (WEB / "index.html").read_text()))
    assert named
    assert named <= set(keys_of("zh", "\n  en: {"))
