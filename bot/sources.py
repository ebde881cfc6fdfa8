"""The operator's list of sources: who may speak, and how their reports arrive."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, SecretStr

from bot.entries import ListedEntry, check_regions, understood
from bot.trouble import Trouble
from reports.model import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from bot.entries import Entries


class Entry(ListedEntry):
    """What every `[[source]]` says. A kind of source adds its own keys in a subclass."""

    mends: ClassVar[Mapping[str, str]] = {
        "id": "a short stable word of a-z, 0-9, - and _, like kaluga-governor",
        "kind": "the kind of source, like push",
        "name": "the publisher's name as people know it",
        "role": "the publisher's office, like governor",
        "regions": 'a list of ISO 3166-2 codes, like ["RU-KLU"]',
        "language": "the language it writes in, like ru",
        "trust": '"relay", or "review" where an admin is to decide on each report',
        "silent_hours": "after how many hours without a report admins are told, like 24",
    }

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")
    kind: str
    name: str = Field(min_length=1, max_length=300)
    role: str = Field(default="unknown", min_length=1, max_length=300)
    regions: tuple[str, ...] = ()
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    trust: Literal["relay", "review"] = "relay"
    silent_hours: float | None = Field(default=None, gt=0, le=8760)
    """None: by the source's habit."""

    @property
    def source(self) -> Source:
        """The publisher, for the reports that come from it."""
        reviewed = self.trust == "review"
        return Source(self.name, self.role, self.id, self.regions, self.language, reviewed)

    @property
    def telegram_chat(self) -> str | int | None:
        """The channel whose posts are this source's words: its "@name" in small letters, or its
        number. None where it has none.
        """
        return None

    def secrets(self, beside: Path) -> tuple[SecretStr, ...]:
        """What proves that a report is this source's, any of them; files lie beside the list."""
        del beside
        return ()


@dataclass(frozen=True, slots=True)
class ListedSource:
    """One source that the operator listed. `entry` holds what its kind needs to know."""

    source: Source
    kind: str
    entry: Entry
    tokens: tuple[SecretStr, ...] = ()
    """Each is good by itself: two, while a new one takes the place of the old."""

    @property
    def token_words(self) -> frozenset[str]:
        """The tokens, to compare or to hide: never to show."""
        return frozenset(token.get_secret_value() for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Rules:
    """What an entry is checked against: the kinds there are, and the regions' codes."""

    kinds: Mapping[str, type[Entry]]
    regions: Collection[str]


class Sources:
    """All listed sources. Nobody else creates incidents."""

    def __init__(self, listed: Iterable[ListedSource] = ()) -> None:
        self._listed = {one.source.id: one for one in listed}
        self._digests = [(_digest(token), one) for one in self for token in one.token_words]

    def __iter__(self) -> Iterator[ListedSource]:
        """The sources in the order of the list."""
        return iter(self._listed.values())

    def __len__(self) -> int:
        return len(self._listed)

    def by_id(self, source_id: str) -> ListedSource | None:
        """The source with this id."""
        return self._listed.get(source_id)

    def by_token(self, token: str) -> ListedSource | None:
        """The source whose secret this is, found in a time that tells nothing about any."""
        asked, found = _digest(token), None
        for digest, listed in self._digests:
            if hmac.compare_digest(asked, digest):
                found = listed
        return found

    @property
    def secrets(self) -> frozenset[str]:
        """What may never be shown."""
        return frozenset(token for one in self for token in one.token_words)


def listed_sources(entries: Entries, rules: Rules) -> Sources:
    """The sources of the `[[source]]` entries. Raises ListError."""
    listed: list[ListedSource] = []
    for number, entry in enumerate(entries.given):
        try:
            listed.append(_listed(entry, entries.path.parent, rules))
            _check_unlike(listed[:-1], listed[-1])
        except Trouble as error:
            entries.reject(number, str(error))
    return Sources(listed)


def _listed(entry: object, beside: Path, rules: Rules) -> ListedSource:
    kind = entry.get("kind") if isinstance(entry, dict) else None
    model = rules.kinds.get(kind) if isinstance(kind, str) else None
    if model is None:
        known = ", ".join(sorted(rules.kinds))
        raise Trouble(f'kind = "{kind}" is unknown here. Give one of: {known}.')
    read = understood(entry, model)
    check_regions(read.regions, rules.regions, Entry.mends["regions"])
    return ListedSource(read.source, read.kind, read, read.secrets(beside))


def _check_unlike(others: list[ListedSource], one: ListedSource) -> None:
    for other in others:
        if other.source.id == one.source.id:
            raise Trouble("another source has the same id. Give each its own.")
        if one.token_words & other.token_words:
            raise Trouble(f'it has the token of "{other.source.id}". Give each source its own.')
        chat = one.entry.telegram_chat
        if chat is not None and chat == other.entry.telegram_chat:
            raise Trouble(f'its channel is that of "{other.source.id}". List it once.')


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
