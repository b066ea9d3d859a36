"""Keys change while everything runs: nothing is lost, what is written meanwhile is kept, and the old key may go."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select, type_coerce

from engage.safe import keys, resealing
from engage.shared import crypto, db
from engage.shared.crypto import LOST
from engage.surveys.models import WrittenRow
from tests.answers import make_response
from tests.safe.conftest import settings_of, started
from tests.surveys import make_wave

TEXTS = [f"an invented answer {number}" for number in range(50)]
A_FEW = 20  # rows in one transaction here, so that it takes several


class Stopped(Exception):
    pass


def tell_nobody(_done: int, _of: int | None) -> None:
    pass


@pytest.fixture
def sealed(installed, monkeypatch):
    monkeypatch.setattr(resealing, "AT_A_TIME", A_FEW)
    wave = make_wave()
    for words in TEXTS:
        make_response(wave, words=words)
    db.session.commit()
    return installed


def rotated(settings):
    """Settings with a new key in front, as a process that starts now reads them."""
    keys.add(Path(settings.key_file))
    return settings_of(settings.folder, database_url=settings.database_url)


def words():
    with db.reading():
        return sorted(db.session.scalars(select(WrittenRow.words)))


def tokens():
    with db.reading():
        return {bytes(token) for token in db.session.scalars(select(type_coerce(WrittenRow.words, LargeBinary)))}


def test_after_a_rotation_the_old_key_opens_nothing_and_the_new_one_everything(sealed):
    before, old = tokens(), Path(sealed.key_file).read_text()
    with started(rotated(sealed)):
        assert resealing.reseal(tell_nobody) == len(TEXTS)
        assert resealing.survey() == resealing.Survey(texts=len(TEXTS))
    assert not before & tokens()
    keys.take_away_old(Path(sealed.key_file))
    with started(settings_of(sealed.folder, database_url=sealed.database_url)):
        assert words() == sorted(TEXTS)
    Path(sealed.key_file).write_text(old)
    with started(settings_of(sealed.folder, database_url=sealed.database_url)):
        assert set(words()) == {LOST}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_control_without_sealing_anew_the_old_key_is_still_needed(sealed):
    with started(rotated(sealed)):
        assert resealing.survey() == resealing.Survey(texts=len(TEXTS), old=len(TEXTS))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_rotation_that_was_stopped_goes_on_where_it_was(sealed):
    def stop(done, _of):
        if done:
            raise Stopped

    with started(rotated(sealed)):
        with pytest.raises(Stopped):
            resealing.reseal(stop)
        left = resealing.survey().old
        assert 0 < left < len(TEXTS)
        assert resealing.reseal(tell_nobody) == left
        assert words() == sorted(TEXTS)


def test_what_others_write_meanwhile_is_never_overwritten(sealed):
    """Somebody changes every text while it is sealed anew; whatever they wrote is what stays."""

    def change():
        with started(sealed):
            for key in list(db.session.scalars(select(WrittenRow.response_key))):
                row = db.session.scalars(select(WrittenRow).where(WrittenRow.response_key == key)).one()
                row.words = f"{row.words}, changed"
                db.session.commit()

    db.session.remove()
    writer = threading.Thread(target=change)
    with started(rotated(sealed)):
        writer.start()
        while writer.is_alive():
            resealing.reseal(tell_nobody)
        writer.join()
        resealing.reseal(tell_nobody)
        assert words() == sorted(f"{one}, changed" for one in TEXTS)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_process_that_runs_reads_what_a_newer_one_sealed_a_moment_ago(sealed):
    with started(sealed) as running:
        running.extensions["seals"].look()
        with started(rotated(sealed)):
            token = crypto.seal("said with the new key")
        assert crypto.unseal(token) == "said with the new key"
        assert resealing.survey().old == 0  # this process still knows the old key as its newest, in its own settings


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_control_a_process_without_a_key_file_to_look_at_cannot(sealed):
    with started(settings_of(sealed.folder, database_url=sealed.database_url)) as running:
        running.extensions["seals"].key_file = ""
        with started(rotated(sealed)):
            token = crypto.seal("said with the new key")
        assert crypto.unseal(token) == LOST


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_key_file_that_is_being_broken_leaves_a_running_process_as_it_is(sealed):
    Path(sealed.key_file).write_text("{")
    with db.reading():
        assert sorted(db.session.scalars(select(WrittenRow.words))) == sorted(TEXTS)


def test_every_sealed_column_is_known():
    known = {f"{column.table.name}.{column.name}" for column in resealing.sealed_columns()}
    assert {"written.words", "evidence_file.content", "contact_request.words", "person.tf_totp_secret"} <= known
    assert "audit.did" not in known
