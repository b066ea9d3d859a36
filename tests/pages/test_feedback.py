"""A partner's feedback comes into the same loop: taken once, sealed, read and screened like any answer."""

import subprocess

import pytest
from sqlalchemy import func, select

from engage.analysis import queries as analysis
from engage.analysis.jobs import do_all
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.surveys.actions.feedback import bring_in, forget_feedback
from engage.surveys.models import FeedbackRow, SourceRow
from engage.surveys.queries.feedback import sources
from engage.surveys.rules.feedback import Columns, Skipped
from tests.answers import WORRYING, make_source


def quiet(_report):
    pass


def count(table):
    db.session.expire_all()
    return db.session.scalar(select(func.count()).select_from(table))


def test_a_second_run_of_the_same_file_adds_nothing(database, tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("said,day\nMore lights,1/2/2026\nMore lights,1/2/2026\nn/a,1/2/2026\n")
    how = {"source": "Clinic", "columns": Columns("said", "day"), "today": today(), "said": quiet}
    first, second = bring_in(path, **how), bring_in(path, **how)
    assert (first.taken, first.had, first.skipped) == (2, 0, {Skipped.NOTHING: 1})
    assert (second.taken, second.had) == (0, 2)
    assert count(FeedbackRow) == 2
    assert [(one.name, one.comments) for one in sources()] == [("Clinic", 2)]


def test_new_rows_of_a_longer_file_are_taken(database, tmp_path):
    make_source(tmp_path, "More lights")
    make_source(tmp_path, "More lights", "More lights", "Fewer cars")
    assert count(FeedbackRow) == 3


def test_the_report_says_what_became_of_each_row(database, tmp_path):
    path = tmp_path / "said.csv"
    path.write_text(f"said,day\nMore lights,soon\n,1/2/2026\n{'long ' * 5000},1/2/2026\n")
    said = []
    report = bring_in(path, source="Clinic", columns=Columns("said", "day"), today=today(), said=said.append)
    assert report.in_words().splitlines() == [
        "3 rows: 2 taken, 0 were here already",
        "  1 left out: empty, or “did not answer”",
        "  1 were too long and are kept up to 10,000 characters",
        "  1 have a day we could not read, or that has not come, and are kept without",
        "  They raise no alerts: those that sound worrying stand first in Reading, and Today counts them",
    ]
    assert said


def test_a_day_that_has_not_come_is_left_out_and_said(database, tmp_path):
    path = tmp_path / "said.csv"
    path.write_text(f"said,day\nMore lights,1/2/2099\nFewer cars,{today():%d/%m/%Y}\n")
    how = {"source": "Clinic", "columns": Columns("said", "day"), "today": today(), "said": quiet}
    assert (bring_in(path, **how).undated, bring_in(path, **how).had) == (1, 2)
    assert set(db.session.scalars(select(FeedbackRow.said_on))) == {None, today()}


def test_a_file_without_the_column_leaves_nothing_behind(database, tmp_path):
    path = tmp_path / "said.csv"
    path.write_text("words\nMore lights\n")
    with pytest.raises(NotValid, match="no column “said”"):
        bring_in(path, source="Clinic", columns=Columns("said"), today=today(), said=quiet)
    assert count(SourceRow) == 0


def test_the_database_file_holds_none_of_the_words(app, database, tmp_path):
    make_source(tmp_path, "A planted sentence about purple hedgehogs")
    do_all()
    db.session.commit()
    # By another process: one that closes a file of its own open database lets go of SQLite's locks on it.
    files = sorted(app.extensions["settings"].folder.glob("engage.db*"))
    if not files:
        pytest.skip("this looks into SQLite's own files")
    assert subprocess.run(["grep", "--count", "hedgehogs", *files], check=False, capture_output=True).returncode == 1
    assert (
        subprocess.run(["grep", "--count", "feedback_source", *files], check=False, capture_output=True).returncode == 0
    )


def test_worrying_feedback_is_read_first_but_raises_no_alert(database, tmp_path):
    make_source(tmp_path, "the clinic is far away", WORRYING, "nice staff")
    do_all()
    first = analysis.queue(analysis.Filters()).excerpts[0]
    assert first.words == WORRYING
    assert first.flagged
    assert first.why
    assert count(AlertRow) == 0


def test_forgetting_empties_old_comments(database, tmp_path):
    make_source(tmp_path, "More lights")
    assert forget_feedback(today()) == 0
    assert forget_feedback(today().replace(year=today().year + 1)) == 1
    assert db.session.scalars(select(FeedbackRow.words)).one() is None
