"""Which regions a clause is about: its own places, those named before, the source's home."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from reports.placed import Why
from reports.reading.senses import Sense
from reports.regions import Place as What

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reports.reading.sentences import Stretch
    from reports.reading.tokens import Token
    from reports.reading.wordings import Sign
    from reports.regions import Mention

Regions: TypeAlias = tuple[str, ...]

_BY_WORDS = {
    What.REGION: Why.NAMED,
    What.CITY: Why.ONLY_ONE,
    What.DISTRICT: Why.ONLY_ONE,
    What.AIRPORT: Why.AIRPORT,
    What.HUB: Why.AIRPORT,
    What.GROUP: Why.GROUP,
}
_WIDEST_LINK = 4
"""Most tokens between two places of one list: "области, а также в городе"."""
_WIDEST_JOINT = 6
"""As many where each has a thing that was hit: "a depot in Tula and an oil depot in Oryol"."""
_LINKING = frozenset(
    {
        Sense.AND,
        Sense.STOP,
        Sense.COUNTED,
        Sense.AIRPORT,
        Sense.SEA,
        Sense.PLAIN,
        Sense.WHOLE,
        Sense.ABBREVIATION,
    }
)
_BESIDE_THINGS = frozenset(
    {Sense.THING, Sense.ARTICLE, Sense.CLOCK, Sense.EACH_BEFORE, Sense.CAUSE}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place at tokens `first` to `last`; no regions for a sea or what cannot be settled."""

    first: int
    last: int
    regions: Regions
    airports: Regions = ()
    finer: bool = False
    """A town, district or airport rather than a whole region."""
    flies: bool = False
    """An airport or several of one city."""
    open: bool = False
    """A namesake that nothing settles."""
    known: bool = False
    """An airport, or a town that is known far from its region."""
    common: bool = False
    """Its name is so common that the source's own is meant: "Октябрьский район"."""
    why: Why = Why.NAMED
    candidates: Regions = ()
    """The regions that it may be in, where it has none itself."""


@dataclass(slots=True)
class Group:
    """Places named as one list."""

    places: list[Place]
    closed: bool = False
    """An "and" came before its last place."""

    @property
    def first(self) -> int:
        """The first token."""
        return self.places[0].first

    @property
    def last(self) -> int:
        """The token after the last one."""
        return self.places[-1].last

    @property
    def regions(self) -> Regions:
        """The regions of all its places, each once."""
        return tuple(dict.fromkeys(code for place in self.places for code in place.regions))

    @property
    def finer(self) -> frozenset[int]:
        """Where its towns and districts stand; empty if it names whole regions."""
        return frozenset(place.first for place in self.places if place.finer)

    @property
    def open(self) -> bool:
        """Whether it has nothing but namesakes that nothing settles."""
        return all(place.open for place in self.places)

    @property
    def known(self) -> bool:
        """Whether one of them is no small town, so that it cannot lie where the story is."""
        return any(place.known for place in self.places)


@dataclass(frozen=True, slots=True)
class Scope:
    """The regions that a clause is about, and the places that say so (none: taken over)."""

    regions: Regions
    places: tuple[Place, ...] = ()
    flown: tuple[Place, ...] = ()
    """Airports that an earlier sentence named and said nothing of."""
    listed: tuple[Place, ...] = ()
    """Places that stand in lines of their own after what is said of them."""

    @property
    def finer(self) -> bool:
        """Whether towns or districts narrow it down."""
        return any(place.finer for place in self.places)


NOWHERE = Scope(())


@dataclass(frozen=True, slots=True)
class Gazette:
    """What places are found from: the words, and the source's home region."""

    tokens: Sequence[Token]
    signs: Sequence[Sign]
    home: Regions


@dataclass(frozen=True, slots=True)
class Named:
    """The places that a text names, each list in its order."""

    places: list[Place]
    left_out: list[Place]
    """Those that say nothing of where it happened."""


