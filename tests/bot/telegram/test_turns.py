"""Each chat is answered in order, and none waits for another."""

from __future__ import annotations

import asyncio

from telegram import Update

from bot.telegram.turns import ChatByChat

GROUP, SUPERGROUP = -5, -1005


async def test_what_a_group_says_under_its_new_number_waits_until_it_has_moved() -> None:
    turns, moved, done = ChatByChat(), asyncio.Event(), list[str]()

    async def move() -> None:
        await moved.wait()
        done.append("moved")

    async def answer() -> None:
        done.append("answered")

    becoming = _update(GROUP, migrate_to_chat_id=SUPERGROUP)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(turns.do_process_update(becoming, move()))
        tasks.create_task(turns.do_process_update(_update(SUPERGROUP), answer()))
        tasks.create_task(turns.do_process_update(_update(7), answer()))
        await asyncio.sleep(0.01)
        assert done == ["answered"]
        moved.set()
    assert done == ["answered", "moved", "answered"]


def _update(chat_id: int, **fields: int) -> Update:
    chat = {"id": chat_id, "type": "group", "title": "Neighbours"}
    message = {"message_id": 1, "date": 0, "chat": chat, **fields}
    update = Update.de_json({"update_id": 1, "message": message}, None)
    assert update is not None
    return update
