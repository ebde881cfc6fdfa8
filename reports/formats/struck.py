"""Words that are struck out: still to be seen, and taken back.

They stay in a report's text, which is verbatim, between marks that people know from chats. What
holds in their place only a person can tell, so such a report is not read by itself.
"""

from __future__ import annotations

import re

MARK = "~~"
TAGS = frozenset({"s", "del", "strike"})
_STRUCK = re.compile(
    rf"(?<!~){MARK}(?=[^~\s])|<(?:{'|'.join(sorted(TAGS))})(?=[\s>])", re.IGNORECASE
)


def has_struck_words(text: str) -> bool:
    """Whether some of it is struck out: by these marks, or by tags where it is HTML."""
    return _STRUCK.search(text) is not None
