"""Pieces of text that, repeated, might trip whoever reads without end in sight."""

ODD_PIECES = [
    "сбито ",
    "12 ",
    "1,",
    "и ",
    "<",
    "<b",
    "<!--",
    "&",
    "(",
    "Курск ",
    "не ",
    "а-",
    "1 000 ",
    "a",
]
