"""Entities of a text: which stretch is bold, a link, a command. Offsets count UTF-16 units."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch of a text; `offset` and `length` in UTF-16 code units."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """The unit after the last one."""
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        """As Telegram writes it: absent fields are left out."""
        return {name: value for name, value in asdict(self).items() if value is not None}


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def piece(text: str, offset: int, length: int) -> str:
    """The stretch of a text that an entity names."""
    raw = text.encode("utf-16-le")[2 * offset : 2 * (offset + length)]
    return raw.decode("utf-16-le", errors="replace")


CODE = {"code", "pre"}
STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_FOUND = (
    ("url", re.compile(r"(?<![\w@])https?://[^\s<>\"«»]*[^\s<>\"«».,:;!?)]")),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<!\w)#(?!\d+\b)\w{1,255}")),
)


def found(text: str, marked: list[Entity]) -> list[Entity]:
    """The marked entities and those that Telegram finds by itself, in order.

    Nothing is found inside code, a link or another find.
    """
    taken = [mark for mark in marked if mark.type in {"code", "pre", "text_link"}]
    finds: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            entity = Entity(kind, units(text[: match.start()]), units(match.group()))
            if not any(_overlap(entity, other) for other in [*taken, *finds]):
                finds.append(entity)
    return in_order([*marked, *finds])


def in_order(entities: Iterable[Entity]) -> list[Entity]:
    """By place, the enclosing before the enclosed; of one extent, by `depth`."""
    return sorted(entities, key=lambda one: (one.offset, -one.length, depth(one), one.type))


def depth(entity: Entity) -> int:
    """Links and quotes go outside, styles inside them, code innermost."""
    return 2 if entity.type in CODE else int(entity.type in STYLES)


def settled(entities: list[Entity]) -> list[Entity]:
    """As Telegram keeps them: no style in or around code, no link in a link, no quote in a quote.

    Stretches of one style that touch are one.
    """
    code = [one for one in entities if one.type in CODE]
    pieces = (piece for one in entities for piece in _outside(one, code))
    kept: list[Entity] = []
    for entity in in_order(pieces):
        touching = next((one for one in kept if _continues(entity, one)), None)
        if touching:
            kept.remove(touching)
            end = max(entity.end, touching.end)
            kept.append(Entity(entity.type, touching.offset, end - touching.offset))
        elif not any(_is_said_by(entity, outer) for outer in kept):
            kept.append(entity)
    return in_order(kept)


def _outside(entity: Entity, code: list[Entity]) -> list[Entity]:
    """What is left of a style without the code in it; of anything else, all."""
    if entity.type not in STYLES:
        return [entity]
    pieces = [(entity.offset, entity.end)]
    for one in code:
        halves = [((a, min(b, one.offset)), (max(a, one.end), b)) for a, b in pieces]
        pieces = [(a, b) for pair in halves for a, b in pair if a < b]
    return [Entity(entity.type, a, b - a) for a, b in pieces]


def _is_said_by(entity: Entity, outer: Entity) -> bool:
    inside = outer.offset <= entity.offset and entity.end <= outer.end
    one_kind = entity.type.removeprefix("expandable_") == outer.type.removeprefix("expandable_")
    return inside and (one_kind or outer.type in CODE)


def _continues(entity: Entity, earlier: Entity) -> bool:
    return entity.type in STYLES and entity.type == earlier.type and entity.offset <= earlier.end


def _overlap(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end
