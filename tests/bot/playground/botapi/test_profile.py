"""What the bot says of itself: commands by scope and language, name, descriptions."""

import pytest

from tests.bot.playground.botapi.wire import ANNA, Json, Wire

GROUP = -500


def _commands(*names: str) -> list[dict[str, str]]:
    return [{"command": name, "description": f"The {name} command"} for name in names]


async def test_people_see_the_narrowest_menu_in_their_language(chat: Wire) -> None:
    await chat.done("setMyCommands", commands=_commands("start"))
    await chat.done("setMyCommands", commands=_commands("help"), language_code="ru")
    assert chat.telegram.menu(ANNA) == _commands("help")
    scope = {"type": "chat", "chat_id": ANNA}
    await chat.done("setMyCommands", commands=_commands("correct"), scope=scope)
    assert chat.telegram.menu(ANNA) == _commands("correct")
    await chat.done("deleteMyCommands", scope=scope)
    assert chat.telegram.menu(ANNA) == _commands("help")


async def test_administrators_of_a_group_see_more(chat: Wire) -> None:
    chat.telegram.add_person(2, "Boris", "en")
    chat.telegram.add_group(GROUP, "Neighbours", ANNA)
    for scope, name in (("all_group_chats", "latest"), ("all_chat_administrators", "subscribe")):
        await chat.done("setMyCommands", commands=_commands(name), scope={"type": scope})
    assert chat.telegram.menu(ANNA, GROUP) == _commands("subscribe")
    assert chat.telegram.menu(2, GROUP) == _commands("latest")
    assert chat.telegram.menu(2) == []


async def test_the_bot_reads_back_what_it_set(chat: Wire) -> None:
    await chat.done("setMyCommands", commands=_commands("start", "help"))
    assert await chat.done("getMyCommands") == _commands("start", "help")
    assert await chat.done("getMyCommands", language_code="ru") == []


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        (_commands("Start"), "BOT_COMMAND_INVALID"),
        ([{"command": "start", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        (_commands(*(f"c{number}" for number in range(101))), "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_a_menu_that_telegram_does_not_take(chat: Wire, commands: Json, words: str) -> None:
    assert await chat.refusal("setMyCommands", commands=commands) == f"Bad Request: {words}"


async def test_descriptions_fall_back_to_the_one_for_all_languages(chat: Wire) -> None:
    await chat.done("setMyDescription", description="Relays reports")
    await chat.done("setMyDescription", description="Пересылает", language_code="ru")
    assert (await chat.done("getMyDescription", language_code="ru"))["description"] == "Пересылает"
    english = await chat.done("getMyDescription", language_code="en")
    assert english["description"] == "Relays reports"
    assert (await chat.done("getMyName"))["name"] == "Alert relay"
    words = await chat.refusal("setMyShortDescription", short_description="x" * 121)
    assert words == "Bad Request: BOT_SHORT_DESCRIPTION_INVALID"


async def test_goodbyes_are_taken(chat: Wire) -> None:
    assert await chat.done("close") is True
    assert await chat.done("logOut") is True
