"""What people read: an incident in two to four short lines, in their language.

Everything here is HTML as Telegram takes it, with all words from outside escaped.
"""

from reports.summaries.admins import (
    LONGEST_WHOLE,
    Question,
    admin_line,
    question,
    question_in_short,
)
from reports.summaries.backlog import Backlog, backlog
from reports.summaries.corrected import correction
from reports.summaries.hearing import deaf, hearing
from reports.summaries.latest import Latest, latest
from reports.summaries.message import message, page, repeated, summary
from reports.summaries.progress import progress
from reports.summaries.reader import For

__all__ = [
    "LONGEST_WHOLE",
    "Backlog",
    "For",
    "Latest",
    "Question",
    "admin_line",
    "backlog",
    "correction",
    "deaf",
    "hearing",
    "latest",
    "message",
    "page",
    "progress",
    "question",
    "question_in_short",
    "repeated",
    "summary",
]
