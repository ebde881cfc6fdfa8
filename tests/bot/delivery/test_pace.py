"""Telegram's limits, in any order of messages."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pace import GROUP_GAP, PRIVATE_GAP, Pace

CHATS = st.sampled_from([1, 2, 3, -1, -2])


def _sent(pace: Pace, chats: list[int]) -> list[float]:
    """When each message leaves, sent one after another as soon as it may."""
    now, moments = 0.0, []
    for chat in chats:
        now = pace.take(chat, max(now, pace.chat_free_at(chat)))
        moments.append(now)
    return moments


@given(st.lists(CHATS, max_size=200), st.integers(1, 30))
def test_no_sliding_second_holds_more_than_the_budget(chats: list[int], rate: int) -> None:
    moments = _sent(Pace(rate), chats)
    for start in moments:
        within = [at for at in moments if start <= at < start + 1 - 1e-6]
        assert len(within) <= rate


@given(st.lists(st.floats(0, 0.7), min_size=1, max_size=150), st.integers(1, 30))
def test_however_late_requests_wake_no_sliding_second_holds_more(
    late: list[float], rate: int
) -> None:
    pace, now, moments = Pace(rate), 0.0, []
    booked = [pace.take(chat, 0) for chat, _ in enumerate(late)]
    for at, delay in sorted(zip(booked, late, strict=True), key=sum):
        now = max(now, at + delay)
        while (wait := pace.leave(1, now)) > 0:
            now += wait
        moments.append(now)
    for start in moments:
        assert sum(start <= at < start + 1 - 1e-6 for at in moments) <= rate


@given(st.lists(CHATS, max_size=100))
def test_a_chat_is_never_written_to_faster_than_telegram_permits(chats: list[int]) -> None:
    last: dict[int, float] = {}
    for chat, at in zip(chats, _sent(Pace(1000), chats), strict=True):
        gap = PRIVATE_GAP if chat > 0 else GROUP_GAP
        assert at - last.get(chat, -gap) >= gap - 1e-9
        last[chat] = at


def test_there_is_no_burst_at_the_start() -> None:
    assert _sent(Pace(10), [1, 2, 3]) == [0.0, 0.1, 0.2]


def test_one_chats_hold_leaves_the_others_alone() -> None:
    pace = Pace(10)
    pace.hold(1, until=60)
    assert pace.chat_free_at(1) == 60
    assert pace.take(2, 0) == 0


def test_a_shorter_hold_does_not_lift_a_longer_one() -> None:
    pace = Pace(10)
    pace.hold(1, until=60)
    pace.hold(1, until=5)
    assert pace.held_until(1) == 60


def test_a_hold_for_all_holds_everyone() -> None:
    pace = Pace(10)
    pace.hold_all(until=7)
    assert pace.take(1, 0) == 7
    assert pace.leave(2, 3) == 4


def test_a_reply_only_waits_for_telegrams_own_hold() -> None:
    pace = Pace(10)
    pace.take(1, 0)
    assert pace.chat_free_at(1) == 1
    assert pace.held_until(1) == 0


def test_chats_that_are_free_again_are_not_kept_in_memory() -> None:
    pace = Pace(1e9)
    for chat in range(1, 30_000):
        pace.take(chat, now=float(chat))
    assert len(pace._gaps) <= 10_001
