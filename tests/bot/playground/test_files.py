"""The page's files, as they are sent."""

import json
import re
from importlib.resources import files

from tests.bot.playground.stage import Stage

PAGE = files("bot.playground") / "page"


def text(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def test_the_page_holds_no_script_style_or_address_of_its_own() -> None:
    page = text("index.html")
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|https?://(?!\")", page)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval\(", text("playground.js"))


def test_every_label_is_there_in_both_languages() -> None:
    labels = json.loads(text("labels.json"))
    used = re.findall(r'data-(?:label|aria)="(\w+)"', text("index.html"))
    assert labels["ru"].keys() == labels["en"].keys() >= set(used)


async def test_a_strict_policy_comes_with_the_page(stage: Stage) -> None:
    async with stage.client.get(stage.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
