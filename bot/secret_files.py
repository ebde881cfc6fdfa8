"""Secrets that stand in files of their own, as container platforms hand them over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    PydanticBaseSettingsSource,
)

from bot.trouble import Trouble

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


class SecretFiles(PydanticBaseSettingsSource):
    """For each secret setting NAME: the content of the file that NAME_FILE names."""

    def __init__(
        self, settings_cls: type[BaseSettings], dotenv: PydanticBaseSettingsSource
    ) -> None:
        super().__init__(settings_cls)
        written = dotenv.env_vars if isinstance(dotenv, DotEnvSettingsSource) else {}
        given = {**written, **{name.lower(): value for name, value in os.environ.items()}}
        self._given = {name: value for name, value in given.items() if value}

    def __call__(self) -> dict[str, Any]:
        """The settings found. Raises Trouble where a file cannot be read."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
            if field.annotation == SecretStr | None
        }
        return {name: value for name, value in found.items() if value is not None}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """The secret of one setting, or None."""
        del field  # the name is all that matters
        variable = f"{self.config.get('env_prefix', '')}{field_name}".lower()
        path = self._given.get(f"{variable}_file")
        if path is None:
            return None, field_name, False
        if variable in self._given:
            raise Trouble(f"{variable.upper()} and {variable.upper()}_FILE are both set. Keep one.")
        return read_secret(Path(path), f"{variable.upper()}_FILE"), field_name, False


def read_secret(path: Path, name: str) -> str:
    """The one secret in a file, without blanks around it. `name` is what asked for it."""
    try:
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise Trouble(f"{name}: {path} cannot be read ({why}). Name a file that can.") from None
    if not secret:
        raise Trouble(f"{name}: {path} is empty. Write the secret into it.")
    return secret
