"""What python-telegram-bot sends with its own request: nothing else done, nothing written down.

Arguments: the API's root, the token, how many chats; the text comes on standard input.
"""

import asyncio
import sys

from telegram import Bot

AT_ONCE = 64


async def _send(root: str, token: str, chats: int, text: str) -> None:
    left = iter(range(1, chats + 1))
    async with Bot(token, base_url=f"{root}/bot") as bot:

        async def sends() -> None:
            for chat in left:
                await bot.send_message(chat, text, parse_mode="HTML")

        await asyncio.gather(*(sends() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(_send(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.read()))
