"""Sentences in the reader's language.

A msgid is the English sentence itself, so English needs no catalog and a sentence that
nobody translated yet is shown in English. A language is one file, `<language>.po`, in each
package that speaks to people; it is read and compiled in memory when it is first needed.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from reports.model import Language

Translator = NullTranslations
"""Has `gettext(msgid)` and `ngettext(one, many, n)`."""

SENTENCES = "reports.languages"
"""The package that holds the catalogs of everything under `reports`."""


def msgid(sentence: str) -> str:
    """Mark a sentence that is translated later, where it is shown."""
    return sentence


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark a pair that is translated later by `ngettext(*pair, n)`."""
    return one, many


@cache
def translator(language: Language, package: str = SENTENCES) -> Translator:
    """The translator of one package, with the sentences of `reports` to fall back on.

    Raises FileNotFoundError where the package has no catalog of that language.
    """
    if language is Language.EN:
        return NullTranslations()
    catalog = load(package, language)
    if package != SENTENCES:
        catalog.add_fallback(translator(language))
    return catalog


def load(package: str, language: Language) -> Translator:
    """The catalog of one package and language, compiled in memory."""
    source = files(package) / f"{language.value}.po"
    with source.open("rb") as po:
        catalog = read_po(po, locale=language.value, abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
