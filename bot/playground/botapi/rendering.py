"""A text and its entities back to HTML, for people who look at a history."""

from html import escape

from bot.playground.botapi.entities import Entity, in_order

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
    marks = _marks([one for one in in_order(entities) if _tags(one)[0]])
    raw = text.encode("utf-16-le")
    places = sorted({0, len(raw) // 2, *marks})
    parts: list[str] = []
    for place, following in zip(places, [*places[1:], places[-1]], strict=True):
        parts += marks.get(place, [])
        stretch = raw[2 * place : 2 * following].decode("utf-16-le", errors="replace")
        parts.append(escape(stretch, quote=False))
    return "".join(parts)


def _marks(entities: list[Entity]) -> dict[int, list[str]]:
    """The tags to write at each place: ends before starts, the enclosed closed first."""
    marks: dict[int, list[str]] = {}
    for entity in reversed(entities):
        marks.setdefault(entity.end, []).append(_tags(entity)[1])
    starts: dict[int, list[str]] = {}
    for entity in entities:
        starts.setdefault(entity.offset, []).append(_tags(entity)[0])
    for place, tags in starts.items():
        marks.setdefault(place, []).extend(tags)
    return marks


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
