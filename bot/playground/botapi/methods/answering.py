"""Methods that answer a person without a message: a press on a button, a sign of typing."""

from bot.playground.botapi import errors
from bot.playground.botapi.entities import units
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call
from bot.playground.botapi.world import Event

QUERY_LIVES_SECONDS = 15 * 60
ANSWER_AT_MOST = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def answer_callback_query(call: Call) -> bool:
    """Ends the wait after a press, with a notice or an alert. Each press is answered once."""
    query = call.world.queries.get(call.params.text("callback_query_id"))
    too_old = query and call.world.clock() - query.asked_at > QUERY_LIVES_SECONDS
    if query is None or query.answered or too_old:
        raise Refused(errors.QUERY_TOO_OLD)
    text = call.params.text("text")
    if units(text) > ANSWER_AT_MOST:
        raise Refused(errors.ANSWER_TOO_LONG)
    query.answered, query.text, query.alert = True, text, call.params.flag("show_alert")
    data = {"query": query.id, "user": query.user_id, "text": text, "alert": query.alert}
    call.world.tell(Event("answered", query.chat_id, data=data))
    return True


def send_chat_action(call: Call) -> bool:
    """Shows that the bot is busy."""
    if call.params.text("action") not in ACTIONS:
        raise Refused(errors.ACTION_WRONG)
    chat = call.chat_to_write_in()
    call.thread(chat)
    call.world.tell(Event("typing", chat.id))
    return True
