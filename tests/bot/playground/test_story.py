"""The story that the playground is there to show, from its page alone, with the whole relay."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.address import Address
from bot.delivery.pace import Pace
from bot.intake import KINDS
from bot.listed import Listed
from bot.playground.publishers import playground_sources
from bot.relay import relay
from bot.settings import Settings
from bot.telegram.reach import Stop
from reports.regions import Catalog
from tests.bot.playground.chromium import Window, launched, opened


@asynccontextmanager
async def playground(data: Path) -> AsyncIterator[Page]:
    """What `run` serves without a token, in a Russian browser; everybody follows their regions."""
    settings = Settings(data=data, http=Address("127.0.0.1", 0))
    listed = Listed(playground_sources(KINDS, Catalog.load().regions))
    pace = Pace(1000, private_gap=0, group_gap=0)
    async with (
        relay(settings, listed, Stop(), pace) as running,
        launched() as browser,
        opened(browser, running.url, Window(locale="ru-RU")) as page,
    ):
        yield page


def told(page: Page, name: str) -> Locator:
    """The bot's messages in somebody's chat."""
    return page.get_by_role("region", name=name).locator(".theirs .text")


async def publish(page: Page, sample: str) -> None:
    await page.get_by_role("button", name=sample).click()
    await page.get_by_role("button", name="Опубликовать").click()


async def answer(page: Page, text: str) -> None:
    """Olga writes to the bot."""
    field = page.get_by_role("region", name="Ольга").get_by_role("textbox")
    await field.fill(text)
    await field.press("Enter")


async def choose(page: Page, label: str | re.Pattern[str]) -> None:
    """Olga presses the newest button of that label."""
    buttons = page.get_by_role("region", name="Ольга").locator(".keyboard")
    await buttons.get_by_role("button", name=label, exact=True).last.click()


@pytest.mark.browser
async def test_everybody_gets_their_own_regions_in_one_message(tmp_path: Path) -> None:
    async with playground(tmp_path) as page:
        before = await told(page, "Бен").count()
        await publish(page, "Три региона")
        await expect(told(page, "Анна").last).to_contain_text("40")
        await expect(told(page, "Анна").last).not_to_contain_text(re.compile("Москв|Воронеж"))
        await expect(told(page, "Бен")).to_have_count(before + 1)
        await expect(told(page, "Бен").last).to_contain_text(
            re.compile("Moscow.*Voronezh", re.DOTALL)
        )
        await expect(told(page, "Бен").last).not_to_contain_text("Kaluga")
        await expect(told(page, "Ольга").last).to_contain_text("Калуж")


@pytest.mark.browser
async def test_a_correction_reaches_exactly_those_who_got_what_it_corrects(tmp_path: Path) -> None:
    async with playground(tmp_path) as page:
        await publish(page, "Три региона")
        await expect(told(page, "Анна").last).to_contain_text("40")
        wrong, others = await told(page, "Анна").count() - 1, await told(page, "Бен").count()
        await answer(page, "/correct")
        await choose(page, re.compile("#1.*Калуж"))
        await choose(page, "сбито")
        await expect(told(page, "Ольга").last).to_contain_text("верное число")
        await answer(page, "14")
        await expect(told(page, "Ольга").last).to_contain_text("1 чат")
        await choose(page, "Отправить")
        await expect(told(page, "Анна").last).to_contain_text("14 беспилотников, а не 40")
        corrected = page.get_by_role("region", name="Анна").locator(".theirs").nth(wrong)
        await expect(corrected).to_contain_text(re.compile("14.*изменено", re.DOTALL))
        await expect(told(page, "Бен")).to_have_count(others)


@pytest.mark.browser
async def test_a_greeting_troubles_nobody(tmp_path: Path) -> None:
    async with playground(tmp_path) as page:
        before = await told(page, "Анна").count()
        await publish(page, "Поздравление")
        await expect(page.locator(".verdict").first).to_have_text("Не сообщение о происшествии")
        await expect(told(page, "Анна")).to_have_count(before)
