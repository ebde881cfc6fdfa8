"""A post that an admin forwards: it enters as the report of the channel that it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import MessageOriginChannel, MessageOriginHiddenUser

from handlers.posts import folded, link, words
from reports.model import Outcome, Reading, Report
from reports.summaries.admins import admin_line
from reports.summaries.reader import For
from storage import deliveries, incidents, reports

if TYPE_CHECKING:
    from telegram import Message

    from handlers.desk import Receipt
    from handlers.visit import Visit


async def answer(visit: Visit) -> None:
    """Take it in where its channel is a source, and tell what became of it, or why not."""
    message = visit.update.effective_message
    if message is None:
        return
    report = _report(visit, message)
    if report is None or await _is_ours(visit, message):
        await visit.answer(_why_not(visit, message))
        return
    async with visit.office.database.read() as tx:
        known = await reports.wordings(tx, report.source.id, report.id)
    if folded(report.text) in map(folded, known):
        # Fetched another way it may differ in its blanks, and have been edited since.
        newest = replace(report, text=known[0])
        receipt = await visit.office.publishers.take_in(newest)
        again = visit.texts.gettext("This post was known already.")
        await visit.answer(f"{again} {await _in_full(visit, newest, receipt)}")
    else:
        await visit.answer(_in_short(visit, await visit.office.publishers.take_in(report)))


def _report(visit: Visit, message: Message) -> Report | None:
    origin, text = message.forward_origin, words(message)
    if not isinstance(origin, MessageOriginChannel) or not text.strip():
        return None
    source = visit.office.publishers.of(origin.chat)
    if source is None:
        return None
    return Report(
        id=str(origin.message_id),
        source=source,
        published=origin.date,
        text=text,
        lang=source.language,
        url=link(origin.chat, origin.message_id),
    )


async def _is_ours(visit: Visit, message: Message) -> bool:
    origin = message.forward_origin
    if not isinstance(origin, MessageOriginChannel):
        return False
    async with visit.office.database.read() as tx:
        return await deliveries.is_ours(tx, origin.chat.id, origin.message_id)


def _why_not(visit: Visit, message: Message) -> str:
    say, origin = visit.texts.gettext, message.forward_origin
    if isinstance(origin, MessageOriginHiddenUser):
        return say(
            "Telegram does not say who wrote this. Forward the post from the channel itself."
        )
    if not isinstance(origin, MessageOriginChannel):
        return say(
            "Only posts of listed channels are taken in, and this is not a channel's. "
            "Forward the post from the channel itself."
        )
    if visit.office.publishers.of(origin.chat) is None:
        return say(
            "This channel is not a listed source, so its post is not taken in. "
            "The operator lists sources in relay.toml."
        )
    if not words(message).strip():
        return say(
            "This post has no text, so there is nothing to take in. "
            "In an album, forward the picture with the caption."
        )
    return say("The relay wrote this itself, so it is not taken in.")


def _in_short(visit: Visit, receipt: Receipt) -> str:
    """Admins get a line about each new report in any case, which says more."""
    say = visit.texts.gettext
    if receipt.outcome is Outcome.UNCLEAR:
        return say("Taken in. It is unclear, so nobody is told of it.")
    if receipt.outcome is Outcome.NOT_A_REPORT:
        return say("Taken in. It is not about an incident.")
    if not receipt.incidents:
        return say("Taken in. Nothing in it is to be relayed.")
    numbers = ", ".join(f"#{number}" for number in receipt.incidents)
    return say("Taken in: {numbers}.").format(numbers=numbers)


async def _in_full(visit: Visit, report: Report, receipt: Receipt) -> str:
    if receipt.outcome is Outcome.INCIDENTS and not receipt.incidents:
        return _in_short(visit, receipt)
    async with visit.office.database.read() as tx:
        stored = [await incidents.get(tx, number) for number in receipt.incidents]
    spoken_of = tuple(one.incident for one in stored if one)
    reading = Reading(receipt.outcome, spoken_of, receipt.reason)
    reader = For(visit.language, None, visit.office.catalog)
    return admin_line(report, reading, receipt.incidents, reader)
