from __future__ import annotations

from reports.reading.senses import Sense
from reports.reading.tokens import tokenise
from reports.reading.wordings import Lexicon
from reports.text import fold

LEXICON = Lexicon([{"persons": {"person": ["жен|а|у", "сын||а", "мирн|ый|ого жител|ь|я"]}}])


def found(text: str) -> list[str]:
    folded = fold(text)
    signs = LEXICON.signs(tokenise(folded))
    assert all(sign.senses == {Sense.PERSON} for sign in signs)
    words = folded.text.split()
    return [" ".join(words[sign.first : sign.last]) for sign in signs]


def test_an_entry_may_list_a_word_by_its_endings() -> None:
    assert found("жена жену жен сын сына сыну") == ["жена", "жену", "сын", "сына"]


def test_endings_of_two_words_go_together_in_all_ways() -> None:
    assert found("мирный житель мирного жителя мирный") == ["мирный житель", "мирного жителя"]
