"""Have the few looked at, and answers read a second time, as people would have."""

from datetime import date, timedelta

from sqlalchemy import select

from engage.analysis.actions import rereading, serious
from engage.analysis.models import ExcerptRow, RereadRow
from engage.analysis.rules.rereading import WEEK
from engage.demo.answers import Fielded
from engage.demo.people import Cast
from engage.demo.understanding import Work
from engage.shared import db

SECOND_READ_AFTER = WEEK + timedelta(days=2)  # from the Monday of the week that was drawn from


def notice(fielded: list[Fielded], cast: Cast, *, today: date, work: Work) -> None:
    """Look at the few of each wave that is over, and read a twentieth again; what is new was found at its report."""
    over = [one for one in fielded if one.reported_on is not None]
    for one in over:
        serious.look_for_serious(f"wave:{one.wave.code}")
    db.session.commit()
    work()
    _read_again({key: heard.voice.worrying for one in fielded for key, heard in one.spoken.items()}, cast, today)
    db.session.commit()


def _read_again(worrying: dict[bytes, str], cast: Cast, today: date) -> None:
    """Read again what was drawn, all but the last week's; a second reader worries where the material says so."""
    rereading.draw_due(today)
    drawn = select(RereadRow, ExcerptRow.written_key).join(ExcerptRow, ExcerptRow.key == RereadRow.excerpt_key)
    rows = db.session.execute(drawn.order_by(RereadRow.week, RereadRow.excerpt_key)).all()
    last = max((row.week for row, _ in rows), default=today)
    voices = [cast.people["amara"], cast.people["joel"]]
    for row, written_key in rows:
        if row.week < last:
            by = next(one for one in voices if one.id != row.first_reader)
            worries = bool(worrying.get(written_key or b""))
            on = min(row.week + SECOND_READ_AFTER, today)
            rereading.reread(row.excerpt_key.hex(), worrying=worries, by=by, today=on)
