"""From a CAP document to an alert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.formats.cap.document import decoded, root_of
from reports.formats.cap.element import Block
from reports.formats.cap.message import LANGUAGE, Alert, Area, Info, MalformedAlert, Scope, Status
from reports.formats.cap.shapes import circle_of, polygon_of
from reports.formats.cap.times import LONGEST_IDENTITY, is_bare, references_of
from reports.incidents.cap import Certainty, Severity, Urgency
from reports.model import MessageType

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_INFOS = 100
MOST_AREAS = 1_000
MOST_POINTS = 20_000
MOST_REMARKS = 20

_NAMESPACES = frozenset(f"urn:oasis:names:tc:emergency:cap:1.{minor}" for minor in (1, 2))


def parse_alert(document: str | bytes) -> Alert:
    """A message of CAP 1.2, or of 1.1, which differs in little. Raises MalformedAlert.

    What the standard needs to know a message by must be there; what is wrong with the rest is left
    out and told in `remarks`.
    """
    root = root_of(document if isinstance(document, str) else decoded(document))
    namespace, _, name = root.tag.removeprefix("{").rpartition("}")
    if name != "alert" or namespace not in _NAMESPACES:
        raise MalformedAlert("It is not a message of CAP 1.1 or 1.2.")
    remarks: list[str] = []
    return _alert(Block(root, namespace, remarks), remarks)


def _alert(block: Block, remarks: list[str]) -> Alert:
    sender, identifier = block.needed("sender"), block.needed("identifier")
    if len(sender) + len(identifier) > LONGEST_IDENTITY - 50:
        raise MalformedAlert("Its sender and identifier are too long.")
    alert = Alert(
        identifier=identifier,
        sender=sender,
        sent=block.needed_time("sent"),
        status=Status(block.needed_one("status", Status)),
        type=MessageType(block.needed_one("msgType", MessageType)),
        scope=Scope(block.needed_one("scope", Scope)),
        restriction=block.text("restriction"),
        note=block.text("note"),
        references=_references(block),
        incidents=tuple(block.text("incidents").split()),
        infos=tuple(_info(one) for one in block.blocks("info", MOST_INFOS)),
        remarks=tuple(dict.fromkeys(remarks))[:MOST_REMARKS],
    )
    _check_size(alert.infos)
    return alert


def _references(block: Block) -> tuple[str, ...]:
    found = references_of(block.text("references"))
    for one in filter(is_bare, found):
        block.remark(f"A reference is not sender,identifier,sent: {one[:100]}.")
    return found


def _info(block: Block) -> Info:
    return Info(
        language=block.text("language") or LANGUAGE,
        categories=block.texts("category"),
        event=block.text("event"),
        response_types=block.texts("responseType"),
        urgency=Urgency(block.one("urgency", Urgency)),
        severity=Severity(block.one("severity", Severity)),
        certainty=Certainty(block.one("certainty", Certainty)),
        event_codes=block.named("eventCode"),
        effective=block.time("effective"),
        onset=block.time("onset"),
        expires=block.time("expires"),
        sender_name=block.text("senderName"),
        headline=block.text("headline"),
        description=block.text("description"),
        instruction=block.text("instruction"),
        web=block.text("web"),
        parameters=block.named("parameter"),
        areas=tuple(_area(one) for one in block.blocks("area", MOST_AREAS)),
    )


def _area(block: Block) -> Area:
    return Area(
        description=block.text("areaDesc"),
        polygons=block.shapes("polygon", polygon_of),
        circles=block.shapes("circle", circle_of),
        geocodes=block.named("geocode"),
    )


def _check_size(infos: Sequence[Info]) -> None:
    areas = [area for info in infos for area in info.areas]
    points = sum(len(polygon) for area in areas for polygon in area.polygons)
    if len(areas) > MOST_AREAS or points > MOST_POINTS:
        raise MalformedAlert(f"It has over {MOST_AREAS} areas, or over {MOST_POINTS} points.")
