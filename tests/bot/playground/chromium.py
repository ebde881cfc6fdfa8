"""A real Chromium for the tests that need a browser: Debian's, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 5000

DESKTOP = (1440, 900)
TABLET = (820, 1180)
PHONE = (390, 844)


@dataclass(frozen=True)
class Window:
    """How a person looks at the page: size in CSS pixels, language, light or dark."""

    size: tuple[int, int] = DESKTOP
    locale: str = "en-US"
    dark: bool = False

    async def context(self, browser: Browser) -> BrowserContext:
        """A fresh profile with this window."""
        width, height = self.size
        return await browser.new_context(
            viewport={"width": width, "height": height},
            locale=self.locale,
            timezone_id="Europe/Moscow",
            color_scheme="dark" if self.dark else "light",
            has_touch=self.size == PHONE,
        )


def installed_chromium() -> str:
    """The path of the browser; skips the test where there is none, unless all must run."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        reason = "Chromium is missing: install the package `chromium`."
        if os.environ.get("RELAY_TEST_REQUIRE_ALL") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A browser with a new, empty user-data directory."""
    path = installed_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def opened(browser: Browser, url: str, window: Window = Window()) -> AsyncIterator[Page]:
    """The page, once it shows the state; whatever it complains of on its console fails the test."""
    context = await window.context(browser)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    try:
        await page.goto(url)
        await page.wait_for_selector("html[data-ready]", state="attached")
        yield page
    finally:
        await context.close()
    assert not complaints
