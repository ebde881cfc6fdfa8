"""Tags that mean harm to whoever takes HTML apart."""

from __future__ import annotations

import re

_CROWDED = re.compile(
    r"<[a-z][^\s/>]*+"
    r"(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+){200}",
    re.ASCII | re.IGNORECASE,
)


def is_crowded(markup: str) -> bool:
    """Whether a tag has 200 attributes or more. The parser compares each with each: two megabytes
    of them take it minutes, in which nothing else runs. No honest page has 20.
    """
    return _CROWDED.search(markup) is not None
