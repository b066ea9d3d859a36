"""Somebody who reads takes words out of an answer, and can put none in; there is a way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.rules import pieces
from engage.analysis.rules.taking_out import without
from engage.shared import db
from tests.answers import make_excerpts
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def reader(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def test_what_a_person_takes_out_stays_out_and_may_be_shown(wave, reader):
    excerpt_id = make_excerpts(wave, "ask the tall  man, the Tall man at the corner")[
        "ask the tall  man, the Tall man at the corner"
    ]
    take_out(reader, excerpt_id, "tall man\r\n\r\ncorner ")
    make_excerpts(wave, "another one")
    assert analysis.excerpt(excerpt_id).words == "ask the [taken out], the [taken out] at the [taken out]"
    assert analysis.excerpt(excerpt_id).checked
    lines = {(line.did, line.about, line.reason) for line in db.session.scalars(select(AuditRow))}
    assert ("took words out of an answer", f"excerpt {excerpt_id[:8]}") in {line[:2] for line in lines}
    assert "tall" not in str(lines)


def test_nobody_can_put_other_words_into_an_answer(wave, reader):
    excerpt_id = make_excerpts(wave, "the bus is late")["the bus is late"]
    wrong = take_out(reader, excerpt_id, "the bus is early")
    assert wrong.status_code == 422
    assert "“the bus is early” does not stand in the answer like that" in wrong.text
    assert ">the bus is early</textarea>" in wrong.text.replace("\r\n", "")
    assert reader.post(f"/desk/reading/{excerpt_id}/mend").status_code == 404
    assert analysis.excerpt(excerpt_id).words == "the bus is late"


def test_the_way_back_is_to_what_the_machine_had_left(wave, reader):
    excerpt_id = make_excerpts(wave, "text me on 07700 900123 at the corner")["text me on [phone] at the corner"]
    take_out(reader, excerpt_id, "corner")
    take_out(reader, excerpt_id, "me")
    assert "Back to what the machine had left" in reader.get(f"/desk/reading/{excerpt_id}").text
    reader.fill_in(f"/desk/reading/{excerpt_id}", to=f"/desk/reading/{excerpt_id}/put-back-words")
    answer = analysis.excerpt(excerpt_id)
    assert (answer.words, answer.checked) == ("text me on [phone] at the corner", False)
    assert "Back to what the machine had left" not in reader.get(f"/desk/reading/{excerpt_id}").text


def take_out(reader, excerpt_id, words):
    return reader.fill_in(f"/desk/reading/{excerpt_id}", to=f"/desk/reading/{excerpt_id}/take-out", words=words)


@given(st.lists(st.sampled_from(["bus", "late", "[name]", "a", "Bus,", "\n", "[taken", "out]", "(me)"])), st.data())
def test_what_is_left_is_the_answer_with_pieces_gone(said, chance):
    words = " ".join(said)
    tokens = [token for piece in pieces(words) if not piece.gone for token in piece.words.split()]
    gone = chance.draw(st.lists(st.sampled_from(tokens or ["x"]), max_size=3)) if tokens else []
    left = without(words, gone).replace("[taken out]", " ")
    kept = iter(words)
    assert all(letter in kept for letter in left if not letter.isspace())


def test_an_empty_box_takes_nothing_out(wave, reader):
    excerpt_id = make_excerpts(wave, "the bus is late")["the bus is late"]
    answer = take_out(reader, excerpt_id, " ")
    assert answer.status_code == 422
    assert "Type the words that must go" in answer.text
