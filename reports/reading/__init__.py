"""From an official statement to incidents, region by region, with the words that prove them."""

from reports.reading.reader import Reader

__all__ = ["Reader"]
