"""CAP 1.2 messages: a file that always holds the newest, or an index that leads to many."""

from bot.intake.cap.entry import CapEntry

__all__ = ["CapEntry"]
