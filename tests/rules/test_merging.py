"""How the bands of children in care and care leavers are counted together."""

import copy
import json

import pytest

from engage.surveys.rules.definition import BrokenDefinition, Kind, parse, to_document
from engage.surveys.rules.merging import merged_counts
from engage.surveys.rules.shipped import shipped, shipped_document
from tests.kinds import document

BANDS = ("care_4", "care_8", "care_11", "care")
SHARED = {"safe_home", "settled", "know_worker", "family_time", "friend", "say_decisions", "school_like", "fun"}
MERGED = {
    "family": "tests",
    "options": [{"code": "yes", "words": {"en": "Yes"}}, {"code": "no", "words": {"en": "No"}}],
    "items": {"often": {"always": "yes", "never": "no"}},
}


def with_merged(**changes):
    return copy.deepcopy(document()) | {"merged": copy.deepcopy(MERGED) | changes}


def test_four_bands_share_codes_and_the_words_of_what_they_become():
    families = [shipped(code).merged for code in BANDS]
    assert {family.family for family in families} == {"care"}
    for band, merging in zip(BANDS, families, strict=True):
        assert {item for item, _ in merging.items} >= SHARED, band
    for code in ("yes", "sometimes", "no", "too_little", "right", "too_much", "cannot"):
        assert len({merging.names[code] for merging in families}) == 1, code


def test_always_is_yes_and_hardly_ever_and_never_are_no():
    counts = {"always": 10, "sometimes": 20, "hardly_ever": 3, "never": 4, "dont_know": 5, "skipped": 6}
    for band in ("care_11", "care"):
        assert merged_counts(shipped(band).merged, "safe_home", counts) == {"yes": 10, "sometimes": 20, "no": 7}


def test_faces_are_already_what_they_become():
    counts = {"yes": 1, "sometimes": 2, "no": 3, "dont_know": 9}
    for band in ("care_4", "care_8"):
        assert merged_counts(shipped(band).merged, "safe_home", counts) == {"yes": 1, "sometimes": 2, "no": 3}


def test_an_option_of_one_band_only_is_left_out_of_the_merge():
    counts = {"always": 1, "sometimes": 1, "hardly_ever": 1, "never": 1, "no_plan": 50}
    assert merged_counts(shipped("care").merged, "say_decisions", counts) == {"yes": 1, "sometimes": 1, "no": 2}


def test_what_is_not_listed_is_not_merged_and_no_nought_to_ten_is():
    for band in BANDS:
        definition = shipped(band)
        assert merged_counts(definition.merged, "helped_by", {"nobody": 3}) is None
        merged = {definition.item(item).kind for item, _ in definition.merged.items}
        assert not merged & {Kind.NUMBER, Kind.AMOUNT, Kind.MULTIPLE, Kind.OPEN, Kind.SHORT}
        assert definition.merged.of("life_whole") == {}
    assert merged_counts(shipped("youth").merged, "safe_home", {"safe": 3}) is None


def test_the_rules_survive_being_stored():
    for band in BANDS:
        stored = json.loads(json.dumps(to_document(shipped(band)), sort_keys=True))
        again, merged = parse(stored).merged, shipped(band).merged
        assert [code for code, _ in again.words] == [code for code, _ in merged.words], "the order stays"
        assert {item: again.of(item) for item, _ in merged.items} == {item: merged.of(item) for item, _ in merged.items}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"items": {"nobody": {"yes": "yes"}}}, "nobody: only a question with one choice"),
        ({"items": {"what": {"pool": "yes", "other": "no", "none": None}}}, "what: only a question with one choice"),
        ({"items": {"buses": {"none": "no"}}}, "buses: only a question with one choice"),
        ({"items": {"often": {"always": "yes"}}}, "often: it needs one line for each of always, never"),
        ({"items": {"often": {"always": "yes", "never": "sometimes"}}}, "often: sometimes has no words"),
        ({"options": [{"code": "yes", "words": {"pl": "Tak"}}]}, "English text is missing"),
        ({"colour": "red"}, "nobody reads colour"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused_with_its_place(changes, words):
    with pytest.raises(BrokenDefinition, match=words):
        parse(with_merged(**changes))


def test_a_nought_to_ten_cannot_be_merged_with_faces_however_it_is_written():
    broken = shipped_document("care_8")
    broken["merged"]["items"]["life_whole"] = {"0": "no", "10": "yes"}
    with pytest.raises(BrokenDefinition, match="life_whole: only a question with one choice"):
        parse(broken)
