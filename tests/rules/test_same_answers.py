"""Two answers that read the same stand in the way of publishing: nobody could tell which one was meant."""

from copy import deepcopy

import pytest

from engage.surveys.rules.definition import parse
from engage.surveys.rules.publishing import found_faults
from engage.surveys.rules.shipped import CODES, shipped
from tests.kinds import document

SAME = "two of its answers say the same"


def faults(definition):
    return [(fault.place, fault.words) for fault in found_faults(definition) if fault.words == SAME]


def test_two_answers_that_say_the_same_are_named():
    asked = deepcopy(document())
    options = asked["sections"][1]["items"][0]["options"]
    assert faults(parse(asked)) == []
    options[1]["words"]["en"] = options[0]["words"]["en"].upper()
    assert faults(parse(asked)) == [("way", SAME)]


@pytest.mark.parametrize("code", CODES)
def test_no_shipped_survey_has_any(code):
    assert faults(shipped(code)) == []
