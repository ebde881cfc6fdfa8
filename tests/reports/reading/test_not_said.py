"""The reading says nothing that the text does not: doubts, echoes, memories, absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reports.model import Kind, Outcome

if TYPE_CHECKING:
    from tests.reports.reading.conftest import Read, ReadOne


@pytest.mark.parametrize(
    "text",
    [
        "Жители Тулы слышали громкие звуки. Выясняем, что это было.",
        "В небе над Воронежем гул и вспышки, информация уточняется.",
        "Many of you heard loud sounds last night. We are finding out what it was.",
        "Residents reported a bright flash and a roar in the sky over Penza.",
        "Учебная тревога окончена. Ночью над Псковом сбиты семь дронов.",
        "The drill is over. In Pskov, seven drones were shot down overnight.",
    ],
)
def test_what_is_spoken_of_and_not_known_is_left_to_a_person(read: Read, text: str) -> None:
    reading = read(text)
    assert (reading.outcome, reading.incidents) == (Outcome.UNCLEAR, ())


@pytest.mark.parametrize(
    "text",
    [
        "Громкая музыка и салют мешали жителям Тулы.",
        "Над Калужской областью БПЛА не фиксировались, пострадавших нет.",
        "Обстрелов и атак БПЛА на Брянскую область за ночь не зафиксировано.",
        "No drones were shot down over Tula Region last night.",
        "40 дней со дня трагедии в Белгороде. Помним всех погибших при обстреле.",
        "Сегодня ровно год, как при ударе ракеты по Белгороду погибли 25 человек.",
        "A year ago today a missile strike on Belgorod killed 25 people. We remember them.",
        "В Белгороде простились с погибшими при ракетном ударе.",
        "Глава навестил девятерых, пострадавших при прошлых обстрелах.",
        "Drone racing: a Tomsk team brought down its rivals 5:2.",
        "Хоккей: «Торпедо» уничтожило «Сибирь» в Нижнем Новгороде — 5:0.",
    ],
)
def test_what_only_sounds_like_it_is_no_report(read: Read, text: str) -> None:
    assert read(text, home="RU-BEL").outcome is Outcome.NOT_A_REPORT


def test_what_was_built_years_ago_may_be_hit_today(read_one: ReadOne) -> None:
    told = read_one("Дрон ударил по школе, построенной пять лет назад. Ранены двое.")
    assert (told.recap, told.injured.number) == (False, 2)


def test_a_kind_word_for_the_dead_leaves_the_deaths_told(read_one: ReadOne) -> None:
    assert read_one("При ударе дрона погибли двое, вечная память.").killed.number == 2


def test_an_attack_that_is_ruled_out_is_none(read: Read) -> None:
    text = "В Пензе взрыв на заводе: погибли 3 рабочих, 11 пострадали. Атака дронов исключена."
    (told,) = read(text).incidents
    assert (told.kind, told.killed.number) == (Kind.EXPLOSION, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Дрон ударил по дому, возможно, погиб человек.",
        "Дрон ударил по дому; предположительно погибли двое.",
        "A drone hit a house; three people are feared dead.",
        "A drone hit a house. Two people may have died.",
    ],
)
def test_a_death_that_may_be_is_not_told(read_one: ReadOne, text: str) -> None:
    assert read_one(text).killed.number is None


def test_what_sappers_destroy_was_not_shot_down(read_one: ReadOne) -> None:
    told = read_one("Дрон упал в поле, сапёры уничтожили его.")
    assert told.destroyed.number is None


def test_a_year_of_birth_counts_nobody(read_one: ReadOne) -> None:
    assert read_one("Дрон ударил по дому. Ранена женщина 1958 г. р.").injured.number == 1


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("При ударе дрона погиб мужчина, ещё двое в больнице.", 2),
        ("При ударе дрона погибла женщина, трое госпитализированы.", 3),
        ("A drone struck a car: one man died, two more are in hospital.", 2),
        ("При ударе дрона погиб один человек, ранены пятеро, трое в больнице.", 5),
        ("После удара дрона в больницах остаются 14 человек.", None),
    ],
)
def test_persons_in_hospital_beside_a_death_were_hurt(
    read_one: ReadOne, text: str, injured: int | None
) -> None:
    assert read_one(text).injured.number == injured


@pytest.mark.parametrize(
    ("text", "recap"),
    [
        ("За прошедшую неделю сбито 120 дронов.", 1),
        ("За прошедшие 7 дней сбито 120 дронов.", 1),
        ("За месяц сбито 120 дронов.", 1),
        ("С начала года сбито 120 дронов.", 1),
        ("За выходные сбито 120 дронов.", 1),
        ("За три года сбито 120 дронов.", 1),
        ("В октябре сбито 120 дронов.", 1),
        ("Over the past week 120 drones were shot down.", 1),
        ("In the first ten months of the year 120 drones were shot down.", 1),
        ("За ночь сбито 120 дронов.", 0),
        ("За прошедшие сутки сбито 120 дронов.", 0),
        ("Overnight 120 drones were shot down.", 0),
    ],
)
def test_a_longer_past_is_a_recap_and_a_night_is_not(
    read_one: ReadOne, text: str, recap: int
) -> None:
    told = read_one(text)
    assert (told.recap, told.destroyed.number) == (bool(recap), 120)


def test_an_adjective_alone_names_another_region(read: Read) -> None:
    text = (
        "Над Брянской областью сбито 20 БПЛА, над соседней Курской — 14. "
        "В Белгородской ранены двое при ударе дрона."
    )
    told = {i.region: (i.destroyed.number, i.injured.number) for i in read(text).incidents}
    assert told == {"RU-BRY": (20, None), "RU-KRS": (14, None), "RU-BEL": (None, 2)}


def test_districts_are_added_up_also_without_their_noun(read_one: ReadOne) -> None:
    text = "Сбиты БПЛА: два в Россошанском районе, три — в Кантемировском, один — в Богучарском."
    assert read_one(text, home="RU-VOR").destroyed.number == 6


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Из 25 дронов, запущенных по Туле, сбиты 23.", 23),
        ("Сбиты 23 из 25 дронов.", 23),
        ("12 of 14 drones launched at Voronezh were downed.", 12),
        ("Six of the nine drones were shot down.", 6),
        ("За ночь сбито 25 БПЛА, всего за март — 119.", 25),
        ("Ни один из 9 дронов не достиг цели: все сбиты.", None),
    ],
)
def test_the_whole_that_some_were_of_is_not_their_number(
    read_one: ReadOne, text: str, number: int | None
) -> None:
    told = read_one(text)
    assert (told.recap, told.destroyed.number) == (False, number)


@pytest.mark.parametrize(
    "text",
    [
        "На Липецк идёт вторая волна БПЛА.",
        "В небе над Рязанью замечены беспилотники.",
        "Several drones are heading for Tula.",
    ],
)
def test_drones_on_their_way_are_not_passed_over(read: Read, text: str) -> None:
    assert read(text).outcome is Outcome.UNCLEAR


@pytest.mark.parametrize(
    "text",
    [
        "Аэропорт Калуги не закрыт и работает по расписанию.",
        "Ограничений на приём и выпуск рейсов в аэропорту Калуги нет.",
        "Kaluga airport is not closed.",
    ],
)
def test_a_closure_that_is_denied_is_none(read: Read, text: str) -> None:
    assert read(text).incidents == ()


def test_without_denies_the_word_after_it_and_no_more(read: Read) -> None:
    text = "Десять человек остались без крова после удара БПЛА; пострадавших нет."
    (told,) = read(text).incidents
    assert told.kind is Kind.AIR_ATTACK


def test_a_status_whose_places_follow_it_leaves_the_one_before(read: Read) -> None:
    text = "Введены ограничения в аэропортах Ижевска и Казани; сняты — в Самаре."
    told = {i.region: i.kind for i in read(text, home=None).incidents}
    closed, reopened = Kind.AIRPORT_RESTRICTION, Kind.AIRPORT_REOPENED
    assert told == {"RU-UD": closed, "RU-TA": closed, "RU-SAM": reopened}


def test_ages_in_a_row_count_nobody(read_one: ReadOne) -> None:
    text = "A drone hit a house. Two women aged 34 and 61 were injured."
    assert read_one(text).injured.number == 2


def test_a_rise_ends_at_its_new_figure(read_one: ReadOne) -> None:
    text = "Дрон ударил по дому. Число раненых увеличилось на двух человек — до девяти."
    assert read_one(text).injured.number == 9
