"""Blocks, groups, topics and channels: what people do there, and what the bot is told."""

import pytest

from bot.playground.botapi import Impossible, Spoken, Status, Telegram
from tests.bot.playground.botapi.wire import ANNA, Json, Wire

BORIS = 1002
GROUP, FORUM, CHANNEL = -500, -1_000_000_000_600, -1_000_000_000_700


@pytest.fixture
def telegram() -> Telegram:
    """Anna owns a group, a forum and a channel; Boris is in the group. No bot anywhere."""
    telegram = Telegram()
    telegram.add_person(ANNA, "Anna", "ru")
    telegram.add_person(BORIS, "Boris", "en")
    telegram.add_group(GROUP, "Neighbours", ANNA)
    telegram.join(GROUP, BORIS)
    telegram.add_supergroup(FORUM, "Town", ANNA, is_forum=True)
    telegram.add_channel(CHANNEL, "Governor", ANNA, "governor_channel")
    return telegram


def _told(telegram: Telegram) -> list[dict[str, Json]]:
    """The updates since the last look, each as kind and content."""
    updates = telegram.world.updates.take(0, 100)
    telegram.world.updates.take(telegram.world.updates.next_id, 100)
    return [{k: v for k, v in one.items() if k != "update_id"} for one in updates]


def _texts(telegram: Telegram) -> list[str]:
    return [one["message"]["text"] for one in _told(telegram) if "message" in one]


def test_a_block_and_an_unblock_are_told_as_changes_of_membership(telegram: Telegram) -> None:
    telegram.say(ANNA, "/start")
    telegram.block(ANNA)
    telegram.unblock(ANNA)
    changes = [one["my_chat_member"] for one in _told(telegram)[1:]]
    statuses = [
        (one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes
    ]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


def test_who_blocked_the_bot_must_unblock_it_to_write(telegram: Telegram) -> None:
    telegram.say(ANNA, "/start")
    telegram.block(ANNA)
    with pytest.raises(Impossible, match="unblock first"):
        telegram.say(ANNA, "/start")


@pytest.mark.parametrize("text", ["", "  ", "x" * 4097])
def test_no_client_sends_an_empty_or_endless_message(telegram: Telegram, text: str) -> None:
    with pytest.raises(Impossible, match="a client"):
        telegram.say(ANNA, text)


def test_a_command_is_marked_so_that_the_bot_finds_it(telegram: Telegram) -> None:
    telegram.say(ANNA, "/subscribe@alert_relay_bot Калуга 🛰 https://example.org/a?b=1. @somebody")
    [update] = _told(telegram)
    marks = [(one["type"], one["offset"], one["length"]) for one in update["message"]["entities"]]
    assert marks == [("bot_command", 0, 26), ("url", 37, 25), ("mention", 64, 9)]


def test_bringing_the_bot_into_a_group_is_told_twice(telegram: Telegram) -> None:
    telegram.add_bot(GROUP, ANNA)
    change, service = _told(telegram)
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["is_bot"]


def test_in_a_group_the_bot_reads_commands_and_replies_to_it_alone(telegram: Telegram) -> None:
    telegram.add_bot(GROUP, ANNA)
    _told(telegram)
    for text in ("hello all", "/latest", "/latest@alert_relay_bot", "/latest@other_bot"):
        telegram.say(BORIS, text, GROUP)
    assert _texts(telegram) == ["/latest", "/latest@alert_relay_bot"]


def test_an_administrator_bot_reads_everything(telegram: Telegram) -> None:
    telegram.add_bot(GROUP, ANNA, Status.ADMINISTRATOR)
    _told(telegram)
    telegram.say(BORIS, "hello all", GROUP)
    assert _texts(telegram) == ["hello all"]


async def test_a_reply_to_the_bot_is_read_by_it(chat: Wire) -> None:
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    chat.telegram.add_bot(GROUP, ANNA)
    asked = await chat.done("sendMessage", chat_id=GROUP, text="Which region?")
    _told(chat.telegram)
    chat.telegram.speak(ANNA, Spoken("Kaluga", reply_to=asked["message_id"]), GROUP)
    [update] = _told(chat.telegram)
    assert update["message"]["reply_to_message"]["text"] == "Which region?"


def test_an_anonymous_administrator_speaks_as_the_group(telegram: Telegram) -> None:
    telegram.add_bot(GROUP, ANNA)
    _told(telegram)
    telegram.speak(ANNA, Spoken("/subscribe Kaluga", anonymous=True), GROUP)
    [update] = _told(telegram)
    assert update["message"]["from"]["username"] == "GroupAnonymousBot"
    assert update["message"]["sender_chat"]["id"] == GROUP


def test_who_is_not_in_a_group_cannot_write_there(telegram: Telegram) -> None:
    telegram.leave(GROUP, BORIS)
    with pytest.raises(Impossible, match="Boris is not in chat"):
        telegram.say(BORIS, "/latest", GROUP)


def test_a_topic_goes_with_the_message_and_the_answer(telegram: Telegram) -> None:
    topic = telegram.add_topic(FORUM, "Alerts")
    telegram.add_bot(FORUM, ANNA)
    _told(telegram)
    telegram.say(ANNA, "/latest", FORUM, topic)
    [update] = _told(telegram)
    message = update["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Alerts"
    assert [one.text for one in telegram.history(FORUM, topic)] == ["", "/latest"]


async def test_the_bot_writes_into_a_topic_and_replies_stay_there(chat: Wire) -> None:
    chat.telegram.add_supergroup(FORUM, "Town", ANNA, is_forum=True)
    topic = chat.telegram.add_topic(FORUM, "Alerts")
    chat.telegram.add_bot(FORUM, ANNA)
    place = {"chat_id": FORUM, "text": "Hi"}
    sent = await chat.done("sendMessage", **place, message_thread_id=topic)
    replied = await chat.done(
        "sendMessage", **place, reply_parameters={"message_id": sent["message_id"]}
    )
    assert replied["message_thread_id"] == topic
    words = await chat.refusal("sendMessage", **place, message_thread_id=1)
    assert words == "Bad Request: message thread not found"


def test_a_channel_post_has_no_author_but_the_channel(telegram: Telegram) -> None:
    telegram.add_bot(CHANNEL, ANNA, Status.ADMINISTRATOR)
    number = telegram.say(ANNA, "Forty drones were shot down.", CHANNEL)
    telegram.edit(CHANNEL, number, "Fourteen drones were shot down.")
    _, post, edit = _told(telegram)
    assert post["channel_post"]["sender_chat"]["username"] == "governor_channel"
    assert "from" not in post["channel_post"]
    assert edit["edited_channel_post"]["text"].startswith("Fourteen")


def test_only_administrators_post_in_a_channel(telegram: Telegram) -> None:
    telegram.join(CHANNEL, BORIS)
    with pytest.raises(Impossible, match="may not post"):
        telegram.say(BORIS, "Me too", CHANNEL)


def test_a_forwarded_post_keeps_its_channel_through_every_hand(telegram: Telegram) -> None:
    telegram.say(ANNA, "Forty drones were shot down.", CHANNEL)
    telegram.forward(ANNA, telegram.history(CHANNEL)[0])
    telegram.forward(ANNA, telegram.history(ANNA)[0])
    for update in _told(telegram):
        origin = update["message"]["forward_origin"]
        assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == (
            "channel",
            CHANNEL,
            1,
        )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.LEFT, "Forbidden: bot is not a member of the channel chat"),
        (Status.KICKED, "Forbidden: bot was kicked from the channel chat"),
        (Status.MEMBER, "Bad Request: need administrator rights in the channel chat"),
    ],
)
async def test_the_bot_writes_in_a_channel_as_its_administrator_alone(
    chat: Wire, status: Status, words: str
) -> None:
    chat.telegram.add_channel(CHANNEL, "Kaluga", ANNA, "kaluga_alerts").members[
        chat.telegram.world.bot.id
    ] = status
    assert await chat.refusal("sendMessage", chat_id="@Kaluga_Alerts", text="Hi") == words
    chat.telegram.add_bot(CHANNEL, ANNA, Status.ADMINISTRATOR)
    sent = await chat.done("sendMessage", chat_id="@Kaluga_Alerts", text="Hi")
    assert sent["sender_chat"]["id"] == CHANNEL


