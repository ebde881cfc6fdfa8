"""Methods by which the bot gets its updates."""

from typing import Any

from bot.playground.botapi import errors
from bot.playground.botapi.errors import Refused
from bot.playground.botapi.methods.call import Call


def get_updates(call: Call) -> list[dict[str, Any]]:
    """What is there now, never waiting: the waiting is the server's."""
    if call.world.webhook:
        raise Refused(errors.WEBHOOK_ACTIVE)
    allowed = call.params.data("allowed_updates")
    if allowed is not None:
        call.world.updates.allowed = list(allowed)
    limit = call.params.integer("limit", 100)
    return call.world.updates.take(call.params.integer("offset"), limit)


def set_webhook(call: Call) -> bool:
    """Notes the address; nothing is ever sent there."""
    call.world.webhook = call.params.text("url")
    return True


def delete_webhook(call: Call) -> bool:
    """Back to polling; pending updates go if the bot says so."""
    call.world.webhook = ""
    if call.params.flag("drop_pending_updates"):
        call.world.updates.waiting.clear()
    return True


def get_webhook_info(call: Call) -> dict[str, Any]:
    """Where updates would go, and how many wait."""
    return {
        "url": call.world.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(call.world.updates.waiting),
    }
