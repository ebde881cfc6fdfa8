"""The table of methods against the names and parameters that python-telegram-bot knows."""

import inspect
import re

import pytest
from telegram import Bot

from bot.playground.botapi.methods import METHODS, Method, named


def _pythonic(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_a_method_and_its_parameters_are_real(method: Method) -> None:
    known = inspect.signature(getattr(Bot, _pythonic(method.name))).parameters
    assert method.params <= set(known)


def test_names_are_found_in_any_case() -> None:
    found = named("GETME")
    assert found is not None
    assert found.name == "getMe"
    assert named("getMeNot") is None
