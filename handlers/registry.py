"""Every command and every button: a new one is a file and a line here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.command import Command, Does
from handlers.commands import (
    correct,
    end,
    forget,
    language,
    latest,
    pause,
    regions,
    sources,
    start,
    status,
    subscribe,
    unclear,
    unsubscribe,
)
from handlers.commands.help import help_on
from reports.languages import msgid

if TYPE_CHECKING:
    from handlers.visit import Visit


async def _dismiss(visit: Visit) -> None:
    await visit.turn_into(visit.texts.gettext("All right, nothing changed."))


def _anew(command: Command) -> Command:
    """A command that leaves a correction that was begun and not sent."""

    async def does(visit: Visit) -> None:
        await correct.leave(visit)
        await command.does(visit)

    return replace(command, does=does)


ALL: tuple[Command, ...] = (
    Command("subscribe", msgid("follow regions: /subscribe Kaluga, Moscow"), subscribe.subscribe),
    Command("unsubscribe", msgid("stop following regions"), unsubscribe.unsubscribe),
    Command("regions", msgid("what you follow, and all regions"), regions.regions),
    Command("latest", msgid("the last 24 hours: /latest or /latest Kaluga"), latest.latest),
    Command("status", msgid("whether all sources are heard"), status.status),
    Command("sources", msgid("whom the relay listens to"), sources.sources),
    Command("language", msgid("Russian or English"), language.language),
    Command("help", msgid("what you can write"), help_on(lambda: COMMANDS)),
    Command("start", msgid("what this is"), start.start),
    Command("forget", msgid("erase all that is stored about this chat"), forget.forget),
    Command("correct", msgid("correct what was sent"), correct.correct, admins=True),
    Command("unclear", msgid("reports that wait for a decision"), unclear.unclear, admins=True),
    Command("end", msgid("end an alert whose end was not relayed"), end.end, admins=True),
    Command("pause", msgid("stop relaying; intake goes on"), pause.pause, admins=True),
    Command("resume", msgid("go on relaying"), pause.resume, admins=True),
)
COMMANDS: tuple[Command, ...] = tuple(_anew(command) for command in ALL)

BUTTONS: dict[str, Does] = {
    "follow": subscribe.follow,
    "unfollow": unsubscribe.unfollow,
    "regions": regions.regions,
    "page": regions.page,
    "tick": regions.tick,
    "sources": sources.page,
    "latest": latest.latest_of,
    "language": language.choose,
    "greeting": start.in_language,
    "forget": forget.erase,
    "incident": correct.choose_field,
    "field": correct.ask_value,
    "value": correct.take_value,
    "send": correct.send,
    "cancel": correct.cancel,
    "unclear": unclear.show,
    "unclears": unclear.turn,
    "publish": unclear.publish,
    "discard": unclear.discard,
    "where": unclear.choose,
    "preview": unclear.to_preview,
    "quote": unclear.send,
    "ends": end.of_report,
    "over": end.one,
    "lift": end.of_region,
    "end": end.send,
    "dismiss": _dismiss,
}
"""By the word before the first colon of the callback data."""
