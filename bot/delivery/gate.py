"""Who leaves next: answers to people before all else, then what is delivered."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.waiting import within

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.delivery.pace import Pace

IN_A_ROW = 3
"""Answers that leave one after another while a delivery waits; then that goes. Otherwise a
flood of questions, such as an alert brings about, would keep the next alert from going out.
"""

AT_THE_END = 3600.0
"""Seconds that an answer would have to wait for the next start, which nobody knows."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One who waits. Is given 0 when it must leave, or the seconds that it has no patience for."""

    patience: float
    moment: asyncio.Future[float] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def give(self, wait: float) -> bool:
        """Whether it was still waiting."""
        waits = not self.moment.done()
        if waits:
            self.moment.set_result(wait)
        return waits


@dataclass(slots=True)
class Gate:
    """Hands out the moments of the pace, each to one request.

    Everyone waits for 0, and must leave then; or gets, at once, the seconds for which Telegram
    holds it, where they are more than its `patience`.
    """

    pace: Pace
    ticks: Callable[[], float]
    _answers: deque[Place] = field(default_factory=deque)
    _deliveries: deque[Place] = field(default_factory=deque)
    _timer: asyncio.TimerHandle | None = None
    _in_a_row: int = 0
    _ending: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, chat_id: int, patience: float) -> float:
        """The next moment, for an answer to this chat."""
        while True:
            while (held := self.pace.answer_free_at(chat_id) - self.ticks()) > 0:
                if held > patience or self._ending.is_set():
                    return held
                await within(self._ending, held)
            if wait := await self._moment(self._answers, patience):
                return wait
            if self.pace.answer_free_at(chat_id) <= self.ticks():  # another may have been first
                self.pace.answered(chat_id, self.ticks())
                return 0.0

    def end_answers(self) -> None:
        """The program is ending: nobody waits to be answered any more."""
        self._ending.set()
        while self._answers:
            self._answers.popleft().give(AT_THE_END)

    async def delivery(self, patience: float) -> float:
        """The next moment that no answer needs, for whatever is most pressing by then."""
        return await self._moment(self._deliveries, patience)

    async def _moment(self, line: deque[Place], patience: float) -> float:
        if line is self._answers and self._ending.is_set():
            return AT_THE_END
        place = Place(patience)
        line.append(place)
        self._serve()
        return await place.moment

    def _serve(self) -> None:
        """Let through whose moment has come, and look again at the next one."""
        self._send_away(self.pace.all_held_until - self.ticks())
        while line := self._next_line():
            now = self.ticks()
            if (wait := self.pace.free_at() - now) > 0:
                self._look_again(wait)
                return
            if line.popleft().give(0.0):
                self._in_a_row = self._in_a_row + 1 if line is self._answers else 0
                self.pace.left(now)

    def _next_line(self) -> deque[Place]:
        turn_is_over = self._in_a_row >= IN_A_ROW and self._deliveries
        return self._answers if self._answers and not turn_is_over else self._deliveries

    def _send_away(self, held: float) -> None:
        """Who would have to wait for longer than they can."""
        for line in (self._answers, self._deliveries):
            for place in [one for one in line if held > one.patience]:
                line.remove(place)
                place.give(held)

    def _look_again(self, wait: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(wait, self._wake)

    def _wake(self) -> None:
        self._timer = None
        self._serve()
