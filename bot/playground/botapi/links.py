"""Addresses as Telegram takes them in links and buttons."""

import re

_WEB = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>[^\s/?#:.]+(?:\.[^\s/?#:.]+)+)(?P<port>:\d+)?"
    r"(?P<rest>(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"(?P<scheme>[a-z][a-z0-9+.\-]*)://\S*", re.IGNORECASE)


def checked(address: str) -> str | None:
    """The address as Telegram keeps it, with scheme and path; None where it takes none such."""
    if address.lower().startswith("tg://"):
        return address
    match = _WEB.fullmatch(address)
    if not match:
        return None
    rest = match["rest"] or "/"
    rest = rest if rest.startswith("/") else f"/{rest}"
    scheme = (match["scheme"] or "http").lower()
    return f"{scheme}://{match['host'].lower()}{match['port'] or ''}{rest}"


def complaint(address: str) -> str:
    """What Telegram says of an address that it does not take."""
    if not address:
        return "URL host is empty"
    match = _OTHER.fullmatch(address)
    is_web = match is None or match["scheme"].lower() in {"http", "https"}
    return "Wrong HTTP URL" if is_web else "Unsupported URL protocol"
