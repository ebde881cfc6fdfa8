"""The playground as a whole: invented people in a local Telegram, and sources to speak for."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.playground.people import load_people
from bot.playground.samples import load_places, load_samples
from bot.playground.state import change, persona_state, sample_state, sources_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.botapi.telegram import Telegram
    from bot.playground.botapi.world import Event
    from bot.playground.people import Persona
    from bot.playground.state import Change, Json
    from bot.sources import Sources

PUBLICATIONS_KEPT = 50
ANSWER_WITHIN_SECONDS = 10

Changes = asyncio.Queue["Change | None"]


class Playground:
    """Who is there and what was published. `sources` hold the tokens to publish with."""

    def __init__(self, telegram: Telegram, sources: Sources) -> None:
        self.telegram = telegram
        self.sources = sources
        self.people = load_people()
        self.samples = [one for one in load_samples() if sources.by_id(one.source)]
        self.places = load_places()
        self.publications: deque[Json] = deque(maxlen=PUBLICATIONS_KEPT)
        self._watchers: set[Changes] = set()
        self._closed = False
        for persona in self.people:
            telegram.add_person(persona.id, persona.first_name, persona.language)

    @property
    def admins(self) -> frozenset[int]:
        """The accounts that are admins of the relay."""
        return frozenset(persona.id for persona in self.people if persona.admin)

    def state(self) -> Json:
        """Everything that the page shows."""
        return {
            "personas": [persona_state(one, self.telegram) for one in self.people],
            "sources": sources_state(self.sources),
            "samples": [sample_state(one) for one in self.samples],
            "places": [asdict(one) for one in self.places],
            "publications": list(self.publications),
        }

    @contextmanager
    def watch(self) -> Iterator[Changes]:
        """The changes from now on; None is the last."""
        changes: Changes = asyncio.Queue()
        if self._closed:
            changes.put_nowait(None)

        def listen(event: Event) -> None:
            if told := self._seen(event):
                changes.put_nowait(told)

        self._watchers.add(changes)
        self.telegram.world.listeners.append(listen)
        try:
            yield changes
        finally:
            self.telegram.world.listeners.remove(listen)
            self._watchers.discard(changes)

    def close(self) -> None:
        """Ends every page's stream, so that the server can stop."""
        self._closed = True
        for changes in self._watchers:
            changes.put_nowait(None)

    def keep(self, publication: Json) -> None:
        """Remembers what became of a published report, and shows it."""
        self.publications.appendleft(publication)
        for changes in self._watchers:
            changes.put_nowait(("publication", publication))

    async def first_words(self) -> None:
        """Each person who has not met the bot yet says what they come for."""
        new = [one for one in self.people if not self.telegram.history(one.id)]
        await asyncio.gather(*(self._introduce(persona) for persona in new))

    async def _introduce(self, persona: Persona) -> None:
        for words in persona.says:
            answered = asyncio.Event()
            with self._answer_from_bot(persona.id, answered), suppress(TimeoutError):
                self.telegram.say(persona.id, words)
                async with asyncio.timeout(ANSWER_WITHIN_SECONDS):
                    await answered.wait()

    @contextmanager
    def _answer_from_bot(self, chat_id: int, answered: asyncio.Event) -> Iterator[None]:
        bot_id = self.telegram.world.bot.id

        def listen(event: Event) -> None:
            if event.message and event.chat_id == chat_id and event.message.author == bot_id:
                answered.set()

        self.telegram.world.listeners.append(listen)
        try:
            yield
        finally:
            self.telegram.world.listeners.remove(listen)

    def _seen(self, event: Event) -> Change | None:
        if event.what == "profile":
            return "state", self.state()
        if all(event.chat_id != persona.id for persona in self.people):
            return None
        return change(event, self.telegram.world.bot.id)
