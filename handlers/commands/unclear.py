"""/unclear: the reports that wait for an admin's decision, and the decisions by button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import quotes
from handlers import unclear as decisions
from handlers.naming import ask, is_no_list, name_of, named, unknown
from handlers.permission import may_decide
from handlers.quotes import Quote
from handlers.turning import turning
from handlers.visit import StaleButton, is_number
from reports.model import Outcome, Reading
from reports.summaries import Question, question_in_short
from reports.summaries.statement import MOST_REGIONS
from storage import undecided

if TYPE_CHECKING:
    from handlers.visit import Button, Visit
    from storage.undecided import Asked

PER_ROW = 5
PER_PAGE = 10
MOST_OFFERED = 12
"""Regions on buttons; others are typed."""


async def unclear(visit: Visit) -> None:
    """`/unclear`, `/unclear 12` or `/unclear 12 Kaluga, Moscow`."""
    if not await may_decide(visit):
        return
    first, _, typed = visit.words.partition(" ")
    number = first.lstrip("UuУу#№")
    if not first:
        await _list(visit, 0)
    elif not is_number(number):
        await visit.answer(_usage(visit))
    elif typed.strip():
        await _typed(visit, int(number), typed)
    else:
        await _show(visit, int(number))


async def turn(visit: Visit) -> None:
    """A page's button."""
    if await may_decide(visit):
        await _list(visit, visit.number(visit.words))


async def show(visit: Visit) -> None:
    """One report's button: the whole, as it stands now."""
    if await may_decide(visit):
        await _show(visit, visit.number(visit.words))


async def discard(visit: Visit) -> None:
    """Nobody is told; the first decision holds."""
    if asked := await pressed_about(visit, visit.words):
        await decided(visit, asked, await decisions.discard(visit, asked))


async def publish(visit: Visit) -> None:
    """At once where it was understood; else the regions are to be chosen first."""
    asked = await pressed_about(visit, visit.words)
    if asked is None:
        return
    reading = await decisions.reading_of(visit, asked)
    if reading.outcome is Outcome.INCIDENTS:
        await decided(visit, asked, await decisions.publish(visit, asked, reading))
    else:
        await _choose(visit, asked, await _begun(visit, asked.number))


async def choose(visit: Visit) -> None:
    """A region's button "12:code": chosen, or no longer."""
    number, _, region = visit.words.partition(":")
    visit.region(region)
    if asked := await pressed_about(visit, number):
        chosen = (await _begun(visit, asked.number)).turned(region)
        await _keep(visit, chosen)
        await _choose(visit, asked, chosen)


async def to_preview(visit: Visit) -> None:
    """The button under the regions."""
    if asked := await pressed_about(visit, visit.words):
        await _preview(visit, asked, await _begun(visit, asked.number))


async def send(visit: Visit) -> None:
    """The preview's Send "12:token": exactly what it showed, once."""
    number, _, token = visit.words.partition(":")
    asked = await pressed_about(visit, number)
    if asked is None:
        return
    chosen = await _begun(visit, asked.number)
    if chosen.token != token:
        await visit.turn_into(_out_of_date(visit))
        return
    told = await decisions.publish_quote(visit, asked, chosen.regions)
    async with visit.office.database.write() as tx:
        await quotes.drop(tx, visit.user_id)
    await decided(visit, asked, told)


async def pressed_about(visit: Visit, number: str) -> Asked | None:
    """The report that a button is about, if it is to be decided; else who decided is shown."""
    if not await may_decide(visit):
        return None
    asked = await found(visit, visit.number(number))
    if asked is None:
        raise StaleButton(number)
    if asked.verdict is not None:
        await visit.turn_into(await decisions.shown(visit, asked))
        return None
    return asked


async def found(visit: Visit, number: int) -> Asked | None:
    """A report that is or was to be decided, as it stands now."""
    async with visit.office.database.read() as tx:
        return await undecided.get(tx, number)


async def _show(visit: Visit, number: int) -> None:
    asked = await found(visit, number)
    if asked is None:
        text = visit.texts.gettext(
            "There is no unclear report U{number}. Those that wait: /unclear"
        )
        await visit.answer(text.format(number=number))
        return
    rows = [] if asked.verdict else await decisions.ways(visit, asked)
    await visit.turn_into(await decisions.shown(visit, asked), rows)


async def decided(visit: Visit, before: Asked, told: str) -> None:
    """The question with who decided, so that whoever presses its buttons later sees it."""
    asked = await found(visit, before.number) or before
    notes = [told] if told else []
    await visit.turn_into(await decisions.shown(visit, asked, *notes, *await _others(visit)))


