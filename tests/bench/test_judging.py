"""The benchmark would notice what it says did not happen."""

from __future__ import annotations

from tests.bench.delivery import faults, kills
from tests.bench.delivery.arrivals import Arrival
from tests.bench.delivery.parcels import first_in
from tests.bench.delivery.town import FIRST
from tests.bench.delivery.weather import Options, Said, Weather

MARK = "<i>Повтор: неизвестно, дошло ли это сообщение в первый раз.</i>"


def _came(
    at: float, said: Said = Said.OK, text: str = "сбито 40", *, taken: bool = True
) -> Arrival:
    return Arrival(at, "sendMessage", FIRST, text, said, taken, at + 0.06)


def _after_kills(*came: Arrival, chats: int = 1) -> dict[str, str]:
    judged = kills._judged(list(came), [1.0], chats)
    return {one.what.strip(): one.measured for one in judged}


def _after_faults(*came: Arrival) -> dict[str, str]:
    judged = faults._judged(list(came), {FIRST}, "1 s")
    return {one.what.strip(): one.measured for one in judged}


def test_a_chat_that_got_nothing_is_lost() -> None:
    judged = _after_kills(_came(0.5), chats=2)
    assert judged["1 kills in a broadcast to 2: lost"] == "1"


def test_a_marked_repeat_of_what_was_in_flight_at_a_kill_is_excused() -> None:
    judged = _after_kills(_came(0.97), _came(2.0, text=MARK))
    assert judged["repeats, in flight at a kill"] == "1"
    assert judged["repeats without a mark"] == "0"


def test_a_repeat_of_what_was_answered_long_before_the_kill_is_not_excused() -> None:
    assert (
        _after_kills(_came(0.5), _came(2.0, text=MARK))["repeats of what was answered before"]
        == "1"
    )


def test_a_repeat_with_no_kill_between_is_not_excused() -> None:
    assert (
        _after_kills(_came(2.0), _came(2.5, text=MARK))["repeats of what was answered before"]
        == "1"
    )


def test_a_repeat_without_a_mark_is_counted() -> None:
    assert _after_kills(_came(0.97), _came(2.0))["repeats without a mark"] == "1"


def test_a_message_after_one_that_was_confirmed_is_a_repeat_of_a_known_outcome() -> None:
    assert _after_faults(_came(1), _came(5, text=MARK))["repeats of known outcomes"] == "1"


def test_what_follows_an_unknown_outcome_must_say_so() -> None:
    judged = _after_faults(_came(1, Said.RESET, taken=False), _came(5))
    assert judged["repeats of unknown ones without a mark"] == "1"


def test_a_retry_before_telegram_allowed_it_is_counted() -> None:
    judged = _after_faults(_came(1, Said.TOO_MANY, taken=False), _came(1.5))
    assert judged["sooner than a 429 told"] == "1"


def test_no_chat_meets_more_faults_than_allowed() -> None:
    weather = Weather(Options(broken=1.0, at_most=2))
    assert [weather.meets(FIRST, at)[0] for at in range(3)] == [Said.BROKEN, Said.BROKEN, Said.OK]


def test_the_thirty_first_in_a_sliding_second_is_refused() -> None:
    weather = Weather(Options(limit=30))
    said = [weather.meets(FIRST + at, at / 100)[0] for at in range(31)]
    assert said == [Said.OK] * 30 + [Said.TOO_MANY]
    assert weather.meets(FIRST, 1.001)[0] is Said.OK


def test_a_request_in_two_pieces_is_one_parcel() -> None:
    waiting = bytearray(
        b"POST /bot1:A/sendMessage HTTP/1.1\r\nContent-Length: 23\r\n\r\nchat_id=5&"
    )
    assert first_in(waiting) is None
    waiting += b"text=%D0%94+1"
    parcel = first_in(waiting)
    assert parcel is not None
    assert parcel.fields() == {"chat_id": "5", "text": "%D0%94+1"}
    assert not waiting
