"""/correct: from an incident to a preview, by buttons or in one line; then send or cancel."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from handlers import correction, drafts
from handlers.drafts import Draft
from handlers.permission import is_relay_admin
from handlers.visit import StaleButton, is_number
from reports.incidents.correct import FIELDS, BadCorrection
from reports.languages import msgid
from storage import incidents

if TYPE_CHECKING:
    from handlers.visit import Button, Rows, Visit

MOST = 10
"""Incidents offered on buttons; an older one is corrected by its number."""

FIELD_NAMES = {
    "destroyed": msgid("shot down"),
    "killed": msgid("killed"),
    "injured": msgid("injured"),
    "damage": msgid("damage"),
    "region": msgid("region"),
    "text": msgid("a note in your own words"),
}
VALUE_NAMES = {"yes": msgid("yes"), "no": msgid("no"), "unknown": msgid("not known")}

NEVER_MIND = frozenset({"cancel", "отмена"})
"""Typed instead of a value; nobody's value."""


async def correct(visit: Visit) -> None:
    """`/correct`, `/correct 118` or `/correct 118 destroyed 14 why it was wrong`."""
    if not await is_relay_admin(visit):
        return
    words = visit.words.split(maxsplit=2)
    number = words[0].lstrip("#") if words else ""
    if not words:
        await _choose_incident(visit)
    elif not is_number(number) or (len(words) > 1 and words[1].lower() not in FIELDS):
        await visit.answer(_usage(visit))
    elif len(words) == 1:
        await _fields(visit, int(number))
    else:
        value = words[2] if len(words) == 3 else ""
        await _to_preview(visit, Draft(int(number), words[1].lower()), value)


async def choose_field(visit: Visit) -> None:
    """An incident's button."""
    if await is_relay_admin(visit):
        await _fields(visit, visit.number(visit.words))


async def ask_value(visit: Visit) -> None:
    """A field's button, "118:destroyed": the next message is the value."""
    if not await is_relay_admin(visit):
        return
    await _ask(visit, _begun(visit, visit.words))


async def take_value(visit: Visit) -> None:
    """A value's button, "118:damage:no"."""
    if not await is_relay_admin(visit):
        return
    what, _, value = visit.words.rpartition(":")
    await _to_preview(visit, _begun(visit, what), value)


def _begun(visit: Visit, what: str) -> Draft:
    number, _, field = what.partition(":")
    if field not in FIELDS:
        raise StaleButton(what)
    return Draft(visit.number(number), field)


async def typed(visit: Visit) -> bool:
    """A plain message: the value, if one was asked for. False if none was."""
    if not visit.is_admin:
        return False
    async with visit.office.database.read() as tx:
        draft = await drafts.of(tx, visit.user_id, visit.office.clock())
    if draft is None or not draft.asked:
        return False
    if visit.words.lower() in NEVER_MIND:
        await cancel(visit)
    else:
        await _to_preview(visit, draft, visit.words, [_way_out(visit)])
    return True


async def leave(visit: Visit) -> None:
    """Another command was given: nothing is being corrected any more."""
    if not visit.is_admin:
        return
    async with visit.office.database.read() as tx:
        draft = await drafts.of(tx, visit.user_id, visit.office.clock())
    if draft is not None:
        await _drop(visit)


async def send(visit: Visit) -> None:
    """The preview's Send: exactly what it showed, once."""
    if await is_relay_admin(visit):
        await visit.turn_into(await correction.send(visit))
        visit.office.wake()


async def cancel(visit: Visit) -> None:
    """The Cancel under a question or a preview."""
    if not await is_relay_admin(visit):
        return
    await _drop(visit)
    await visit.turn_into(visit.texts.gettext("Cancelled. Nothing was sent."))


async def _drop(visit: Visit) -> None:
    async with visit.office.database.write() as tx:
        await drafts.drop(tx, visit.user_id)


async def _choose_incident(visit: Visit) -> None:
    async with visit.office.database.read() as tx:
        known = await incidents.newest(tx, limit=MOST)
    if not known:
        await visit.answer(visit.texts.gettext("No report has been taken in yet."))
        return
    rows = [
        [(correction.in_short(visit, one.number, one.incident), f"incident:{one.number}")]
        for one in known
    ]
    await visit.answer(visit.texts.gettext("Which report was wrong?"), [*rows, _way_out(visit)])


async def _fields(visit: Visit, number: int) -> None:
    async with visit.office.database.read() as tx:
        known = await incidents.get(tx, number)
    if known is None:
        await visit.answer(correction.no_such(visit, number))
        return
    buttons: list[Button] = [
        (visit.texts.gettext(FIELD_NAMES[field]), f"field:{number}:{field}") for field in FIELDS
    ]
    rows = [buttons[0:3], buttons[3:5], buttons[5:], _way_out(visit)]
    heading = visit.texts.gettext("What was wrong in {incident}?")
    incident = escape(correction.in_short(visit, number, known.incident))
    await visit.turn_into(heading.format(incident=incident), rows)


async def _ask(visit: Visit, draft: Draft) -> None:
    async with visit.office.database.write() as tx:
        await drafts.keep(tx, visit.user_id, draft, visit.office.clock())
    await visit.turn_into(_question(visit, draft), [*_values(visit, draft), _way_out(visit)])


def _question(visit: Visit, draft: Draft) -> str:
    asks = {
        "region": msgid("Which region is it about? Write its name."),
        "text": msgid("Write the note. It goes word for word to everyone who got the message."),
        "damage": msgid("Is there damage?"),
    }
    count = msgid("Write the right number. Words after it are kept as the reason.")
    return visit.texts.gettext(asks.get(draft.field, count))


def _values(visit: Visit, draft: Draft) -> Rows:
    if draft.field in ("region", "text"):
        return []
    values = ["yes", "no", "unknown"] if draft.field == "damage" else ["unknown"]
    return [
        [
            (visit.texts.gettext(VALUE_NAMES[value]), f"value:{draft.number}:{draft.field}:{value}")
            for value in values
        ]
    ]


async def _to_preview(visit: Visit, draft: Draft, typed_value: str, rows: Rows = ()) -> None:
    try:
        complete = correction.completed(visit, draft, typed_value)
        shown = await correction.preview(visit, complete)
    except BadCorrection as error:
        await visit.answer(visit.texts.gettext(error.sentence), rows)
        return
    await visit.answer(shown.html, [_decision(visit, shown.token)] if shown.token else [])


def _decision(visit: Visit, token: str) -> list[Button]:
    return [
        (visit.texts.gettext("Send"), f"send:{token}"),
        *_way_out(visit),
    ]


def _way_out(visit: Visit) -> list[Button]:
    return [(visit.texts.gettext("Cancel"), "cancel")]


def _usage(visit: Visit) -> str:
    return visit.texts.gettext(
        "Write /correct and choose by buttons, or in one line: "
        "<code>/correct NUMBER FIELD VALUE</code>\n"
        "Fields: destroyed, killed, injured (a number or <i>unknown</i>), "
        "damage (yes, no, unknown), region (a name), text (a note).\n"
        "For example: <code>/correct 118 destroyed 14</code>"
    )
