"""What a source sends in one call: a report, or a list of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from bot.http.problem import Problem
from reports.formats.json_lines import LONGEST_ID, MalformedReport, decoded, report_in

if TYPE_CHECKING:
    from bot.sources import ListedSource
    from reports.model import Report

LARGEST = 256 * 1024
"""Bytes of one pushed report."""
LARGEST_LIST = 1024 * 1024
"""Bytes of a list."""
MOST = 100
"""Reports in a list."""


@dataclass(frozen=True, slots=True)
class Unusable:
    """An entry of a list that is no report, and why."""

    problem: str
    id: str | None = None

    def json(self) -> dict[str, object]:
        """`{"id"?, "problem"}`."""
        told: dict[str, object] = {"id": self.id} if self.id else {}
        return told | {"problem": self.problem}


@dataclass(frozen=True, slots=True)
class Pushed:
    """The reports of one call, in their order, as that source's own."""

    reports: tuple[Report | Unusable, ...]
    listed: bool
    """Whether they came as a list, and are answered as one."""


def pushed(sent: bytes, sender: ListedSource) -> Pushed:
    """What was sent, whatever it says about its source. Raises Problem."""
    try:
        given = decoded(sent)
        if isinstance(given, list):
            return _list(given, sender)
        if len(sent) > LARGEST:
            detail = f"The report is larger than {LARGEST // 1024} KiB. Send the statement alone."
            raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
        return Pushed((_report(given, sender),), listed=False)
    except MalformedReport as error:
        raise Problem(HTTPStatus.BAD_REQUEST, str(error)) from None


def _list(given: list[object], sender: ListedSource) -> Pushed:
    if not given:
        raise Problem(HTTPStatus.BAD_REQUEST, "The list is empty. Send at least one report.")
    if len(given) > MOST:
        detail = f"The list holds {len(given)} reports. Send at most {MOST} in one call."
        raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    reports = tuple(_entry(one, sender) for one in given)
    unusable = [one.json() for one in reports if isinstance(one, Unusable)]
    if len(unusable) == len(reports):
        detail = "Nothing in the list is a report. Each entry says what to mend."
        raise Problem(HTTPStatus.BAD_REQUEST, detail, more={"reports": unusable})
    return Pushed(reports, listed=True)


def _entry(given: object, sender: ListedSource) -> Report | Unusable:
    try:
        _check_size(given)
        return _report(given, sender)
    except MalformedReport as error:
        named = given.get("id") if isinstance(given, dict) else None
        return Unusable(str(error), _shown(named) if isinstance(named, str) else None)


def _check_size(given: object) -> None:
    try:
        written = json.dumps(given, ensure_ascii=False)
    except RecursionError:
        raise MalformedReport("Brackets are nested too deep.") from None
    if len(written.encode(errors="replace")) > LARGEST:
        raise MalformedReport(f"The report is larger than {LARGEST // 1024} KiB.")


def _shown(given: str) -> str:
    """What was sent, as it can be sent back: half a surrogate pair cannot."""
    return given[:LONGEST_ID].encode(errors="replace").decode()


def _report(given: object, sender: ListedSource) -> Report:
    report = report_in(given)
    return replace(report, source=sender.source, lang=report.lang or sender.source.language)
