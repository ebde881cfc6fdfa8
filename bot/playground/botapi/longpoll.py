"""Waiting for updates, for as long as the bot asks, and not a moment longer."""

import asyncio
from collections.abc import Callable

from bot.playground.botapi import errors
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.updates import Updates

AT_MOST_SECONDS = 50


async def poll(
    updates: Updates, look: Callable[[], object], seconds: float, over: Callable[[], bool]
) -> object:
    """What `look` finds, as soon as it finds anything; an empty list once the time is up.

    `over` says whether nobody waits for the answer any more.

    Raises:
        Refused: a newer poll took over.
    """
    turn = updates.begin()
    rung = asyncio.Event()
    updates.wake.append(rung.set)
    try:
        async with asyncio.timeout(min(seconds, AT_MOST_SECONDS)):
            while not (seen := look()):
                rung.clear()
                await rung.wait()
                if over():
                    return []
                _check_turn(updates, turn)
            return seen
    except TimeoutError:
        return []
    finally:
        updates.wake.remove(rung.set)


def _check_turn(updates: Updates, turn: int) -> None:
    if updates.turn != turn:
        raise Refused(errors.ANOTHER_POLL)
