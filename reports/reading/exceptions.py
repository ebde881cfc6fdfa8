"""What an end leaves standing: "закончилась ракетная тревога, а опасность БПЛА — нет"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.model import Kind
from reports.reading.endings import Ending, ending, speaks_of_another
from reports.reading.scope import Scope
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reports.reading.endings import Words
    from reports.reading.passages import Passage
    from reports.reading.scope import Place
    from reports.reading.sentences import Clause
    from reports.reading.statuses import Status
    from reports.reading.wordings import Sign

STANDING = {
    Kind.ALL_CLEAR: Kind.AIR_ALERT,
    Kind.AIRPORT_REOPENED: Kind.AIRPORT_RESTRICTION,
}
"""What an end leaves in force where it does not hold."""
_BUT = frozenset({"кроме", "except"})
_ABSENT = ("опасности", "угрозы", "тревоги")
"""In the genitive: "опасности БПЛА нет" says that there is none."""


def is_excepted(passage: Passage, clause: Clause, words: Words) -> bool:
    """Whether a clause names another danger than the one that ended, and denies its end."""
    subject = next(clause.of(Sense.ALERT, Sense.DANGER), None)
    if subject is None or clause.has(*words.stating):
        return False
    earlier = (c for c in passage.sentence.clauses if c.end <= clause.start)
    ended = (c for c in earlier if speaks_of_another(c, clause))
    if not any(ending(passage, c, words) is Ending.STATED for c in ended):
        return False
    return _opposed(passage, clause, subject) or _denied_after(passage, clause, subject)


def _opposed(passage: Passage, clause: Clause, subject: Sign) -> bool:
    """ "But not the drone alert"."""
    if any(token.text in _BUT for token in passage.tokens[clause.start : subject.first]):
        return True
    return any(0 <= subject.first - sign.last <= 1 for sign in clause.of(Sense.NOT))


def _denied_after(passage: Passage, clause: Clause, subject: Sign) -> bool:
    """ "А опасность БПЛА — нет", "the drone alert is not"."""
    words = [token.text for token in passage.tokens[subject.first : subject.last]]
    if any(word in _ABSENT for word in words):
        return False
    after = next((c for c in passage.sentence.clauses if c.start >= clause.end), None)
    dashed = after.signs[:2] if after is not None and after.opener == "—" else []
    signs = [sign for sign in clause.signs if sign.first >= subject.last]
    return any(not s.senses.isdisjoint({Sense.NO, Sense.NOT}) for s in (*signs, *dashed))


def with_exceptions(passage: Passage, status: Status) -> Iterator[Status]:
    """An end, and what stands in the places that it leaves out: "во всех районах, кроме двух"."""
    kind, clauses, scope = status
    mark = _mark(passage, clauses) if kind in STANDING else None
    left = list(_excepted(passage, mark)) if mark else []
    if mark is None or not left:
        yield status
        if mark and kind is Kind.ALL_CLEAR:
            yield Kind.AIR_ALERT, clauses, scope
        return
    kept = tuple(place for place in scope.places if place not in left)
    regions = _regions(kept)
    if not kept:
        whole = {code for place in left if not place.finer for code in place.regions}
        regions = tuple(code for code in scope.regions if code not in whole)
    if regions:
        yield kind, clauses, Scope(regions, kept)
    yield STANDING[kind], clauses, Scope(_regions(left), tuple(left))


def _mark(passage: Passage, clauses: Sequence[Clause]) -> Sign | None:
    """Where the words of an end leave something out."""
    after = (s for s in passage.sentence.of(Sense.EXCEPT) if s.first >= clauses[0].start)
    return next(after, None)


def _excepted(passage: Passage, mark: Sign) -> Iterator[Place]:
    """The places after "except", as far as their clause and the list go."""
    for clause in passage.sentence.clauses:
        if clause.start > mark.first and clause.has(Sense.ALERT_ON, Sense.ALERT_OFF, Sense.CLOSED):
            return
        if clause.end > mark.first:
            here = (p for p in passage.places if clause.start <= p.first < clause.end)
            yield from (place for place in here if place.regions and place.first >= mark.last)


def _regions(places: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for place in places for code in place.regions))
