"""What an end leaves standing: "закончилась ракетная тревога, а опасность БПЛА — нет"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.reading.endings import Ending, ending, speaks_of_another
from reports.reading.senses import Sense

if TYPE_CHECKING:
    from reports.reading.endings import Words
    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

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
