"""What people read when what they did leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.languages import Translator, translator

if TYPE_CHECKING:
    from reports.model import Language


def out_of_date(language: Language) -> str:
    """On a button that fits nothing any more."""
    return _texts(language).gettext("This button is out of date. What you can write: /help")


def our_fault(language: Language) -> str:
    """After a defect, or trouble with the database."""
    return _texts(language).gettext(
        "Something went wrong on this side; nothing stored is lost. Please try again in a minute."
    )


def _texts(language: Language) -> Translator:
    return translator(language, "handlers.languages")
