"""Ask for the view of the few who are not safe, keep it sealed, and forget it."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from engage.analysis.models import SeriousRunRow
from engage.analysis.queries.emerging import OVER
from engage.analysis.rules.freezing import fingerprint, written
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place, places


def look_for_serious(subject: str) -> None:
    """Ask the worker to look again at the few of a wave. Raises `NotFound`, `NotOpen` while it runs."""
    about = place(subject)
    if about.wave_id is None or about.state not in OVER:
        raise NotOpen(N_("This view is made when the wave has ended"))
    wanted.want("serious", about.subject)


def keep_serious(about: Place, body: Mapping[str, Any]) -> None:
    """Keep what was found, sealed; of a wave the last one only, since it holds true counts."""
    if about.wave_id is None:
        return
    db.session.execute(delete(SeriousRunRow).where(SeriousRunRow.wave_id == about.wave_id))
    text = written({**body, "salt": secrets.token_hex(16)})  # or the fingerprint would let true counts be guessed
    made_at = now().replace(tzinfo=None)
    db.session.add(SeriousRunRow(wave_id=about.wave_id, made_at=made_at, body=text, sha256=fingerprint(text)))


def forget_serious(before: date) -> int:
    """Empty the view of every wave that ended before a day, with its words; gives how many."""
    over = [one.wave_id for one in places() if one.wave_id is not None and one.on < before]
    held = select(SeriousRunRow.id).where(SeriousRunRow.wave_id.in_(over), SeriousRunRow.body.is_not(None))
    emptied = update(SeriousRunRow).where(SeriousRunRow.id.in_(held)).values(body=None)
    return int(db.session.execute(emptied.execution_options(synchronize_session=False)).rowcount)  # type: ignore[attr-defined]
