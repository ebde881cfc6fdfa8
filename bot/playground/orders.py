"""What the page asks for, checked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from http import HTTPStatus
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.http.problem import Problem
from bot.playground.botapi.entities import units

LONGEST_MESSAGE = 4096
"""UTF-16 units, as in Telegram's clients."""

MOSCOW = timezone(timedelta(hours=3))


def _speakable(text: str) -> str:
    if not text.strip() or units(text) > LONGEST_MESSAGE:
        raise ValueError("unspeakable")
    return text


class Order(BaseModel):
    """Something to do in the playground."""

    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class Say(Order):
    """A person writes to the bot."""

    user: int
    text: Annotated[str, AfterValidator(_speakable)]


class Locate(Order):
    """A person sends the bot a location, in degrees."""

    user: int
    latitude: float
    longitude: float


class Press(Order):
    """A person presses a button under a message."""

    user: int
    chat: int
    message: int
    data: str


class Publish(Order):
    """A source publishes. Without `published` it is now, in Moscow's time."""

    source: str
    text: str = Field(min_length=1)
    published: str | None = None
    url: str | None = None
    id: str | None = None

    def report(self, now: float) -> dict[str, str]:
        """The report as `POST /reports` takes it; `now` in Unix seconds."""
        moment = datetime.fromtimestamp(now, UTC).astimezone(MOSCOW)
        report = {
            "id": self.id or f"playground-{moment:%Y%m%dT%H%M%S.%f}",
            "published": self.published or moment.isoformat(timespec="seconds"),
            "text": self.text,
        }
        return report | ({"url": self.url} if self.url else {})


Kind = TypeVar("Kind", bound=Order)

_NEEDS: dict[type[Order], str] = {
    Say: "Say who writes (user) and what (text, 1 to 4,096 characters).",
    Locate: "Say who sends (user) and which place (latitude, longitude, in degrees).",
    Press: "Say who presses (user), where (chat, message) and which button (data).",
    Publish: "Say who publishes (source) and what (text).",
}


def read_order(body: bytes, kind: type[Kind]) -> Kind:
    """The order in a request's body. Raises Problem."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise Problem(HTTPStatus.BAD_REQUEST, _NEEDS[kind]) from None
