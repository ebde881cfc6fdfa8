"""Methods by which the bot says who it is: commands, name, descriptions."""

import re
from collections.abc import Callable
from typing import Any

from bot.playground.botapi import errors, wire
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call
from bot.playground.botapi.world import Event

COMMANDS_AT_MOST = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_DESCRIPTION_AT_MOST = 256


def get_me(call: Call) -> dict[str, Any]:
    """The bot itself."""
    return wire.me(call.world)


def set_my_commands(call: Call) -> bool:
    """The menu of commands, for a scope and a language."""
    commands = call.params.data("commands") or []
    if len(commands) > COMMANDS_AT_MOST:
        raise Refused(errors.COMMANDS_TOO_MANY)
    for command in commands:
        _check_command(command)
    call.world.profile.commands[_scope(call)] = commands
    call.world.tell(Event("profile"))
    return True


def get_my_commands(call: Call) -> list[dict[str, str]]:
    """The commands of exactly that scope and language."""
    return call.world.profile.commands.get(_scope(call), [])


def delete_my_commands(call: Call) -> bool:
    """No commands of that scope and language any more."""
    call.world.profile.commands.pop(_scope(call), None)
    call.world.tell(Event("profile"))
    return True


def set_text(field: str, at_most: int) -> Callable[[Call], object]:
    """A method that sets a name or description for a language; empty takes it back."""

    def set_it(call: Call) -> bool:
        text = call.params.text(field)
        if len(text) > at_most:
            raise Refused(errors.profile_text_too_long(field))
        call.world.profile.texts[f"{field}:{call.params.text('language_code')}"] = text
        call.world.tell(Event("profile"))
        return True

    return set_it


def get_text(field: str) -> Callable[[Call], object]:
    """A method that gets it; without one in that language, the one for all."""

    def get_it(call: Call) -> dict[str, str]:
        texts = call.world.profile.texts
        in_language = texts.get(f"{field}:{call.params.text('language_code')}")
        default = call.world.bot.first_name if field == "name" else ""
        return {field: in_language or texts.get(f"{field}:") or default}

    return get_it


def _check_command(command: dict[str, str]) -> None:
    if not COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
        raise Refused(errors.COMMAND_INVALID)
    if not 0 < len(command.get("description", "")) <= COMMAND_DESCRIPTION_AT_MOST:
        raise Refused(errors.COMMAND_DESCRIPTION_INVALID)


def _scope(call: Call) -> str:
    scope = call.params.data("scope") or {}
    parts = (scope.get(name, "") for name in ("type", "chat_id", "user_id"))
    kind, chat, user = (str(part) for part in parts)
    return ":".join((kind or "default", chat, user, call.params.text("language_code")))
