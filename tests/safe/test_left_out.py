"""No backup holds who answered a felt-check, or from where wrong words were typed: its key would find both."""

import pytest

from engage.accounts.rules import Role
from engage.safe import databases, saving
from engage.shared import db, throttle
from engage.shared.throttle import WrongTry
from engage.youwesaid.actions.felt_answers import answer_with_receipt
from engage.youwesaid.models import FeltMarkRow, FeltTallyRow
from engage.youwesaid.queries.felt_public import mark_of
from tests.felt import TODAY, make_check
from tests.people import make_person
from tests.surveys import count

RECEIPT = bytes(range(32))  # invented
SOMEWHERE = "203.0.113.7"


@pytest.fixture
def check(installed):
    """A felt-check that one receipt has answered, while somebody elsewhere typed wrong words."""
    check = make_check(make_person(Role.VOICE))
    assert answer_with_receipt(check, RECEIPT, "worse", today=TODAY)
    db.session.commit()
    throttle.count("receipt", who=SOMEWHERE)
    return check


def dumped(settings, folder):
    """What somebody finds who has a backup and the key file."""
    folder.mkdir()
    contents, dump = saving.unpack(settings, saving.save(settings, folder / "kept")[0], folder)
    return contents.rows, dump.read_bytes()


def told_by(dump, check):
    """Which of the two the key finds in a backup: bytes as SQLite keeps them, hexadecimal as PostgreSQL writes them."""
    with db.reading():
        tried = db.session.query(WrongTry).one().key
    marks = {"whose answer": mark_of(check, RECEIPT), "which address": bytes(tried)}
    return {what for what, mark in marks.items() if mark in dump or mark.hex().encode() in dump}


def test_with_the_key_a_backup_tells_neither(installed, check, tmp_path):
    rows, dump = dumped(installed, tmp_path / "night")
    assert told_by(dump, check) == set()
    assert (rows["felt_mark"], rows["wrong_try"], rows["felt_tally"]) == (0, 0, 1)
    assert count(FeltMarkRow) == count(WrongTry) == 1


def test_control_a_copy_of_all_tells_both(installed, check, tmp_path, monkeypatch):
    monkeypatch.setattr(databases, "LEFT_OUT", ())
    assert told_by(dumped(installed, tmp_path / "night")[1], check) == {"whose answer", "which address"}


def test_a_backup_without_them_is_whole_and_a_receipt_may_answer_once_more_after_it(installed, check, tmp_path):
    file, _ = saving.save(installed, tmp_path / "kept")
    assert saving.drill(installed, file).faults == ()
    assert saving.restore(installed, file).faults == ()
    assert (count(FeltMarkRow), count(WrongTry), count(FeltTallyRow)) == (0, 0, 1)
    assert answer_with_receipt(check, RECEIPT, "worse", today=TODAY)  # the price
