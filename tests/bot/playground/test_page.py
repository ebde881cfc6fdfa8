"""The page as a person sees it, in a real Chromium."""

import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.bot.playground.chromium import DESKTOP, PHONE, TABLET, Window, launched, opened
from tests.bot.playground.stage import ANNA, BEN, OLGA, Stage, staged

RUSSIAN_PHONE = Window(PHONE, "ru-RU")


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    """In the browser's loop: the playground, where everybody has met the bot."""
    async with staged() as stage:
        for person in (ANNA, BEN, OLGA):
            stage.telegram.say(person, "/start")
        yield stage


def pane(page: Page, name: str) -> Locator:
    """A person's chat."""
    return page.get_by_role("region", name=re.compile(name))


def bubbles(page: Page, name: str) -> Locator:
    return pane(page, name).locator(".bubble .text")


@pytest.mark.browser
async def test_a_message_shows_its_markup_and_runs_nothing(chromium: Browser, stage: Stage) -> None:
    words = '<b>Kaluga &amp; <i>area</i></b> &lt;img src=x onerror="alert(1)"&gt;'
    await stage.send(ANNA, words + ' <a href="https://example.org/1">original</a>')
    async with opened(chromium, stage.url) as page:
        last = bubbles(page, "Anna").last
        await expect(last).to_have_text('Kaluga & area <img src=x onerror="alert(1)"> original')
        await expect(last.locator("strong em")).to_have_text("area")
        await expect(last.get_by_role("link")).to_have_attribute("href", "https://example.org/1")


@pytest.mark.browser
async def test_emoji_do_not_shift_the_markup(chromium: Browser, stage: Stage) -> None:
    await stage.send(ANNA, "🙂🙂 <u>Калуга</u> <code>x</code><blockquote>a <s>b</s></blockquote>")
    async with opened(chromium, stage.url) as page:
        last = bubbles(page, "Anna").last
        await expect(last.locator("u")).to_have_text("Калуга")
        await expect(last.locator("blockquote s")).to_have_text("b")


@pytest.mark.browser
async def test_typed_words_and_enter_reach_the_bot(chromium: Browser, stage: Stage) -> None:
    async with opened(chromium, stage.url) as page:
        field = pane(page, "Ben").get_by_role("textbox")
        await field.fill("Moscow,")
        await field.press("Shift+Enter")
        await field.press_sequentially("Voronezh")
        await field.press("Enter")
        await expect(bubbles(page, "Ben").last).to_have_text("Moscow,\nVoronezh")
        await expect(field).to_have_value("")
    assert (await stage.bot("getUpdates"))[-1]["message"]["text"] == "Moscow,\nVoronezh"


