"""What holds for any bulletin, whatever it tells and whoever reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from reports.incidents.correct import FIELDS, corrected
from reports.incidents.table import ends
from reports.model import (
    FACTS,
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Incident,
    Item,
    Language,
    Said,
    Source,
    Span,
)
from reports.summaries import For, Latest, latest, message
from reports.summaries.markup import units
from tests.reports.incidents.strategies import REGIONS, incidents
from tests.reports.summaries.tellings import bulletin, catalog, reader

TELEGRAM_TAGS = {"b", "i", "u", "s", "a", "code", "blockquote"}
DENIALS = re.compile(
    r"\bнет\b|there (is|are) no|none were|no (deaths|injuries|damage|casualties)\b", re.IGNORECASE
)
ENDS = re.compile(r"отбой|снят|lifted|all.clear", re.IGNORECASE)

few = settings(max_examples=50, deadline=None)
outside = st.text(
    st.sampled_from("<>&\"'/b\u202e\u200d\ud800😀\n ") | st.characters(), max_size=200
)
moments = st.integers(0, 2_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
values = {
    "damage": ("yes", "no", "unknown"),
    "region": REGIONS,
    "text": ("Это были <учения>.", "&" * 500, "x"),
}


@st.composite
def corrections(draw: st.DrawFn, fields: tuple[str, ...] = FIELDS) -> Correction:
    field = draw(st.sampled_from(fields))
    value = st.sampled_from(values.get(field, ("0", "14", "40", "1200", "unknown")))
    return Correction(field, draw(value), draw(value), draw(moments))


@st.composite
def items(draw: st.DrawFn) -> Item:
    made = draw(st.lists(corrections(), max_size=3))
    before = draw(st.none() | incidents())
    return Item(draw(st.integers(0, 10**6)), draw(incidents()), before, tuple(made))


@st.composite
def bulletins(draw: st.DrawFn, name: str = "") -> Bulletin:
    kinds = [kind for kind in BulletinType if kind is not BulletinType.CORRECTION]
    return Bulletin(
        draw(st.sampled_from(kinds)),
        draw(st.sampled_from(BulletinClass)),
        Source(name or draw(outside)),
        draw(moments),
        tuple(draw(st.lists(items(), min_size=1, max_size=4))),
        draw(st.none() | outside.map("https://example.org/{}".format)),
        None if name else draw(st.none() | outside),
    )


@st.composite
def readers(draw: st.DrawFn) -> For:
    followed = draw(st.none() | st.frozensets(st.sampled_from(REGIONS)))
    return For(draw(st.sampled_from(Language)), followed, catalog())


class Tags(HTMLParser):
    """Reads HTML strictly: collects the words, refuses what Telegram would refuse."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TELEGRAM_TAGS
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def words_of(html: str) -> str:
    # The parser takes a stray bracket for a word; Telegram does not.
    assert not re.search("[<>]", re.sub(r'</?\w+>|<a href="[^"<>]*">', "", html))
    tags = Tags()
    tags.feed(html)
    tags.close()
    assert tags.open == []
    return tags.words


def told_of(item: Item) -> list[Incident]:
    return [item.incident] + ([item.before] if item.before else [])


@given(bulletins(), readers(), st.booleans())
@few
def test_any_message_is_well_formed_and_fits(told: Bulletin, who: For, again: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    html = message(told, who, repeat=again)
    words_of(html)
    assert units(html) <= 4096
    html.encode("utf-8")  # raises on a lone surrogate


@given(st.lists(items(), max_size=6), readers(), moments)
@few
def test_latest_is_well_formed_too(told: list[Item], who: For, published: datetime) -> None:
    entries = [Latest(item, Source("<Мэр>"), published) for item in told]
    for paragraph in latest(entries, who):
        assert words_of(paragraph)


@given(bulletins(name="Губернатор"), readers())
@few
def test_no_code_is_ever_shown(told: Bulletin, who: For) -> None:
    words = words_of(message(told, who))
    assert not re.search(r"RU-|UU[A-Z]|_|\{|\}", words)


@given(bulletins(name="Губернатор"), readers())
@few
def test_every_number_in_a_summary_is_in_the_evidence(told: Bulletin, who: For) -> None:
    known: set[str] = set()
    for item in told.items:
        known |= {str(item.number), *_digits(*(c.old + " " + c.new for c in item.corrections))}
        facts = [getattr(incident, name) for incident in told_of(item) for name in FACTS]
        known |= {str(figure.number) for fact in facts for figure in (fact, *fact.earlier)}
    dates = [told.published, *(c.made for item in told.items for c in item.corrections)]
    words = re.sub(r"[0-9]{2}:[0-9]{2}( \(UTC.[0-9:]+\))?", "", words_of(message(told, who)))
    days = {str((date + timedelta(days=shift)).day) for date in dates for shift in (0, 1)}
    assert _digits(words) <= known | days


@given(incidents(), st.lists(corrections(FACTS), max_size=3), st.sampled_from(Language))
@few
def test_nobody_was_hurt_is_said_only_where_it_is_denied(
    told: Incident, made: list[Correction], in_: Language
) -> None:
    item = Item(118, _in_words_of_the_source(told), corrections=tuple(made))
    lines = words_of(message(bulletin(item), reader(in_))).split("\n")
    words = "\n".join(one for one in lines if not one.startswith(("Исправлено", "Corrected")))
    denied = {name for name in FACTS if getattr(corrected(item), name).said is Said.DENIED}
    by_source = denied - {one.field for one in made}
    assert bool(DENIALS.search(words)) == bool(denied)
    assert bool(re.search("нет, сообщает источник|, the source says", words)) == bool(by_source)
    everybody_well = re.search("Пострадавших (и разрушений )?нет|no casualties", words)
    both = {"killed", "injured"}
    assert bool(everybody_well) == (both <= by_source or both <= denied - by_source)


@given(
    incidents().filter(lambda told: not ends(told.kind)),
    st.sampled_from([BulletinType.NEW, BulletinType.WITHDRAWAL]),
    st.sampled_from(Language),
)
@few
def test_danger_over_and_unclear_are_three_things(
    told: Incident,
    kind: BulletinType,
    in_: Language,
) -> None:
    words = words_of(message(bulletin(told, kind=kind), reader(in_)))
    assert not ENDS.search(re.sub("Это не отбой|This is not an all-clear", "", words))


def _in_words_of_the_source(told: Incident) -> Incident:
    facts = {name: replace(getattr(told, name), evidence=(Span(0, 9),)) for name in FACTS}
    changed: dict[str, Any] = facts
    return replace(told, **changed)


def _digits(*texts: str) -> set[str]:
    return {digits for text in texts for digits in re.findall(r"[0-9]+", text)}