def places(mentions: Iterable[Mention], gazette: Gazette) -> Named:
    """Mentions and seas by token; those that say where it did not happen are left out.

    What is over the sea belongs to no region, unless the source speaks for one.
    """
    tokens, signs = gazette.tokens, gazette.signs
    starts, ends = [token.start for token in tokens], [token.end for token in tokens]
    barred = {at for sign in signs if Sense.NOT_A_PLACE in sign.senses for at in _shadow(sign)}
    ands = {sign.first: sign.last for sign in signs if Sense.AND in sign.senses}
    found: list[Place] = []
    left_out: list[Place] = []
    for mention in mentions:
        first = bisect_right(starts, mention.span.start) - 1
        last = bisect_left(ends, mention.span.end) + 1
        place = _place(mention, (first, last), gazette.home)
        if place.why is Why.LEFT_OUT:
            left_out.append(place)
        elif first in barred:
            barred.add(ands.get(last, first))
            if tokens[last : last + 1] and tokens[last].text == "," and _lists_on(last, ands):
                barred.add(last + 1)
            left_out.append(replace(place, why=Why.ASIDE))
        elif _names_its_airport(tokens, found, place):
            left_out.append(replace(place, why=Why.AIRPORTS_NAME))
        else:
            found.append(place)
    taken = {at for place in found for at in range(place.first, place.last)}
    seas = [s for s in signs if Sense.SEA in s.senses and s.first not in taken]
    found += [Place(sea.first, sea.last, gazette.home, why=Why.SEA) for sea in seas]
    here = [s for s in signs if Sense.HERE in s.senses and taken.isdisjoint((s.first, s.last - 1))]
    if gazette.home:
        found += [Place(s.first, s.last, gazette.home, why=Why.HERE) for s in here]
    return Named(sorted(found, key=lambda place: place.first), left_out)


def _lists_on(comma: int, ands: Mapping[int, int]) -> bool:
    """ "Sent from Kursk, Orel and Shatalovo": an "and" closes the list soon after a comma."""
    return any(at in ands for at in range(comma + 2, comma + 2 * _WIDEST_LINK))


def _names_its_airport(tokens: Sequence[Token], found: Sequence[Place], place: Place) -> bool:
    """ "Пенза (Терновка)": the town in brackets is the name of the city's airport."""
    if not found or not place.finer or tokens[place.first - 1].text != "(":
        return False
    city = found[-1]
    return bool(city.airports) and city.last == place.first - 1 and city.regions != place.regions


def _shadow(sign: Sign) -> range:
    """The tokens at which a place is barred by a wording like "на границе с"."""
    return range(sign.first, sign.last + 1)


def _place(mention: Mention, tokens: tuple[int, int], home: Regions) -> Place:
    elsewhere = set(mention.regions).difference(home)
    settled = len(mention.regions) == 1 or mention.what is What.AIRPORT
    regions = mention.regions[:1] if settled and mention.what is not What.GROUP else ()
    return Place(
        *tokens,
        regions,
        mention.airports if len(mention.airports) == 1 else (),
        finer=mention.what in {What.CITY, What.DISTRICT, What.AIRPORT},
        flies=mention.what in {What.AIRPORT, What.HUB},
        open=not settled and mention.what is not What.GROUP,
        known=mention.known,
        common=mention.what is What.DISTRICT and len(elsewhere) > 1,
        why=mention.why or (_BY_WORDS[mention.what] if regions else _left_open(mention)),
        candidates=() if regions else mention.regions,
    )


def _left_open(mention: Mention) -> Why:
    return Why.GROUP if mention.what is What.GROUP else Why.UNSETTLED


def groups(sentence: Stretch, found: Sequence[Place], home: Regions) -> list[Group]:
    """The places of a sentence, gathered into lists.

    A small town or district elsewhere, listed with those of the source's own region, is a
    namesake.
    """
    gathered: list[Group] = []
    for place in found:
        if gathered and _linked(sentence, gathered[-1], place):
            gathered[-1].places.append(place)
        else:
            gathered.append(Group([place]))
    plain = [_at_home(group, home) for group in gathered if not group.open or group.known]
    return plain or [g for g in gathered if not all(place.common for place in g.places)]


def _at_home(group: Group, home: Regions) -> Group:
    if not home or not any(place.regions == home for place in group.places):
        return group
    return Group([p for p in group.places if p.regions == home or not p.finer or p.known])


def _linked(sentence: Stretch, group: Group, after: Place) -> bool:
    """Whether a place goes on a list. After its "and" a list is closed."""
    before = group.places[-1]
    between = range(before.last, after.first)
    if len(between) <= 1 and before.regions == after.regions:
        return True
    if len(between) > _WIDEST_JOINT or any(q.first in between for q in sentence.quantities):
        return False
    signs = [s for s in sentence.signs if s.first in between and s.last <= after.first]
    joined = any(Sense.AND in sign.senses for sign in signs)
    both_hit = joined and any(Sense.THING in sign.senses for sign in signs)
    if len(between) > _WIDEST_LINK and not both_hit:
        return False
    if group.closed and between and not joined:
        return False
    group.closed = group.closed or joined
    linking = _LINKING | (_BESIDE_THINGS if both_hit else frozenset())
    return all(sign.senses & linking for sign in signs)
