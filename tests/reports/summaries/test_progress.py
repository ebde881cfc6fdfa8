"""How far broadcasts are, read aloud."""

from __future__ import annotations

import pytest

from reports.model import BulletinClass, BulletinType, Language
from reports.summaries import progress
from reports.summaries.progress import About, Course, Progress, grouped
from tests.reports.summaries.tellings import reader

ALERT = About(BulletinType.NEW, BulletinClass.DANGER, (118, 119), ("RU-KLU", "RU-BRY"))
ALL_CLEAR = About(BulletinType.ALL_CLEAR, BulletinClass.CORRECTION, (120,), ("RU-KLU",))
CORRECTION = About(BulletinType.CORRECTION, BulletinClass.CORRECTION, (117,), ("RU-MOW",))
ATTACK = About(BulletinType.NEW, BulletinClass.ATTACK, (121,), ("RU-KLU",))
RU, EN = Language.RU, Language.EN


def _told(*broadcasts: Progress, language: Language = RU) -> str:
    return progress(broadcasts, reader(language)).replace("\u202f", " ")


def test_an_alert_under_way() -> None:
    counts = {"sent": 12_345, "gone": 12, "failed": 3, "unknown": 1}
    told = _told(Progress(ALERT, counts, 7_655, course=Course(0.2, None, 430)))
    assert told == (
        "<b>Идёт рассылка</b>\n\nТревога: Калужская область, Брянская область #118 #119\n"
        "Отправлено 12 345 сообщений, осталось 7 655, ещё около 7 минут. 12 чатов "
        "недоступны; 3 сообщения не ушли; о 1 сообщении неизвестно, дошло ли оно."
    )


def test_the_same_in_english() -> None:
    counts = {"sent": 21, "gone": 1, "skipped": 2}
    told = _told(Progress(ALERT, counts, 90, course=Course(left=3)), language=EN)
    assert told == (
        "<b>Broadcast under way</b>\n\nAlert: Kaluga Region, Bryansk Region #118 #119\n"
        "21 messages sent, 90 to go, less than a minute more. "
        "1 chat is unreachable; 2 messages were no longer needed."
    )


def test_a_report_of_an_attack_is_called_no_alert() -> None:
    one = Progress(ATTACK, {}, 1)
    assert "Атака или взрыв: Калужская область #121" in _told(one)
    assert "Attack or explosion: Kaluga Region #121" in _told(one, language=EN)


def test_the_end_says_how_long_it_took() -> None:
    done = Progress(ALL_CLEAR, {"sent": 20_000}, course=Course(0.3, 713), over=True)
    assert _told(done) == (
        "<b>Рассылка закончена</b>\n\nОтбой: Калужская область #120\nОтправлено 20 000 сообщений. "
        "Первое ушло через долю секунды после получения исходного сообщения, "
        "последнее — через 12 минут."
    )


def test_a_correction_counts_from_when_it_was_made() -> None:
    course = Course(1, 4, reported=False)
    told = _told(Progress(CORRECTION, {"sent": 1}, course=course, over=True), language=EN)
    assert "Correction: Moscow #117\n1 message sent." in told
    assert "The first left 1 second after it was made, the last 4 seconds." in told


@pytest.mark.parametrize(
    ("sent", "reported", "russian", "english"),
    [
        (1, True, "Сообщение ушло через 2 секунды после получения", "The message left 2 seconds"),
        (9, True, "Сообщения ушли через 2 секунды после получения", "The messages left 2 seconds"),
        (1, False, "Сообщение ушло через 2 секунды после создания", "after it was made."),
        (9, False, "Сообщения ушли через 2 секунды после создания", "after they were made."),
    ],
)
def test_what_left_within_a_second_tells_its_time_once(
    *, sent: int, reported: bool, russian: str, english: str
) -> None:
    course = Course(1.6, 2.4, reported=reported)
    done = Progress(ALERT, {"sent": sent}, course=course, over=True)
    assert russian in _told(done)
    assert english in _told(done, language=EN)


def test_one_that_is_over_beside_one_that_goes_on() -> None:
    done = Progress(ALL_CLEAR, {"sent": 3}, course=Course(1, 2), over=True)
    told = _told(done, Progress(ALERT, {"sent": 1}, 2))
    assert told.startswith("<b>Идёт рассылка</b>")
    assert "Отправлено 3 сообщения. Первое ушло через 1 секунду" in told
    assert "Отправлено 1 сообщение, осталось 2." in told


def test_while_deliveries_are_still_written_out_no_end_is_foretold() -> None:
    one = Progress(ALERT, {"sent": 5}, 5_000, written_out=False, course=Course(left=60))
    assert "осталось не меньше 5 000." in _told(one)


@pytest.mark.parametrize(
    ("seconds", "russian", "english"),
    [
        (29, "ещё меньше минуты", "less than a minute more"),
        (60, "ещё около 1 минуты", "about 1 more minute"),
        (125, "ещё около 2 минут", "about 2 more minutes"),
        (21 * 60, "ещё около 21 минуты", "about 21 more minutes"),
        (95 * 60, "ещё около 2 часов", "about 2 more hours"),
        (36_000, "ещё около 10 часов", "about 10 more hours"),
    ],
)
def test_what_is_left_is_told_in_words(seconds: int, russian: str, english: str) -> None:
    one = Progress(ALERT, {}, 1, course=Course(left=seconds))
    assert russian in _told(one)
    assert english in _told(one, language=EN)


@pytest.mark.parametrize(
    ("seconds", "after"),
    [
        (1, "1 секунду"),
        (22, "22 секунды"),
        (59, "59 секунд"),
        (60, "1 минуту"),
        (119, "1 минуту 59 секунд"),
        (187, "3 минуты 7 секунд"),
        (599, "9 минут 59 секунд"),
        (620, "10 минут"),
        (3_660, "61 минуту"),
        (7_200, "2 часа"),
        (18_000, "5 часов"),
    ],
)
def test_how_long_it_took_is_told_in_words(seconds: int, after: str) -> None:
    one = Progress(ALERT, {}, course=Course(0, seconds), over=True)
    assert f"последнее — через {after}." in _told(one)


def test_many_regions_and_broadcasts_are_counted() -> None:
    many = About(
        BulletinType.NEW,
        BulletinClass.NEWS,
        (1, 2, 3, 4),
        ("RU-KLU", "RU-BRY", "RU-MOW", "RU-TUL", "RU-VOR"),
    )
    told = _told(*[Progress(many, {}, 1)] * 9)
    first = "Новость: Калужская область, Брянская область, Москва и ещё 2 региона #1 #2 #3 …"
    assert told.count(first) == 7
    assert told.endswith("И ещё 2 рассылки.")
    assert "RU-" not in told


def test_no_line_breaks_within_a_number() -> None:
    assert [grouped(n) for n in (7, 999, 1_000_000)] == ["7", "999", "1\u202f000\u202f000"]
