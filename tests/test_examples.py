"""The example files that an operator begins with, against the program."""

import re
from pathlib import Path

import pytest

from bot.entries import ListError
from bot.intake import KINDS
from bot.listed import read_listed
from bot.settings import Settings
from bot.sources import Rules
from reports.regions import Catalog

ROOT = Path(__file__).parent.parent
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
VARIABLES = [f"RELAY_{name.upper()}" for name in Settings.model_fields]


@pytest.mark.parametrize("name", VARIABLES)
def test_the_example_of_an_env_file_has_every_setting(name: str) -> None:
    assert re.search(rf"^# {name}=", EXAMPLE, re.MULTILINE)


def test_the_example_of_an_env_file_sets_nothing() -> None:
    assert all(not line or line.startswith("#") for line in EXAMPLE.splitlines())


def test_the_example_of_a_source_list_lacks_nothing_but_a_secret(tmp_path: Path) -> None:
    written = (ROOT / "relay.example.toml").read_text(encoding="utf-8")
    listed, rules = tmp_path / "relay.toml", Rules(KINDS, Catalog.load().regions)
    listed.write_text(written, encoding="utf-8")
    with pytest.raises(ListError, match='"token" cannot be used'):
        read_listed(listed, rules)
    listed.write_text(written.replace('token = ""', 'token = "0123456789abcdef"'), encoding="utf-8")
    found = read_listed(listed, rules)
    assert found.channels == ()
    assert [listed.source.id for listed in found.sources] == ["kaluga-governor"]


def test_every_entry_of_the_example_can_be_used_once_its_marks_are_taken_off(
    tmp_path: Path,
) -> None:
    written = (ROOT / "relay.example.toml").read_text(encoding="utf-8")
    bare = re.sub(r"^# (?=\[\[|[a-z_]+ = )", "", written, flags=re.MULTILINE)
    secrets = iter(("0123456789abcdef", "123456789abcdef0"))
    bare = re.sub(r'token = ""', lambda _found: f'token = "{next(secrets)}"', bare)
    (tmp_path / "civil-aviation.token").write_text("fedcba9876543210", encoding="utf-8")
    (tmp_path / "relay.toml").write_text(bare, encoding="utf-8")
    found = read_listed(tmp_path / "relay.toml", Rules(KINDS, Catalog.load().regions))
    assert {one.kind for one in found.sources} == set(KINDS)
