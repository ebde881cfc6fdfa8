"""`python -m tests.bench.delivery.installed run`: the relay with what an operator installs.

The tests make certificates with a package that is not among what the relay needs, and
python-telegram-bot loads it wherever it finds it: 7 MB that no operator's relay takes.
"""

from __future__ import annotations

import runpy
import sys

ONLY_TESTS = "cryptography"

if __name__ == "__main__":
    sys.modules[ONLY_TESTS] = None  # type: ignore[assignment]  # Python's own way to say: not here
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
