"""The row of buttons that turns over a list of several pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.visit import Button


def turning(verb: str, number: int, last: int) -> list[Button]:
    """Back, which page this is, and on. Pages count from 0; the buttons' data is `verb:page`."""
    before = [("‹", f"{verb}:{number - 1}")] if number else []
    after = [("›", f"{verb}:{number + 1}")] if number < last else []
    return [*before, (f"{number + 1}/{last + 1}", f"{verb}:{number}"), *after]
