"""The methods the server knows. A new one is a function and a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.botapi.methods import answering, chats, polling, profile, writing
from bot.playground.botapi.methods.call import Call

__all__ = ["METHODS", "Call", "Method", "named"]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: what it does and which parameters it reads or knowingly lets be.

    One that `writes` counts towards the limits on sending.
    """

    name: str
    run: Callable[[Call], object]
    params: frozenset[str]
    writes: bool = False


def _method(name: str, run: Callable[[Call], object], params: str = "") -> Method:
    return Method(name, run, frozenset(params.split()))


def _writing(name: str, run: Callable[[Call], object], params: str) -> Method:
    return Method(name, run, frozenset(params.split()), writes=True)


def _done(_call: Call) -> bool:
    return True


_PLACE = "chat_id message_thread_id disable_notification protect_content "
_SENT = _PLACE + "reply_parameters reply_markup allow_paid_broadcast "
_TEXT = "text parse_mode entities link_preview_options "
_EDITED = "chat_id message_id reply_markup "
_SCOPE = "scope language_code "
_PRESS = "callback_query_id text show_alert cache_time"

METHODS = (
    _method("getMe", profile.get_me),
    _method("getUpdates", polling.get_updates, "offset limit timeout allowed_updates"),
    _method("setWebhook", polling.set_webhook, "url"),
    _method("deleteWebhook", polling.delete_webhook, "drop_pending_updates"),
    _method("getWebhookInfo", polling.get_webhook_info),
    _method("close", _done),
    _method("logOut", _done),
    _writing("sendMessage", writing.send_message, _SENT + _TEXT),
    _writing("forwardMessage", writing.forward_message, _PLACE + "from_chat_id message_id"),
    _writing("copyMessage", writing.copy_message, _SENT + "from_chat_id message_id"),
    _writing("editMessageText", writing.edit_message_text, _EDITED + _TEXT),
    _writing("editMessageReplyMarkup", writing.edit_message_reply_markup, _EDITED),
    _method("deleteMessage", writing.delete_message, "chat_id message_id"),
    _method("deleteMessages", writing.delete_messages, "chat_id message_ids"),
    _method("answerCallbackQuery", answering.answer_callback_query, _PRESS),
    _method("sendChatAction", answering.send_chat_action, "chat_id message_thread_id action"),
    _method("getChat", chats.get_chat, "chat_id"),
    _method("getChatMember", chats.get_chat_member, "chat_id user_id"),
    _method("getChatMemberCount", chats.get_chat_member_count, "chat_id"),
    _method("getChatAdministrators", chats.get_chat_administrators, "chat_id"),
    _method("leaveChat", chats.leave_chat, "chat_id"),
    _method("setMyCommands", profile.set_my_commands, _SCOPE + "commands"),
    _method("getMyCommands", profile.get_my_commands, _SCOPE),
    _method("deleteMyCommands", profile.delete_my_commands, _SCOPE),
    _method("setMyName", profile.set_text("name", 64), "name language_code"),
    _method("getMyName", profile.get_text("name"), "language_code"),
    _method("setMyDescription", profile.set_text("description", 512), "description language_code"),
    _method("getMyDescription", profile.get_text("description"), "language_code"),
    _method(
        "setMyShortDescription",
        profile.set_text("short_description", 120),
        "short_description language_code",
    ),
    _method("getMyShortDescription", profile.get_text("short_description"), "language_code"),
)

_BY_NAME = {method.name.lower(): method for method in METHODS}


def named(name: str) -> Method | None:
    """The method of that name, in any case, as Telegram takes them."""
    return _BY_NAME.get(name.lower())
