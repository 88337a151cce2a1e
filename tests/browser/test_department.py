"""The department's page on a phone: accept, arrive, photograph, with a network and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from samples.receiver_photo import plain_photo
from tests.acceptance.department import Centre
from tests.browser.pages import a_browser, a_phone, enter, needs_chromium, strangers
from tests.contract.api.office import FIRE

pytestmark = needs_chromium
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    running = Centre(tmp_path, NOWHERE)
    yield running
    running.service.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, centre: Centre) -> Iterator[BrowserContext]:
    context = a_phone(browser, centre.url)
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext, centre: Centre) -> Page:
    opened = phone.new_page()
    enter(opened, "/department", centre.keys[FIRE])
    return opened


def press(page: Page, name: str) -> None:
    page.click(f"[data-act={name}]")


def photograph(page: Page) -> None:
    press(page, "resolve")
    page.set_input_files("#camera", {"name": "after.png", "mimeType": "image/png", "buffer": plain_photo()})
    page.click("#ask [type=submit]")


def status_of(centre: Centre, incident: str) -> str:
    return str(centre.incident(incident)["dispatches"][0]["status"])


def test_a_dispatch_appears_by_itself_and_is_handled_to_its_end_with_a_photo(centre: Centre, page: Page) -> None:
    expect(page.locator("#list")).to_contain_text("现在没有要处理的派单")
    incident = centre.dispatched_to(FIRE)
    press(page, "acknowledge")
    press(page, "arrive")
    photograph(page)
    expect(page.locator("#list")).to_contain_text("已处理，等待核查")
    done = centre.when(incident, "resolved")
    assert [one["role"] for one in done["evidence"]] == ["after"]
    assert done["dispatches"][0]["status"] == "resolved"


def test_what_is_answered_without_a_network_is_kept_through_a_closed_page_and_sent_later(
    centre: Centre, page: Page, phone: BrowserContext
) -> None:
    incident = centre.dispatched_to(FIRE)
    expect(page.locator(".dispatch")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    phone.set_offline(True)
    press(page, "acknowledge")
    press(page, "arrive")
    expect(page.locator("#line")).to_contain_text("2 条等有网时发送")
    page.close()
    again = phone.new_page()
    again.goto("/static/department/index.html")
    expect(again.locator(".kept")).to_contain_text("接单 · 已到场")
    assert status_of(centre, incident) != "arrived"
    phone.set_offline(False)
    again.evaluate("dispatchEvent(new Event('online'))")
    centre.when(incident, "in_progress")
    expect(again.locator("#line")).not_to_contain_text("等有网时发送")
    assert status_of(centre, incident) == "arrived"


def test_what_is_not_ours_goes_back_with_its_reason(centre: Centre, page: Page) -> None:
    incident = centre.dispatched_to(FIRE)
    press(page, "refuse")
    page.fill("#ask input", "不在辖区")
    page.click("#ask [type=submit]")
    expect(page.locator(".dispatch")).to_have_count(0)
    assert centre.incident(incident)["dispatches"][0]["reason"] == "不在辖区"


def test_the_page_asks_nobody_outside_and_fits_a_phone(centre: Centre, phone: BrowserContext) -> None:
    asked = strangers(phone, centre.url)
    centre.dispatched_to(FIRE)
    page = phone.new_page()
    enter(page, "/department", centre.keys[FIRE])
    expect(page.locator(".dispatch")).to_be_visible()
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.locator(".dispatch .big").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 56


def test_another_roles_key_is_told_that_this_is_not_its_page(centre: Centre, phone: BrowserContext) -> None:
    page = phone.new_page()
    enter(page, "/department", centre.keys["operator"])
    expect(page.locator("#refusal")).to_contain_text("这不是部门的密钥")
