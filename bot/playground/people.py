"""The invented people of the playground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.playground.resources import table

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be. `id` is the account and the chat with the bot alike.

    `first_name` and `language` are what the bot sees; `name` and `about` what the page shows, by
    its own language; `says` is typed at the first start.
    """

    id: int
    first_name: str
    language: str
    name: Mapping[str, str]
    about: Mapping[str, str]
    says: tuple[str, ...]
    admin: bool = False


def load_people() -> tuple[Persona, ...]:
    """Everybody, in the page's order."""
    return tuple(
        Persona(**{**one, "says": tuple(one["says"])}) for one in table("personas.toml")["persona"]
    )
