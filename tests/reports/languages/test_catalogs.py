"""Every sentence has its translation, with the same placeholders."""

from __future__ import annotations

import pytest

from reports.languages import translator
from reports.model import Language
from tests.reports.languages.extract import faults, literals_in, msgids_in, placeholders

OTHERS = [language for language in Language if language is not Language.EN]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_the_same_placeholders(language: Language) -> None:
    assert faults("reports.languages", language, "reports") == []


def test_an_unknown_sentence_is_shown_in_english() -> None:
    words = translator(Language.RU)
    assert words.gettext("Nobody translated this.") == "Nobody translated this."
    assert words.ngettext("{n} owl", "{n} owls", 5) == "{n} owls"


def test_english_needs_no_catalog() -> None:
    words = translator(Language.EN)
    assert words.ngettext("{n} person killed", "{n} people killed", 1) == "{n} person killed"


@pytest.mark.parametrize(
    ("n", "told"),
    [(0, "сбито 0 беспилотников"), (1, "сбит 1 беспилотник"), (2, "сбито 2 беспилотника")]
    + [(n, f"сбито {n} беспилотников") for n in (5, 11, 12, 14, 20, 111, 112)]
    + [(n, f"сбит {n} беспилотник") for n in (21, 101, 1001)]
    + [(n, f"сбито {n} беспилотника") for n in (22, 34, 102, 1004)],
)
def test_russian_counts_agree_with_their_nouns(n: int, told: str) -> None:
    phrase = translator(Language.RU).ngettext("{n} drone shot down", "{n} drones shot down", n)
    assert phrase.format(n=n) == told


def test_a_package_without_a_catalog_of_that_language_says_so() -> None:
    with pytest.raises(FileNotFoundError, match=r"ru\.po"):
        translator(Language.RU, "reports.incidents")


def test_sentences_are_found_wherever_they_are_marked() -> None:
    code = 'words.gettext("One."); msgid("Two."); t.ngettext("a", "b", n); plural("c", "d"); f("x")'
    assert list(msgids_in(code)) == ["One.", "Two.", ("a", "b"), ("c", "d")]
    assert "{} of {}" in literals_in('f"{one} of {all}"')
    assert placeholders("{n} of {all}") == {"n", "all"}
