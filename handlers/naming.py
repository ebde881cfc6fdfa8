"""Regions by the names that people read and type."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handlers.visit import Rows, Visit
    from reports.regions import Lookup

MOST_TYPED = 500
"""Characters of a typed list of names; nobody means a longer one."""
EVERYWHERE = frozenset(
    f"{all_of}{what}"
    for all_of in ("", "all ", "all of ", "вся ", "все ", "всё ")
    for what in ("russia", "ukraine", "regions", "россия", "украина", "регионы")
) | {"all", "everything", "все", "всё"}
MOST_QUESTIONS = 3
MOST_QUOTED = 10
LONGEST_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Named:
    """What typed names come to: `exact` codes in their order, `near` to ask about, `unknown`."""

    exact: tuple[str, ...]
    near: tuple[Lookup, ...]
    unknown: tuple[str, ...]


def named(visit: Visit, typed: str) -> Named:
    """The regions that somebody means."""
    found = visit.office.catalog.lookup_many(typed)
    return Named(
        exact=tuple(dict.fromkeys(one.exact for one in found if one.exact)),
        near=tuple(one for one in found if not one.exact and one.near),
        unknown=tuple(one.typed for one in found if not one.exact and not one.near),
    )


async def is_no_list(visit: Visit) -> bool:
    """Whether what was typed is no list of names, but everything or too much; then that is said."""
    if " ".join(visit.words.lower().split()) in EVERYWHERE:
        await visit.answer(
            visit.texts.gettext("I know regions one by one: write their names, or choose: /regions")
        )
        return True
    return await _is_too_long(visit)


async def _is_too_long(visit: Visit) -> bool:
    if len(visit.words) <= MOST_TYPED:
        return False
    text = visit.texts.gettext(
        "That is too long. Write fewer names at once, at most {count} characters, "
        "or choose: /regions"
    )
    await visit.answer(text.format(count=MOST_TYPED))
    return True


async def ask(visit: Visit, near: tuple[Lookup, ...], verb: str) -> None:
    """A question for each near name, but no heap of them; its buttons do `verb`."""
    for one in near[:MOST_QUESTIONS]:
        text = visit.texts.gettext("Which region do you mean by {name}?")
        await visit.answer(
            text.format(name=quoted(visit, [one.typed])), choices(visit, one.near, verb)
        )
    if others := [one.typed for one in near[MOST_QUESTIONS:]]:
        text = visit.texts.gettext("I am not sure about {names} either: write them once more.")
        await visit.answer(text.format(names=quoted(visit, others)))


def unknown(visit: Visit, typed: Iterable[str]) -> list[str]:
    """A line that says which names nobody knows; none if there are none."""
    if not typed:
        return []
    text = visit.texts.gettext(
        "I know no region called {names}. Write it in Russian or English, or choose: /regions"
    )
    return [text.format(names=quoted(visit, typed))]


def quoted(visit: Visit, typed: Iterable[str]) -> str:
    """What somebody typed, escaped and in short, in the reader's quotation marks."""
    given = list(dict.fromkeys(typed))
    marks = visit.texts.gettext("“{name}”")
    short = [marks.format(name=escape(_cut(one))) for one in given[:MOST_QUOTED]]
    more = len(given) - len(short)
    text = visit.texts.ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=", ".join(short), count=more) if more else ", ".join(short)


def name_of(visit: Visit, code: str) -> str:
    """A region's name in the reader's language."""
    return visit.office.catalog.region(code).name[visit.language]


def names(visit: Visit, codes: Iterable[str]) -> str:
    """Names in the reader's language, escaped, in alphabetical order."""
    return ", ".join(escape(name) for name in sorted(name_of(visit, code) for code in set(codes)))


def choices(visit: Visit, codes: Iterable[str], verb: str) -> Rows:
    """A button that does `verb` for each region, and one that does nothing."""
    rows = [[(name_of(visit, code), f"{verb}:{code}")] for code in codes]
    return [*rows, [(visit.texts.gettext("None of these"), "dismiss")]]


def _cut(typed: str) -> str:
    return typed if len(typed) <= LONGEST_QUOTED else f"{typed[:LONGEST_QUOTED]}…"
