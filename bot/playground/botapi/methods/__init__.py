"""The methods the server knows. A new one is a function and a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.playground.botapi.methods import answering, polling, profile, writing
from bot.playground.botapi.methods.call import Call

__all__ = ["METHODS", "Call", "Method", "named"]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Bot API: what it does and which parameters it reads or knowingly lets be."""

    name: str
    run: Callable[[Call], object]
    params: frozenset[str]


def _method(name: str, run: Callable[[Call], object], params: str = "") -> Method:
    return Method(name, run, frozenset(params.split()))


_SENT = (
    "chat_id message_thread_id reply_parameters reply_markup disable_notification "
    "protect_content allow_paid_broadcast "
)
_TEXT = "text parse_mode entities link_preview_options "
_SCOPE = "scope language_code "

METHODS = (
    _method("getMe", profile.get_me),
    _method("getUpdates", polling.get_updates, "offset limit timeout allowed_updates"),
    _method("setWebhook", polling.set_webhook, "url"),
    _method("deleteWebhook", polling.delete_webhook, "drop_pending_updates"),
    _method("getWebhookInfo", polling.get_webhook_info),
    _method("sendMessage", writing.send_message, _SENT + _TEXT),
    _method(
        "editMessageText", writing.edit_message_text, "chat_id message_id reply_markup " + _TEXT
    ),
    _method(
        "editMessageReplyMarkup",
        writing.edit_message_reply_markup,
        "chat_id message_id reply_markup",
    ),
    _method("deleteMessage", writing.delete_message, "chat_id message_id"),
    _method(
        "answerCallbackQuery",
        answering.answer_callback_query,
        "callback_query_id text show_alert cache_time",
    ),
    _method("sendChatAction", answering.send_chat_action, "chat_id message_thread_id action"),
    _method("setMyCommands", profile.set_my_commands, _SCOPE + "commands"),
    _method("getMyCommands", profile.get_my_commands, _SCOPE),
    _method("deleteMyCommands", profile.delete_my_commands, _SCOPE),
)

_BY_NAME = {method.name.lower(): method for method in METHODS}


def named(name: str) -> Method | None:
    """The method of that name, in any case, as Telegram takes them."""
    return _BY_NAME.get(name.lower())
