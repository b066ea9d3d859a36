"""The four words: the same for the same secret, recognised however they are typed, and kind."""

from collections.abc import Iterator
from time import process_time

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from engage.receipts.words import UNKIND, WORDS, hashed, issue, split, word_list
from engage.settings import ARGON2ID
from engage.shared import crypto
from tests.conftest import make_settings


def make_app(folder, **keys: str) -> Flask:
    app = Flask(__name__)
    crypto.init_app(app, make_settings(folder, **keys))
    return app


@pytest.fixture
def keys(tmp_path) -> Iterator[None]:
    with make_app(tmp_path).app_context():
        yield


def test_a_secret_always_gives_the_same_four_words(keys):
    assert issue("secret") == issue("secret")
    assert len(issue("secret")) == WORDS
    assert set(issue("secret")) <= set(word_list())


def test_other_secrets_and_other_installations_give_other_words(tmp_path):
    seen = set()
    for _ in range(2):
        with make_app(tmp_path).app_context():
            seen |= {issue(f"secret {n}") for n in range(500)}
    assert len(seen) == 1000


@pytest.mark.parametrize(
    "typed", ["river lamp tiger seven", " River,LAMP\n tiger - seven. ", "ｒｉｖｅｒ lamp tiger seven"]
)
def test_words_are_recognised_however_they_are_typed(keys, typed):
    assert hashed(typed) == hashed(("river", "lamp", "tiger", "seven"))


@pytest.mark.parametrize("typed", ["lamp river tiger seven", "river lamp tiger", "riverlamp tiger seven", ""])
def test_other_words_are_not(keys, typed):
    assert hashed(typed) != hashed("river lamp tiger seven")


@given(st.text())
def test_anything_typed_is_cut_into_plain_words(typed):
    assert all(word.isascii() and word.isalpha() for word in split(typed))


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("k" * 64, "d2aa58f8512ed7248d530cf4d777a12193f8be224b877c3309fc02360cfaa096"),
        (ARGON2ID + "k" * 64, "ca48ce46a9a98bf7d1cd3eab345394d248878f853c463e5b49257434ed1eacbd"),
    ],
)
def test_words_given_away_once_open_the_same_receipt_in_every_later_version(tmp_path, key, found):
    with make_app(tmp_path, receipt_key=key).app_context():
        assert hashed("river lamp tiger seven").hex() == found


def test_a_key_made_today_hashes_by_argon2id(keys):
    assert crypto.hashes_receipts_by_argon2id()


def test_the_hash_is_slow_enough_to_matter_and_quick_enough_for_a_page(keys):
    start = process_time()
    hashed("river lamp tiger seven")
    assert 0.0005 < process_time() - start < 0.1


def test_the_list_is_long_and_leaves_out_what_is_unkind_to_meet():
    assert len(word_list()) > 4_300  # four of them: more than 3 * 10**14 receipts
    assert not set(UNKIND.read_text().split()) & set(word_list())
    for word in ("suicide", "drunk", "rape", "grope", "murder", "corpse", "bruise", "divorce"):
        assert word not in word_list()
    for word in ("casualty", "numbing", "skeletal", "thinning", "nicotine", "nervous", "dad", "secret", "unread"):
        assert word not in word_list()


def test_no_word_of_a_receipt_weighs_on_anybody():
    weights = SentimentIntensityAnalyzer().lexicon  # words as people felt them, from -4 to 4 (Hutto and Gilbert, 2014)
    assert [word for word in word_list() if weights.get(word, 0) <= -1] == []


def test_the_words_are_easy_to_type():
    assert all(3 <= len(word) <= 8 and word.isascii() and word.islower() for word in word_list())
