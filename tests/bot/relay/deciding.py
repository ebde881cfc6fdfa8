"""An unclear report, and what an admin does about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.town import ADMIN

if TYPE_CHECKING:
    from tests.town import Town

HEADQUARTERS: dict[str, Any] = {
    "id": "headquarters", "name": "Штаб", "regions": ["RU-KLU"], "language": "ru",
    "trust": "review",
}  # fmt: skip
UNCLEAR = "В Калужской области слышен громкий звук <какой именно> & откуда, неизвестно."
NOTHING_WAITS = "Решения не ждёт ни одно сообщение."


async def publish_in_kaluga(town: Town) -> str:
    """Publish the newest unclear report in its own words, by buttons; what the admin reads then."""
    await town.presses(ADMIN, "Опубликовать")
    await town.presses(ADMIN, "Калужская область")
    await town.presses(ADMIN, "Предпросмотр")
    told = await town.presses(ADMIN, "Отправить")
    await town.calm()
    return told.text


async def number_of(town: Town, text: str, source: str = "kaluga") -> int:
    """The number by which admins are asked about a report that comes in now."""
    await town.publishes(text, source=source)
    asked = town.texts(ADMIN)[-1]
    return int(asked.partition(": U")[2].partition(".")[0])
