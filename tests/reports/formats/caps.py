"""CAP messages for tests: samples by situation, and any alert as the document that it is.

The samples are invented; they follow the standard and quote nobody.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from reports.formats.cap import Alert, Area, Info, Scope, Status, parse_alert, report_of
from reports.model import MessageType, Report, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports.formats.cap import Point

SAMPLES = Path(__file__).parent / "cap_samples"
CAP_1_2 = "urn:oasis:names:tc:emergency:cap:1.2"
SENT = datetime(2026, 3, 5, 6, tzinfo=UTC)
KALUGA = Area("Калужская область", geocodes=(("ISO3166-2", "RU-KLU"),))
TULA = Area("Тульская область", geocodes=(("ISO3166-2", "RU-TUL"),))
SOURCE = Source("Sample office", "mchs", "sample-office", language="ru")

_HELD = re.compile(rb">([^<>]+)<")
_PIECES = [b"", b"<", b">", b"&", b"<info>", b"</info>", b"<polygon>", b"\x00", b"\xff", b"]]>"]
_PIECES += [b'"', b"&#0;", b"&#xD800;", b"1e999", b"-00:00", b"<!DOCTYPE a>", b"<?xml?>", b"a:"]
_PIECES += [b"<![CDATA[", *(bytes([byte]) for byte in b"019,.-+ TZ"), "é".encode()]


def sample(name: str) -> bytes:
    """A sample's bytes."""
    return (SAMPLES / f"{name}.xml").read_bytes()


def mutated(many: int) -> Iterator[bytes]:
    """The samples with bytes changed, left out and put in: half of them in what elements hold."""
    chance = random.Random(5)  # noqa: S311 - the same ones every time
    bodies = [path.read_bytes() for path in sorted(SAMPLES.glob("*.xml"))]
    held = [[m.span(1) for m in _HELD.finditer(body)] for body in bodies]
    for number in range(many):
        which = chance.randrange(len(bodies))
        body = bytearray(bodies[which])
        start, end = chance.choice(held[which]) if number % 2 else (0, len(body))
        at = chance.randrange(start, end)
        body[at : at + chance.choice([0, 1, 1, 5, 40])] = chance.choice(_PIECES)
        yield bytes(body)


def alert(*infos: Info, **fields: Any) -> Alert:  # noqa: ANN401 - fields of any type
    """An Actual, Public Alert with these infos."""
    meant = Alert("S-1", "sample@example.org", SENT, Status.ACTUAL, MessageType.ALERT, Scope.PUBLIC)
    return replace(meant, infos=infos, **fields)


def info(headline: str = "", **fields: Any) -> Info:  # noqa: ANN401 - fields of any type
    """An info in Russian, for the Kaluga region."""
    return replace(Info(language="ru", headline=headline, areas=(KALUGA,)), **fields)


def report(message: Alert, source: Source = SOURCE) -> Report:
    """The report that comes of a message once it was written and parsed again."""
    document = written(message)
    return report_of(parse_alert(document), document, source)


def written(message: Alert, namespace: str = CAP_1_2) -> str:
    """The message as an XML document."""
    return "".join(_alert(message, namespace))


def _alert(message: Alert, namespace: str) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{namespace}">'
    yield _one("identifier", message.identifier)
    yield _one("sender", message.sender)
    yield _one("sent", message.sent)
    yield _one("status", message.status)
    yield _one("msgType", message.type)
    yield _one("scope", message.scope)
    yield _one("restriction", message.restriction)
    yield _one("note", message.note)
    yield _one("references", " ".join(message.references))
    yield _one("incidents", " ".join(message.incidents))
    yield from (f"<info>{''.join(_info(one))}</info>" for one in message.infos)
    yield "</alert>"


def _info(one: Info) -> Iterator[str]:
    yield _one("language", one.language)
    yield from (_one("category", name) for name in one.categories)
    yield _one("event", one.event)
    yield from (_one("responseType", name) for name in one.response_types)
    yield from (_one(name, getattr(one, name)) for name in ("urgency", "severity", "certainty"))
    yield from _pairs("eventCode", one.event_codes)
    yield from (_one(name, getattr(one, name)) for name in ("effective", "onset", "expires"))
    yield _one("senderName", one.sender_name)
    yield from (_one(name, getattr(one, name)) for name in ("headline", "description"))
    yield from (_one(name, getattr(one, name)) for name in ("instruction", "web"))
    yield from _pairs("parameter", one.parameters)
    yield from (f"<area>{''.join(_area(area))}</area>" for area in one.areas)


def _area(area: Area) -> Iterator[str]:
    yield _one("areaDesc", area.description)
    yield from (_one("polygon", " ".join(map(_point, outline))) for outline in area.polygons)
    yield from (_one("circle", f"{_point(one.centre)} {one.radius!r}") for one in area.circles)
    yield from _pairs("geocode", area.geocodes)


def _pairs(name: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for key, value in pairs:
        yield f"<{name}>{_one('valueName', key)}{_one('value', value)}</{name}>"


def _point(point: Point) -> str:
    return f"{point[0]!r},{point[1]!r}"


def _one(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return f"<{name}>{escape(text)}</{name}>"
