from pathlib import Path

import pytest

from bot.entries import ListError
from bot.intake import KINDS
from bot.listed import read_listed
from bot.sources import Rules, Sources

RULES = Rules(KINDS, regions=frozenset({"RU-KLU", "RU-MOW"}))
KALUGA = """
[[source]]
id = "kaluga-governor"
kind = "push"
name = "Governor of <Kaluga> Region"
role = "governor"
regions = ["RU-KLU"]
language = "ru"
token = "kaluga-secret-of-32-characters-1"
"""
MOSCOW = """
[[source]]
id = "moscow-mayor"
kind = "push"
name = "Mayor of Moscow"
token_file = "moscow.token"
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    (tmp_path / "moscow.token").write_text("moscow-secret-of-32-characters-2\n")
    return tmp_path / "relay.toml"


def _read(path: Path, text: str) -> Sources:
    path.write_text(text, encoding="utf-8")
    return read_listed(path, RULES).sources


def test_a_source_is_who_speaks_and_for_where(listed: Path) -> None:
    source = next(iter(_read(listed, KALUGA))).source
    assert source.name == "Governor of <Kaluga> Region"
    assert (source.id, source.role) == ("kaluga-governor", "governor")
    assert (source.regions, source.language) == (("RU-KLU",), "ru")


def test_a_source_is_found_by_its_id(listed: Path) -> None:
    sources = _read(listed, KALUGA + MOSCOW)
    mayor = sources.by_id("moscow-mayor")
    assert mayor is not None
    assert (mayor.kind, mayor.source.role) == ("push", "unknown")
    assert sources.by_id("somebody") is None


def test_a_token_is_one_sources_and_nobody_elses(listed: Path) -> None:
    sources = _read(listed, KALUGA + MOSCOW)
    mayor = sources.by_token("moscow-secret-of-32-characters-2")
    assert mayor is sources.by_id("moscow-mayor")
    for wrong in ("", "moscow", "kaluga-secret-of-32-characters-", "\udcff"):
        assert sources.by_token(wrong) is None


def test_tokens_do_not_show_in_a_sources_own_words(listed: Path) -> None:
    sources = _read(listed, KALUGA)
    assert "secret" not in repr(list(sources))
    assert sources.secrets == {"kaluga-secret-of-32-characters-1"}


def test_an_empty_list_is_a_list(listed: Path) -> None:
    assert len(_read(listed, "# nothing yet\n")) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('id = "kaluga-governor"', 'id = "Калуга"', 'line 2, source "Калуга": "id" cannot be used'),
        ('id = "kaluga-governor"', "", 'source number 1: "id" is missing. Give a short stable'),
        ('"push"', '"pigeon"', 'kind = "pigeon" is unknown here. Give one of: '),
        ('name = "Governor of <Kaluga> Region"', "", '"name" is missing.'),
        ('role = "governor"', "role = 5", '"role" cannot be used. Give the publisher'),
        ("RU-KLU", "RU-XXX", 'no region has the code "RU-XXX".'),
        ('language = "ru"', 'language = "Russian"', '"language" cannot be used. Give the language'),
        ("token =", "tokn =", '"tokn" is unknown here. Known are: id, kind,'),
        ("kaluga-secret-of-32-characters-1", "short", '"token" cannot be used. Give a secret of'),
        ("token =", "token_file =", "kaluga-secret-of-32-characters-1 cannot be read"),
        ("token =", "# token =", 'needs "token" or "token_file"'),
    ],
)
def test_an_entry_that_cannot_be_used_is_named_with_what_to_do(
    old: str, new: str, told: str, listed: Path
) -> None:
    with pytest.raises(ListError) as error:
        _read(listed, KALUGA.replace(old, new))
    assert told in str(error.value)
    assert str(error.value).startswith(f"{listed}, line 2, source ")


def test_a_second_entry_is_named_by_its_own_line(listed: Path) -> None:
    with pytest.raises(ListError, match=r"line 11, .* same id"):
        _read(listed, KALUGA + MOSCOW.replace("moscow-mayor", "kaluga-governor"))


def test_two_sources_may_not_share_a_token(listed: Path) -> None:
    (listed.parent / "moscow.token").write_text("kaluga-secret-of-32-characters-1")
    with pytest.raises(ListError, match='it has the token of "kaluga-governor"') as error:
        _read(listed, KALUGA + MOSCOW)
    assert "secret" not in str(error.value)


def test_two_tokens_are_good_while_one_follows_the_other(listed: Path) -> None:
    (listed.parent / "next.token").write_text("kaluga-secret-of-32-characters-2\n")
    sources = _read(listed, KALUGA + 'next_token_file = "next.token"\n')
    both = {f"kaluga-secret-of-32-characters-{number}" for number in (1, 2)}
    assert {sources.by_token(one) for one in both} == {sources.by_id("kaluga-governor")}
    assert sources.secrets == both
    assert "secret" not in repr(list(sources))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("token_file", '"token" and "token_file" are both given'),
        ("next_token_file", '"next_token" is the token that it has'),
    ],
)
def test_a_token_that_stands_there_twice_is_told(more: str, told: str, listed: Path) -> None:
    (listed.parent / "same.token").write_text("kaluga-secret-of-32-characters-1")
    with pytest.raises(ListError, match=told) as error:
        _read(listed, f'{KALUGA}{more} = "same.token"\n')
    assert "secret" not in str(error.value)


def test_nobody_may_have_the_token_that_is_to_be_anothers(listed: Path) -> None:
    coming = 'next_token = "moscow-secret-of-32-characters-2"\n'
    with pytest.raises(ListError, match='it has the token of "kaluga-governor"'):
        _read(listed, KALUGA + coming + MOSCOW)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[source]\n", "is not valid TOML"),
        ("[[sources]]\n", '"sources" is unknown here'),
        ("source = 5\n", "Write [[source]] entries"),
        ("source = [5]\n", 'source number 1: kind = "None" is unknown here'),
    ],
)
def test_a_file_that_is_no_list_is_told(text: str, told: str, listed: Path) -> None:
    with pytest.raises(ListError) as error:
        _read(listed, text)
    assert told in str(error.value)


def test_a_file_that_is_missing_or_no_text_is_told(listed: Path) -> None:
    with pytest.raises(ListError, match=r"cannot be read \(No such file or directory\)"):
        read_listed(listed, RULES)
    listed.write_bytes(b"\xff\xfe[")
    with pytest.raises(ListError, match="is not UTF-8 text"):
        read_listed(listed, RULES)
