"""Where sources disagree on harm: the highest that one of them stands by, and who says less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.incidents.weighing import beside
from reports.summaries.counts import brief, stated
from reports.summaries.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.languages import Translator
    from reports.model import Fact, Incident

HARM = ("killed", "injured", "damage")
MOST_BESIDE = 2
LONGEST_NAME = 60


def listed(words: Translator, incident: Incident, names: Sequence[str]) -> str:
    """Stated facts as phrases, with who says so where another says less since. HTML."""
    told = [(stated(words, incident, name), _disputed(incident, name)) for name in names]
    following = [source for _, source in told[1:]] + [""]
    phrases = [
        words.gettext("{what} ({source})").format(what=phrase, source=source)
        if source not in {"", then}
        else phrase
        for (phrase, source), then in zip(told, following, strict=True)
    ]
    return ", ".join(phrases)


def who_says_less(words: Translator, incident: Incident) -> list[str]:
    """`МЧС: раненых нет, разрушений нет.`, a sentence for each of those who say less. HTML."""
    told: dict[str, list[str]] = {}
    for name in HARM:
        for fact in beside(getattr(incident, name))[:MOST_BESIDE]:
            told.setdefault(_name(fact), []).append(brief(words, name, fact))
    return [f"{name}: {', '.join(figures)}." for name, figures in told.items()]


def _disputed(incident: Incident, name: str) -> str:
    """Whose figure it is, where somebody disagrees with it."""
    fact: Fact = getattr(incident, name)
    return _name(fact) if name in HARM and beside(fact) else ""


def _name(fact: Fact) -> str:
    return plain(fact.by.name, LONGEST_NAME) if fact.by else ""
