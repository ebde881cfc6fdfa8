"""A text and its entities back to HTML, for people who look at a history."""

from html import escape

from bot.playground.botapi.entities import Entity, in_order, piece, units

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
        still_open = _turn(parts, still_open, place)
        starting = [one for one in marked if one.offset == place]
        parts += [_tags(one)[0] for one in starting]
        still_open += starting
        parts.append(escape(piece(text, place, following - place), quote=False))
    return "".join(parts)


def _turn(parts: list[str], still_open: list[Entity], place: int) -> list[Entity]:
    """Closes what ends here; what is open inside it is closed too, and opened again."""
    ending = [number for number, one in enumerate(still_open) if one.end == place]
    if not ending:
        return still_open
    closed = still_open[ending[0] :]
    parts += [_tags(one)[1] for one in reversed(closed)]
    going_on = [one for one in closed if one.end != place]
    parts += [_tags(one)[0] for one in going_on]
    return still_open[: ending[0]] + going_on


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
