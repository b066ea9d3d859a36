"""A backup is whole, tells nothing, comes back as it was, and is refused in a sentence when it is not what it was."""

import secrets
import threading
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import NullPool, create_engine, delete, inspect, make_url, select, text

from engage.accounts import actions, chain
from engage.safe import container, databases, saving
from engage.safe.container import Unreadable
from engage.settings import WrongSettings
from engage.shared import db
from engage.shared.clock import now
from engage.shared.keeping import BACKUPS, RAW_WORDS
from engage.surveys.models import WrittenRow
from tests.answers import make_response
from tests.safe.conftest import STRANGE, other_keys, started
from tests.surveys import make_wave

PHRASES = [f"planted phrase {number} {secrets.token_hex(8)}" for number in range(100)]


@pytest.fixture
def planted(installed):
    """A hundred written answers; gives the settings."""
    wave = make_wave()
    for phrase in PHRASES:
        make_response(wave, words=phrase)
    actions.note("did something invented", "thing")
    db.session.commit()
    return installed


def kept_words():
    with db.reading():
        return set(db.session.scalars(select(WrittenRow.words)))


def found_in(*contents):
    return [phrase for phrase in PHRASES if any(phrase.encode() in content for content in contents)]


def opened(settings, file, folder):
    folder.mkdir()
    _, dump = saving.unpack(settings, file, folder)
    return dump.read_bytes()


