"""A correction from what an admin typed to what goes out, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

from handlers import drafts
from handlers.naming import name_of
from reports.incidents.correct import BadCorrection, correct, old_value, split_value
from reports.incidents.merge import left_after
from reports.incidents.table import class_of, ended_by, window
from reports.languages import msgid, translator
from reports.model import (
    Bulletin,
    BulletinClass,
    BulletinType,
    Correction,
    Incident,
    Item,
    Source,
)
from reports.summaries import For
from reports.summaries import correction as correction_text
from reports.summaries.headline import happening
from reports.summaries.progress import grouped
from storage import bulletins, corrections, incidents, outbox
from storage.corrections import NewCorrection
from storage.told import Change

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.drafts import Draft
    from handlers.visit import Visit
    from storage.corrections import Audience
    from storage.incidents import Stored
    from storage.transaction import Transaction

OUT_OF_DATE = msgid("This preview is out of date. To begin anew: /correct")


def completed(visit: Visit, draft: Draft, typed: str) -> Draft:
    """The draft with the value and the reason taken from what was typed. Raises BadCorrection."""
    value, why = split_value(draft.field, typed)
    new = _region(visit, value) if draft.field == "region" else value
    return replace(draft, new=new, why=why)


def _region(visit: Visit, name: str) -> str:
    code = name.upper()
    if code in visit.office.catalog.regions:
        return code
    found = visit.office.catalog.lookup(name)
    if found.exact is None:
        raise BadCorrection(msgid("I know no such region. Write its full name."))
    return found.exact


@dataclass(frozen=True, slots=True)
class Preview:
    """What an admin is shown before Send, which carries `token`; empty: nothing to send."""

    html: str
    token: str = ""


async def preview(visit: Visit, draft: Draft) -> Preview:
    """What people will read, and how many; the draft is kept for Send. Raises BadCorrection."""
    async with visit.office.database.write() as tx:
        known = await incidents.get(tx, draft.number)
        if known is None:
            return Preview(no_such(visit, draft.number))
        shown = replace(draft, old=old_value(known.incident, draft.field))
        if shown.old == shown.new:
            raise BadCorrection(msgid("That is what people were told already."))
        audience = await corrections.audience(tx, _change(shown))
        await drafts.keep(tx, visit.user_id, shown, visit.office.clock())
        right = correct(known.incident, shown.field, shown.new)
        there = await _as_it_is_there(tx, known, right)
    change = Correction(shown.field, shown.old, shown.new, visit.office.clock())
    text = correction_text(_bulletin(known, (change,)), _reader(visit))
    to_whom = (_size(visit, audience), *_newcomers(visit, there, shown))
    html = "\n\n".join((text, *_reason(visit, shown), *to_whom))
    return Preview(html, shown.token)


async def send(visit: Visit) -> str:
    """Make the correction of the kept draft, in one transaction; say to how many it goes."""
    async with visit.office.database.write() as tx:
        draft = await drafts.of(tx, visit.user_id, visit.office.clock())
        known = await incidents.take(tx, draft.number) if draft else None
        if draft is None or known is None or not _still_true(visit, known, draft):
            return visit.texts.gettext(OUT_OF_DATE)
        audience = await _make(tx, visit, known, draft)
        await drafts.drop(tx, visit.user_id)
    text = visit.texts.ngettext(
        "The correction of #{number} goes to {count} chat.",
        "The correction of #{number} goes to {count} chats.",
        audience.chats,
    )
    goes = text.format(number=draft.number, count=grouped(audience.chats))
    return " ".join((goes, *_still_to_be_told(visit, audience)))


def _still_true(visit: Visit, known: Stored, draft: Draft) -> bool:
    """Whether Send belongs to this draft, and the incident is still what the preview showed."""
    return draft.token == visit.words and old_value(known.incident, draft.field) == draft.old


async def _make(tx: Transaction, visit: Visit, known: Stored, draft: Draft) -> Audience:
    now = visit.office.clock()
    audience = await corrections.audience(tx, _change(draft))
    change = Correction(draft.field, draft.old, draft.new, now)
    why, told = draft.why or None, _bulletin(known, ())
    await corrections.make(tx, NewCorrection(known.number, change, visit.user_id, told, why))
    right = correct(known.incident, draft.field, draft.new)
    await incidents.replace(tx, known.number, right, now)
    if draft.field == "region":
        there = await _as_it_is_there(tx, known, right)
        if known.ended_at and there.ended_at is None:
            await incidents.reopen(tx, known.number, now)
        await _tell_right_region(tx, there, right, now)
    return audience


async def _as_it_is_there(tx: Transaction, known: Stored, right: Incident) -> Stored:
    """The incident of another region: an end that came for the wrong one did not end it."""
    end = ended_by(right.kind)
    if end is None or known.ended_at is None or right.region == known.incident.region:
        return known
    ends = await incidents.standing(tx, right.region, end, known.last_published)
    over = any(left_after(right, one.incident) is None for one in ends)
    return known if over else replace(known, ended_at=None)


async def _tell_right_region(
    tx: Transaction, known: Stored, right: Incident, now: datetime
) -> None:
    """Followers of the right region hear of it, unless they did; not of what is over by now."""
    if not _is_news(known, now):
        return
    news = replace(
        _bulletin(known, ()),
        type=BulletinType.NEW,
        priority=class_of(right),
        items=(Item(known.number, right),),
    )
    bulletin_id = await bulletins.create(tx, news, None, now)
    await outbox.expand(tx, bulletin_id)


def _change(draft: Draft) -> Change:
    return Change(draft.number, draft.field, draft.new)


def _is_news(known: Stored, now: datetime) -> bool:
    return known.ended_at is None and now - known.last_published <= window(known.incident.kind)


def _bulletin(known: Stored, made: tuple[Correction, ...]) -> Bulletin:
    return Bulletin(
        type=BulletinType.CORRECTION,
        priority=BulletinClass.CORRECTION,
        source=Source(known.source),
        published=known.last_published,
        items=(Item(known.number, known.incident, corrections=made),),
        url=known.url,
    )


def _reader(visit: Visit) -> For:
    return For(visit.language, None, visit.office.catalog)


def _reason(visit: Visit, draft: Draft) -> list[str]:
    if not draft.why:
        return []
    text = visit.texts.gettext("Reason, for the record: {why}")
    return [text.format(why=escape(draft.why))]


def _size(visit: Visit, audience: Audience) -> str:
    return " ".join((_told_otherwise(visit, audience.chats), *_still_to_be_told(visit, audience)))


def _told_otherwise(visit: Visit, chats: int) -> str:
    if not chats:
        return visit.texts.gettext(
            "Nobody was told otherwise: the record is corrected, and nobody gets a correction."
        )
    text = visit.texts.ngettext(
        "It goes to {count} chat that was told otherwise.",
        "It goes to {count} chats that were told otherwise.",
        chats,
    )
    return text.format(count=grouped(chats))


def _still_to_be_told(visit: Visit, audience: Audience) -> list[str]:
    if not audience.waiting:
        return []
    text = visit.texts.ngettext(
        "{count} chat is still to get the message, and gets it corrected.",
        "{count} chats are still to get the message, and get it corrected.",
        audience.waiting,
    )
    return [text.format(count=grouped(audience.waiting))]


def _newcomers(visit: Visit, known: Stored, draft: Draft) -> list[str]:
    """What those who follow the right region will hear."""
    if draft.field != "region":
        return []
    if _is_news(known, visit.office.clock()):
        text = visit.texts.gettext("Who follows {region} is told of it as new.")
    else:
        text = visit.texts.gettext(
            "It is over or too old to be told as new to who follows {region}."
        )
    return [text.format(region=escape(name_of(visit, draft.new)))]


def no_such(visit: Visit, number: int) -> str:
    """There is no incident of that number."""
    text = visit.texts.gettext("There is no report #{number}. To see the last ones: /correct")
    return text.format(number=number)


def in_short(visit: Visit, number: int, incident: Incident) -> str:
    """An incident on a button: its number, place and headline, as plain text."""
    what = happening(translator(visit.language), incident)
    return f"#{number} {name_of(visit, incident.region)}: {what}"
