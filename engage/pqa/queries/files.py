"""Files of results that take long to make: those kept, and those that are still to be made."""

import hashlib

from sqlalchemy import ColumnElement, func, select

from engage.analysis import queries as analysis
from engage.analysis.queries.marks import mark_of_results
from engage.analysis.rules.freezing import Changed
from engage.pqa.models import ResultFileRow
from engage.shared import db, wanted
from engage.shared.errors import NotFound
from engage.shared.wanted import Wanted
from engage.shared.words import N_

KIND = "result_file"


def file_size(wave_code: str) -> int | None:
    """How many kilobytes the PDF of a wave's results has; None while there is none of today's figures."""
    asked = select(func.length(ResultFileRow.content)).where(*_current(wave_code))
    size = db.session.scalar(asked)
    return None if size is None else -(-size // 1000)


def file_content(wave_code: str) -> bytes:
    """The PDF of a wave's results. Raises `NotFound` before it was made, `Changed` when it is not what was kept."""
    row = db.session.scalars(select(ResultFileRow).where(*_current(wave_code))).one_or_none()
    if row is None:
        raise NotFound(N_("This PDF is not made yet. The page of the results says how far it is."))
    if hashlib.sha256(row.content).hexdigest() != row.sha256:
        raise Changed(N_("The PDF is not the one that was kept, so it is not sent. The print view says the same."))
    return row.content


def work_on_file(wave_code: str) -> list[tuple[str, Wanted]]:
    """What the worker still has to do for the PDF of a wave."""
    mine = [one for one in wanted.waiting() if (one.kind, one.subject) == (KIND, f"wave:{wave_code}")]
    return [("The PDF", one) for one in mine]


def missing_files() -> list[str]:
    """The waves with intact results of which there is no PDF of today's figures, by code."""
    return [one.wave_code for one in analysis.frozen() if one.intact and file_size(one.wave_code) is None]


def _current(wave_code: str) -> tuple[ColumnElement[bool], ...]:
    return ResultFileRow.wave_code == wave_code, ResultFileRow.made_of == (mark_of_results(wave_code) or "")