@pytest.mark.browser
async def test_a_pressed_button_gets_the_bots_answer(chromium: Browser, stage: Stage) -> None:
    await stage.send(BEN, "Did you mean Voronezh Region?", "Yes", "No")
    async with opened(chromium, stage.url) as page:
        await pane(page, "Ben").get_by_role("button", name="Yes").click()
        await expect(pane(page, "Ben").locator("[aria-busy=true]")).to_have_count(1)
        query = (await stage.bot("getUpdates"))[-1]["callback_query"]
        await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="Followed")
        await expect(pane(page, "Ben").get_by_role("status")).to_have_text("Followed")
        await expect(pane(page, "Ben").locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.browser
async def test_a_correction_edits_the_message_and_replies_to_it(
    chromium: Browser, stage: Stage
) -> None:
    first = await stage.send(ANNA, "Калужская область: сбито 40")
    async with opened(chromium, stage.url) as page:
        await expect(bubbles(page, "Anna").last).to_contain_text("40")
        await stage.bot("editMessageText", chat_id=ANNA, message_id=first, text="Сбито 14")
        await stage.send(ANNA, "Исправление", reply_parameters={"message_id": first})
        old, reply = pane(page, "Anna").locator(".theirs").nth(-2), bubbles(page, "Anna").last
        await expect(reply).to_have_text("Исправление")
        await expect(old.locator(".text")).to_have_text("Сбито 14")
        await expect(old.locator(".edited")).to_have_text("edited")
        await expect(pane(page, "Anna").locator(".quote span")).to_have_text("Сбито 14")


@pytest.mark.browser
async def test_the_bots_commands_are_offered_and_chosen_by_keyboard(
    chromium: Browser, stage: Stage
) -> None:
    menu = [{"command": name, "description": f"To {name}"} for name in ("help", "latest", "start")]
    await stage.bot("setMyCommands", commands=menu)
    async with opened(chromium, stage.url) as page:
        field = pane(page, "Ben").get_by_role("textbox")
        await field.press_sequentially("/")
        await expect(pane(page, "Ben").get_by_role("option")).to_have_count(3)
        await field.press_sequentially("la")
        await field.press("ArrowDown")
        await field.press("Enter")
        await expect(bubbles(page, "Ben").last).to_have_text("/latest")


@pytest.mark.browser
async def test_a_location_is_chosen_by_keyboard_and_sent(chromium: Browser, stage: Stage) -> None:
    async with opened(chromium, stage.url) as page:
        await pane(page, "Ben").get_by_role("button", name="Send a location").press("Enter")
        await expect(pane(page, "Ben").get_by_role("option")).to_have_count(4)
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(pane(page, "Ben").get_by_role("option")).to_have_count(0)
        shown = pane(page, "Ben").locator(".place").last
        await expect(shown).to_have_text("LocationTroitsk, Moscow")
    assert (await stage.bot("getUpdates"))[-1]["message"]["location"]["latitude"] == 55.485


@pytest.mark.browser
async def test_one_menu_is_open_at_a_time(chromium: Browser, stage: Stage) -> None:
    await stage.bot("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    async with opened(chromium, stage.url, RUSSIAN_PHONE) as page:
        await page.get_by_role("tab", name="Анна").click()
        chat = page.locator(f"#pane-{ANNA}")
        await chat.get_by_role("button", name="Отправить геопозицию").click()
        await expect(chat.get_by_role("option", name="Варшава")).to_be_in_viewport(ratio=1)
        await chat.get_by_role("button", name="Команды").click()
        await expect(chat.get_by_role("option")).to_have_text("/helpHelp")
        await page.keyboard.press("Escape")
        await expect(chat.get_by_role("option")).to_have_count(0)


@pytest.mark.browser
async def test_a_sample_is_chosen_published_and_answered(chromium: Browser, stage: Stage) -> None:
    async with opened(chromium, stage.url) as page:
        source = page.get_by_role("region", name="Source")
        await source.get_by_role("button", name="Three regions").click()
        await expect(source.get_by_text("SAMPLE — invented")).to_be_visible()
        await source.get_by_role("button", name="Publish").click()
        await expect(source.locator(".verdict").first).to_have_text("Incidents#118#119")
    assert stage.taken[0].source.id == "regional-digest"


@pytest.mark.browser
async def test_nothing_is_published_without_a_text(chromium: Browser, stage: Stage) -> None:
    async with opened(chromium, stage.url) as page:
        await page.get_by_role("button", name="Publish").click()
        await expect(page.get_by_role("alert")).to_have_text(
            "Write a text or choose a sample first."
        )
    assert not stage.taken


@pytest.mark.browser
async def test_an_edited_sample_is_ones_own_text(chromium: Browser, stage: Stage) -> None:
    async with opened(chromium, stage.url) as page:
        await page.get_by_role("button", name="All-clear").click()
        await page.get_by_label("Report").press_sequentially("!")
        await expect(page.locator(".mark")).to_have_text("your own text")


@pytest.mark.browser
@pytest.mark.parametrize("size", [DESKTOP, TABLET, (1280, 720)])
async def test_four_panes_fit_the_screen(
    chromium: Browser, stage: Stage, size: tuple[int, int]
) -> None:
    await stage.send(ANNA, "Слово" * 200)
    async with opened(chromium, stage.url, Window(size)) as page:
        assert await _overflow(page) == [0, 0]
        for name in ("Source", "Anna", "Ben", "Olga"):
            await expect(pane(page, name)).to_be_in_viewport(ratio=1)


@pytest.mark.browser
async def test_a_phone_shows_one_pane_and_marks_what_is_unread(
    chromium: Browser, stage: Stage
) -> None:
    async with opened(chromium, stage.url, RUSSIAN_PHONE) as page:
        await stage.send(ANNA, "Калужская область: сбито 40 " + "ы" * 300)
        anna = page.get_by_role("tab", name="Анна, непрочитанных: 1")
        await anna.click()
        assert await _overflow(page) == [0, 0]
        await expect(page.get_by_text("сбито 40")).to_be_in_viewport()
        await expect(page.get_by_role("tab", name="Анна", exact=True)).to_be_visible()


@pytest.mark.browser
async def test_fingers_find_everything_on_a_phone(chromium: Browser, stage: Stage) -> None:
    await stage.send(ANNA, "Вы имели в виду Калугу?", "Да")
    async with opened(chromium, stage.url, RUSSIAN_PHONE) as page:
        for tab in ("Источник", "Анна"):
            await page.get_by_role("tab", name=re.compile(tab)).click()
            assert await page.evaluate(_TOO_SMALL) == []


@pytest.mark.browser
async def test_the_page_speaks_the_browsers_language_until_told_otherwise(
    chromium: Browser, stage: Stage
) -> None:
    async with opened(chromium, stage.url, Window(locale="ru-RU")) as page:
        await expect(page.get_by_text("Песочница: люди и сообщения вымышлены")).to_be_visible()
        await page.locator(".languages").get_by_role("button", name="EN, English").click()
        await expect(page.get_by_text("nothing here is news")).to_be_visible()
        await page.reload()
        await expect(page.get_by_text("nothing here is news")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("dark", [False, True])
async def test_text_stands_out_from_its_ground(
    chromium: Browser, stage: Stage, *, dark: bool
) -> None:
    await stage.send(ANNA, "<i>Sure</i>, https://example.org ?", "Yes")
    await stage.ask("publish", source="moscow-mayor", text="Сбит дрон.")
    async with opened(chromium, stage.url, Window(dark=dark)) as page:
        await page.get_by_role("button", name="Three regions").click()
        assert await page.evaluate(_CONTRASTS) >= 4.5


@pytest.mark.browser
async def test_a_lost_connection_is_said_and_what_was_missed_comes_later(
    chromium: Browser, stage: Stage
) -> None:
    async with opened(chromium, stage.url) as page:
        field = pane(page, "Anna").get_by_role("textbox")
        await field.fill("half a sen")
        await stage.stop()
        await expect(page.get_by_text("Connection lost")).to_be_visible()
        stage.telegram.say(ANNA, "Said meanwhile")
        await stage.start()
        await expect(bubbles(page, "Anna").last).to_have_text("Said meanwhile")
        await expect(page.get_by_text("Connection lost")).to_be_hidden()
        await expect(field).to_have_value("half a sen")


async def _overflow(page: Page) -> list[int]:
    """How many pixels the page is wider and higher than the window."""
    root = "document.documentElement"
    sides = f"[{root}.scrollWidth - innerWidth, {root}.scrollHeight - innerHeight]"
    overflow: list[int] = await page.evaluate(sides)
    return overflow


_TOO_SMALL = """
[...document.querySelectorAll("button, select, textarea, input, summary, [role=tab]")]
  .filter((one) => one.offsetParent && !one.matches(".command, .quote"))
  .filter((one) => one.getBoundingClientRect().height < 44
    || (one.matches("select, textarea, input") && parseFloat(getComputedStyle(one).fontSize) < 16))
  .map((one) => one.outerHTML)
"""

_CONTRASTS = """
(() => {
  const light = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (one) => {
    const colour = getComputedStyle(one).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" && one.parentElement ? ground(one.parentElement) : colour;
  };
  const told = [...document.querySelectorAll("body *")].filter((one) => one.offsetParent
    && [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim()));
  return Math.min(...told.map((one) => {
    const pair = [getComputedStyle(one).color, ground(one)].map(light);
    const [high, low] = pair.sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }));
})()
"""
