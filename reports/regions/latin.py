"""Names in the other alphabet, and names typed with the other keyboard layout on."""

from __future__ import annotations

_LETTERS = str.maketrans(
    {
        **dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeezyyklmnoprstufhye", strict=True)),
        "ж": "zh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ю": "yu",
        "я": "ya",
        "ъ": "",
        "ь": "",
        "'": "",
        "і": "i",
        "ї": "yi",
        "є": "ye",
        "ґ": "g",
    }
)
_SPELLINGS = (
    *(("shch", "sch"), ("kh", "h"), ("j", "y"), ("ia", "ya"), ("iu", "yu"), ("ya", "a")),
    *(("yu", "u"), ("ye", "e"), ("yo", "e"), ("tz", "ts"), ("w", "v"), ("x", "ks"), ("i", "y")),
    *(("yyy", "y"), ("yy", "y")),
)
_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_OTHER_LAYOUT = str.maketrans(
    dict(zip(_LATIN_KEYS + _CYRILLIC_KEYS, _CYRILLIC_KEYS + _LATIN_KEYS, strict=True))
)


def in_latin(name: str) -> str:
    """A folded name, in either alphabet, in one plain Latin spelling."""
    plain = name.translate(_LETTERS)
    for spelling, usual in _SPELLINGS:
        plain = plain.replace(spelling, usual)
    return plain


def with_other_layout(typed: str) -> str:
    """What the same keys give with the other keyboard layout: "rfkeuf" is "калуга"."""
    return typed.lower().translate(_OTHER_LAYOUT)
