"""Which sentences the code says, and what is wrong with a catalog of them.

`faults("handlers.languages", Language.RU, "handlers", "bot")` serves any catalog.
"""

from __future__ import annotations

import ast
import re
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Catalog, Message

    from reports.model import Language

SINGULAR, PLURAL = {"gettext", "msgid"}, {"ngettext", "plural"}

Msgid = str | tuple[str, str]


def faults(catalog_package: str, language: Language, *packages: str) -> list[str]:
    """What is missing, left over or ill-formed in a catalog of these packages' sentences."""
    codes = [code for package in packages for code in _codes(package)]
    said = {msgid for code in codes for msgid in msgids_in(code)}
    quoted = {text for code in codes for text in literals_in(code)}
    catalog = _catalog(catalog_package, language)
    translated = {_key(message): message for message in catalog if message.id}
    extra = set(translated) - said - quoted
    return [
        *(f"not translated: {missing}" for missing in sorted(map(str, said - set(translated)))),
        *(f"no longer said: {unused}" for unused in sorted(map(str, extra))),
        *(fault for message in translated.values() for fault in _ill_formed(message, catalog)),
    ]


def literals_in(code: str) -> Iterator[str]:
    """Every string in one module's source, f-strings with `{}` for what is filled in."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.JoinedStr):
            yield "".join(_text(part) or "{}" for part in node.values)
        elif isinstance(node, ast.expr) and (text := _text(node)) is not None:
            yield text


def msgids_in(code: str) -> Iterator[Msgid]:
    """The sentences in one module's source."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            texts = [text for text in map(_text, node.args) if text is not None]
            if _called(node) in SINGULAR and texts:
                yield texts[0]
            if _called(node) in PLURAL and len(texts) >= 2:
                yield texts[0], texts[1]


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"\{(\w*)\}", text))


def _codes(package: str) -> Iterator[str]:
    for folder in import_module(package).__path__:
        for path in Path(folder).rglob("*.py"):
            yield path.read_text(encoding="utf-8")


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _catalog(package: str, language: Language) -> Catalog:
    with (files(package) / f"{language.value}.po").open("rb") as po:
        return read_po(po, locale=language.value, abort_invalid=True)


def _key(message: Message) -> Msgid:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _ill_formed(message: Message, catalog: Catalog) -> Iterator[str]:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if message.fuzzy or not forms or not all(forms):
        yield f"unfinished: {ids[0]}"
    if message.pluralizable and len(forms) != catalog.num_plurals:
        yield f"wrong number of plural forms: {ids[0]}"
    if any(placeholders(form) != placeholders(ids[-1]) for form in forms):
        yield f"other placeholders than in English: {ids[0]}"
