"""What admins read of each report, while the relay runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot import reports
from tests.town import ADMIN, KALUGA, ago

if TYPE_CHECKING:
    from tests.town import Town

SIXTY = "Над Калужской областью сбито 60 беспилотников."


async def test_a_later_official_figure_that_a_correction_keeps_out_is_shown_to_admins(
    followed: Town,
) -> None:
    number = (await followed.publishes(reports.KALUGA_FORTY))["incidents"][0]
    await followed.says(ADMIN, f"/correct {number} destroyed 14")
    await followed.presses(ADMIN, "Отправить")
    await followed.publishes(SIXTY, published=ago(5))
    line = followed.texts(ADMIN)[-1]
    assert "сбито 60 беспилотников" in line
    assert f"расходится с исправлением #{number}" in line
    assert not any("60" in text for text in followed.texts(KALUGA))
