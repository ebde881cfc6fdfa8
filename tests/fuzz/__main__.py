"""Coverage-guided fuzzing of reading, with Atheris: `make fuzz SECONDS=60`.

The input is cut into words of the lexicons, names of regions, figures, marks and any characters at
all, so that the search reaches the rules and not only the tokeniser.
"""

from __future__ import annotations

import re
import sys
import tomllib
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any

import atheris

with atheris.instrument_imports(include=["reports"]):
    from reports.model import FACTS, Incident, Language, Outcome, Reading, Report, Source
    from reports.reading import Reader
    from reports.regions import Catalog
    from reports.summaries import For, summary

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 200
"""Words of one text."""
MARKS = [*" .,:;—()\n", ". ", "\n- ", "<b>", "</b>", "&nbsp;", "\u200b"]
CATALOG = Catalog.load()
READER = Reader(CATALOG)
NAMES = [name for region in CATALOG.regions.values() for name in region.name.values()]
SOURCES = [
    Source("", role, regions=regions)
    for role in ("governor", "mod", "rosaviatsia", "media")
    for regions in ((), ("RU-KLU",), ("UA-63",))
]
PUBLISHED = datetime(2026, 3, 5, tzinfo=UTC)
LONGEST_MESSAGE = 4096


def main() -> None:
    """Search until the time given on the command line is over, or something breaks."""
    words = sorted(_wordings())
    atheris.Setup(sys.argv, lambda data: _try(data, words))
    atheris.Fuzz()


def _wordings() -> Iterator[str]:
    """What the lexicons list, stems as words, with the first ending, and gaps left out."""
    languages = resources.files("reports.reading.lexicon").iterdir()
    for folder in (language for language in languages if language.is_dir()):
        for file in (file for file in folder.iterdir() if file.name.endswith(".toml")):
            for section in tomllib.loads(file.read_text(encoding="utf-8")).values():
                for listed in section.values():
                    yield from (_plain(wording) for wording in listed)


def _plain(wording: str) -> str:
    return re.sub(r"\|(\w*)(\|\w*)*", r"\1", wording).replace("*", "").replace(" ..", "")


def _try(data: bytes, words: list[str]) -> None:
    given = atheris.FuzzedDataProvider(data)
    source = given.PickValueInList(SOURCES)
    text = "".join(_piece(given, words) for _ in range(given.ConsumeIntInRange(0, LONGEST)))
    report = Report("1", source, PUBLISHED, text)
    reading = READER.read(report)
    _keeps_its_word(report, reading)


def _piece(given: Any, words: list[str]) -> str:  # noqa: ANN401 - Atheris has no types
    kinds = [words, words, NAMES, MARKS, MARKS]
    choice = given.ConsumeIntInRange(0, len(kinds) + 1)
    if choice < len(kinds):
        return str(given.PickValueInList(kinds[choice]))
    if choice == len(kinds):
        return str(given.ConsumeIntInRange(0, 2000))
    return str(given.ConsumeUnicode(5))


def _keeps_its_word(report: Report, reading: Reading) -> None:
    told = [(incident.region, incident.kind) for incident in reading.incidents]
    assert len(told) == len(set(told)), "an incident is told twice"
    assert (reading.outcome is Outcome.INCIDENTS) == bool(told), reading.outcome
    assert (reading.outcome is Outcome.UNCLEAR) == bool(reading.reason), "unclear without a reason"
    for incident in reading.incidents:
        _is_evident(report, incident)
    for language in Language:
        words = summary(report, reading, For(language, None, CATALOG))
        assert len(words) <= LONGEST_MESSAGE, "too long for a message"


def _is_evident(report: Report, incident: Incident) -> None:
    spans = [*incident.evidence, *(s for name in FACTS for s in getattr(incident, name).evidence)]
    assert incident.evidence, "an incident without evidence"
    for span in spans:
        assert 0 <= span.start < span.end <= len(report.text), span


if __name__ == "__main__":
    main()
