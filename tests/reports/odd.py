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

ODD_TEXTS = [
    *ODD_PIECES,
    # sentences and names that need those around them to be understood
    *("Курск. ", "Отбой. ", "В Ивановке. "),
    *("Калужской, ", "Ростов на ", "Гагарин ", "район ", "Москва"),
    # prefixes of longer wordings
    *("не поступало ", "по предварительным ", "сбито .. ", "отбой ракетной ", "more than "),
    # brackets and markup that never close, or close too often
    *("((((", "))))", "[(«", "<div>", "</p>", "<b><i><a href='", "&amp;", "&#x41;"),
    # letters that fold into others, or into nothing
    *("a\u0430", "\u200b", "\u0301", "aб ", "İ"),
]
"""Texts that, made long, might take more than linear time."""
