"""What is published. Samples: none of this happened."""

ATTACK = "Над Калужской областью за ночь сбито 40 беспилотников. Пострадавших нет."
NEWS = "В Калужской области из-за аварии без электричества остались 40 населённых пунктов."
DANGER = "Внимание! В Москве объявлена опасность атаки БПЛА."
DANGER_BEGINS = "<b>Москва"
"""How the message about it begins."""


def attack_of(count: int) -> str:
    """Reports that differ in a number."""
    return ATTACK.replace("40", str(count))
