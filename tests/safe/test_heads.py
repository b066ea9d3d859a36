"""Where the audit ends is noted apart from the database: a tail that was cut without the key is told."""

import pytest
from sqlalchemy import delete, select, update

from engage.accounts import actions, chain
from engage.accounts.chain import heads
from engage.accounts.models import AuditRow, ChainRow
from engage.safe import databases, saving
from engage.shared import db
from engage.shared.clock import now, today
from engage.worker import clock
from tests.safe.test_commands import engage, type_in
from tests.surveys import make_wave

__all__ = ["engage", "type_in"]  # fixtures


def do(*lines):
    for line in lines:
        actions.note("opened an answer", line)
        db.session.commit()


def ends():
    """The chain's one row, as anybody reads it who has the database."""
    with db.reading():
        return dict(db.session.execute(select(*ChainRow.__table__.columns)).mappings().one())


def cut(before):
    """Put an older copy of the one row back, and delete the lines after it; everything else moves on."""
    db.session.execute(delete(AuditRow).where(AuditRow.place > before["last"]))
    db.session.execute(update(ChainRow).values(before))
    db.session.commit()


def faults():
    return heads.verify()[0].faults


@pytest.fixture
def older(installed):
    """The row of an earlier day; since then somebody did what they would like to hide."""
    do("one", "two", "three")
    before = ends()
    do("what somebody hides")
    make_wave()
    db.session.commit()
    return before


def test_a_tail_that_was_cut_with_an_older_copy_of_the_one_row_is_told(older):
    clock.every_night(now(), today())
    assert faults() == ()
    noted = chain.verify().head
    cut(older)
    assert faults() == (f"the chain ends at line {older['last']}, before the one that was noted: {noted}",)
    assert chain.verify().faults == ()  # the control: without the file nothing is seen


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_tail_that_was_cut_and_has_grown_again_is_told(older):
    heads.note_head(at=now())
    noted = chain.verify().head
    cut(older)
    do(*("this", "and that") * 5)
    heads.note_head(at=now())
    assert faults() == (f"line {noted.split(':')[0]} is not the one that was noted: {noted}",)
    assert chain.verify().faults == ()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_backup_that_was_brought_back_is_no_fault_and_what_is_cut_after_it_is(older, installed, tmp_path):
    file, _ = saving.save(installed, tmp_path / "kept")
    do("of the day that is lost")
    heads.note_head(at=now())
    saving.restore(installed, file)
    before = ends()
    do("since then")
    heads.note_head(at=now())
    assert faults() == ()
    cut(before)
    assert len(faults()) == 1


@pytest.mark.parametrize("when", ["before the copy", "after the copy"])
def test_the_head_of_a_backup_lies_inside_it_whatever_is_written_meanwhile(installed, tmp_path, monkeypatch, when):
    copy_out = databases.copy_out

    def while_others_write(engine, to):
        if when == "before the copy":
            do("meanwhile")
        rows = copy_out(engine, to)
        if when == "after the copy":
            do("meanwhile")
        return rows

    do("one", "two")
    monkeypatch.setattr(databases, "copy_out", while_others_write)
    file, contents = saving.save(installed, tmp_path / "kept")
    assert saving.restore(installed, file).faults == ()
    assert chain.verify(noted=contents.audit).faults == ()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("harm", "named"), [("changed", "line 2"), ("taken away", "line 2"), ("nothing", "")])
def test_a_line_of_the_file_that_was_changed_or_taken_away_is_named(older, harm, named):
    for _ in range(3):
        do("a day")
        heads.note_head(at=now())
    first, second, third = heads.file_of_heads().read_text().splitlines()
    kept = {
        "changed": [first, second.replace(" ", "  ", 1), third],
        "taken away": [first, third],
        "nothing": [first, second, third],
    }
    heads.file_of_heads().write_text("\n".join(kept[harm]) + "\n")
    assert [named in fault for fault in faults()] == [True] * bool(named)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_line_that_was_half_written_stands_alone_and_the_next_is_whole(older):
    heads.note_head(at=now())
    with heads.file_of_heads().open("a") as file:
        file.write('["2026-11-')
    heads.note_head(at=now())
    known = heads.noted()
    assert (len(known.heads), len(known.faults)) == (2, 1)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_written_stops_no_night(older):
    heads.file_of_heads().mkdir()
    clock.every_night(now(), today())
    assert heads.note_head(at=now()) is False


def test_verifying_and_each_backup_say_it_by_themselves(engage, tmp_path):
    assert "Compared with none, in" in engage("audit", "verify")[1]
    assert engage("backup")[0] == 0
    code, said = engage("audit", "verify")
    assert (code, "Compared with 1 head noted in" in said) == (0, True)
    (tmp_path / "audit-heads.txt").write_text("made up\n")
    assert engage("audit", "verify")[0] == 1
    assert "Audit: " in engage("backup")[1]
