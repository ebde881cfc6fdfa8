"""After an outage: what is still told, and what has become history.

Danger that is over is never told as danger. An end is told to those who heard of the danger,
and to nobody while danger that it would cover stands again. Danger that is no longer fresh and
that nobody has ended is told as just that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.incidents.merge import left_after
from reports.incidents.missed import Account
from reports.incidents.table import ended_by, ends, stale, stands
from reports.model import Incident, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from reports.incidents.missed import Missed, Standing, Telling


@dataclass(frozen=True, slots=True)
class Lifted:
    """Danger, or a restriction, that came and went without the chat hearing of it.

    `ends` are the reports of its end that wait. `ended_at` is when the last of them was
    published; None where no report that waits says that all of it is over.
    """

    account: Account
    opened_at: datetime
    ends: tuple[Account, ...]
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unended:
    """Danger, or a restriction, that is too old to be told as new and of which no end is known.

    `since` is when it was announced; where the chat had heard of less of it, of the rest.
    `fresh`: it is not too old, but what waits tells of an end, which was of elsewhere.
    """

    telling: Telling
    since: datetime
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class ToTell:
    """What is told, what nobody has ended, what became history; `covers` are their bulletins.

    `too_old` are those of what is left out for its age.
    """

    told: tuple[Telling, ...]
    unended: tuple[Unended, ...]
    lifted: tuple[Lifted, ...]
    covers: frozenset[int]
    too_old: frozenset[int]

    @property
    def tells(self) -> frozenset[int]:
        """The ids of those whose last word this is."""
        history = (part for one in self.lifted for part in (one.account, *one.ends))
        unended = (one.telling for one in self.unended)
        lasts = (*self.told, *unended, *(one.newest for one in history))
        return frozenset(one.waiting.id for one in lasts)


def to_tell(missed: Missed, regions: frozenset[str] | None) -> ToTell:
    """What a chat that hears of these regions (None: of all) is told, oldest first."""
    accounts = missed.accounts(regions)
    over = {one.number for one in accounts if _is_over(missed, one, accounts)}
    unheard = [one for one in accounts if one.unheard]
    lifted = [_lifted(missed, one, accounts) for one in unheard if one.number in over]
    partly = [_partly_lifted(missed, one, accounts) for one in unheard if one.number not in over]
    lifted += [one for one in partly if one]
    unended = [one for one in accounts if one.number not in over]
    unended = [one for one in unended if _is_unended(missed, one, accounts)]
    others = [one for one in accounts if one.number not in over and one not in unended]
    as_told = _as_told(missed, accounts)
    told = [
        (one, _end(as_told, one, lifted) if _is_end(one) else one.told_once(_closed(missed, one)))
        for one in others
    ]
    news = [(one, telling) for one, telling in told if telling and not _is_stale(missed, one)]
    history = [one for one in lifted if not _is_past(missed, one)]
    old = [one for one, telling in told if telling and _is_stale(missed, one)]
    old += [one.account for one in lifted if _is_past(missed, one)]
    taken_up = [one for one, _ in news] + unended
    taken_up += [part for one in history for part in (one.account, *one.ends)]
    return ToTell(
        tuple(telling for _, telling in news),
        tuple(_unended(missed, one) for one in unended),
        tuple(history),
        _bulletins(taken_up),
        _bulletins(old),
    )


def _bulletins(accounts: Iterable[Account]) -> frozenset[int]:
    return frozenset[int]().union(*(one.bulletins for one in accounts))


def _as_told(missed: Missed, accounts: Iterable[Account]) -> Missed:
    """What waits stands as it is told, and not as it became later."""
    standing = dict(missed.standing)
    for one in accounts:
        if stored := standing.get(one.number):
            standing[one.number] = replace(stored, incident=one.known)
    return replace(missed, standing=standing)


def _is_stale(missed: Missed, account: Account) -> bool:
    stored = missed.standing.get(account.number)
    if stored and stored.expired and stands(account.known.kind):
        return True
    kind = account.known.kind
    over = ends(kind)
    # Who heard of the danger is told of its end for as long as nobody's end of it would be.
    limit = max(stale(kind), stands(over)) if over else stale(kind)
    return missed.now - account.published > limit


def _is_unended(missed: Missed, account: Account, accounts: Sequence[Account]) -> bool:
    """Whether it may still stand for all that was reported, and is not told as new.

    It is too old for that; or it was told of a region where it was then lifted, and is of another.
    """
    known = account.known
    recent = missed.now - account.published <= stands(known.kind)
    return (
        recent
        and (_is_stale(missed, account) or _was_ended_elsewhere(account, accounts))
        and not known.recap
        and account.number in missed.standing
    )


def _was_ended_elsewhere(account: Account, accounts: Sequence[Account]) -> bool:
    """Whether an end that waits is of the region that it was taken for at first."""
    first, known = account.newest.item.incident, account.known
    if first.region == known.region:
        return False
    later = [one.known for one in accounts if one.published >= account.published]
    return any(left_after(first, one) != first for one in later) and not any(
        left_after(known, one) != known for one in later
    )


def _unended(missed: Missed, account: Account) -> Unended:
    opened_at = missed.standing[account.number].opened_at
    grew_at = account.tellings[0].waiting.bulletin.published
    since = opened_at if account.unheard else grew_at
    fresh = not _is_stale(missed, account)
    return Unended(account.told_once(_closed(missed, account)), since, fresh)


def _is_past(missed: Missed, lifted: Lifted) -> bool:
    """Whether its end is too long ago to be told."""
    known = lifted.account.known
    stored = missed.standing[lifted.account.number].ended_at
    last_heard = max(one.published for one in (lifted.account, *lifted.ends))
    ended = lifted.ended_at or stored or last_heard
    return missed.now - ended > stale(ended_by(known.kind) or known.kind)


def _is_over(missed: Missed, account: Account, accounts: Sequence[Account]) -> bool:
    """Whether it is known to be over. What nobody knows of is not."""
    stored = missed.standing.get(account.number)
    known = account.known
    if stored is None or known.recap or ended_by(known.kind) is None:
        return False
    if _end_was_of_elsewhere(account, accounts):
        return False
    reopened = bool(known.airports) and not _closed(missed, account)
    return stored.is_over(missed.now) or reopened


def _end_was_of_elsewhere(account: Account, accounts: Sequence[Account]) -> bool:
    """Whether what ended it was corrected to another region, and nothing else that waits did."""
    known, ended_elsewhere = account.known, False
    for end in accounts:
        if left_after(known, end.known) != known:
            return False
        first_told = end.newest.item.incident
        moved = first_told.region != end.known.region
        ended_elsewhere |= moved and left_after(known, first_told) != known
    return ended_elsewhere


def _is_end(account: Account) -> bool:
    return ends(account.known.kind) is not None and not account.known.recap


def _closed(missed: Missed, account: Account) -> tuple[str, ...]:
    """The airports that it tells of, without those that reopened since."""
    known, stored = account.known, missed.standing.get(account.number)
    if stored is None or known.kind is not Kind.AIRPORT_RESTRICTION:
        return known.airports
    return tuple(code for code in known.airports if code in stored.incident.airports)


def _lifted(missed: Missed, account: Account, accounts: Iterable[Account]) -> Lifted:
    """It, with those among the accounts that tell of its end, until nothing of it is left."""
    left: Incident | None = account.known
    parts: list[Account] = []
    for end in sorted(accounts, key=lambda one: one.published):
        if left is None or end.published < account.published:
            continue
        remains = left_after(left, end.known)
        if remains != left:
            parts.append(end)
        left = remains
    ended_at = parts[-1].published if left is None else None
    opened_at = missed.standing[account.number].opened_at
    return Lifted(account, opened_at, tuple(parts), ended_at)


def _partly_lifted(missed: Missed, account: Account, accounts: Iterable[Account]) -> Lifted | None:
    """The airports of it that reopened, where others are still closed, and a report says so."""
    closed = _closed(missed, account)
    gone = tuple(code for code in account.known.airports if code not in closed)
    if not (closed and gone):
        return None
    lifted = _lifted(missed, Account((account.told_once(gone),)), accounts)
    return lifted if lifted.ends else None


def _end(missed: Missed, end: Account, lifted: Sequence[Lifted]) -> Telling | None:
    """An end as far as it is still true, and history does not tell it."""
    again = _covered(end, _standing_again(missed, end))
    heard = _covered(end, _ended_and_heard_of(missed, end, lifted))
    history = [one.account.known for one in lifted if end.number in {by.number for by in one.ends}]
    airports = end.known.airports
    if end.known.kind is not Kind.AIRPORT_REOPENED or not airports:
        return None if again or (history and not heard) else end.told_once(airports)
    left_out = _airports(again) | (_airports(history) - _airports(heard))
    kept = tuple(code for code in airports if code not in left_out)
    return end.told_once(kept) if kept else None


def _standing_again(missed: Missed, end: Account) -> list[Standing]:
    """What was reported after that end, and stands. Numbers are given in the order of arrival."""
    return [
        one
        for number, one in missed.standing.items()
        if number > end.number and one.opened_at <= missed.now and not one.is_over(missed.now)
    ]


def _ended_and_heard_of(missed: Missed, end: Account, lifted: Sequence[Lifted]) -> list[Standing]:
    """What that report may have ended, and the chat was told of before."""
    unheard = {one.account.number for one in lifted}
    return [
        one
        for number, one in missed.standing.items()
        if number < end.number and number not in unheard and one.is_over(missed.now)
        if one.ended_at and one.ended_at >= end.published
    ]


def _covered(end: Account, standing: Iterable[Standing]) -> list[Incident]:
    known = [one.incident for one in standing if not one.incident.recap]
    return [one for one in known if left_after(one, end.known) != one]


def _airports(incidents: Iterable[Incident]) -> set[str]:
    return {code for one in incidents for code in one.airports}
