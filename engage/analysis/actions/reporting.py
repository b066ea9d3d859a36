"""Report a wave: tie receipts to the themes they fed, then destroy the link from receipts to responses, for good."""

from sqlalchemy import select, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.models import CodingRow, ExcerptRow, ThemeReceiptRow, ThemeRow
from engage.analysis.queries.hidden import WHOLE
from engage.analysis.queries.receipts import mark_of
from engage.analysis.queries.waiting import unread
from engage.analysis.rules import SMALLEST_REPORTED
from engage.shared import db, wanted
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.actions import waves
from engage.surveys.queries.waves import wave
from engage.surveys.queries.written import receipts_of


def report_wave(wave_code: str, *, by: Person) -> int:
    """Report a closed wave; gives how many receipts stay tied to a theme.

    Raises `NotFound`, `NotAllowed`, and `NotOpen` while the wave runs or answers in it are unread, or not yet ready
    to be read.
    """
    this = wave(wave_code)
    if unread(this.id):
        raise NotOpen(N_("Some written answers of this wave are unread. Read them first: this cannot be undone"))
    tied = fed_by(this.id)
    waves.report_wave(this.id, roles=by.roles)
    _leave_marks(tied)
    _forget_what_leads_from_alerts(this.id)
    for kind in ("snapshot", "emerging"):  # once more, now that all is read and coded
        wanted.want(kind, f"wave:{wave_code}")
    note("reported a wave and unlinked its receipts", wave_code)
    return len(set().union(*tied.values()))


def fed_by(wave_id: int) -> dict[int, set[bytes]]:
    """The receipts behind each theme in use that is not sensitive and has enough of them."""
    receipts = receipts_of(wave_id)
    asked = (
        select(CodingRow.theme_id, ExcerptRow.written_key)
        .join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
        .join(ThemeRow, ThemeRow.id == CodingRow.theme_id)
        .where(ExcerptRow.wave_id == wave_id, CodingRow.confirmed_by.is_not(None), ~CodingRow.refused)
        .where(ThemeRow.state == "selected", ~ThemeRow.sensitive)
    )
    found: dict[int, set[bytes]] = {}
    for theme_id, key in db.session.execute(asked, execution_options=WHOLE):
        if key in receipts:
            found.setdefault(theme_id, set()).add(receipts[key])
    return {theme_id: hashes for theme_id, hashes in found.items() if len(hashes) >= SMALLEST_REPORTED}


def _forget_what_leads_from_alerts(wave_id: int) -> None:
    """Take from each answer what stands in the alert about it too: how urgent the screen found it, and its day."""
    days = db.session.scalars(select(ExcerptRow.day).where(ExcerptRow.wave_id == wave_id).distinct())
    for day in days.all():
        of_that_day = update(ExcerptRow).where(ExcerptRow.wave_id == wave_id, ExcerptRow.day == day)
        only = of_that_day.values(urgency=0, day=day.replace(day=1) if day else None)
        db.session.execute(only.execution_options(synchronize_session=False))


def _leave_marks(tied: dict[int, set[bytes]]) -> None:
    """Leave the marks in the order of their own bytes, for a set lists the same receipts alike at every theme."""
    marks = sorted((mark_of(theme_id, receipt), theme_id) for theme_id, some in tied.items() for receipt in some)
    db.session.add_all(ThemeReceiptRow(mark=mark, theme_id=theme_id) for mark, theme_id in marks)