async def test_a_group_that_threw_the_bot_out_or_is_deleted_is_forbidden(chat: Wire) -> None:
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    chat.telegram.add_bot(GROUP, ANNA)
    chat.telegram.remove_bot(GROUP, ANNA)
    message = {"chat_id": GROUP, "text": "Hi"}
    words = await chat.refusal("sendMessage", **message)
    assert words == "Forbidden: bot was kicked from the group chat"
    chat.telegram.delete_group(GROUP)
    words = await chat.refusal("sendMessage", **message)
    assert words == "Forbidden: the group chat was deleted"


async def test_a_group_that_becomes_a_supergroup_is_told_in_both(chat: Wire) -> None:
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    chat.telegram.add_bot(GROUP, ANNA)
    _told(chat.telegram)
    new = chat.telegram.migrate(GROUP)
    old_says, new_says = (one["message"] for one in _told(chat.telegram))
    assert (old_says["chat"]["id"], old_says["migrate_to_chat_id"]) == (GROUP, new)
    assert (new_says["chat"]["id"], new_says["migrate_from_chat_id"]) == (new, GROUP)
    answer = await chat.call("sendMessage", chat_id=GROUP, text="Hi")
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    with pytest.raises(Impossible, match="no group"):
        chat.telegram.migrate(GROUP)


async def test_the_bot_counts_reads_and_leaves_a_group(chat: Wire) -> None:
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    chat.telegram.add_bot(GROUP, ANNA)
    place = {"chat_id": GROUP}
    assert await chat.done("getChatMemberCount", **place) == 2
    assert (await chat.done("getChatMember", **place, user_id=ANNA))["status"] == "creator"
    words = await chat.refusal("getChatMember", **place, user_id=5)
    assert words == "Bad Request: user not found"
    await chat.done("leaveChat", **place)
    words = await chat.refusal("getChat", **place)
    assert words == "Forbidden: bot is not a member of the group chat"


async def test_a_private_chat_has_no_administrators_and_cannot_be_left(chat: Wire) -> None:
    words = await chat.refusal("getChatAdministrators", chat_id=ANNA)
    assert words == "Bad Request: there are no administrators in the private chat"
    words = await chat.refusal("leaveChat", chat_id=ANNA)
    assert words.startswith("Bad Request: chat member status can't be changed")


@pytest.mark.parametrize(
    "act",
    [
        lambda t: t.say(5, "hello"),
        lambda t: t.say(ANNA, "hello", -5),
        lambda t: t.say(ANNA, "hello", FORUM, 77),
        lambda t: t.add_topic(GROUP, "Alerts"),
        lambda t: t.press(ANNA, GROUP, 77, "x"),
    ],
)
def test_what_no_client_could_do_is_impossible(telegram: Telegram, act: Json) -> None:
    with pytest.raises(Impossible):
        act(telegram)
