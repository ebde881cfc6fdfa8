"""Whether words tell that something happened, or only name it: orders, plans, events of a sort."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.reading.senses import Sense
from reports.reading.sentences import CONSEQUENCE_NOUNS
from reports.reading.tokens import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reports.reading.passages import Passage
    from reports.reading.sentences import Clause
    from reports.reading.wordings import Sign

CORE = (
    Sense.DOWNED,
    Sense.HIT,
    Sense.DAMAGED,
    Sense.HURT,
    Sense.WOUNDED,
    Sense.KILLED,
    Sense.OUTAGE,
    Sense.DEFENCE_AT_WORK,
)
_STATES = (Sense.CLOSED, Sense.REOPENED, Sense.ALERT_ON, Sense.ALERT_OFF)
_OF_STATES = (Sense.ALERT, Sense.DANGER, Sense.AIRPORT, Sense.RESTRICTION)
_NAMING = re.compile(
    r"[а-я]{4,}(?:ый|ого|ому|ым|ой|ом|ые|ых|ыми|ая|ую|ое|ий|его|ему|им|ие|их|ими|яя|юю)"
    r"|[а-я]+ни[еяию]|прилет[аеуы]?|прилетов|сброс(?:[аеуы]|ов|ами)?|перехват[аеуы]?"
)
"""Endings of adjectives and nouns: "сбитый дрон" names a thing, "дрон сбит" tells what happened."""
_TELLING = re.compile(
    r"атакова(?:л|ла|ло|ли|н|на|но|ны)|атакуют?|гор(?:ит|ят|ел|ела|ело|ели)|загорел\w*|сгорел\w*"
    r"|вспыхнул\w*|обстрел(?:ял|яла|яли|ян|яна|яно|яны)|взорвал\w*|attacked|struck|burned|burnt"
    r"|shelled|ablaze"
)
_NOUNS = (Sense.ATTACK, Sense.SHELLING, Sense.FIRE, Sense.EXPLOSION)
_WEIGHING = (Sense.NO, Sense.NO_DATA, Sense.TOTAL, Sense.CLARIFIED)
_ORDER_REACH = 3
_ORDER = re.compile(r"[а-я]{2,}(?:[йиь]те|[йиь]тесь)")
"""Endings of orders: "звоните", "не трогайте", "укройтесь"."""
_ORDER_ENDS = ("те", "тесь")
_NO_ORDERS = frozenset(
    {"сайте", "защите", "элите", "лимите", "кредите", "орбите", "визите", "зените", "граните"}
)
_OBLIQUE = re.compile(
    r"(?:удар|обстрел|взрыв|пожар|налет|прилет|сброс|блэкаут)(?:а|у|ом|е|ов|ах|ам|ами)"
    r"|атак(?:е|у|ой|ам|ах|ами)?|(?:попадани|падени|возгорани|отключени)[яюи]\w*|возгораний"
)
"""Cases of a noun that is not what a sentence is about."""
_LINKS = frozenset(
    {"о", "об", "от", "при", "на", "из", "для", "против", "к", "по", "с", "в", "во", "после"}
    | {"за", "перед", "случай", "of", "from", "by", "about", "against", "on", "in", "to", "for"}
    | {"after", "during", "how", "and", "why"}
)
_TOLD_OF = ("сообщ", "расска", "заяв", "подтверд", "информир", "извест", "report", "confirm")
_BECAUSE = (
    "из-за",
    "связи с",
    "результате",
    "вследствие",
    "ходе",
    "due to",
    "because of",
    "result of",
)
_QUOTES = frozenset("\"'")


def telling(passage: Passage) -> int | None:
    """Where a sentence tells an event by a verb, not by a noun or an adjective alone."""
    tokens = passage.tokens
    core: tuple[Sense, ...] = CORE
    if passage.sentence.has(*_OF_STATES) or any(place.flies for place in passage.places):
        core = (*CORE, *_STATES)
    denied = {sign.last for sign in passage.sentence.of(Sense.NOT)}
    for sign in passage.sentence.of(*core, *_NOUNS):
        if sign.senses.isdisjoint(core):
            tells = bool(_TELLING.fullmatch(tokens[sign.first].text))
        else:
            ends = tokens[sign.first].text, tokens[sign.last - 1].text
            tells = not all(map(_NAMING.fullmatch, ends))
        if tells and sign.first not in denied:
            return sign.first
    return None


def tells_of_something(passages: Iterable[Passage]) -> bool:
    """Whether any sentence of a text tells an event by a verb, of a fresh time, or denies that
    it had consequences, or says how many they are by now.
    """
    return any(
        p.sentence.has(Sense.FRESH) or _weighs_consequences(p) or telling(p) is not None
        for p in passages
    )


def _weighs_consequences(passage: Passage) -> bool:
    sentence = passage.sentence
    if sentence.has(Sense.IN_CARE) and sentence.quantities:
        return True
    if sentence.has(*CONSEQUENCE_NOUNS) and sentence.has(*_WEIGHING):
        return True
    spared = sentence.has(Sense.HURT, Sense.WOUNDED, Sense.KILLED, Sense.INTACT)
    sure = not sentence.has(Sense.AWAITED, Sense.MAYBE, Sense.CONDITION)
    return spared and sure and sentence.has(Sense.NOBODY, Sense.INTACT)


def is_only_named(passage: Passage, sign: Sign) -> bool:
    """ "Помощь пострадавшим от обстрелов", "при ударе дрона", "blackouts caused by shelling":
    the event is not what the words are about. Where a text tells of it, it does so elsewhere.
    """
    tokens, start = passage.tokens, passage.sentence.start
    if _OBLIQUE.fullmatch(tokens[sign.last - 1].text):
        return not _is_reported(passage, sign.first - 1)
    before = sign.first - 1
    while before >= start and _describes(passage, before):
        before -= 1
    if before < start or tokens[before].form is not Form.WORD:
        return False
    return tokens[before].text in _LINKS and not _is_reported(passage, before)


def _describes(passage: Passage, at: int) -> bool:
    text = passage.tokens[at].text
    article = text in {"a", "an", "the", "drone", "missile", "uav", "fpv"} or text in _QUOTES
    return article or bool(_NAMING.fullmatch(text))


def _is_reported(passage: Passage, at: int) -> bool:
    """ "Сообщил об атаке", "в связи с атакой": told of by somebody, or the cause of something."""
    words = [passage.tokens[place].text for place in range(max(at - 1, 0), at + 1)]
    if " ".join(words).endswith(_BECAUSE):
        return True
    return any(word.startswith(_TOLD_OF) for word in words)


def is_asked(passage: Passage) -> bool:
    """Whether a sentence is a question."""
    tokens, sentence = passage.tokens, passage.sentence
    return any(token.text == "?" for token in tokens[sentence.end - 3 : sentence.end])


def is_to_come(clause: Clause, sign: Sign) -> bool:
    """ "Будут уничтожать снаряд", "a strike will be played out"."""
    to_come = (s for s in clause.of(Sense.TO_COME) if Sense.MAYBE not in s.senses)
    return any(s.last <= sign.first for s in to_come) and not clause.has(Sense.FRESH)


def is_order(passage: Passage, clause: Clause) -> bool:
    """Whether a clause tells people what to do: "не трогайте обломки", "never touch debris"."""
    opening = range(clause.start, min(clause.start + _ORDER_REACH, clause.end))
    if any(sign.first in opening for sign in clause.of(Sense.ORDER)):
        return True
    words = (passage.tokens[at].text for at in opening)
    ends = (word for word in words if word.endswith(_ORDER_ENDS))
    return any(_ORDER.fullmatch(word) and word not in _NO_ORDERS for word in ends)


def warns(passage: Passage, clause: Clause) -> bool:
    """ "Never touch debris: it may explode": beside an order, what may be is a reason for it."""
    if not clause.has(Sense.MAYBE):
        return False
    return any(is_order(passage, other) for other in passage.sentence.clauses)
