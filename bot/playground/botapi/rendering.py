"""A text and its entities back to HTML, for people who look at a history."""

from html import escape
from itertools import takewhile

from bot.playground.botapi.entities import Entity, depth, in_order, piece, units

_TAG_OF_TYPE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


def as_html(text: str, entities: list[Entity]) -> str:
    """HTML that reads back as the same text and entities; what Telegram finds itself stays bare."""
    marked = [one for one in in_order(entities) if _tags(one)[0]]
    places = sorted({0, units(text)} | {one.offset for one in marked} | {one.end for one in marked})
    parts: list[str] = []
    still_open: list[Entity] = []
    for place, following in zip(places, [*places[1:], places[-1]], strict=True):
        wanted = sorted((one for one in marked if one.offset <= place < one.end), key=_layer)
        parts += _turn(still_open, wanted)
        still_open = wanted
        parts.append(escape(piece(text, place, following - place), quote=False))
    return "".join(parts)


def _layer(entity: Entity) -> tuple[int, int, int, str]:
    """What is outside goes first; a style may be split by a link, a link not by a style."""
    return depth(entity), entity.offset, -entity.length, entity.type


def _turn(still_open: list[Entity], wanted: list[Entity]) -> list[str]:
    """The tags that lead from what is open to what is wanted, in well-formed order."""
    pairs = zip(still_open, wanted, strict=False)
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
    ends = [_tags(one)[1] for one in reversed(still_open[shared:])]
    return ends + [_tags(one)[0] for one in wanted[shared:]]


def _tags(entity: Entity) -> tuple[str, str]:
    """Start and end tag; empty for an entity that needs none."""
    match entity.type:
        case "text_link":
            return f'<a href="{escape(entity.url or "")}">', "</a>"
        case "pre" if entity.language:
            return f'<pre><code class="language-{escape(entity.language)}">', "</code></pre>"
        case "pre":
            return "<pre>", "</pre>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity.custom_emoji_id}">', "</tg-emoji>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
    tag = _TAG_OF_TYPE.get(entity.type)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
