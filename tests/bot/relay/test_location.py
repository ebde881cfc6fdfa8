"""Somebody sends a location: the relay asks about its region, and keeps nothing of the place."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
import structlog

from bot.logs import Log, start_logging
from bot.playground.botapi import Place, Spoken, Status, errors
from storage.tables import metadata
from tests.bot.people import labels
from tests.town import CAPITAL, KALUGA, STRANGER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.botapi import Message
    from tests.town import Town

GROUP, CHANNEL = -5_101, -1_000_000_005_103
AT_HOME = Place(54.51234, 36.26789)
AT_A_BORDER = Place(53.05, 35.2)
ABROAD = Place(52.23, 21.01)
ASKED = "Судя по ближайшим городам, это Калужская область. Подписаться?"


async def _shows(town: Town, user: int, place: Place, reply_to: int | None = None) -> Message:
    """Send a location, in the group where it is a reply; the bot's answer."""
    chat = GROUP if reply_to else user
    before = len(town.read_by(chat))
    town.telegram.speak(user, Spoken(place=place, reply_to=reply_to), chat)
    await town.until(lambda: len(town.read_by(chat)) > before)
    return town.read_by(chat)[before]


@pytest.fixture
async def group(at_work: Town) -> Town:
    """A group that Kaluga's subscriber owns, and the bot in it reads all that is written."""
    at_work.telegram.add_group(GROUP, "Соседи", KALUGA)
    at_work.telegram.join(GROUP, STRANGER)
    at_work.telegram.add_bot(GROUP, KALUGA, Status.ADMINISTRATOR)
    await at_work.until(lambda: bool(at_work.read_by(GROUP)))
    return at_work


async def test_a_location_is_asked_about_and_never_followed_unasked(at_work: Town) -> None:
    question = await _shows(at_work, KALUGA, AT_HOME)
    assert question.text == ASKED
    assert labels(question) == ["Подписаться: Калужская область", "Выбрать регионы"]
    assert "ни на один регион" in (await at_work.says(KALUGA, "/latest")).text


async def test_the_button_follows_the_region(at_work: Town) -> None:
    await _shows(at_work, CAPITAL, AT_HOME)
    answer = await at_work.presses(CAPITAL, "Follow: Kaluga Region")
    assert answer.text == "✅ You follow: Kaluga Region."


async def test_near_a_border_the_person_chooses(at_work: Town) -> None:
    question = await _shows(at_work, CAPITAL, AT_A_BORDER)
    assert question.text.endswith("Which one do you mean?")
    assert labels(question) == ["Oryol Region", "Bryansk Region", "None of these"]
    answer = await at_work.presses(CAPITAL, "Bryansk")
    assert answer.text == "✅ You follow: Bryansk Region."


async def test_what_is_followed_already_is_said(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe Калуга")
    answer = await _shows(at_work, KALUGA, AT_HOME)
    assert (answer.text, answer.buttons) == ("Вы уже подписаны: Калужская область.", [])


async def test_outside_the_next_step_is_shown(at_work: Town) -> None:
    answer = await _shows(at_work, CAPITAL, ABROAD)
    assert answer.text.startswith("I know no region there.")
    assert "/subscribe Kaluga" in answer.text
    assert "/regions" in answer.text


async def test_a_venue_is_a_location_and_a_live_one_is_asked_about_once(at_work: Town) -> None:
    venue = Place(54.51, 36.26, title="Вокзал", address="Площадь, 1")
    assert (await _shows(at_work, KALUGA, venue)).text == ASKED
    live = Place(54.51, 36.26, live_seconds=900)
    assert (await _shows(at_work, KALUGA, live)).text == ASKED
    sent = at_work.telegram.history(KALUGA)[-2]
    at_work.telegram.move(KALUGA, sent.message_id, Place(54.6, 36.3, live_seconds=900))
    await at_work.says(KALUGA, "/language")
    assert len(at_work.read_by(KALUGA)) == 3


async def test_people_are_told_that_a_location_will_do(at_work: Town) -> None:
    for command in ("/subscribe", "/help"):
        assert "геопозицию: она не сохраняется" in (await at_work.says(KALUGA, command)).text
        assert "location" in (await at_work.says(CAPITAL, command)).text


async def test_in_a_group_an_admin_replies_with_a_location(group: Town) -> None:
    prompt = await group.says(KALUGA, "/subscribe", GROUP)
    assert "ответьте на это сообщение геопозицией" in prompt.text
    question = await _shows(group, KALUGA, AT_HOME, reply_to=prompt.message_id)
    assert question.text == ASKED
    refused = await _shows(group, STRANGER, AT_HOME, reply_to=prompt.message_id)
    assert refused.text == "Это могут менять только администраторы этого чата."


async def test_a_location_for_others_in_the_group_is_none_of_the_bots_business(
    group: Town,
) -> None:
    group.telegram.show(KALUGA, AT_HOME, GROUP)
    await group.says(STRANGER, "/help", GROUP)
    assert len(group.read_by(GROUP)) == 2


async def test_a_channel_is_not_told_of_locations(at_work: Town) -> None:
    at_work.telegram.add_channel(CHANNEL, "Калуга: сводки", KALUGA)
    at_work.telegram.add_bot(CHANNEL, KALUGA, Status.ADMINISTRATOR)
    at_work.telegram.show(KALUGA, AT_HOME, CHANNEL)
    at_work.telegram.say(KALUGA, "/subscribe", CHANNEL)
    await at_work.until(lambda: len(at_work.telegram.history(CHANNEL)) == 3)
    answer = at_work.telegram.history(CHANNEL)[-1].text
    assert answer.endswith("/subscribe Калуга, Москва")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the service would log."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    start_logging([], Log(written))
    yield written
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.allowed_logs
async def test_the_place_is_neither_stored_nor_logged_nor_told(
    at_work: Town, log: io.StringIO
) -> None:
    await _shows(at_work, KALUGA, AT_HOME)
    at_work.telegram.faults.fail(errors.BAD_GATEWAY, "sendMessage", chat_id=KALUGA)
    at_work.telegram.show(KALUGA, AT_HOME)
    await at_work.says(KALUGA, "/help")
    assert "could not be sent" in log.getvalue()
    kept = await _everything_stored(at_work) + log.getvalue() + str(at_work.texts(KALUGA))
    assert [trace for trace in ("54.5", "36.2", "54,5", "5451") if trace in kept] == []


async def _everything_stored(town: Town) -> str:
    assert town.relay is not None
    async with town.relay.database.read() as tx:
        rows = [(await tx.execute(sa.select(table))).all() for table in metadata.sorted_tables]
    return str(rows)
