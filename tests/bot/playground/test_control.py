"""What the page asks of the playground, over HTTP."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.playground.botapi import Telegram
from bot.playground.playground import Playground
from bot.playground.samples import load_samples
from bot.sources import Sources
from reports.model import Outcome
from tests.bot.playground.stage import ANNA, BEN, OLGA, Stage, next_event, staged


async def test_three_people_six_publishers_and_samples_in_two_languages(stage: Stage) -> None:
    state = await stage.state()
    assert [one["name"]["en"] for one in state["personas"]] == ["Anna", "Ben", "Olga"]
    assert len(state["sources"]) == 6
    assert {one["language"] for one in state["samples"]} == {"ru", "en"}


async def test_the_admin_is_an_account_that_the_relay_can_be_told_of(stage: Stage) -> None:
    assert stage.playground.admins == {OLGA}


async def test_no_push_token_reaches_the_page(stage: Stage) -> None:
    state = json.dumps(await stage.state())
    assert stage.playground.sources.secrets
    assert not any(token in state for token in stage.playground.sources.secrets)


async def test_tokens_are_new_at_each_start(stage: Stage) -> None:
    async with staged() as other:
        assert not stage.playground.sources.secrets & other.playground.sources.secrets


async def test_what_a_person_types_reaches_the_bot(stage: Stage) -> None:
    status, _ = await stage.ask("say", user=ANNA, text="/subscribe Калуга")
    [update] = await stage.bot("getUpdates")
    assert status == 200
    assert update["message"]["text"] == "/subscribe Калуга"
    assert update["message"]["from"]["language_code"] == "ru"


async def test_a_location_reaches_the_bot_and_stands_in_the_chat(stage: Stage) -> None:
    place = (await stage.state())["places"][0]
    where = {"latitude": place["latitude"], "longitude": place["longitude"]}
    status, _ = await stage.ask("locate", user=ANNA, **where)
    [update] = await stage.bot("getUpdates")
    assert status == 200
    assert update["message"]["location"] == where
    assert (await stage.state())["personas"][0]["messages"][0]["place"] == where


@pytest.mark.parametrize("latitude", [91.0, "54", None])
async def test_no_location_is_off_the_globe(stage: Stage, latitude: object) -> None:
    status, told = await stage.ask("locate", user=ANNA, latitude=latitude, longitude=36.3)
    assert status in {400, 409}
    assert "place" in told["detail"]


async def test_a_pressed_button_reaches_the_bot(stage: Stage) -> None:
    await stage.ask("say", user=BEN, text="/start")
    asked = await stage.send(BEN, "Did you mean Voronezh Region?", "Yes")
    status, _ = await stage.ask("press", user=BEN, chat=BEN, message=asked, data="Yes")
    updates = await stage.bot("getUpdates")
    assert status == 200
    assert updates[-1]["callback_query"]["data"] == "Yes"


async def test_a_button_that_is_not_there_is_refused_with_a_sentence(stage: Stage) -> None:
    await stage.ask("say", user=BEN, text="/start")
    asked = await stage.send(BEN, "Sure?", "Yes")
    status, told = await stage.ask("press", user=BEN, chat=BEN, message=asked, data="No")
    assert status == 409
    assert "has no button" in told["detail"]


@pytest.mark.parametrize("text", ["", "  \n", "🙂" * 2049])
async def test_nobody_says_nothing_or_too_much(stage: Stage, text: str) -> None:
    status, told = await stage.ask("say", user=ANNA, text=text)
    assert status == 400
    assert "4,096" in told["detail"]


async def test_a_report_arrives_as_its_source_published_it(stage: Stage) -> None:
    status, told = await stage.ask("publish", source="kaluga-governor", text="Сбито 4 дрона.")
    [report] = stage.taken
    assert status == 202
    assert told["incidents"] == [118, 119]
    assert (report.source.id, report.text) == ("kaluga-governor", "Сбито 4 дрона.")
    assert report.published.utcoffset() == timedelta(hours=3)


async def test_the_page_is_told_what_became_of_a_report(stage: Stage) -> None:
    stage.outcome, stage.numbers, stage.reason = Outcome.NOT_A_REPORT, (), "a greeting"
    async with stage.watching() as stream:
        await next_event(stream)
        await stage.ask("publish", source="kaluga-governor", text="С праздником!")
        name, told = await next_event(stream)
    assert name == "publication"
    assert (told["outcome"], told["reason"]) == ("not_a_report", "a greeting")
    assert (await stage.state())["publications"] == [told]


async def test_what_the_relay_refuses_is_shown_in_its_own_words(stage: Stage) -> None:
    order = {"source": "moscow-mayor", "text": "Сбит дрон.", "published": "2026-03-05T06:48:00"}
    status, told = await stage.ask("publish", **order)
    [publication] = (await stage.state())["publications"]
    assert status == 400
    assert told["detail"] == publication["problem"] != ""
    assert not stage.taken


async def test_nobody_publishes_as_a_source_that_is_not_listed(stage: Stage) -> None:
    status, told = await stage.ask("publish", source="somebody", text="Сбит дрон.")
    assert status == 400
    assert "somebody" in told["detail"]


async def test_two_reports_of_one_second_are_two(stage: Stage) -> None:
    for text in ("Сбит дрон.", "Сбит ещё один."):
        await stage.ask("publish", source="moscow-mayor", text=text)
    assert len({report.id for report in stage.taken}) == 2


async def test_a_page_gets_the_whole_state_and_then_each_change(stage: Stage) -> None:
    async with stage.watching() as stream:
        first, _ = await next_event(stream)
        await stage.ask("say", user=ANNA, text="/start")
        second, told = await next_event(stream)
    assert (first, second) == ("state", "message")
    assert (told["chat"], told["message"]["text"], told["message"]["bot"]) == (
        ANNA,
        "/start",
        False,
    )


async def test_an_edit_and_a_reply_are_told_as_such(stage: Stage) -> None:
    await stage.ask("say", user=ANNA, text="/start")
    first = await stage.send(ANNA, "Сбито 40")
    await stage.bot("editMessageText", chat_id=ANNA, message_id=first, text="Сбито 14")
    await stage.send(ANNA, "Исправление", reply_parameters={"message_id": first})
    _, was, reply = (await stage.state())["personas"][0]["messages"]
    assert (was["text"], bool(was["edited"])) == ("Сбито 14", True)
    assert reply["reply_to"] == first


async def test_the_answer_to_a_press_reaches_the_page(stage: Stage) -> None:
    await stage.ask("say", user=BEN, text="/start")
    asked = await stage.send(BEN, "Sure?", "Yes")
    async with stage.watching() as stream:
        await next_event(stream)
        stage.telegram.press(BEN, BEN, asked, "Yes")
        update = (await stage.bot("getUpdates"))[-1]["callback_query"]
        await stage.bot("answerCallbackQuery", callback_query_id=update["id"], text="Done")
        assert await next_event(stream) == ("answer", {"user": BEN, "text": "Done", "alert": False})


async def test_each_person_sees_the_commands_of_their_language_and_office(stage: Stage) -> None:
    for text, more in (("Help", {}), ("Помощь", {"language_code": "ru"})):
        menu = [{"command": "help", "description": text}]
        await stage.bot("setMyCommands", commands=menu, **more)
    menu = [{"command": "correct", "description": "Исправить"}]
    await stage.bot("setMyCommands", commands=menu, scope={"type": "chat", "chat_id": OLGA})
    anna, ben, olga = (one["commands"] for one in (await stage.state())["personas"])
    told = [menu[0]["description"] for menu in (anna, ben, olga)]
    assert told == ["Помощь", "Help", "Исправить"]


async def test_at_the_first_start_people_wait_for_the_bot_before_they_go_on(stage: Stage) -> None:
    starting = asyncio.create_task(stage.playground.first_words())
    await asyncio.sleep(0.01)
    before = [one.text for one in stage.telegram.history(ANNA)]
    for person in (ANNA, BEN, OLGA, ANNA, BEN):
        await stage.send(person, "Hello")
        await asyncio.sleep(0.01)
    await asyncio.wait_for(starting, 1)
    assert before == ["/start"]
    assert stage.telegram.history(ANNA)[2].text == "/subscribe Калуга"


async def test_who_has_met_the_bot_says_nothing_at_the_next_start(stage: Stage) -> None:
    for person in (ANNA, BEN, OLGA):
        stage.telegram.say(person, "/help")
    await stage.playground.first_words()
    assert [one.text for one in stage.telegram.history(ANNA)] == ["/help"]


async def test_a_stop_ends_the_streams_of_open_pages(stage: Stage) -> None:
    async with stage.watching() as stream:
        await next_event(stream)
        stage.playground.close()
        assert await asyncio.wait_for(stream.content.read(), 1) == b""


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7:8080"])
@pytest.mark.parametrize("path", ["/", "/playground/state", "/playground/events"])
async def test_a_foreign_name_for_this_machine_is_refused(
    stage: Stage, host: str, path: str
) -> None:
    async with stage.client.get(stage.url + path, headers={"Host": host}) as answer:
        assert answer.status == 403
        assert "127.0.0.1 or localhost" in (await answer.text())


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_sites_cannot_speak_for_anybody(stage: Stage, origin: str) -> None:
    order = {"user": ANNA, "text": "/start"}
    url, headers = f"{stage.url}/playground/say", {"Origin": origin}
    async with stage.client.post(url, json=order, headers=headers) as answer:
        assert answer.status == 403
    assert not stage.telegram.history(ANNA)


async def test_a_form_of_another_site_is_no_order(stage: Stage) -> None:
    async with stage.client.post(f"{stage.url}/playground/say", data=b'{"user":1}') as answer:
        assert answer.status == 415


def test_each_sample_is_of_a_listed_source_and_has_a_title_in_both_languages(
    stage: Stage,
) -> None:
    samples = load_samples()
    assert len({sample.id for sample in samples}) == len(samples)
    for sample in samples:
        assert stage.playground.sources.by_id(sample.source)
        assert set(sample.title) == {"ru", "en"}


def test_an_operators_own_sources_bring_no_samples_of_others() -> None:
    assert Playground(Telegram(), Sources()).samples == []


def test_a_closed_playground_lets_no_new_page_wait(stage: Stage) -> None:
    stage.playground.close()
    with stage.playground.watch() as changes:
        assert changes.get_nowait() is None
