"""What a message is to say: its text with entities, and its inline keyboard, both checked."""

import re

from bot.playground.botapi import errors
from bot.playground.botapi.entities import Entity, found, in_order, units
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.markup import ENTITIES_AT_MOST, read_html
from bot.playground.botapi.params import Json, Params

TEXT_AT_MOST = 4096
BUTTON_DATA_BYTES = 64
BUTTONS_AT_MOST = 100

_ADDRESS = re.compile(r"tg://\S+|(?:https?://)?[^\s/:.]+(?:\.[^\s/:.]+)+(?::\d+)?(?:[/?#]\S*)?")
_ACTIONS = ("url", "login_url", "web_app", "switch_inline_query", "pay", "copy_text")


def text_of(params: Params) -> tuple[str, list[Entity]]:
    """The text as people will see it.

    Raises:
        Refused: empty, too long after parsing, or markup that Telegram cannot read.
    """
    raw = params.text("text")
    if not raw:
        raise Refused(errors.TEXT_EMPTY)
    text, entities = _stripped(*_parsed(raw, params))
    if not text:
        raise Refused(errors.TEXT_BLANK)
    if units(text) > TEXT_AT_MOST:
        raise Refused(errors.TEXT_TOO_LONG)
    return text, found(text, entities)


def keyboard_of(params: Params) -> list[list[dict[str, Json]]]:
    """The inline keyboard; empty when there is none, or one of another kind.

    Raises:
        Refused: no JSON object, or a button that Telegram does not take.
    """
    markup = params.data("reply_markup", errors.MARKUP_UNREADABLE)
    if markup is None:
        return []
    if not isinstance(markup, dict):
        raise Refused(errors.MARKUP_NOT_AN_OBJECT)
    rows = [[_button(one) for one in row] for row in markup.get("inline_keyboard", [])]
    if sum(map(len, rows)) > BUTTONS_AT_MOST:
        raise Refused(errors.MARKUP_TOO_LONG)
    return [row for row in rows if row]


def inline_keyboard_of(params: Params) -> list[list[dict[str, Json]]]:
    """The keyboard of an edit, where nothing but an inline one will do."""
    markup = params.data("reply_markup", errors.MARKUP_UNREADABLE)
    if isinstance(markup, dict) and markup and "inline_keyboard" not in markup:
        raise Refused(errors.MARKUP_NOT_INLINE)
    return keyboard_of(params)


def _parsed(raw: str, params: Params) -> tuple[str, list[Entity]]:
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return read_html(raw)
    if mode:
        raise Refused(errors.PARSE_MODE_UNKNOWN)
    return raw, _given_entities(raw, params)


def _given_entities(text: str, params: Params) -> list[Entity]:
    given = params.data("entities") or []
    known = Entity.__dataclass_fields__
    entities = [Entity(**{k: v for k, v in one.items() if k in known}) for one in given]
    inside = [one for one in entities if one.length > 0 and 0 <= one.offset < units(text)]
    return in_order(inside)[:ENTITIES_AT_MOST]


def _stripped(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the blanks around it, as Telegram stores it; entities shrink with the text."""
    lead = units(text) - units(text.lstrip())
    text = text.strip()
    length = units(text)
    moved = (_clipped(entity, lead, length) for entity in entities)
    return text, [entity for entity in moved if entity]


def _clipped(entity: Entity, lead: int, length: int) -> Entity | None:
    start = max(entity.offset - lead, 0)
    end = min(entity.end - lead, length)
    if end <= start:
        return None
    rest = (entity.url, entity.language, entity.custom_emoji_id)
    return Entity(entity.type, start, end - start, *rest)


def _button(given: Json) -> dict[str, Json]:
    if not isinstance(given, dict) or not given.get("text"):
        raise Refused(errors.BUTTON_TEXT_EMPTY)
    data = given.get("callback_data")
    if data:
        if len(str(data).encode()) > BUTTON_DATA_BYTES:
            raise Refused(errors.BUTTON_DATA_INVALID)
        return given
    if not any(given.get(action) is not None for action in _ACTIONS):
        raise Refused(errors.BUTTON_TYPE_MISSING)
    url = given.get("url")
    if url is not None and not _ADDRESS.fullmatch(str(url)):
        raise Refused(errors.button_url_invalid(str(url)))
    return given
