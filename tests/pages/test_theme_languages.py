"""Answers in another language are gathered by what they say, not by the small words of that language."""

import pytest

from engage.analysis.jobs.finding import telling
from engage.analysis.queries.worker import Text


@pytest.mark.parametrize(
    ("language", "words", "left"),
    [
        ("pl", "Nie ma światła w parku i jest ciemno", "światła parku ciemno"),
        ("pl", "[name] się boi, bo jest ciemno", "boi, ciemno"),
        ("en", "there is no light in [place]", "there is no light in  "),
        ("xx", "nie ma", "nie ma"),
    ],
)
def test_the_small_words_of_another_language_say_nothing(language, words, left):
    assert telling(Text(b"", words, flagged=False, language=language)) == left
