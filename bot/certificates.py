"""What is wrong with a server's certificate, in words for the operator."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANOTHERS = "it is made out to another name"
_STRANGERS = "nobody whom this machine trusts has signed it"
_WRONG: Mapping[int, str] = {
    9: "it is not valid yet, by this machine's clock",
    10: "it has expired",
    18: _STRANGERS,
    19: _STRANGERS,
    20: _STRANGERS,
    21: _STRANGERS,
    62: _ANOTHERS,
    64: _ANOTHERS,
}
"""By the codes of OpenSSL (X509_V_ERR_...)."""


def doubt(error: BaseException) -> str | None:
    """Why a certificate is not believed, where that is what an error comes from."""
    for one in chain(error):
        # aiohttp's own error is one by name, and has nothing of it but its cause.
        if isinstance(one, ssl.SSLCertVerificationError) and hasattr(one, "verify_code"):
            return _WRONG.get(one.verify_code, one.verify_message.rstrip("."))
    return None


def no_connection(error: BaseException) -> str:
    """That there is none, and why; nothing of the error's own words, which may hold an address."""
    reason = doubt(error)
    why = f"the certificate is not believed: {reason}" if reason else type(error).__name__
    return f"no connection ({why})"


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and its causes, also those that a library drops by `from None`."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
