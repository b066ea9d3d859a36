"""Answers that tell of harm come first in the reading order, and the lists say who has reviewed them."""

import doctest
import importlib
import pkgutil
import time
from pathlib import Path

import numpy as np
import pytest
import yaml

from engage.analysis.method import screening
from engage.analysis.method.screening import Screen
from engage.analysis.method.screening.cries import CRY
from engage.analysis.method.screening.lists import word_lists
from engage.analysis.method.screening.mending import nearest
from engage.analysis.method.screening.phrases import parse

VOICES = yaml.safe_load(Path(__file__).with_name("screening_voices.yaml").read_text("utf-8"))
CRIES = yaml.safe_load(Path(__file__).with_name("screening_cries.yaml").read_text("utf-8"))
SCREEN = Screen.load()


def flagged(texts: list[str], screen: Screen = SCREEN) -> list[str]:
    """The texts at or above the threshold."""
    return [text for text, score in zip(texts, screen.score(texts), strict=True) if score >= screen.threshold_]


def test_explicit_disclosures_in_many_voices_are_flagged() -> None:
    told = [text for texts in VOICES["disclosures"].values() for text in texts]
    assert len(flagged(told)) >= 0.95 * len(told)


@pytest.mark.parametrize(("voices", "least"), [("fresh", 0.9), ("later", 0.6), ("unseen_again_2026_11_25", 0.85)])
def test_disclosures_written_after_the_lists_are_mostly_flagged(voices: str, least: float) -> None:
    assert len(flagged(VOICES[voices])) >= least * len(VOICES[voices])


def test_disclosures_that_nobody_learnt_from_are_mostly_flagged() -> None:
    told = [text for texts in VOICES["unseen_2026_11_25"].values() for text in texts]
    assert len(flagged(told)) >= 0.9 * len(told)


@pytest.mark.parametrize("kind", list(VOICES["disclosures"]))
def test_no_kind_of_harm_is_left_behind(kind: str) -> None:
    told = VOICES["disclosures"][kind]
    assert len(flagged(told)) >= 0.9 * len(told)


@pytest.mark.parametrize("kind", list(CRIES["cries"]))
def test_a_cry_of_a_few_words_or_pictures_is_flagged(kind: str) -> None:
    assert flagged(CRIES["cries"][kind]) == CRIES["cries"][kind]


def test_cries_that_nobody_read_while_the_list_was_written_are_mostly_flagged() -> None:
    assert len(flagged(CRIES["unread"])) >= 0.9 * len(CRIES["unread"])


def test_a_cry_tells_only_where_it_is_the_whole_answer() -> None:
    ordinary = CRIES["ordinary"]
    assert not any(kind == CRY for text in ordinary for kind, _, _ in SCREEN.explain(text))
    assert len(flagged(ordinary)) <= 0.15 * len(ordinary)


def test_a_cry_says_that_it_is_one() -> None:
    assert (CRY, "🔪😭", 0.85) in SCREEN.explain("🔪😭")
    assert (CRY, "pls help me", 0.85) in SCREEN.explain(" pls help me ")


def test_a_joke_or_a_skin_tone_hides_no_cry() -> None:
    assert flagged(["i want to die lol", "👊🏽 😢", "h e l p", "help help help"]) == [
        "i want to die lol",
        "👊🏽 😢",
        "help help help",
    ]


def test_disclosures_stand_before_ordinary_answers() -> None:
    told = SCREEN.score([text for texts in VOICES["disclosures"].values() for text in texts])
    ordinary = SCREEN.score([str(text) for text in VOICES["ordinary"]])
    before = np.mean(told[:, None] > ordinary[None, :])
    assert before >= 0.95


def test_ordinary_answers_that_sound_alike_are_mostly_left() -> None:
    """Hard on purpose: most of these lines are look-alikes, so the share is above that of a real wave."""
    ordinary = [str(text) for text in VOICES["ordinary"]]
    assert len(flagged(ordinary)) <= 0.12 * len(ordinary)


