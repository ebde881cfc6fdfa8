"""Where a server listens: `host:port`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"(?P<host>\[[0-9a-fA-F:.%]+\]|[^\s:\[\]/]*):(?P<port>\d{1,5})")
_ANY = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 - recognised, not bound


@dataclass(frozen=True, slots=True)
class Address:
    """A host without brackets, and a port (0: whichever is free)."""

    host: str
    port: int

    @classmethod
    def parse(cls, written: str) -> Address:
        """`127.0.0.1:8080`, `[::1]:8080`, or `:8080` for every interface. Raises ValueError."""
        match = _WRITTEN.fullmatch(written.strip())
        if match is None or int(match["port"]) > 65_535:
            raise ValueError("not host:port")
        return cls(match["host"].strip("[]") or "0.0.0.0", int(match["port"]))  # noqa: S104 - asked for

    @property
    def url(self) -> str:
        """What to open in a browser on this machine."""
        host = "127.0.0.1" if self.host in _ANY else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in {"localhost", "::1"} or self.host.startswith("127.")

    def __str__(self) -> str:
        """As it is written in a setting."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
