"""What Telegram says of a chat and of the bot there, and whether that lets it post."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.playground.botapi import Telegram, serve
from bot.playground.botapi.things import Status
from bot.telegram.connection import BotApi
from bot.telegram.posting import Unfit, asking, place_of
from reports.model import Language
from storage.channels import Channel, Place
from tests.bot.wire import Gateway, Page, gateway
from tests.town import KALUGA, TOKEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

GROUP = -1_000_000_007_001
LISTED = Channel(str(GROUP), ("RU-KLU",), Language.RU)
BOT = {"id": 7_000_000_001, "is_bot": True, "first_name": "Alert relay"}
RIGHTS = (
    "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
    "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
    "can_add_web_page_previews can_change_info can_invite_users can_pin_messages "
    "can_manage_topics can_edit_tag can_react_to_messages"
)
REFUSED = Page(400, '{"ok": false, "error_code": 400, '
               '"description": "Bad Request: member list is inaccessible"}')  # fmt: skip


@pytest.fixture
async def between() -> AsyncIterator[Gateway]:
    """A group with the bot in it, and a gateway that can answer in Telegram's place."""
    telegram = Telegram()
    telegram.add_person(KALUGA, "Anna", "ru")
    telegram.add_supergroup(GROUP, "Соседи", KALUGA)
    telegram.add_bot(GROUP, KALUGA, Status.MEMBER)
    async with serve(telegram, TOKEN) as api, gateway(api) as one:
        yield one


async def _place(between: Gateway, listed: Channel = LISTED, known: int | None = None) -> Place:
    async with asking(BotApi(between.url, TOKEN)) as bot:
        return await place_of(bot, listed, known)


def _restricted(**rights: bool) -> Page:
    given: dict[str, Any] = {"user": BOT, "status": "restricted", "until_date": 0}
    given |= dict.fromkeys(RIGHTS.split(), True) | {"is_member": True} | rights
    return Page(200, json.dumps({"ok": True, "result": given}))


def _with_permissions(**rights: bool) -> Page:
    chat = {"id": GROUP, "type": "supergroup", "title": "Соседи", "accent_color_id": 0}
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    more = {"max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(gifts.split(), False)}
    return Page(200, json.dumps({"ok": True, "result": chat | more | {"permissions": rights}}))


async def test_a_member_may_write_in_a_group(between: Gateway) -> None:
    assert await _place(between) == Place(GROUP, "supergroup")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (REFUSED, "The bot is not in the group."),
        (_restricted(is_member=False), "The bot is not in the group."),
        (_restricted(can_send_messages=False), "The bot may not write there."),
    ],
)
async def test_a_restriction_is_told(between: Gateway, answer: Page, told: str) -> None:
    between.instead["getChatMember"] = [answer]
    with pytest.raises(Unfit, match=told):
        await _place(between)


async def test_a_restriction_that_lets_it_write_is_none(between: Gateway) -> None:
    between.instead["getChatMember"] = [_restricted(can_pin_messages=False)]
    assert await _place(between) == Place(GROUP, "supergroup")


async def test_a_group_in_which_only_admins_write_is_told(between: Gateway) -> None:
    between.instead["getChat"] = [_with_permissions(can_send_messages=False)]
    with pytest.raises(Unfit, match="Let it send messages"):
        await _place(between)


async def test_a_person_is_no_channel(between: Gateway) -> None:
    person = {"id": KALUGA, "type": "private", "first_name": "Anna", "accent_color_id": 0,
              "max_reaction_count": 11, "accepted_gift_types": {}}  # fmt: skip
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    person["accepted_gift_types"] = dict.fromkeys(gifts.split(), False)
    between.instead["getChat"] = [Page(200, json.dumps({"ok": True, "result": person}))]
    with pytest.raises(Unfit, match="That is a person"):
        await _place(between)


async def test_a_channel_that_changed_its_name_is_found_by_what_is_known_of_it(
    between: Gateway,
) -> None:
    renamed = Channel("@old_name", ("RU-KLU",), Language.RU)
    assert await _place(between, renamed, known=GROUP) == Place(GROUP, "supergroup")
    with pytest.raises(Unfit, match="Check the name or number in the list"):
        await _place(between, renamed)