async def _others(visit: Visit) -> list[str]:
    async with visit.office.database.read() as tx:
        count = await undecided.count(tx)
    if not count:
        return []
    text = visit.texts.ngettext(
        "{count} more waits for a decision: /unclear",
        "{count} more wait for a decision: /unclear",
        count,
    )
    return [text.format(count=count)]


async def _begun(visit: Visit, number: int) -> Quote:
    async with visit.office.database.read() as tx:
        begun = await quotes.of(tx, visit.user_id)
    return begun if begun and begun.number == number else Quote(number)


async def _keep(visit: Visit, chosen: Quote) -> None:
    async with visit.office.database.write() as tx:
        await quotes.keep(tx, visit.user_id, chosen)


async def _choose(visit: Visit, asked: Asked, chosen: Quote) -> None:
    ways = [
        (visit.texts.gettext("Preview"), f"preview:{asked.number}"),
        _way_out(visit, asked.number),
    ]
    text = visit.texts.gettext(
        "Its own words go out, under the regions that you choose. Tick them, or write for example: "
        "<code>/unclear {number} Kaluga, Moscow</code>"
    )
    html = await decisions.shown(visit, asked, text.format(number=asked.number))
    await visit.turn_into(html, [*_regions(visit, asked, chosen), ways])


def _regions(visit: Visit, asked: Asked, chosen: Quote) -> list[list[Button]]:
    offers = dict.fromkeys((*chosen.regions, *decisions.offered(visit, asked)))
    codes = sorted(list(offers)[:MOST_OFFERED], key=lambda code: name_of(visit, code))
    return [
        [
            (
                f"{'✅ ' if code in chosen.regions else ''}{name_of(visit, code)}",
                f"where:{asked.number}:{code}",
            )
        ]
        for code in codes
    ]


async def _typed(visit: Visit, number: int, typed: str) -> None:
    asked = await found(visit, number)
    if asked is None or asked.verdict:
        await _show(visit, number)
        return
    if await is_no_list(visit):
        return
    meant = named(visit, typed)
    if meant.unknown:
        await visit.answer("\n".join(unknown(visit, meant.unknown)))
    elif meant.near:
        await _keep(visit, Quote(number, meant.exact))
        await ask(visit, meant.near, f"where:{number}")
    else:
        await _preview(visit, asked, Quote(number, meant.exact))


async def _preview(visit: Visit, asked: Asked, chosen: Quote) -> None:
    if not 0 < len(chosen.regions) <= MOST_REGIONS:
        text = visit.texts.gettext("Choose a region, or several: {count} at most.")
        await visit.refuse(text.format(count=MOST_REGIONS))
        return
    await _keep(visit, chosen)
    ways = [
        (visit.texts.gettext("Send"), f"quote:{asked.number}:{chosen.token}"),
        _way_out(visit, asked.number),
    ]
    await visit.turn_into(await decisions.preview(visit, asked, chosen), [ways])


def _way_out(visit: Visit, number: int) -> Button:
    return visit.texts.gettext("Cancel"), f"unclear:{number}"


async def _list(visit: Visit, page: int) -> None:
    async with visit.office.database.read() as tx:
        count = await undecided.count(tx)
        last = max(count - 1, 0) // PER_PAGE
        page = min(page, last)
        waiting = await undecided.newest(tx, PER_PAGE, page * PER_PAGE)
    if not waiting:
        await visit.turn_into(visit.texts.gettext("No report waits for a decision."))
        return
    heading = visit.texts.gettext("Reports that wait for a decision: {count}").format(count=count)
    told = [question_in_short(_question(one), decisions.reader(visit)) for one in waiting]
    # Decided is on the whole report, not on its first words; and a button holds no long word.
    opening = [(f"U{one.number}", f"unclear:{one.number}") for one in waiting]
    of_them = (opening[at : at + PER_ROW] for at in range(0, len(opening), PER_ROW))
    rows = [*of_them, *([turning("unclears", page, last)] if last else [])]
    await visit.turn_into("\n\n".join((f"<b>{heading}</b>", *told)), rows)


def _question(asked: Asked) -> Question:
    return Question(asked.number, asked.report, Reading(Outcome.UNCLEAR, reason=asked.reason))


def _out_of_date(visit: Visit) -> str:
    return visit.texts.gettext("This preview is out of date. To begin anew: /unclear")


def _usage(visit: Visit) -> str:
    return visit.texts.gettext(
        "Write /unclear to see what waits for a decision, <code>/unclear 12</code> to see one of "
        "them whole, or <code>/unclear 12 Kaluga, Moscow</code> to publish its own words there."
    )
