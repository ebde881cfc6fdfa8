"""CAP messages that update and cancel each other, as people and admins read of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from reports.formats.cap import Status, identity_of
from reports.model import MessageType, Source
from tests.reports.formats.caps import KALUGA as KALUGA_REGION
from tests.reports.formats.caps import TULA, alert, info, report
from tests.town import ADMIN, KALUGA

if TYPE_CHECKING:
    from handlers.desk import Receipt
    from reports.formats.cap import Alert, Info
    from tests.bot.relay.conftest import Clock
    from tests.town import Town

OFFICE = Source("МЧС, Калужская область", "mchs", "office", ("RU-KLU",), "ru")
ALERT, UPDATE, CANCEL = MessageType.ALERT, MessageType.UPDATE, MessageType.CANCEL
NOTE = "Ранее выпущенное предупреждение отменяется."


def danger(event: str, *areas: Any) -> Info:  # noqa: ANN401 - an area, in a test
    """A block about what threatens."""
    return info(event, event=event, areas=areas or (KALUGA_REGION,))


DRONES, MISSILES = danger("Опасность атаки БПЛА"), danger("Ракетная опасность")


@dataclass
class Office:
    """Publishes one message a minute, half an hour ago; nothing comes in until it is delivered."""

    town: Town
    published: int = 0

    def issues(self, type_: MessageType, *infos: Info, of: tuple[Alert, ...] = ()) -> Alert:
        """A message about those."""
        self.published += 1
        now = datetime.now(UTC).replace(microsecond=0)
        return alert(
            *infos,
            identifier=f"S-{self.published}",
            sent=now - timedelta(minutes=30 - self.published),
            type=type_,
            references=tuple(map(identity_of, of)),
            note="" if infos else NOTE,
        )

    async def delivers(self, *messages: Alert) -> list[Receipt]:
        """They come in, in this order, and what follows from each is sent before the next."""
        assert self.town.relay is not None
        receipts = []
        for one in messages:
            receipts.append(await self.town.relay.desk.take_in(report(one, OFFICE)))
            await self.town.calm()
        return receipts


@pytest.fixture
async def office(followed: Town) -> Office:
    """One that is listened to."""
    await followed.says(ADMIN, "/start")
    return Office(followed)


def told(office: Office) -> list[str]:
    """The headlines that a person in Kaluga Region has read."""
    texts = [one for one in office.town.texts(KALUGA) if one.startswith("Калужская область")]
    return [one.splitlines()[0] for one in texts]


async def test_an_alert_is_updated_and_cancelled_under_the_publishers_name(office: Office) -> None:
    first = office.issues(ALERT, DRONES)
    second = office.issues(UPDATE, MISSILES, of=(first,))
    await office.delivers(first, second, office.issues(CANCEL, of=(second,)))
    assert told(office) == [
        "Калужская область: опасность атаки БПЛА #1",
        "Калужская область, обновление: ракетная опасность #1",
        "Калужская область: отбой ракетной опасности #2",
    ]
    assert OFFICE.name in office.town.texts(KALUGA)[-1]


async def test_a_chain_that_comes_in_the_newest_first_disturbs_nobody(office: Office) -> None:
    first = office.issues(ALERT, DRONES)
    second = office.issues(UPDATE, MISSILES, of=(first,))
    await office.delivers(office.issues(CANCEL, of=(second,)), second, first)
    assert told(office) == []


async def test_an_update_that_comes_in_first_is_the_only_one_told(office: Office) -> None:
    first = office.issues(ALERT, DRONES)
    await office.delivers(office.issues(UPDATE, MISSILES, of=(first,)), first, first)
    assert told(office) == ["Калужская область: ракетная опасность #1"]


async def test_a_cancel_of_something_unknown_reaches_admins_alone(office: Office) -> None:
    await office.delivers(office.issues(CANCEL, of=(office.issues(ALERT, DRONES),)))
    assert told(office) == []
    assert "отменяет сообщение, которого бот не получал" in office.town.texts(ADMIN)[-1]


async def test_an_exercise_cancels_nothing(office: Office) -> None:
    first = office.issues(ALERT, DRONES)
    drill = replace(office.issues(CANCEL, of=(first,)), status=Status.EXERCISE)
    await office.delivers(first, drill)
    assert told(office) == ["Калужская область: опасность атаки БПЛА #1"]


async def test_a_cancel_for_one_area_leaves_the_other_and_admins_read_of_it(
    office: Office,
) -> None:
    first = office.issues(ALERT, danger("Опасность атаки БПЛА", KALUGA_REGION, TULA))
    lifted = danger("Отмена предупреждения", TULA)
    await office.delivers(first, office.issues(CANCEL, lifted, of=(first,)))
    assert len(told(office)) == 1
    assert "О #1 в нём ничего не сказано" in office.town.texts(ADMIN)[-1]


async def test_a_cancelled_notice_of_a_fire_is_no_end_of_it(office: Office) -> None:
    first = office.issues(ALERT, danger("Пожар"))
    _, cancel = await office.delivers(first, office.issues(CANCEL, of=(first,)))
    assert cancel.incidents == ()
    assert "отменяет то, о чём сообщалось как #1" in office.town.texts(ADMIN)[-1]


async def test_latest_does_not_tell_what_ran_out_as_what_stands(
    office: Office, clock: Clock
) -> None:
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=10)
    await office.delivers(
        office.issues(ALERT, replace(DRONES, expires=soon)), office.issues(ALERT, danger("Пожар"))
    )
    before = (await office.town.says(KALUGA, "/latest")).text
    clock.ahead += 11 * 60
    after = (await office.town.says(KALUGA, "/latest")).text
    assert ("атаки БПЛА" in before, "атаки БПЛА" in after) == (True, False)
    assert "пожар" in after


async def test_what_ran_out_during_an_outage_is_not_told_as_danger_anew(
    office: Office, clock: Clock
) -> None:
    soon = datetime.now(UTC).replace(microsecond=0) + timedelta(minutes=10)
    town = office.town
    await town.says(ADMIN, "/pause")
    first = office.issues(ALERT, replace(DRONES, expires=soon))
    assert town.relay is not None
    await town.relay.desk.take_in(report(first, OFFICE))
    clock.passes(11 * 60, town)
    await town.says(ADMIN, "/resume")
    await town.calm()
    assert "об отмене не сообщалось" in town.texts(KALUGA)[-1]