def test_with_no_lists_and_nothing_learnt_nothing_is_found() -> None:
    """Control: the disclosures are found by the lists and the weights, not by the scaffolding."""
    bare = Screen(lists=(), weights={"*": -2.0})
    assert flagged([text for texts in VOICES["disclosures"].values() for text in texts], bare) == []
    assert flagged([text for texts in CRIES["cries"].values() for text in texts], bare) == []


@pytest.mark.parametrize(
    ("plain", "typed"),
    [
        ("my dad hits me every day", "my dad hitts me evry day"),
        ("i want to kill myself", "i wana k1ll myself"),
        ("someone threatened me with a knife", "somone threatend me with a knief"),
        ("he forced me to have sex", "he forcedd me too have sex"),
        ("they make me sell drugs", "they maek me sell drgus"),
        ("my dad batters my mum", "my dad battres my mum"),
        ("my brother beats me up badly", "my brother betas me up badly"),
        ("quiero morir", "queiro morir"),
    ],
)
def test_typing_slips_cost_nothing(plain: str, typed: str) -> None:
    assert flagged([plain, typed]) == [plain, typed]


def test_everyday_sayings_and_denials_weigh_less() -> None:
    scores = SCREEN.score(["my mum kills me with her cooking", "my mum hits me", "my mum never hits me"])
    assert scores[0] < SCREEN.threshold_ <= scores[1]
    assert scores[2] < scores[1]


@pytest.mark.parametrize(
    "text",
    [
        "tata mnie bije",
        "chce sie zabic",
        "أبي يضربني",
        "اريد ان اموت",
        "tata ma bate",
        "babam beni dövüyor",
        "quiero morir",
        "میخوام بمیرم",
    ],
)
def test_key_phrases_of_other_languages_are_flagged(text: str) -> None:
    assert flagged([text]) == [text]


def test_every_list_says_who_has_reviewed_it() -> None:
    assert {a_list.reviewed_by for a_list in word_lists()} == {"not yet reviewed by a practitioner"}
    assert set(SCREEN.reviewed_by_) == {a_list.kind for a_list in word_lists()}


def test_the_reasons_name_the_kind_and_the_words() -> None:
    kinds = {kind for kind, _, _ in SCREEN.explain("my stepdad hits me and i want to die")}
    assert {"abuse at home", "self-harm and suicide"} <= kinds
    weights = [weight for _, _, weight in SCREEN.explain("my stepdad hits me and i want to die")]
    assert weights == sorted(weights, reverse=True)
    assert 0 < weights[-1] <= weights[0] <= 1


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "😀😀", "...", "\u202eabc"])
def test_odd_text_scores_low_and_explains_itself_with_nothing(text: str) -> None:
    assert SCREEN.score([text])[0] < SCREEN.threshold_
    assert SCREEN.explain(text) == []


def test_no_answers_give_no_scores() -> None:
    assert SCREEN.score([]).shape == (0,)


def test_a_mixed_and_a_huge_answer_are_read() -> None:
    assert flagged(["szkoła is ok but tata mnie bije i nie wiem"])
    began = time.process_time()
    assert 0 <= SCREEN.score(["dad knife school " * 6000])[0] <= 1
    assert time.process_time() - began < 5


def test_a_list_with_an_empty_phrase_says_so() -> None:
    with pytest.raises(ValueError, match="empty phrase"):
        parse("..", "home", 3, {})
    with pytest.raises(ValueError, match=r"slots\.yaml"):
        parse("<nobody> hits me", "home", 3, {})


def test_the_examples_in_the_docstrings_run() -> None:
    modules = [
        importlib.import_module(f"{screening.__name__}.{found.name}")
        for found in pkgutil.iter_modules(screening.__path__)
    ]
    assert sum(doctest.testmod(module).failed for module in modules) == 0


@pytest.mark.parametrize("targets", [["quero", "quiero"], ["quiero", "quero"]])
def test_a_slip_is_mended_the_same_way_whatever_stands_first(targets):
    assert nearest("queiro", targets) == "quiero"


def test_small_words_are_no_reason():
    for kind, phrase, _weight in SCREEN.explain("he said hed post the pics if i told anyone"):
        assert {"i", "the", "if"}.isdisjoint(phrase.split(", ")), kind