def test_a_stolen_backup_and_a_stolen_database_tell_none_of_a_hundred_phrases(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    databases_files = [one.read_bytes() for one in tmp_path.glob("engage.db*")]
    dump = opened(planted, file, tmp_path / "opened")  # even for somebody who opened the backup's own seal
    assert found_in(file.read_bytes(), dump, *databases_files) == []
    keys = [planted.receipt_key, planted.secret_key, *planted.personal_keys, *planted.contact_keys]
    assert [key for key in keys if key.encode() in dump] == []


def test_control_phrases_that_nobody_sealed_are_found(planted, tmp_path):
    db.session.execute(text("CREATE TABLE bare (words TEXT)"))
    db.session.execute(text("INSERT INTO bare VALUES (:words)"), [{"words": phrase} for phrase in PHRASES])
    db.session.commit()
    file, _ = saving.save(planted, tmp_path / "kept")
    assert found_in(opened(planted, file, tmp_path / "opened")) == PHRASES
    assert found_in(file.read_bytes()) == []


def test_what_was_saved_while_others_wrote_comes_back_whole(planted, tmp_path):
    stop = threading.Event()

    def write():
        with started(planted):
            while not stop.is_set():
                actions.note("wrote meanwhile", "thing")
                db.session.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file, contents = saving.save(planted, tmp_path / "kept")
    finally:
        stop.set()
        writer.join()
    tried = saving.drill(planted, file)
    assert tried.faults == ()
    assert tried.contents == contents
    assert contents.rows["written"] == len(PHRASES)


def test_a_restore_brings_everything_back_and_the_audit_holds(planted, tmp_path):
    file, contents = saving.save(planted, tmp_path / "kept")
    noted = chain.verify().head
    db.session.execute(delete(WrittenRow))
    db.session.commit()
    assert saving.restore(planted, file).faults == ()
    assert kept_words() == set(PHRASES)
    found = chain.verify(noted=noted)
    assert found.faults == ()
    assert found.lines > contents.rows["audit"]


def newer_table():
    """As a newer version would leave it: a table that the backup does not know holds on to one that it does."""
    with db.engine().begin() as connection:
        connection.execute(text("CREATE TABLE newer (person_id INTEGER REFERENCES person (id))"))


def test_an_older_backup_comes_back_over_a_newer_version(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    newer_table()
    assert saving.restore(planted, file).faults == ()
    assert kept_words() == set(PHRASES)
    assert not inspect(db.engine()).has_table("newer")


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_a_restore_that_fails_half_way_leaves_everything_as_it_was(planted, tmp_path, monkeypatch):
    file, _ = saving.save(planted, tmp_path / "kept")
    newer_table()
    broken = tmp_path / "pg_restore"
    broken.write_text("#!/bin/sh\necho 'the disk is full' >&2\nexit 1\n")
    broken.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(Unreadable, match="the disk is full"):
        saving.restore(planted, file)
    assert kept_words() == set(PHRASES)
    assert inspect(db.engine()).has_table("newer")


def test_what_was_due_since_does_not_come_back_from_an_old_backup(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    with time_machine.travel(now() + RAW_WORDS + timedelta(days=2), tick=False):
        saving.restore(planted, file)
    assert kept_words() == {None}
    dumps = [one.read_bytes() for one in tmp_path.glob("engage.db*")]
    assert [one for one in dumps if b"gAAAA" in one] == []  # how every sealed text begins


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_control_before_its_time_everything_comes_back(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    with time_machine.travel(now() + RAW_WORDS - timedelta(days=2), tick=False):
        saving.restore(planted, file)
    assert kept_words() == set(PHRASES)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("harm", ["cut off", "changed", "longer", "empty", "another file"])
def test_a_broken_backup_is_refused_in_a_sentence_and_changes_nothing(planted, tmp_path, harm):
    file, _ = saving.save(planted, tmp_path / "kept")
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(
        {
            "cut off": whole[:-20],
            "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "longer": whole + b"x",
            "empty": b"",
            "another file": b"PK\x03\x04" * 100,
        }[harm]
    )
    make_response(make_wave("late"), words="said since then")
    db.session.commit()
    with pytest.raises(Unreadable, match=r"Nothing was changed\.$"):
        saving.restore(planted, file)
    assert kept_words() == {*PHRASES, "said since then"}


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_backup_of_other_keys_is_refused_and_changes_nothing(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    elsewhere = other_keys(planted, receipt_key=STRANGE)
    with started(elsewhere), pytest.raises(Unreadable, match="sealed with another key"):
        saving.restore(elsewhere, file)
    assert kept_words() == set(PHRASES)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_drill_says_how_many_texts_no_key_opens(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    stranger = "b" * 43 + "="
    without = other_keys(planted, personal_keys=[stranger])
    with started(without):
        assert saving.drill(without, file).faults == (
            f"{len(PHRASES)} sealed texts open with none of the keys that are here",
        )
        with pytest.raises(Unreadable, match="put the older keys back first"):
            saving.restore(without, file)
    with started(other_keys(planted, personal_keys=[*planted.personal_keys])):  # an app looks at its keys now and then
        assert kept_words() == set(PHRASES)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_drill_names_the_table_where_rows_are_missing(planted, tmp_path):
    file, contents = saving.save(planted, tmp_path / "kept")
    (tmp_path / "opened").mkdir()
    _, dump = saving.unpack(planted, file, tmp_path / "opened")
    wrong = replace(contents, rows={**contents.rows, "written": 101})
    container.write(tmp_path / "wrong", saving._packed(wrong, dump), secret=planted.receipt_key)
    assert saving.drill(planted, tmp_path / "wrong").faults == ("written: 100 rows here, 101 in the backup",)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_backup_of_a_newer_version_is_refused(planted, tmp_path):
    db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    db.session.commit()
    file, _ = saving.save(planted, tmp_path / "kept")
    with pytest.raises(Unreadable, match="newer version"):
        saving.restore(planted, file)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_old_backups_go_when_their_time_is_over(installed, tmp_path):
    file, _ = saving.save(installed, tmp_path / "kept")
    assert saving.forget_old(tmp_path / "kept", at=now() + BACKUPS - timedelta(hours=1)) == 0
    assert saving.forget_old(tmp_path / "kept", at=now() + BACKUPS + timedelta(hours=1)) == 1
    assert not file.exists()


@pytest.mark.parametrize("settings", ["postgres"], indirect=True)
def test_a_missing_tool_is_named_with_its_package(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongSettings, match=r"pg_dump is missing.*postgresql-client"):
        saving.save(installed, tmp_path / "kept")


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_file_that_is_no_database_any_more_is_put_aside_and_replaced(planted, tmp_path):
    file, _ = saving.save(planted, tmp_path / "kept")
    db.session.remove()
    db.engine().dispose()
    for one in tmp_path.glob("engage.db*"):
        one.write_bytes(b"not a database " * 1000)
    assert saving.restore(planted, file).faults == ()
    assert kept_words() == set(PHRASES)
    assert (tmp_path / "engage.db.broken").exists()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_that_somebody_holds_is_left_alone(planted, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "PATIENCE", 0.1)
    file, _ = saving.save(planted, tmp_path / "kept")
    with closing(databases.sqlite3.connect(tmp_path / "engage.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unreadable, match="in use"):
            saving.restore(planted, file)
        other.execute("ROLLBACK")
    assert kept_words() == set(PHRASES)


@pytest.mark.parametrize("size", [0, 1, container.PIECE - 1, container.PIECE, container.PIECE + 1, 3 * container.PIECE])
def test_a_sealed_file_of_any_size_opens_to_what_it_was(tmp_path, size):
    plain = secrets.token_bytes(size)
    container.write(tmp_path / "sealed", [plain[: size // 2], plain[size // 2 :]], secret="s")
    assert b"".join(container.read(tmp_path / "sealed", secret="s")) == plain
    assert (tmp_path / "sealed").stat().st_mode & 0o077 == 0


def test_pieces_of_a_sealed_file_cannot_change_places_or_be_left_out(tmp_path):
    container.write(tmp_path / "sealed", [secrets.token_bytes(3 * container.PIECE)], secret="s")
    whole, long = (tmp_path / "sealed").read_bytes(), 1 + container.LENGTH + container.PIECE + container.TAG
    start = container.HEADER
    one, two, rest = whole[start : start + long], whole[start + long : start + 2 * long], whole[start + 2 * long :]
    for order in (two + one + rest, one + rest, one + two):
        (tmp_path / "sealed").write_bytes(whole[:start] + order)
        with pytest.raises(Unreadable):
            list(container.read(tmp_path / "sealed", secret="s"))


def test_another_line_to_the_database_is_noticed_and_ones_own_is_not(installed):
    url = make_url(installed.database_url)
    db.session.remove()
    db.engine().dispose()
    assert not databases.others_use_it(url)
    with create_engine(url, poolclass=NullPool).connect() as other:
        other.execute(text("SELECT count(*) FROM person"))
        assert databases.others_use_it(url)
