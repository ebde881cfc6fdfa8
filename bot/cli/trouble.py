"""What a person is told when a command cannot do its work: sentences, no traceback."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.entries import ListError
from bot.logs import Log, start_logging
from bot.settings import SettingsError
from bot.trouble import Trouble
from storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_A_TERMINAL = Log(level="WARNING")
"""A person asked for one thing and waits: only what is wrong is told besides."""

FAILED = 1
ASKED_WRONGLY = 2


@contextmanager
def tell_trouble() -> Iterator[None]:
    """Tell expected trouble in its own words and exit; a bug is logged without secrets."""
    start_logging([], AT_A_TERMINAL)
    try:
        yield
    except (SettingsError, ListError) as error:
        say(str(error))
        sys.exit(ASKED_WRONGLY)
    except (Trouble, StorageError) as error:
        say(str(error))
        sys.exit(FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that exit is quiet
        sys.exit(FAILED)
    except Exception:
        logging.getLogger("alert-relay").exception("This is a fault of the relay. Please report it")
        sys.exit(FAILED)


def say(sentence: str) -> None:
    """One sentence to the person at the terminal, on standard error."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - the terminal is where it belongs
