"""Ask for frozen results, and keep them."""

import hashlib
import json
from typing import Any

from sqlalchemy import select

from engage.analysis.models import SnapshotRow, ThemeRunRow
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.surveys.queries.places import Place, places

OVER = ("closed", "reported")


def want_what_is_due() -> None:
    """Ask for themes and results of every wave that has ended and has none, and again for answers not made ready.

    What else failed waits for a person. A partner's feedback has no results of its own.
    """
    frozen = set(db.session.scalars(select(SnapshotRow.wave_id)))
    searched = set(db.session.scalars(select(ThemeRunRow.wave_id)))
    work = wanted.waiting()
    asked = {(one.kind, one.subject) for one in work}
    for about in _over():
        for kind, had in (("themes", searched), ("snapshot", frozen)):
            if about.wave_id not in had and (kind, about.subject) not in asked:
                wanted.want(kind, about.subject)
    for one in work:
        if one.failed and _is_reading(one):
            wanted.want(one.kind, one.subject)


def _over() -> list[Place]:
    return [about for about in places() if about.wave_id is not None and about.state in OVER]


def _is_reading(work: wanted.Wanted) -> bool:
    return work.kind == "read" and work.subject.startswith("wave:")


def keep_snapshot(about: Place, body: dict[str, Any]) -> None:
    """Keep results as they are shown from now on, with their fingerprint."""
    if about.wave_id is None:
        return
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    db.session.add(
        SnapshotRow(
            wave_id=about.wave_id, made_at=now().replace(tzinfo=None), final=about.state == "reported", body=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
    )  # fmt: skip
