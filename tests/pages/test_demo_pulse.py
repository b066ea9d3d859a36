"""The demo's practitioner pulse is whole: closed, many enough to count, said to be invented, and nothing is written."""

from engage.demo import people, pulse
from engage.shared.clock import today
from engage.surveys.models import WrittenRow
from engage.surveys.queries.counts import counts_by_item, responses
from engage.surveys.queries.waves import wave
from tests.surveys import count


def test_it_is_closed_and_answered_by_enough_invented_people(database):
    people.bring_in(today())
    asked = wave(pulse.ask(today()))
    assert (asked.state, "(invented)" in asked.title) == ("closed", True)
    assert responses(asked.id) == 52
    assert {"know", "confident", "used", "sector"} <= set(counts_by_item(asked.id))
    assert count(WrittenRow) == 0
