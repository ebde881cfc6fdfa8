"""An unclear report from what an admin is shown to what each decision does."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from handlers import ending, relations
from handlers.arrival import Arrival
from handlers.settlement import Settlement, quoted
from reports.incidents.table import caught_up
from reports.languages import msgid, translator
from reports.model import Bulletin, BulletinClass, BulletinType, Item, Kind, Outcome, Reading
from reports.summaries import LONGEST_WHOLE, For, Question, message, question
from reports.summaries.attribution import moment_of
from reports.summaries.progress import grouped
from storage import endings, reports, subscriptions, undecided
from storage.undecided import Decision, Verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.quotes import Quote
    from handlers.settlement import Settled
    from handlers.visit import Button, Visit
    from reports.languages import Translator
    from storage.incidents import Stored
    from storage.transaction import Transaction
    from storage.undecided import Asked

log = structlog.get_logger(__name__)

MOST_ON_BUTTON = 2
"""Regions that a button names."""

VERDICTS = {
    Decision.PUBLISHED: msgid("Published: {who}, {when}."),
    Decision.QUOTED: msgid("Published word for word: {who}, {when}."),
    Decision.ENDED: msgid("Taken for the end of an alert: {who}, {when}."),
    Decision.DISCARDED: msgid("Discarded: {who}, {when}."),
    Decision.SUPERSEDED: msgid("The source has changed its words since: this needs no decision."),
    Decision.PASSED_OVER: msgid("It came before the relay asked about such reports."),
}


def buttons(number: int, texts: Translator) -> tuple[Button, Button]:
    """What an admin may decide."""
    return (
        (texts.gettext("Publish"), f"publish:{number}"),
        (texts.gettext("Discard"), f"discard:{number}"),
    )


def end_button(number: int, alerts: Collection[Stored], reads: For) -> Button:
    """To the alerts whose end it may be."""
    regions = list(dict.fromkeys(reads.region(one.incident.region) for one in alerts))
    texts = translator(reads.language, "handlers.languages")
    if len(regions) > MOST_ON_BUTTON:
        return texts.gettext("End an alert…"), f"ends:{number}"
    text = texts.gettext("End the alert: {regions}").format(regions=", ".join(regions))
    return text, f"ends:{number}"


async def ways(visit: Visit, asked: Asked) -> list[tuple[Button, ...]]:
    """All that an admin may decide, row by row."""
    alerts = await may_end(visit, asked)
    more = [(end_button(asked.number, alerts, reader(visit)),)] if alerts else []
    return [buttons(asked.number, visit.texts), *more]


async def may_end(visit: Visit, asked: Asked) -> list[Stored]:
    """The alerts in force whose end it may be."""
    reading = await visit.office.read(asked.report)
    async with visit.office.database.read() as tx:
        return await ending.possible(tx, visit.office.catalog, asked, reading.incidents)


def is_old(asked: Asked) -> bool:
    """Whether its source was heard for the first time, or after long, and it is of long before:
    nobody is waiting for a decision.
    """
    age = asked.reception.at - asked.report.published
    return asked.reception.catching_up and age > caught_up(Kind.STATEMENT)


async def reading_of(visit: Visit, asked: Asked) -> Reading:
    """What would be told of it: incidents where a reviewed source's report is understood."""
    if asked.report.source.reviewed:
        reading = await visit.office.read(asked.report)
        if reading.outcome is Outcome.INCIDENTS:
            return reading
    return Reading(Outcome.UNCLEAR, reason=asked.reason)


async def shown(visit: Visit, asked: Asked, *notes: str) -> str:
    """The question, and what was decided if anything was."""
    reading = replace(await reading_of(visit, asked), reason=asked.reason)
    decided = asked.verdict is not None
    about = Question(asked.number, asked.report, reading, decided)
    told = question(about, reader(visit), LONGEST_WHOLE)
    if asked.verdict:
        told = f"{told}\n\n{await _verdict(visit, asked, asked.verdict)}"
    return "\n\n".join((told, *notes))


async def _verdict(visit: Visit, asked: Asked, made: Verdict) -> str:
    home = next(iter(asked.report.source.regions), "")
    when = moment_of(reader(visit), made.at, home) if made.at else ""
    who = escape(await _who(visit, made.by)) if made.by else ""
    text = visit.texts.gettext(VERDICTS[made.decision]).format(who=who, when=when)
    return " ".join((f"<b>{text}</b>", *await _numbers(visit, asked)))


async def _who(visit: Visit, admin: int) -> str:
    """The name that the admin bears on Telegram."""
    user = visit.update.effective_user
    if user and user.id == admin:
        return user.full_name
    try:
        chat = await visit.bot.get_chat(admin)
    except TelegramError:
        return visit.texts.gettext("an admin")
    return chat.full_name or visit.texts.gettext("an admin")


