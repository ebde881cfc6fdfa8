"""Pages of an invented Telegram channel, built as `https://t.me/s/NAME` builds them.

What stands in `documents/telegram` is written after the form of real pages; no word is from one.
"""

from __future__ import annotations

import base64
import html
import json
from dataclasses import dataclass
from itertools import count
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents" / "telegram"
PUBLISHED = "2026-03-05T07:01:44+00:00"

_fetch = count(1)


def document(name: str) -> str:
    return (DOCUMENTS / f"{name}.html").read_text(encoding="utf-8")


PAGE, BLOCK, TEXT = document("page"), document("block"), document("text")


@dataclass(frozen=True)
class Channel:
    """A channel as its pages show it. `peer` is Telegram's own number of it."""

    name: str = "sample_governor"
    title: str = "Sample: a governor"
    peer: int | None = -1001

    def block(self, number: int, body: str, *, date: str = PUBLISHED, mark: str = "") -> str:
        """One post. What Telegram counts, and signs, differs at each fetch."""
        fetch = next(_fetch)
        told = {"c": self.peer, "p": number, "t": 1_787_000_000 + fetch, "h": f"{fetch:018x}"}
        view = "" if self.peer is None else base64.b64encode(json.dumps(told).encode()).decode()
        return _filled(
            BLOCK,
            name=self.name,
            title=self.title,
            id=str(number),
            view=view.rstrip("="),
            body=body,
            views=f"{fetch}K",
            mark=mark,
            date=date,
        )

    def says(self, number: int, text: str, *, date: str = PUBLISHED) -> str:
        """A post that is a text."""
        return self.block(number, TEXT.replace("{text}", html.escape(text)), date=date)

    def page(self, *blocks: str, before: int | None = None, links: str = "") -> bytes:
        """A page; `before` leads to the earlier posts."""
        prev = f'<link rel="prev" href="/s/{self.name}?before={before}">' if before else ""
        more = f'<div class="tgme_widget_message_centered js-messages_more_wrap"><a href="/s/{self.name}?before={before}" class="tme_messages_more js-messages_more" data-before="{before}"></a></div>'  # noqa: E501 - one tag
        return _filled(
            PAGE,
            name=self.name,
            title=self.title,
            links=prev + links,
            more=more if before else "",
            blocks="".join(blocks) or document("no_posts"),
            took=str(next(_fetch)),
        ).encode()


def _filled(form: str, **values: str) -> str:
    for key, value in values.items():
        form = form.replace(f"{{{key}}}", value)
    return form
