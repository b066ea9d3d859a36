"""A sentence model stands beside words, is asked once for each answer, and is not needed for anything."""

from importlib.util import find_spec

import numpy as np
import pytest

from engage.analysis.method.meaning import LIBRARY, PACKAGED, Meaning, NoModel, key_of
from engage.analysis.method.themes import ThemeFinder

# Invented: three ways to say that it is dark, three that it is late, and none of them shares a word with another.
SAID = [
    "no lamps outside",
    "cannot see my feet",
    "pitch black lane",
    "bus overdue",
    "driver arrived tardy",
    "train slow",
]


def by_subject(texts):
    """A model of two directions, dark and late: what a real one would find out, written down."""
    return [[1.0, 0.0] if SAID.index(text) < 3 else [0.0, 1.0] for text in texts]


def test_answers_in_other_words_for_the_same_thing_share_a_theme_with_a_model():
    found = ThemeFinder(n_themes=2, meaning=Meaning(by_subject).place).fit(SAID)
    assert len(set(found.labels_[:3])) == len(set(found.labels_[3:])) == 1
    assert found.labels_[0] != found.labels_[5]


def test_without_one_the_same_answers_do_not():
    labels = ThemeFinder(n_themes=2).fit(SAID).labels_.tolist()
    assert labels not in ([0, 0, 0, 1, 1, 1], [1, 1, 1, 0, 0, 0])


def test_no_answer_is_placed_twice():
    asked = []
    known = {}

    def encode(texts):
        asked.extend(texts)
        return by_subject(texts)

    Meaning(encode, known).place([SAID[0], SAID[0], SAID[4]])
    Meaning(encode, known).place(SAID)
    assert sorted(asked) == sorted(SAID)
    assert set(known) == {key_of(text) for text in SAID}


def test_what_is_kept_of_an_answer_holds_none_of_its_words():
    known = {}
    Meaning(by_subject, known).place(SAID)
    assert not any(word.encode() in key for key in known for text in SAID for word in text.split())


def test_a_row_without_any_direction_stays_a_row_of_zeros():
    rows = Meaning(lambda texts: np.zeros((len(texts), 3))).place(["?"])
    assert rows.tolist() == [[0.0, 0.0, 0.0]]


def test_no_answers_are_no_rows():
    assert Meaning(by_subject).place([]).shape[0] == 0


@pytest.mark.skipif(find_spec(LIBRARY) is not None, reason="the extra is installed here")
def test_without_the_extra_it_says_how_to_install_it():
    with pytest.raises(NoModel, match=r"engage\[embeddings\]"):
        Meaning.load(PACKAGED)