async def _numbers(visit: Visit, asked: Asked) -> list[str]:
    async with visit.office.database.read() as tx:
        _, _, numbers = await reports.outcome_of(tx, asked.number)
        over = await endings.decided_by(tx, asked.number)
    if over:
        told = ", ".join(f"#{number}" for number in over)
        return [visit.texts.gettext("Over: {numbers}.").format(numbers=told)]
    if not numbers:
        return []
    told = ", ".join(f"#{number}" for number in numbers)
    return [visit.texts.gettext("It is {numbers}; to put it right: /correct").format(numbers=told)]


async def discard(visit: Visit, asked: Asked) -> str:
    """Nobody is told of it. Returns what to say besides who decided, as the others do."""
    async with visit.office.database.write() as tx:
        decided = await decide(tx, visit, asked, Decision.DISCARDED)
    return "" if decided else too_late(visit)


async def publish(visit: Visit, asked: Asked, reading: Reading) -> str:
    """Tell what it was read as, as if it had come from a source that is not reviewed."""
    async with visit.office.database.write() as tx:
        if not await decide(tx, visit, asked, Decision.PUBLISHED):
            return too_late(visit)
        settlement = _settlement(tx, visit, asked, reading)
        became = await relations.settle(settlement, reading, decided=True)
        told = await _goes_to(tx, visit, became.settled)
    visit.office.wake()
    return told


async def publish_quote(visit: Visit, asked: Asked, regions: Collection[str]) -> str:
    """Tell these regions its own words."""
    async with visit.office.database.write() as tx:
        if not await decide(tx, visit, asked, Decision.QUOTED):
            return too_late(visit)
        settled = await _settlement(tx, visit, asked).quote(regions)
        told = await _goes_to(tx, visit, settled)
    visit.office.wake()
    return told


async def preview(visit: Visit, asked: Asked, chosen: Quote) -> str:
    """What people will read, and how many."""
    report = asked.report
    items = tuple(Item(0, quoted(report, region)) for region in chosen.regions)
    told = Bulletin(
        BulletinType.NEW, BulletinClass.NEWS, report.source, report.published, items, report.url
    )
    async with visit.office.database.read() as tx:
        to_whom = await _size(tx, visit, chosen.regions)
    if _arrival(visit, asked).too_old(Kind.STATEMENT):
        to_whom = _nobody(visit)
    return f"{message(told, reader(visit))}\n\n{to_whom}"


def offered(visit: Visit, asked: Asked) -> list[str]:
    """The regions that it may be about: the source's own, and those that the text names."""
    home, named = asked.report.source.regions, ending.named_in(visit.office.catalog, asked.report)
    return [code for code in dict.fromkeys((*home, *named)) if code in visit.office.catalog.regions]


def reader(visit: Visit) -> For:
    """The admin, who hears of all regions."""
    return For(visit.language, None, visit.office.catalog)


async def decide(tx: Transaction, visit: Visit, asked: Asked, decision: Decision) -> bool:
    """Whether this decision is the one that holds. Who made it is kept, and in no log."""
    made = Verdict(decision, visit.user_id, visit.office.clock())
    if not await undecided.decide(tx, asked.number, made):
        return False
    log.info("an admin decided on an unclear report", decision=decision.value)
    return True


def too_late(visit: Visit) -> str:
    """Why a decision does not hold."""
    return visit.texts.gettext("This was decided meanwhile, or its source has changed the words.")


def _arrival(visit: Visit, asked: Asked, reading: Reading | None = None) -> Arrival:
    expires = reading.relation.expires if reading and reading.relation else None
    return Arrival(asked.number, asked.report, asked.reception, visit.office.clock(), expires)


def _settlement(
    tx: Transaction, visit: Visit, asked: Asked, reading: Reading | None = None
) -> Settlement:
    """The other admins read of it as of any report that was taken in."""
    others = visit.office.admins - {visit.user_id}
    return Settlement(tx, _arrival(visit, asked, reading), others)


async def _goes_to(tx: Transaction, visit: Visit, settled: Collection[Settled]) -> str:
    news = {one.item.incident.region for one in settled if one.news}
    return await _size(tx, visit, news) if news else _nobody(visit)


async def _size(tx: Transaction, visit: Visit, regions: Collection[str]) -> str:
    chats = await subscriptions.followers(tx, regions)
    text = visit.texts.ngettext("It goes to {count} chat.", "It goes to {count} chats.", chats)
    return text.format(count=grouped(chats))


def _nobody(visit: Visit) -> str:
    return visit.texts.gettext(
        "Nobody is sent it: it is too old by now, or tells nothing new. It is kept."
    )
