"""Ask for frozen results, and keep them."""

from typing import Any

from sqlalchemy import select

from engage.analysis.models import EmergingRunRow, SeriousRunRow, SnapshotRow, ThemeRunRow
from engage.analysis.rules.freezing import fingerprint, written
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.surveys.queries.places import Place, places

OVER = ("closed", "reported")
AT_THE_END: dict[str, type[ThemeRunRow | SnapshotRow | EmergingRunRow | SeriousRunRow]] = {
    "themes": ThemeRunRow, "snapshot": SnapshotRow, "emerging": EmergingRunRow, "serious": SeriousRunRow,
}  # fmt: skip


def want_what_is_due() -> None:
    """Ask for whatever a wave that has ended has none of yet, and again for answers not made ready.

    What else failed waits for a person. A partner's feedback has no results of its own.
    """
    had = {kind: set(db.session.scalars(select(table.wave_id).distinct())) for kind, table in AT_THE_END.items()}
    work = wanted.waiting()
    asked = {(one.kind, one.subject) for one in work}
    for about in _over():
        for kind, waves in had.items():
            if about.wave_id not in waves and (kind, about.subject) not in asked:
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
    text = written(body)
    db.session.add(
        SnapshotRow(
            wave_id=about.wave_id, made_at=now().replace(tzinfo=None), final=about.state == "reported", body=text,
            sha256=fingerprint(text),
        )
    )  # fmt: skip
