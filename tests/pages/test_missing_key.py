"""Words that no key on this machine opens are nobody's words: they wait, unread, for their key."""

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary, select, type_coerce, update

from engage.analysis import queries as analysis
from engage.analysis.jobs import do_all
from engage.shared import db, wanted
from engage.surveys.models import WrittenRow
from tests.answers import WORRYING, excerpts, make_response
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


def sealed_words():
    return db.session.execute(select(WrittenRow.key, type_coerce(WrittenRow.words, LargeBinary))).one()


def test_words_that_no_key_here_opens_wait_for_their_key_and_are_read_then(wave):
    make_response(wave, words=WORRYING)
    key, token = sealed_words()
    store = update(WrittenRow).where(WrittenRow.key == key)
    db.session.execute(store.values(words=type_coerce(Fernet(Fernet.generate_key()).encrypt(b"?"), LargeBinary)))
    do_all()
    assert (excerpts(), analysis.unread(wave.id)) == ({}, 1)
    db.session.execute(store.values(words=type_coerce(bytes(token), LargeBinary)))
    wanted.want("read", f"wave:{wave.code}")
    db.session.commit()
    do_all()
    assert list(excerpts()) == [WORRYING]
