"""What a message is to say: its text with entities, checked."""

from bot.playground.botapi import errors
from bot.playground.botapi.entities import Entity, found, settled, units
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.links import checked, complaint
from bot.playground.botapi.markup import ENTITIES_AT_MOST, TYPE_OF_TAG, read_html
from bot.playground.botapi.params import Json, Params

TEXT_AT_MOST = 4096

_GIVEN_BY_BOTS = {*TYPE_OF_TAG.values(), "expandable_blockquote"}
_FOUND_ANYWAY = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


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
    _check_preview(params)
    return text, found(text, entities)


def _parsed(raw: str, params: Params) -> tuple[str, list[Entity]]:
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return read_html(raw)
    if mode:
        raise Refused(errors.PARSE_MODE_UNKNOWN)
    given = [_entity(one, raw) for one in params.data("entities") or []]
    return raw, settled([one for one in given if one])[:ENTITIES_AT_MOST]


def _entity(given: Json, text: str) -> Entity | None:
    """An entity that the bot marked itself; None for a kind that is found anyway."""
    kind = given.get("type")
    if kind in _FOUND_ANYWAY:
        return None
    if kind not in _GIVEN_BY_BOTS:
        raise Refused(errors.ENTITY_TYPE_UNKNOWN)
    named = {name: given[name] for name in Entity.__dataclass_fields__ if name in given}
    entity = Entity(**named)
    _check_place(entity, units(text))
    return _with_address(entity) if kind == "text_link" else entity


def _check_place(entity: Entity, length: int) -> None:
    if entity.offset < 0:
        raise Refused(errors.entity_offset_wrong(entity.offset))
    if entity.offset >= length:
        raise Refused(errors.entity_begins_late(entity.offset))
    if entity.end > length:
        raise Refused(errors.entity_ends_late(entity.offset, entity.end))


def _with_address(entity: Entity) -> Entity:
    url = entity.url or ""
    address = checked(url)
    if address is None:
        raise Refused(errors.entity_url_invalid(url, complaint(url)))
    return Entity(entity.type, entity.offset, entity.length, url=address)


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


def _check_preview(params: Params) -> None:
    options = params.data("link_preview_options") or {}
    for flag in _PREVIEW_FLAGS:
        if not isinstance(options.get(flag, False), bool):
            raise Refused(errors.field_not_boolean(flag))
