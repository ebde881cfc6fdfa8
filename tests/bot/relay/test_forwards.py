"""An admin forwards a post to the bot: it enters as its channel's report, or it is said why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Language
from storage.channels import Channel
from tests.bot import reports
from tests.bot.relay.listed import settled
from tests.bot.relay.posting import (
    BY_NAME,
    GOVERNOR,
    SECRET,
    UNLISTED,
    open_channels,
    post,
    until_read,
    wordings,
)
from tests.town import ADMIN, KALUGA, STRANGER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.playground.botapi.things import Message
    from tests.town import Town

UNCLEAR = "Двое раненых доставлены в больницу."
KNOWN = (
    'Этот пост уже был известен. <b>Принято.</b> <a href="https://t.me/kalugagov/{}">Губернатор</a>'
    ": #1 Калужская область — сбито 40 беспилотников"
)


@pytest.fixture
async def listed(place: Town) -> AsyncIterator[Town]:
    """A relay with two channels as sources, in which the bot is no member."""
    open_channels(place)
    for chat in (GOVERNOR, SECRET, UNLISTED):
        place.telegram.world.chat(chat).members.pop(place.telegram.world.bot.id)
    place.telegram.world.updates.waiting.clear()
    async with place.at_work():
        yield place


def _posted(town: Town, text: str, chat: int = GOVERNOR) -> Message:
    return town.telegram.world.message(chat, int(post(town, text, chat)))


async def _answers(town: Town, message: Message, who: int = ADMIN) -> list[str]:
    """Forward it to the bot; what comes then, beside the answer a line about each new report."""
    before = len(town.texts(who))
    town.telegram.forward(who, message)
    await town.until(lambda: len(town.texts(who)) > before)
    await until_read(town)
    return [one.html for one in town.read_by(who)[before:]]


async def test_a_forwarded_post_is_its_channels_report_and_reaches_who_follows(
    listed: Town,
) -> None:
    await listed.says(KALUGA, "/subscribe Калуга")
    message = _posted(listed, reports.KALUGA_FORTY)
    assert "Принято: #1." in await _answers(listed, message)
    assert "сбито 40" in listed.texts(KALUGA)[-1]
    assert await wordings(listed, str(message.message_id)) == [reports.KALUGA_FORTY]


async def test_it_counts_from_when_the_original_was_published(listed: Town) -> None:
    await listed.says(KALUGA, "/subscribe Калуга")
    message = _posted(listed, reports.KALUGA_ALERT)
    message.date -= 24 * 3600
    await _answers(listed, message)
    assert len(listed.texts(KALUGA)) == 1


async def test_forwarded_again_it_was_known_and_nobody_is_told_twice(listed: Town) -> None:
    await listed.says(KALUGA, "/subscribe Калуга")
    message = _posted(listed, reports.KALUGA_FORTY)
    await _answers(listed, message)
    message.text = reports.KALUGA_FORTY.replace(" ", "\n")
    (answer,) = await _answers(listed, message)
    assert answer == KNOWN.format(message.message_id)
    assert len(listed.texts(KALUGA)) == 2
    assert len(await wordings(listed, str(message.message_id))) == 1


async def test_an_older_wording_does_not_undo_an_edit(listed: Town) -> None:
    message = _posted(listed, reports.KALUGA_FORTY)
    await _answers(listed, message)
    message.text = reports.KALUGA_FORTY.replace("40", "41")
    await _answers(listed, message)
    message.text = reports.KALUGA_FORTY
    (answer,) = await _answers(listed, message)
    assert "уже был известен" in answer
    assert (await wordings(listed, str(message.message_id)))[0] != reports.KALUGA_FORTY


async def test_what_is_no_report_or_unclear_is_answered_so(listed: Town) -> None:
    answers = await _answers(listed, _posted(listed, reports.A_GREETING, SECRET))
    assert "Принято. Пост не о происшествии." in answers
    answers = await _answers(listed, _posted(listed, UNCLEAR))
    assert "Принято. Пост непонятен, поэтому никому не отправлен." in answers


@pytest.mark.parametrize(
    ("chat", "told"), [(UNLISTED, "Этого канала нет в списке"), (None, "написал не канал")]
)
async def test_10_what_is_no_listed_channels_is_refused_with_what_to_do(
    chat: int | None, told: str, listed: Town
) -> None:
    if chat is None:
        listed.telegram.say(STRANGER, reports.KALUGA_FORTY)
        message = listed.telegram.history(STRANGER)[0]
    else:
        message = _posted(listed, reports.KALUGA_FORTY, chat)
    (answer,) = await _answers(listed, message)
    assert told in answer


async def test_a_hidden_author_and_a_picture_are_refused_with_what_to_do(listed: Town) -> None:
    message = _posted(listed, reports.KALUGA_FORTY)
    message.text = ""
    message.content = {"photo": []}
    assert "нет текста" in (await _answers(listed, message))[0]
    message.text = reports.KALUGA_FORTY
    message.origin = {"type": "hidden_user", "sender_user_name": "Кто-то", "date": message.date}
    assert "Telegram не говорит" in (await _answers(listed, message))[0]


async def test_10_a_forward_by_somebody_else_is_small_talk(listed: Town) -> None:
    message = _posted(listed, reports.KALUGA_FORTY)
    (answer,) = await _answers(listed, message, STRANGER)
    assert "do not understand" in answer
    assert await wordings(listed, str(message.message_id)) == []


async def test_the_relays_own_words_are_not_taken_in(place: Town) -> None:
    open_channels(place)
    place.more_sources = (BY_NAME,)
    place.channels = (Channel("@kalugagov", ("RU-KLU",), Language.RU),)
    async with settled(place):
        await place.publishes(reports.KALUGA_FORTY)
        (answer,) = await _answers(place, place.telegram.history(GOVERNOR)[-1])
    assert answer == "Это написал сам бот, поэтому пост не принят."
