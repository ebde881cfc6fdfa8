"""What the documents promise, against the program."""

import re
from pathlib import Path

from bot.cli import COMMANDS
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
VARIABLES = [f"RELAY_{name.upper()}" for name in Settings.model_fields]


def _section(heading: str) -> str:
    """The text under a heading of the README, up to the next one."""
    found = re.search(rf"^#+ {heading}$(.*?)(?=^#|\Z)", README, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _first_cells(section: str) -> list[str]:
    return re.findall(r"^\| *`([^`]+)`", section, re.MULTILINE)


def test_the_settings_table_has_every_setting_and_no_other() -> None:
    assert sorted(_first_cells(_section("Settings"))) == sorted(VARIABLES)


def test_the_commands_table_has_every_command() -> None:
    told = " ".join(_first_cells(_section("Commands")))
    assert [name for name in COMMANDS if not re.search(rf"(?<!\S){name}(?!\S)", told)] == []
