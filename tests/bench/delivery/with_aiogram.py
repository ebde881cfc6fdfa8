"""What aiogram's client sends: nothing else done, nothing written down.

Arguments: the API's root, the token, how many chats; the text comes on standard input. It runs in
an environment of its own, without the relay.
"""

import asyncio
import sys

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

AT_ONCE = 64


async def _send(root: str, token: str, chats: int, text: str) -> None:
    left = iter(range(1, chats + 1))
    session = AiohttpSession(api=TelegramAPIServer.from_base(root))
    async with Bot(token, session=session) as bot:

        async def sends() -> None:
            for chat in left:
                await bot.send_message(chat, text, parse_mode="HTML")

        await asyncio.gather(*(sends() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(_send(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdin.read()))
