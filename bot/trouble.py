"""What goes wrong and a person can mend."""

from __future__ import annotations


class Trouble(Exception):  # noqa: N818 - the message is a sentence for a person, not a bug
    """Expected trouble: the message says in one sentence what is wrong and what to do.

    It is shown as it is, without a traceback, and never holds a secret.
    """
