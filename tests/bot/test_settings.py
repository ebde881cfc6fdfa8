from pathlib import Path

import pytest

from bot.address import Address
from bot.settings import Settings, SettingsError
from bot.trouble import Trouble

INVENTED = "123456789:AAF-invented_for_tests"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"RELAY_{name.upper()}", raising=False)
        monkeypatch.delenv(f"RELAY_{name.upper()}_FILE", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_playground_is_served_on_loopback() -> None:
    settings = Settings.read()
    assert settings.playground
    assert settings.http == Address("127.0.0.1", 8080)
    assert settings.database_location == "data/playground.db"
    assert (settings.messages_per_second, settings.admins) == (28, frozenset())


def test_the_environment_goes_before_the_env_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("RELAY_HTTP=:1\nRELAY_ADMINS=7\nUNRELATED=yes\n")
    monkeypatch.setenv("RELAY_HTTP", "[::1]:9090")
    settings = Settings.read()
    assert settings.http == Address("::1", 9090)
    assert settings.admins == {7}


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("RELAY_ADMINS", "")
    assert Settings.read().playground


def test_admins_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_ADMINS", "12345, 67890,")
    assert Settings.read().admins == {12345, 67890}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RELAY_TELEGRAM_TOKEN", "hunter2"),
        ("RELAY_TELEGRAM_API", "api.telegram.org"),
        ("RELAY_DATABASE", "mysql://user:hunter2@host/relay"),
        ("RELAY_DATABASE", "postgresql://relay:hunter2/ss@host/relay"),
        ("RELAY_DATABASE", "postgresql://relay:hunter2#@host/relay"),
        ("RELAY_DATABASE", "postgresql://relay:hunter2@host:99999/relay"),
        ("RELAY_ADMINS", "anna"),
        ("RELAY_ADMINS", "0"),
        ("RELAY_ADMINS", "-100123"),
        ("RELAY_HTTP", "8080"),
        ("RELAY_HTTP", "127.0.0.1:99999"),
        ("RELAY_MESSAGES_PER_SECOND", "0"),
        ("RELAY_MESSAGES_PER_SECOND", "fast"),
        ("RELAY_PAID_BROADCAST", "perhaps"),
        ("RELAY_PROXY", "socks5://user:hunter2@host"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_to_give(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name} cannot be used\. Give ") as told:
        Settings.read()
    assert "hunter2" not in str(told.value)


def test_every_setting_that_is_wrong_gets_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_HTTP", "x")
    monkeypatch.setenv("RELAY_ADMINS", "x")
    with pytest.raises(SettingsError) as told:
        Settings.read()
    assert len(str(told.value).splitlines()) == 2


def test_more_than_telegrams_free_rate_must_be_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_MESSAGES_PER_SECOND", "31")
    with pytest.raises(SettingsError, match="RELAY_PAID_BROADCAST=1"):
        Settings.read()
    monkeypatch.setenv("RELAY_PAID_BROADCAST", "1")
    assert Settings.read().messages_per_second == 31


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("token").write_text(f"{INVENTED}\n")
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN_FILE", "token")
    token = Settings.read().telegram_token
    assert token is not None
    assert token.get_secret_value() == INVENTED


def test_the_env_file_may_name_a_secret_file() -> None:
    Path("proxy").write_text("http://user:word@proxy:3128")
    Path(".env").write_text("RELAY_PROXY_FILE=proxy\n")
    assert Settings.read().secrets == {"http://user:word@proxy:3128"}


def test_a_secret_file_that_is_missing_or_empty_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN_FILE", "token")
    with pytest.raises(Trouble, match="RELAY_TELEGRAM_TOKEN_FILE: token cannot be read"):
        Settings.read()
    Path("token").touch()
    with pytest.raises(Trouble, match="token is empty"):
        Settings.read()


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN", INVENTED)
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN_FILE", "token")
    with pytest.raises(Trouble, match="both set"):
        Settings.read()


def test_no_secret_shows_in_the_settings_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELAY_TELEGRAM_TOKEN", INVENTED)
    monkeypatch.setenv("RELAY_DATABASE", "postgres://relay:hunter2@db/relay")
    settings = Settings.read()
    assert settings.database_location == "postgresql://relay:hunter2@db/relay"
    assert INVENTED not in repr(settings)
    assert "hunter2" not in f"{settings!r} {settings}"


def test_the_source_list_is_relay_toml_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().sources_file is None
    Path("relay.toml").touch()
    assert Settings.read().sources_file == Path("relay.toml")
    monkeypatch.setenv("RELAY_CONFIG", "other.toml")
    assert Settings.read().sources_file == Path("other.toml")


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (":80", "http://127.0.0.1:80"),
        ("0.0.0.0:8080", "http://127.0.0.1:8080"),
        ("[::1]:8080", "http://[::1]:8080"),
        ("relay.example:1", "http://relay.example:1"),
    ],
)
def test_an_address_says_what_to_open(written: str, url: str) -> None:
    assert Address.parse(written).url == url
