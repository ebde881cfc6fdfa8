"""What the Bot API refuses, in Telegram's own words, and what nobody could do in a client."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer with `ok: false`: HTTP status, description, and parameters such as retry_after."""

    code: int
    description: str
    parameters: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The body of the answer."""
        body: dict[str, object] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | ({"parameters": dict(self.parameters)} if self.parameters else {})


class Refused(Exception):  # noqa: N818 - the API refuses: an answer, not a defect
    """Raised by a method; the server answers with its refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.description)
        self.refusal = refusal


class Impossible(Exception):  # noqa: N818 - says what a person cannot do, in a test or on the page
    """A person was to do what no Telegram client lets them do, such as press a missing button."""


def _bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def _forbidden(words: str) -> Refusal:
    return Refusal(403, f"Forbidden: {words}")


UNAUTHORIZED = Refusal(401, "Unauthorized")
NO_SUCH_METHOD = Refusal(404, "Not Found")
BAD_GATEWAY = Refusal(502, "Bad Gateway")

ANOTHER_POLL = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = Refusal(
    409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
)

REQUEST_UNREADABLE = _bad_request("can't parse JSON encoded parameters")
CHAT_ID_EMPTY = _bad_request("chat_id is empty")
CHAT_NOT_FOUND = _bad_request("chat not found")
USER_NOT_FOUND = _bad_request("user not found")
THREAD_NOT_FOUND = _bad_request("message thread not found")
NO_MESSAGE_ID = _bad_request("message identifier is not specified")
TEXT_EMPTY = _bad_request("message text is empty")
TEXT_BLANK = _bad_request("text must be non-empty")
TEXT_TOO_LONG = _bad_request("message is too long")
NOT_MODIFIED = _bad_request(
    "message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
EDIT_NOT_FOUND = _bad_request("message to edit not found")
EDIT_NOT_ALLOWED = _bad_request("message can't be edited")
DELETE_NOT_FOUND = _bad_request("message to delete not found")
DELETE_NOT_ALLOWED = _bad_request("message can't be deleted for everyone")
REPLY_NOT_FOUND = _bad_request("message to be replied not found")
REPLY_UNNAMED = _bad_request('can\'t find field "message_id"')
ENTITY_TYPE_UNKNOWN = _bad_request("can't parse MessageEntity: Unsupported type specified")
PAYING_NOT_ALLOWED = _bad_request("FLOODSKIP_NOT_ALLOWED")
PARSE_MODE_UNKNOWN = _bad_request("unsupported parse_mode")
BUTTON_DATA_INVALID = _bad_request("BUTTON_DATA_INVALID")
COPY_NOT_FOUND = _bad_request("message to copy not found")
COPY_NOT_ALLOWED = _bad_request("message can't be copied")
FORWARD_NOT_FOUND = _bad_request("message to forward not found")
FORWARD_NOT_ALLOWED = _bad_request("message can't be forwarded")
NO_MESSAGE_IDS = _bad_request("message identifiers are not specified")
BUTTON_TEXT_MISSING = _bad_request("can't parse inline keyboard button: Can't find field \"text\"")
BUTTON_TYPE_INVALID = _bad_request("BUTTON_TYPE_INVALID")
BUTTON_COPY_TEXT_INVALID = _bad_request("BUTTON_COPY_TEXT_INVALID")
BUTTON_TYPE_MISSING = _bad_request(
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)
KEYBOARD_NOT_AN_ARRAY = _bad_request('field "inline_keyboard" must be of type Array')
MARKUP_NOT_AN_OBJECT = _bad_request("object expected as reply markup")
MARKUP_UNREADABLE = _bad_request("can't parse reply keyboard markup JSON object")
MARKUP_TOO_LONG = _bad_request("reply markup is too long")
COMMANDS_TOO_MANY = _bad_request("BOT_COMMANDS_TOO_MUCH")
COMMAND_INVALID = _bad_request("BOT_COMMAND_INVALID")
COMMAND_DESCRIPTION_INVALID = _bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
MARKUP_NOT_INLINE = _bad_request("inline keyboard expected")
QUERY_TOO_OLD = _bad_request("query is too old and response timeout expired or query ID is invalid")
ANSWER_TOO_LONG = _bad_request("MESSAGE_TOO_LONG")
ACTION_WRONG = _bad_request("wrong parameter action in request")
NO_ADMINISTRATORS = _bad_request("there are no administrators in the private chat")
CANNOT_LEAVE = _bad_request("chat member status can't be changed in private chats")

BLOCKED = _forbidden("bot was blocked by the user")
DEACTIVATED = _forbidden("user is deactivated")
NOT_STARTED = _forbidden("bot can't initiate conversation with a user")
GROUP_DELETED = _forbidden("the group chat was deleted")
CHANNEL_RIGHTS = _bad_request("need administrator rights in the channel chat")


def kicked(kind: str) -> Refusal:
    """The bot was removed from a group, supergroup or channel."""
    return _forbidden(f"bot was kicked from the {kind} chat")


def not_a_member(kind: str) -> Refusal:
    """The bot never was in that chat, or left it."""
    return _forbidden(f"bot is not a member of the {kind} chat")


def migrated(new_chat_id: int) -> Refusal:
    """The group lives on under another id, which the answer names."""
    words = "group chat was upgraded to a supergroup chat"
    return Refusal(400, f"Bad Request: {words}", {"migrate_to_chat_id": new_chat_id})


def too_many_requests(seconds: int) -> Refusal:
    """Flood control; `seconds` is what the bot must wait."""
    words = f"Too Many Requests: retry after {seconds}"
    return Refusal(429, words, {"retry_after": seconds})


def profile_text_too_long(field: str) -> Refusal:
    """A name or description beyond its length."""
    return _bad_request(f"BOT_{'TITLE' if field == 'name' else field.upper()}_INVALID")


def button_url_invalid(url: str, why: str) -> Refusal:
    """A button that leads nowhere."""
    return _bad_request(f"inline keyboard button URL '{url}' is invalid: {why}")


def entity_url_invalid(url: str, why: str) -> Refusal:
    """A marked link that leads nowhere."""
    return _bad_request(f"entity URL '{url}' is invalid: {why}")


def entity_offset_wrong(offset: int) -> Refusal:
    """An entity that begins before the text."""
    return _bad_request(f"receive an entity with incorrect offset {offset}")


def entity_begins_late(offset: int) -> Refusal:
    """An entity that begins where the text is over."""
    return _bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")


def entity_ends_late(offset: int, end: int) -> Refusal:
    """An entity that is longer than the text."""
    place = f"ends after the end of the text at UTF-16 offset {end}"
    return _bad_request(f"entity beginning at UTF-16 offset {offset} {place}")


def field_not_boolean(name: str) -> Refusal:
    """A field of an object that should be true or false."""
    return _bad_request(f'field "{name}" must be of type Boolean')


def unreadable_entities(words: str) -> Refusal:
    """Markup that Telegram cannot read."""
    return _bad_request(f"can't parse entities: {words}")


def unreadable(what: str) -> Refusal:
    """A parameter that should be JSON and is not."""
    return _bad_request(f"can't parse {what} JSON object")
