"""Every sentence that people are answered with: translated, and set as its language sets it."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from handlers.registry import BUTTONS, COMMANDS
from reports.languages import translator
from reports.model import Language
from tests.reports.languages.extract import faults

OTHERS = [language for language in Language if language is not Language.EN]
LONGEST_IN_MENU = 256
"""Characters of a command's description that Telegram takes."""


def _russian() -> list[str]:
    with (files("handlers.languages") / "ru.po").open("rb") as po:
        messages = [message for message in read_po(po, locale="ru") if message.id]
    return [
        text
        for message in messages
        for text in ([message.string] if isinstance(message.string, str) else message.string or ())
    ]


@pytest.mark.parametrize("language", OTHERS)
def test_every_answer_is_translated_with_the_same_placeholders(language: Language) -> None:
    assert faults("handlers.languages", language, "handlers", "bot") == []


def test_russian_is_set_in_russian_type() -> None:
    wrong = [text for text in _russian() if re.search(r"[“”\"]|\.\.\.| - |--", text)]
    assert wrong == []


def test_russian_names_no_command_that_there_is_not() -> None:
    said = {name for text in _russian() for name in re.findall(r"(?<![<\w])/([a-z]+)", text)}
    assert said <= {command.name for command in COMMANDS}


@pytest.mark.parametrize("language", list(Language))
def test_telegrams_menu_takes_every_command(language: Language) -> None:
    texts = translator(language, "handlers.languages")
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z]{1,32}", command.name)
        assert 1 <= len(texts.gettext(command.about)) <= LONGEST_IN_MENU


def test_no_buttons_word_leaves_too_little_room_for_what_it_is_about() -> None:
    assert max(map(len, BUTTONS)) + len(":118:destroyed:unknown") <= 64
