"""The settings: read once from the environment, checked with a hint, then passed along."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Self
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.address import Address
from bot.secret_files import SecretFiles
from bot.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "RELAY_"

FREE_RATE = 30
"""Messages a second that Telegram lets a bot send for nothing."""

MENDS = {
    "telegram_token": "Give the token as @BotFather wrote it, like 123456789:AAF-...",
    "telegram_api": "Give the root of a Bot API server, like https://api.telegram.org",
    "data": "Give a directory that the relay may write to",
    "database": "Give the path of a SQLite file, or a URL like postgresql://user:password@host/name,"
    " with / # ? @ in a password written as %2F %23 %3F %40",
    "admins": "Give Telegram user ids with commas between them, like 12345,67890",
    "http": "Give host:port, like 127.0.0.1:8080",
    "messages_per_second": "Give a whole number from 1 to 1000",
    "paid_broadcast": "Give 1 or 0",
    "proxy": "Give a URL that starts with http:// or https://",
    "config": "Give the path of a TOML file with the sources",
}
"""What to do about each setting that cannot be used."""


class SettingsError(Trouble):
    """Settings cannot be used; each line names a variable and says what to give."""


def _ids(given: object) -> object:
    return re.findall(r"[^,\s]+", given) if isinstance(given, str) else given


def _address(given: object) -> object:
    return Address.parse(given) if isinstance(given, str) else given


class Settings(BaseSettings):
    """What an operator chose. Secrets are SecretStr: no repr shows them."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: SecretStr | None = None
    telegram_api: str = "https://api.telegram.org"
    data: Path = Path("data")
    database: SecretStr | None = None
    admins: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    http: Annotated[Address, NoDecode, BeforeValidator(_address)] = Address("127.0.0.1", 8080)
    messages_per_second: int = Field(default=28, ge=1, le=1000)
    paid_broadcast: bool = False
    proxy: SecretStr | None = None
    config: Path | None = None

    @classmethod
    def read(cls) -> Self:
        """Settings from the environment, which goes before `.env` in the working directory.

        Raises SettingsError, with one line for each setting that cannot be used.
        """
        try:
            settings = cls()
        except ValidationError as error:
            raise SettingsError("\n".join(_sentences(error))) from None
        except UnicodeDecodeError:
            raise SettingsError(".env is not UTF-8 text. Save it as UTF-8.") from None
        settings._check_rate()
        return settings

    @classmethod
    def settings_customise_sources(  # noqa: PLR0913, PLR0917 - the signature is pydantic's
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, the `.env` file, then files that hold one secret each."""
        del file_secret_settings  # a directory of secrets: RELAY_<NAME>_FILE says it plainer
        files = SecretFiles(settings_cls, dotenv_settings)
        return init_settings, env_settings, dotenv_settings, files

    @property
    def playground(self) -> bool:
        """Whether the relay serves the playground, for want of a token."""
        return self.telegram_token is None

    @property
    def database_location(self) -> str:
        """A SQLite path or a postgresql:// URL. May hold a password."""
        if self.database is None:
            # Invented people must never meet the real ones.
            return str(self.data / ("playground.db" if self.playground else "relay.db"))
        return self.database.get_secret_value()

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, whether or not it is there yet; None for PostgreSQL."""
        place = self.database_location
        return None if place.startswith("postgresql://") else Path(place).expanduser()

    @property
    def sources_file(self) -> Path | None:
        """The file with the sources, or None where there is none."""
        if self.config is not None:
            return self.config
        return Path("relay.toml") if Path("relay.toml").exists() else None

    @property
    def secrets(self) -> frozenset[str]:
        """What may never be shown."""
        held = (self.telegram_token, self.database, self.proxy)
        return frozenset(secret.get_secret_value() for secret in held if secret)

    @field_validator("telegram_token")
    @classmethod
    def _token_like_botfathers(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token.get_secret_value()):
            raise ValueError("unlike a bot token")
        return token

    @field_validator("admins")
    @classmethod
    def _people(cls, ids: frozenset[int]) -> frozenset[int]:
        if any(one <= 0 for one in ids):
            raise ValueError("not a person's id")  # a group's is negative, and 0 is nobody's
        return ids

    @field_validator("telegram_api")
    @classmethod
    def _root_url(cls, url: str) -> str:
        return _web_url(url).rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _proxy_url(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy:
            _web_url(proxy.get_secret_value())
        return proxy

    @field_validator("database")
    @classmethod
    def _database_place(cls, place: SecretStr | None) -> SecretStr | None:
        scheme, marked, rest = place.get_secret_value().partition("://") if place else ("", "", "")
        if not marked:
            return place
        if scheme not in {"postgresql", "postgres"} or not rest or not _readable(f"//{rest}"):
            raise ValueError("another database, or a password that breaks the URL")
        return SecretStr(f"postgresql://{rest}")

    @field_validator("data", "config")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        return path.expanduser() if path else path

    def _check_rate(self) -> None:
        if self.messages_per_second > FREE_RATE and not self.paid_broadcast:
            raise SettingsError(
                f"RELAY_MESSAGES_PER_SECOND: Telegram lets a bot send {FREE_RATE} messages a second"
                f" for nothing. Give {FREE_RATE} or less, or set RELAY_PAID_BROADCAST=1"
                " and pay for more."
            )


def _readable(url: str) -> bool:
    """Whether nothing in the URL, like a raw / or # in a password, makes it mean another."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return port != 0 and not parts.fragment


def _web_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("not a web address")
    return url


def _sentences(error: ValidationError) -> Iterator[str]:
    for name in dict.fromkeys(str(found["loc"][0]) for found in error.errors(include_url=False)):
        yield f"{PREFIX}{name.upper()} cannot be used. {MENDS[name]}."
