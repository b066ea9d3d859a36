"""The four words of a receipt never stand in an alert, whatever else is typed into their box."""

import pytest
from sqlalchemy import select

from engage.receipts.words import without_receipt, word_list
from engage.safeguarding.models import AlertRow
from engage.shared import db
from tests.surveys import make_wave, sent_words


def alerts() -> list[AlertRow]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(AlertRow)))


@pytest.mark.parametrize(
    ("page", "to"),
    [
        ("/receipt", "/receipt"),
        ("/receipt", "/receipt/answer"),
        ("/s/youth/mine", None),
        ("/s/youth/mine", "/s/youth/mine/delete"),
    ],
)
def test_worrying_words_typed_with_a_receipt_are_heard_without_it(visitor, database, page, to):
    make_wave()
    words = sent_words(visitor)
    visitor.fill_in(page, to, words=f"{words.upper()}, i want to die", answer="")
    [alert] = alerts()
    assert alert.words == "… … … …, i want to die"


def test_other_boxes_are_copied_as_they_are(visitor, database):
    make_wave()
    word = word_list()[0]
    visitor.fill_in("/s/youth/contact", words=f"i want to die in the {word}")
    assert alerts()[0].words == f"i want to die in the {word}"


def test_words_of_the_list_go_and_what_was_heard_stays():
    first, second = word_list()[:2]
    assert without_receipt(f"{first} {second.title()} kill", but=f"{second} kill") == f"… {second.title()} kill"
