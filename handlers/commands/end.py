"""/end: an alert that no source has ended in words that were understood, ended by an admin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import begun, ending
from handlers import unclear as decisions
from handlers.begun import Ending
from handlers.commands import unclear
from handlers.correction import in_short
from handlers.naming import ask, is_no_list, name_of, named, unknown
from handlers.permission import may_decide
from handlers.visit import is_number
from reports.languages import msgid
from storage import incidents, undecided
from storage.undecided import Decision

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.ending import Case
    from handlers.visit import Button, Visit
    from storage.incidents import Stored
    from storage.transaction import Transaction

MOST = 8
"""Alerts on buttons; others are ended by their numbers or regions."""
NEWER = msgid("Something came in about this region meanwhile, so nothing was sent. Look anew: /end")
SEND, END_IT = msgid("Send the all-clear"), msgid("It is over")
OUT_OF_DATE = msgid("This all-clear is out of date, so nothing was sent. To begin anew: /end")


async def end(visit: Visit) -> None:
    """`/end`, `/end 118` or `/end Kaluga, Tula`."""
    if not await may_decide(visit):
        return
    number = visit.words.lstrip("#№")
    if not visit.words:
        await _list(visit, await _standing(visit), "")
    elif is_number(number):
        await _preview(visit, Ending((int(number),)))
    elif not await is_no_list(visit):
        await _of_regions(visit)


async def of_region(visit: Visit) -> None:
    """The answer to which region was meant."""
    if await may_decide(visit):
        alerts = await _standing(visit, visit.regions(visit.words))
        await _preview(visit, Ending(_numbers(alerts)))


async def of_report(visit: Visit) -> None:
    """An unclear report's button "12": the alerts whose end it may be."""
    if asked := await unclear.pressed_about(visit, visit.words):
        alerts = await decisions.may_end(visit, asked)
        if len(alerts) == 1:
            await _preview(visit, Ending(_numbers(alerts), asked.number))
        else:
            await _list(visit, alerts, f":{asked.number}")


async def one(visit: Visit) -> None:
    """An alert's button "118" or "118:12", where 12 is the unclear report that ends it."""
    if not await may_decide(visit):
        return
    number, _, report = visit.words.partition(":")
    report_number = visit.number(report) if report else 0
    await _preview(visit, Ending((visit.number(number),), report_number))


async def send(visit: Visit) -> None:
    """The preview's Send: exactly what it showed, once, and only while nothing newer is known."""
    if not await may_decide(visit):
        return
    async with visit.office.database.write() as tx:
        shown = await begun.of(tx, visit.user_id, visit.office.clock())
        if shown is None or shown.token != visit.words:
            answer = visit.texts.gettext(OUT_OF_DATE)
        else:
            await begun.drop(tx, visit.user_id)
            answer = await _made(tx, visit, shown)
    visit.office.wake()
    asked = await unclear.found(visit, shown.report) if shown and shown.report else None
    if asked and asked.verdict:
        await unclear.decided(visit, asked, answer)
    else:
        await visit.turn_into(answer)


def end_button(visit: Visit, alert: Stored) -> Button:
    """To the preview of an alert's end, where what stands above it is more than alerts."""
    text = visit.texts.gettext("End the alert: {regions}")
    name = f"{name_of(visit, alert.incident.region)} #{alert.number}"
    return text.format(regions=name), f"over:{alert.number}"


async def _made(tx: Transaction, visit: Visit, shown: Ending) -> str:
    """What became of it, under the lock of all who change incidents."""
    await incidents.take(tx, shown.numbers[0])
    case = await ending.case_of(tx, visit.office.clock(), shown.numbers)
    if case is None or case.seen != shown.seen or case.beside:
        return visit.texts.gettext(NEWER)
    asked = await undecided.get(tx, shown.report) if shown.report else None
    if asked and not await decisions.decide(tx, visit, asked, Decision.ENDED):
        return decisions.too_late(visit)
    await ending.make(tx, visit, case, shown.report or None)
    numbers = ", ".join(f"#{number}" for number in shown.numbers)
    text = visit.texts.gettext("The all-clear is on its way. Over: {numbers}.")
    return f"{text.format(numbers=numbers)} {await ending.goes_to(tx, visit, case)}"


async def _preview(visit: Visit, asked: Ending) -> None:
    now = visit.office.clock()
    async with visit.office.database.write() as tx:
        case = await ending.case_of(tx, now, asked.numbers)
        if case is None or case.beside:
            text = ending.barred(visit, case) if case else visit.texts.gettext(ending.OVER)
        else:
            asked = replace(asked, seen=case.seen, asked_at=now.isoformat())
            await begun.keep(tx, visit.user_id, asked)
            text = await ending.shown(tx, visit, case)
    rows = [_decision(visit, asked, case)] if asked.seen and case else []
    answer = visit.turn_into if asked.report else visit.answer
    await answer(text, rows or [_back(visit, asked)] if asked.report else rows)


def _decision(visit: Visit, shown: Ending, case: Case) -> list[Button]:
    text = visit.texts.gettext(SEND if case.told else END_IT)
    return [(text, f"end:{shown.token}"), *_back(visit, shown)]


def _back(visit: Visit, shown: Ending) -> list[Button]:
    return [
        (visit.texts.gettext("Cancel"), f"unclear:{shown.report}" if shown.report else "dismiss")
    ]


async def _of_regions(visit: Visit) -> None:
    found = named(visit, visit.words)
    if found.exact:
        await _preview(visit, Ending(_numbers(await _standing(visit, found.exact))))
    if found.unknown or not (found.exact or found.near):
        await visit.answer("\n".join(unknown(visit, found.unknown or [visit.words])))
    await ask(visit, found.near, "lift")


async def _standing(visit: Visit, regions: Collection[str] | None = None) -> list[Stored]:
    async with visit.office.database.read() as tx:
        return await ending.standing(tx, visit.office.clock(), regions)


async def _list(visit: Visit, alerts: Collection[Stored], report: str) -> None:
    if not alerts:
        await visit.turn_into(visit.texts.gettext("No alert is in force."))
        return
    text = visit.texts.gettext("Alerts in force: {count}. Which is over?").format(count=len(alerts))
    if len(alerts) > MOST:
        text += " " + visit.texts.gettext("The others by region: <code>/end Kaluga, Tula</code>")
    rows = [[_button(visit, alert, report)] for alert in list(alerts)[:MOST]]
    if report:
        rows.append([(visit.texts.gettext("Cancel"), f"unclear{report}")])
    await visit.turn_into(text, rows)


def _button(visit: Visit, alert: Stored, report: str) -> Button:
    return in_short(visit, alert.number, alert.incident), f"over:{alert.number}{report}"


def _numbers(alerts: Collection[Stored]) -> tuple[int, ...]:
    return tuple(sorted(alert.number for alert in alerts))
