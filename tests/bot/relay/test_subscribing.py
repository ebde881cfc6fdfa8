"""People say which regions concern them, in their own words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.regions import Catalog
from storage import subscriptions
from storage.chats import ChatKey
from tests.bot.people import labels, presses_old_button
from tests.town import CAPITAL, KALUGA

if TYPE_CHECKING:
    from tests.town import Town

KNOWN = "✅ Подписка включена: Калужская область."


async def _nothing_more(town: Town, chat: int, after: int) -> None:
    """Once the bot has answered something later, that answer is all it said since `after`."""
    await town.says(chat, "/language")
    assert len(town.read_by(chat)) == after + 1


async def test_a_clear_name_is_followed_at_once_and_a_near_one_asked_about(at_work: Town) -> None:
    answer = await at_work.says(KALUGA, "/subscribe калужская, масква")
    assert answer.text == KNOWN
    await at_work.until(lambda: len(at_work.read_by(KALUGA)) == 2)
    question = at_work.read_by(KALUGA)[-1]
    assert question.text == "Какой регион вы имеете в виду: «масква»?"
    assert labels(question) == ["Москва", "Московская область", "Ни один из них"]


async def test_the_answer_to_the_question_is_followed(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe масква")
    await at_work.presses(KALUGA, "Московская область")
    (question,) = at_work.read_by(KALUGA)
    assert question.text == "✅ Подписка включена: Московская область."
    assert question.buttons == []


async def test_none_of_these_changes_nothing(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe масква")
    answer = await at_work.presses(KALUGA, "Ни один")
    assert answer.text == "Хорошо, ничего не изменилось."
    assert "ни на один регион" in (await at_work.says(KALUGA, "/regions")).text


async def test_names_need_no_commas_and_a_city_is_the_city(at_work: Town) -> None:
    answer = await at_work.says(CAPITAL, "/subscribe Moscow Voronezh")
    assert answer.text == "✅ You follow: Moscow, Voronezh Region."


async def test_names_may_stand_anyhow_after_the_command(at_work: Town) -> None:
    for typed in ("/subscribe\nТула\nКалуга", "/SUBSCRIBE: тула;", "/subscribe,калуга"):
        answer = await at_work.says(KALUGA, typed)
        assert "Тульская область" in answer.text or "Калужская область" in answer.text


async def test_following_again_is_said(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe Калуга")
    answer = await at_work.says(KALUGA, "/subscribe Тула Калуга")
    assert answer.text.splitlines() == [
        "✅ Подписка включена: Тульская область.",
        "Вы уже подписаны: Калужская область.",
    ]


async def test_without_a_name_the_first_step_is_shown(at_work: Town) -> None:
    answer = await at_work.says(CAPITAL, "/subscribe")
    assert "/subscribe Kaluga, Moscow" in answer.text
    page = await at_work.presses(CAPITAL, "Choose regions")
    assert "Tick those that concern you" in page.text


async def test_what_nobody_knows_is_quoted_as_it_was_written(at_work: Town) -> None:
    for typed in ("<i>x & {name}", "🦄🔥", "э" * 30, "RU-XXX"):
        answer = await at_work.says(KALUGA, f"/subscribe {typed}")
        assert answer.text.startswith(f"Не знаю такого региона: «{typed}».")
        assert "/regions" in answer.text


async def test_a_list_of_nonsense_gets_one_short_answer(at_work: Town) -> None:
    answer = await at_work.says(KALUGA, "/subscribe " + ", ".join("abcdefghijklmnopqrstuvwxyz" * 5))
    assert "«j» и ещё 16." in answer.text
    assert len(answer.text) < 200
    await _nothing_more(at_work, KALUGA, after=1)


async def test_many_unclear_names_are_not_answered_by_a_heap_of_questions(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe масква, Ростов, Ленинград, калушская, воронешская")
    await at_work.until(lambda: len(at_work.read_by(KALUGA)) == 4)
    *questions, rest = at_work.texts(KALUGA)
    assert all(question.startswith("Какой регион вы имеете в виду") for question in questions)
    assert rest == (
        "Не уверен и насчёт остальных: «калушская», «воронешская». Напишите их ещё раз."
    )


async def test_too_long_a_list_changes_nothing_and_is_said(at_work: Town) -> None:
    answer = await at_work.says(KALUGA, "/subscribe " + "Калуга, " * 100)
    assert answer.text.startswith("Слишком длинно. Напишите меньше названий за раз")
    assert "ни на один регион" in (await at_work.says(KALUGA, "/regions")).text


async def test_who_wants_everything_is_told_how_regions_are_chosen(at_work: Town) -> None:
    for typed in ("все", "Вся  Россия", "ukraine", "all regions"):
        for prefix in ("/subscribe ", "/latest ", ""):
            answer = await at_work.says(KALUGA, f"{prefix}{typed}")
            assert answer.text.startswith("Я знаю регионы по отдельности")


async def test_names_alone_are_enough(at_work: Town) -> None:
    answer = await at_work.says(CAPITAL, "kaluga, Moscow")
    assert answer.text == "Kaluga Region, Moscow"
    assert labels(answer) == ["Follow", "Latest"]
    answer = await at_work.presses(CAPITAL, "Follow")
    assert answer.text == "✅ You follow: Kaluga Region, Moscow."


async def test_regions_are_ticked_and_unticked_on_their_page(at_work: Town) -> None:
    await at_work.says(KALUGA, "/regions")
    page = await at_work.presses(KALUGA, "Брянская область")
    assert page.text.startswith("Вы подписаны: Брянская область.")
    assert "✅ Брянская область" in labels(page)
    page = await at_work.presses(KALUGA, "Брянская область")
    assert page.text.startswith("Вы пока не подписаны")


async def test_every_region_is_on_exactly_one_page(at_work: Town) -> None:
    page, seen = await at_work.says(KALUGA, "/regions"), list[str]()
    while True:
        seen += labels(page)
        if "›" not in seen:
            break
        seen = [label for label in seen if label not in "‹›" and "/" not in label]
        page = await at_work.presses(KALUGA, "›")
    regions = Catalog.load().regions
    assert {"Калужская область", "Киев"} < set(seen)
    assert sum(label[0] not in "‹›" and "/" not in label for label in seen) == len(regions)


async def test_a_region_is_left_by_name_or_by_button(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe Калуга Тула Брянск")
    answer = await at_work.says(KALUGA, "/unsubscribe калужская")
    assert answer.text == "Подписка снята: Калужская область."
    answer = await at_work.says(KALUGA, "/unsubscribe")
    assert labels(answer) == ["✕ Брянская область", "✕ Тульская область", "От всех"]
    assert (await at_work.presses(KALUGA, "✕ Тульская")).text == "Подписка снята: Тульская область."


async def test_all_are_left_at_once(at_work: Town) -> None:
    await at_work.says(CAPITAL, "/subscribe Kaluga, Tula")
    answer = await at_work.says(CAPITAL, "/unsubscribe all")
    assert answer.text == "You no longer follow: Kaluga Region, Tula Region."
    assert "You follow no region yet" in (await at_work.says(CAPITAL, "/unsubscribe all")).text


async def test_leaving_asks_only_about_what_is_followed(at_work: Town) -> None:
    await at_work.says(KALUGA, "/subscribe Москва")
    assert labels(await at_work.says(KALUGA, "/unsubscribe масква")) == ["Москва", "Ни один из них"]
    answer = await at_work.says(KALUGA, "/unsubscribe туула")
    assert answer.text == "Среди ваших регионов нет такого: «туула». Ваши регионы: /regions"
    assert (await at_work.says(KALUGA, "/unsubscribe Тула")).text == (
        "Вы не подписаны: Тульская область."
    )


async def test_who_follows_every_region_can_read_every_answer(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    assert at_work.relay is not None
    async with at_work.relay.database.write() as tx:
        await subscriptions.follow(tx, ChatKey(KALUGA), list(Catalog.load().regions))
    for command in ("/regions", "/unsubscribe", "/latest", "/unsubscribe all"):
        answer = await at_work.says(KALUGA, command)
        assert "ошибка" not in answer.text, command


async def test_codes_are_never_shown(at_work: Town) -> None:
    for typed in ("/subscribe RU-KLU", "/subscribe масква", "/regions", "/latest ru-tul", "ru-mow"):
        await at_work.says(CAPITAL, typed)
    shown = [
        *at_work.texts(CAPITAL),
        *(label for m in at_work.read_by(CAPITAL) for label in labels(m)),
    ]
    assert not [text for text in shown if re.search(r"\b(RU|UA)-\w", text)]


async def test_a_button_for_a_region_that_there_is_not_follows_nothing(at_work: Town) -> None:
    await at_work.says(KALUGA, "/start")
    for data in ("follow:RU-XXX", "follow:", "follow:RU-KLU,RU-XXX", "tick:0:XX", "tick:0"):
        query = await presses_old_button(at_work, KALUGA, data)
        assert query.text == "Эта кнопка устарела. Что можно написать: /help"
    assert "ни на один регион" in (await at_work.says(KALUGA, "/regions")).text
