"""Several questions with the same answers are written as one grid and asked as a card each."""

import pytest

from engage.accounts.rules import Role
from engage.surveys.queries.drafts import draft
from tests.drafts import DESK, kept, make_draft, question
from tests.people import make_person, sign_in

GRID = f"{DESK}/park/parts/main/grid"
TYPED = {
    "questions": "Is the bus safe?\n\n Is the stop safe? \nIs the station safe?",
    "answers": "Yes, always\nSometimes\nYes, always!",
    "good": "1",
    "show": "0",
    "purpose": "To know where",
    "owner": "The team",
}
ROWS = ["is_the_bus_safe", "is_the_stop_safe", "is_the_station_safe"]


@pytest.fixture
def voice(visitor):
    make_draft(question("safe"))
    return sign_in(visitor, make_person(Role.VOICE))


def test_a_grid_is_written_at_once_and_is_a_card_for_each_question(voice):
    assert f'href="{GRID}"' in voice.get(f"{DESK}/park/parts/main/items/new").text
    assert voice.fill_in(GRID, **TYPED).status_code == 303
    rows = [kept("park", code) for code in ROWS]
    assert [row["words"]["en"] for row in rows] == ["Is the bus safe?", "Is the stop safe?", "Is the station safe?"]
    assert {row["grid"] for row in rows} == {"main_grid"}
    for row in rows:
        assert [option["code"] for option in row["options"]] == ["yes_always", "sometimes", "yes_always_2"]
        assert (row["headline"], row["purpose"], row["kind"]) == (["yes_always"], "To know where", "scale")
    assert "Nothing stands in the way" in voice.get(f"{DESK}/park").text
    assert "Is the station safe?" in voice.get(f"{DESK}/park/preview/en").text


def test_each_person_may_be_asked_some_of_a_grid_and_two_grids_stay_apart(voice):
    voice.fill_in(GRID, **TYPED | {"show": "2"})
    voice.fill_in(GRID, **TYPED | {"show": "1", "questions": "Is it warm?\nIs it dry?"})
    found = {rotation.code: (rotation.show, list(rotation.rows)) for rotation in draft("park").definition.rotations}
    assert found == {"main_grid": (2, ROWS), "main_grid_2": (1, ["is_it_warm", "is_it_dry"])}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"questions": "Is the bus safe?"}, "Write from 2 to 40 questions"),
        ({"answers": "Yes"}, "Write from 2 to 120 answers"),
        ({"questions": "Is it?\n" + "so " * 300}, "This question is longer"),
        ({"good": "many"}, "Not a valid integer value"),
        ({"show": "99"}, "A number from 0 to 40"),
    ],
)
def test_what_is_no_grid_is_told_and_stays_typed(voice, changes, words):
    answer = voice.fill_in(GRID, **TYPED | changes)
    assert answer.status_code == 422
    assert words in answer.text
    assert "To know where" in answer.text
    assert [item.code for item in draft("park").definition.items] == ["safe"]


def test_a_part_that_is_gone_takes_no_grid(voice):
    assert voice.get(f"{DESK}/park/parts/nowhere/grid").status_code == 404
