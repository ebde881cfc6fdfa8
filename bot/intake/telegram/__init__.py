"""Public Telegram channels, read by their web preview."""

from bot.intake.telegram.entry import TelegramEntry

__all__ = ["TelegramEntry"]
