"""Locations, live ones and venues: what people's clients send, and what the bot is told."""

from __future__ import annotations

import pytest

from bot.playground.botapi import Impossible, Place, Spoken, Telegram
from tests.bot.playground.botapi.wire import ANNA, Json, Wire

GROUP = -500
KALUGA = Place(54.51, 36.26)
LIVE = Place(54.51, 36.26, live_seconds=900)


@pytest.fixture
def telegram() -> Telegram:
    """Anna has an account."""
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna", "ru")
    return telegram


def _told(telegram: Telegram) -> list[tuple[str, Json]]:
    """The updates, each as kind and content."""
    waiting = telegram.world.updates.take(0, 100)
    return [(kind, told) for one in waiting for kind, told in one.items() if kind != "update_id"]


def test_a_location_is_a_message_without_text(telegram: Telegram) -> None:
    telegram.show(ANNA, KALUGA)
    ((kind, told),) = _told(telegram)
    assert kind == "message"
    assert told["location"] == {"latitude": 54.51, "longitude": 36.26}
    assert "text" not in told


def test_a_venue_carries_its_location_twice(telegram: Telegram) -> None:
    telegram.show(ANNA, Place(54.51, 36.26, title="Station", address="Square 1"))
    ((_, told),) = _told(telegram)
    assert told["venue"]["title"] == "Station"
    assert told["venue"]["location"] == told["location"]


def test_a_live_location_that_moves_is_an_edit(telegram: Telegram) -> None:
    message = telegram.show(ANNA, LIVE)
    telegram.move(ANNA, message, Place(54.52, 36.27, live_seconds=900))
    (_, first), (kind, then) = _told(telegram)
    assert first["location"]["live_period"] == 900
    assert (kind, then["location"]["latitude"]) == ("edited_message", 54.52)


async def test_in_a_group_the_bot_gets_only_a_location_that_replies_to_it(chat: Wire) -> None:
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    chat.telegram.add_bot(GROUP, ANNA)
    asked = await chat.done("sendMessage", chat_id=GROUP, text="Where?")
    chat.telegram.world.updates.waiting.clear()
    chat.telegram.show(ANNA, KALUGA, GROUP)
    assert not _told(chat.telegram)
    chat.telegram.speak(ANNA, Spoken(place=KALUGA, reply_to=asked["message_id"]), GROUP)
    assert _told(chat.telegram)[0][1]["location"]["latitude"] == 54.51


def test_a_forwarded_location_and_a_restart_keep_the_place(telegram: Telegram) -> None:
    number = telegram.show(ANNA, KALUGA)
    telegram.forward(ANNA, telegram.history(ANNA)[0])
    restored = Telegram.restored(telegram.dump())
    assert [one.message_id for one in restored.history(ANNA)] == [number, number + 1]
    assert all("location" in one.content for one in restored.history(ANNA))


@pytest.mark.parametrize("place", [Place(90.5, 0), Place(0, 180.5), Place(float("nan"), 0)])
def test_no_client_sends_a_place_off_the_globe(telegram: Telegram, place: Place) -> None:
    with pytest.raises(Impossible, match="no such place"):
        telegram.show(ANNA, place)


def test_only_a_live_location_moves(telegram: Telegram) -> None:
    with pytest.raises(Impossible, match="only a live location"):
        telegram.move(ANNA, telegram.show(ANNA, KALUGA), LIVE)
