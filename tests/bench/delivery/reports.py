"""What is published. Samples: none of this happened."""

NEWS = "Над Калужской областью за ночь сбито 40 беспилотников. Пострадавших нет."
DANGER = "Внимание! В Москве объявлена опасность атаки БПЛА."
DANGER_BEGINS = "<b>Москва"
"""How the message about it begins."""


def news_of(count: int) -> str:
    """Reports that differ in a number."""
    return NEWS.replace("40", str(count))
