"""A real file at its real size. How long it takes is measured by `tests.bench feedback_import`, not here."""

import os
from pathlib import Path

import pytest

from engage.analysis import queries as analysis
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.actions.feedback import bring_in
from engage.surveys.rules.feedback import Columns
from tests.answers import excerpts
from tests.surveys import count

REAL = Path(os.environ.get("ENGAGE_EVAL_DATA", "../shared/data")) / "nhs_feedback.csv"


@pytest.mark.long
@pytest.mark.skipif(not REAL.exists(), reason="the real feedback file is not on this machine (ENGAGE_EVAL_DATA)")
def test_a_real_partners_file_is_imported_redacted_screened_and_themed(database):
    columns = Columns("FFT answer", "Date", "FFT question")
    report = bring_in(REAL, source="Two trusts", columns=columns, today=today(), said=lambda _: None)
    wanted.want("themes", f"source:{report.source_id}")
    db.session.commit()
    do_all()
    assert report.rows == 4721
    assert count(ExcerptRow) == report.taken
    assert len(excerpts()) > 3000
    assert 8 <= len(analysis.theme_lines("candidate", f"source:{report.source_id}")) <= 60
