"""Which passwords are refused: those that somebody would put together from what everybody knows of their owner."""

from random import Random
from string import ascii_letters, digits, punctuation

import pytest

from engage.accounts.rules import is_easy_to_guess

OWN = (
    "Kim Okafor", "kim@example.org", "Lee Marsh", "Inès Baptiste", "Barnet Council",
    "Barnet Safeguarding Children Partnership",
)  # fmt: skip
OF_WHAT_IS_KNOWN = (
    "kimokafor123", "leemarsh12345", "inesbaptiste1", "KimOkafor1!!", "engage-engage1", "Barnet2026!!",
    "barnetcouncil1", "K1m0kaf0r123", "Kim-Marsh-2026", "kim.okafor@example.org1", "kim19840312!", "2026-Barnet-Kim!",
    "InèsBaptiste2026",
)  # fmt: skip
ONE_COMMON_WORD = ("Welcome2026!!", "Liverpool1984!!", "Summer2026!!", "Welcome-2026-Monday!", "letmein-letmein1")
GOOD = (
    "kettle marble sunday tractor", "lemon-otter-granite", "horsebatterystaple", "tinsel giraffe oven", "x9$Kq2!vLp0z",
    "kT7#mQz!42pLw9", "mzqhxkvwplrt", "ساعة مربى قطار نهر", "zażółć gęślą jaźń",
)  # fmt: skip


@pytest.mark.parametrize("easy", [*OF_WHAT_IS_KNOWN, *ONE_COMMON_WORD])
def test_what_is_made_of_what_everybody_knows_is_refused(easy):
    assert is_easy_to_guess(easy, own=OWN)


@pytest.mark.parametrize("good", GOOD)
def test_words_that_do_not_belong_together_and_drawn_letters_are_taken(good):
    assert not is_easy_to_guess(good, own=OWN)


def test_hardly_anything_that_a_machine_drew_is_refused():
    draw = Random(11)
    drawn = ["".join(draw.choices(ascii_letters + digits + punctuation, k=16)) for _ in range(100)]
    assert sum(is_easy_to_guess(one, own=OWN) for one in drawn) <= 2


def test_a_name_beside_enough_other_words_harms_nothing():
    assert not is_easy_to_guess("Kim likes marble tractors", own=OWN)
    assert is_easy_to_guess("Kim likes Barnet 2026", own=OWN)


def test_it_is_the_name_that_makes_a_password_easy():
    assert is_easy_to_guess("okaformarsh-7721", own=OWN)
    assert not is_easy_to_guess("okaformarsh-7721", own=("Wilhelmina Featherstone",))
