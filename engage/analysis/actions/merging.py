"""Ask for questions to be counted over all ages together, and keep what came of it."""

from typing import Any

from engage.analysis.models import MergedRow
from engage.analysis.rules.freezing import fingerprint, written
from engage.analysis.rules.merging import subject_of
from engage.shared import db, wanted
from engage.shared.clock import bare, now
from engage.surveys.queries.waves import definition_of, wave


def want_merged(subject: str) -> None:
    """Want the ages of a wave's family counted together, where its survey says how. Raises `NotFound`."""
    this = wave(subject.removeprefix("wave:"))
    merging = definition_of(this).merged
    if merging is not None:
        wanted.want("merged", subject_of(merging.family, this.closes_on))


def keep_merged(family: str, quarter: str, body: dict[str, Any]) -> None:
    """Keep what several ages said together as it is shown from now on, with its fingerprint."""
    text, at = written(body), bare(now())
    db.session.add(MergedRow(family=family, quarter=quarter, made_at=at, body=text, sha256=fingerprint(text)))
