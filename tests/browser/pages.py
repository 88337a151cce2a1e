"""Debian's Chromium, driven by Playwright; the tests that need it say so and skip where it is not installed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

CHROMIUM = shutil.which("chromium")
PHONE: ViewportSize = {"width": 390, "height": 844}
WALL: ViewportSize = {"width": 1920, "height": 1080}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-component-update",
    "--disable-background-networking",
]
PATIENCE_MS = 15_000

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no chromium here: apt-get install chromium")


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def a_phone(browser: Browser, base_url: str) -> BrowserContext:
    context = browser.new_context(base_url=base_url, viewport=PHONE, locale="zh-CN", has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    return context


def a_wall(browser: Browser, base_url: str) -> BrowserContext:
    context = browser.new_context(base_url=base_url, viewport=WALL, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    return context


def enter(page: Page, path: str, key: str) -> None:
    page.goto(path)
    page.fill("#key", key)
    page.press("#key", "Enter")


def strangers(context: BrowserContext, base_url: str) -> list[str]:
    """Fills with every address outside of the service that the pages ask for from now on."""
    asked: list[str] = []
    context.on(
        "request",
        lambda request: None if request.url.startswith((base_url, "blob:", "data:")) else asked.append(request.url),
    )
    return asked
