"""An alert was told of the wrong region, and its all-clear there was no end of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot import reports
from tests.town import ADMIN, CAPITAL, ago

if TYPE_CHECKING:
    from tests.town import Town


async def test_an_alert_of_elsewhere_was_not_ended_where_it_was_first_told(followed: Town) -> None:
    number = (await followed.publishes(reports.KALUGA_ALERT, published=ago(30)))["incidents"][0]
    await followed.publishes(reports.KALUGA_ALL_CLEAR, published=ago(10))
    preview = await followed.says(ADMIN, f"/correct {number} region Воронеж")
    assert "Подписчикам региона Воронежская область это придёт как новое" in preview.text
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert "Voronezh Region: threat of drone attack" in followed.texts(CAPITAL)[-1]


async def test_an_alert_of_elsewhere_that_was_lifted_there_too_is_not_told_as_new(
    followed: Town,
) -> None:
    number = (await followed.publishes(reports.KALUGA_ALERT, published=ago(30)))["incidents"][0]
    for text in (reports.KALUGA_ALL_CLEAR, "В Воронежской области отбой опасности атаки БПЛА."):
        await followed.publishes(text, published=ago(10))
    before = followed.texts(CAPITAL)
    preview = await followed.says(ADMIN, f"/correct {number} region Воронеж")
    assert preview.text.endswith("подписчикам региона Воронежская область это уже устарело.")
    await followed.presses(ADMIN, "Отправить")
    await followed.calm()
    assert followed.texts(CAPITAL) == before
