"""From the outbox to Telegram: pace, send, record."""
