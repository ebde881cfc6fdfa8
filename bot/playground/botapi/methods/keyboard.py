"""The inline keyboard of a message, checked button by button."""

from bot.playground.botapi import errors
from bot.playground.botapi.entities import units
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.links import checked, complaint
from bot.playground.botapi.params import Json, Params

DATA_BYTES = 64
COPIED_TEXT_AT_MOST = 256
BUTTONS_AT_MOST = 100

_OTHER_ACTIONS = ("login_url", "web_app", "switch_inline_query", "switch_inline_query_current_chat")


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
    given = markup.get("inline_keyboard", [])
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise Refused(errors.KEYBOARD_NOT_AN_ARRAY)
    rows = [[_button(one) for one in row] for row in given]
    if sum(map(len, rows)) > BUTTONS_AT_MOST:
        raise Refused(errors.MARKUP_TOO_LONG)
    return [row for row in rows if row]


def inline_keyboard_of(params: Params) -> list[list[dict[str, Json]]]:
    """The keyboard of an edit, where nothing but an inline one will do."""
    markup = params.data("reply_markup", errors.MARKUP_UNREADABLE)
    if isinstance(markup, dict) and markup and "inline_keyboard" not in markup:
        raise Refused(errors.MARKUP_NOT_INLINE)
    return keyboard_of(params)


def _button(given: Json) -> dict[str, Json]:
    if not isinstance(given, dict) or not given.get("text"):
        raise Refused(errors.BUTTON_TEXT_MISSING)
    if given.get("callback_data"):
        _check_data(str(given["callback_data"]))
        return given
    if given.get("url") is not None:
        return given | {"url": _address(str(given["url"]))}
    if given.get("copy_text") is not None:
        _check_copied(given["copy_text"])
        return given
    if given.get("pay") or given.get("callback_game") is not None:
        raise Refused(errors.BUTTON_TYPE_INVALID)
    if not any(given.get(action) is not None for action in _OTHER_ACTIONS):
        raise Refused(errors.BUTTON_TYPE_MISSING)
    return given


def _check_data(data: str) -> None:
    if len(data.encode()) > DATA_BYTES:
        raise Refused(errors.BUTTON_DATA_INVALID)


def _check_copied(copied: Json) -> None:
    text = copied.get("text", "") if isinstance(copied, dict) else ""
    if not 0 < units(text) <= COPIED_TEXT_AT_MOST:
        raise Refused(errors.BUTTON_COPY_TEXT_INVALID)


def _address(url: str) -> str:
    address = checked(url)
    if address is None:
        raise Refused(errors.button_url_invalid(url, complaint(url)))
    return address
