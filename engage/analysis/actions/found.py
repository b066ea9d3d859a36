"""Keep what a search for themes found, without touching anything a person decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from engage.analysis.actions.naming import free_name
from engage.analysis.models import CodingRow, ExcerptRow, ThemeHistoryRow, ThemeRow, ThemeRunRow, ThemeVoiceRow
from engage.analysis.queries.origins import joinable
from engage.analysis.queries.themes import in_place, living
from engage.analysis.queries.worker import Found
from engage.analysis.rules.freezing import fingerprint, fingerprint_of, written
from engage.analysis.rules.matching import Known, by_theme, match, named
from engage.shared import db
from engage.shared.clock import bare, now, today
from engage.surveys.queries.places import Place

SENSITIVE_SHARE = 0.5  # flagged answers among a theme's, from which it is suggested as sensitive
LONGEST_WORDS = 400


def keep_found(about: Place, found: Sequence[Found], *, run: ThemeRunRow) -> None:
    """Keep found themes as suggestions: known ones keep their id, name and every human decision, the rest are new.

    `run` says how they were found; where, when and what is filled in here, and frozen.
    """
    run.wave_id, run.source_id, run.made_at = about.wave_id, about.source_id, bare(now())
    run.body = written({"themes": [_frozen(one) for one in found]})
    run.sha256 = fingerprint(run.body)
    db.session.add(run)
    db.session.flush()
    known = _by_words(found) | match([frozenset(key for key, _ in one.members) for one in found], _known(about))
    ends = living(known.values())
    _drop_suggestions(about)
    kept = _touched()
    for place, one in enumerate(found):
        theme = _theme(one, ends.get(known.get(place, -1)), run.id, about)
        if theme.state == "candidate" and theme.id not in kept:
            _describe(theme, one, run.id)
        if theme.state != "retired":
            _suggest(theme.id, one)
    db.session.flush()
    _drop_empty_candidates()


def forget_runs(before: datetime) -> int:
    """Empty what searches for themes found that were made before a moment (UTC, with zone); gives how many."""
    old = update(ThemeRunRow).where(ThemeRunRow.made_at < bare(before), ThemeRunRow.body != "")
    emptied = db.session.execute(old.values(body="", sha256="").execution_options(synchronize_session=False))
    return int(emptied.rowcount)  # type: ignore[attr-defined]


def _frozen(one: Found) -> dict[str, object]:
    members = sorted((key.hex(), closeness) for key, closeness in one.members)
    return {
        "words": list(one.words), "phrases": list(one.phrases), "stability": one.stability,
        "members": fingerprint_of(members),
    }  # fmt: skip


def _by_words(found: Sequence[Found]) -> dict[int, int]:
    return {place: one.like for place, one in enumerate(found) if one.like is not None}


def _known(about: Place) -> list[Known]:
    held = select(CodingRow.excerpt_key, CodingRow.theme_id).where(~CodingRow.refused)
    held = in_place(held.join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key), about)
    answers = by_theme((key, theme_id) for key, theme_id in db.session.execute(held))
    rows = list(db.session.scalars(select(ThemeRow).order_by(ThemeRow.id)))
    took_in, may = {row.merged_into for row in rows}, joinable(about)
    return [Known(row.id, answers.get(row.id, frozenset()), row.id in took_in) for row in rows if row.id in may]


def _theme(one: Found, theme_id: int | None, run_id: int, about: Place) -> ThemeRow:
    row = db.session.get(ThemeRow, theme_id) if theme_id is not None else None
    if row is None:
        row = ThemeRow(state="candidate")
        _describe(row, one, run_id)
        db.session.add(row)
        db.session.flush()
        db.session.add(ThemeHistoryRow(theme_id=row.id, on=today(), did=f"found in {about.title}"[:300]))
    return row


def _describe(row: ThemeRow, one: Found, run_id: int) -> None:
    words = dict.fromkeys((*one.phrases, *one.words))
    row.name = free_name(named(one.words, one.phrases), but=row.id)
    row.run_id, row.stability = run_id, one.stability
    row.words = ", ".join(words)[:LONGEST_WORDS]
    row.sensitive = one.flagged >= SENSITIVE_SHARE * max(1, len(one.members))


def _touched() -> set[int]:
    return set(db.session.scalars(select(ThemeHistoryRow.theme_id).where(ThemeHistoryRow.by.is_not(None))))


def _drop_suggestions(about: Place) -> None:
    here = in_place(select(ExcerptRow.key), about)
    old = delete(CodingRow).where(CodingRow.confirmed_by.is_(None), ~CodingRow.refused, CodingRow.excerpt_key.in_(here))
    db.session.execute(old.execution_options(synchronize_session=False))
    db.session.expire_all()


def _suggest(theme_id: int, one: Found) -> None:
    decided = {
        row.excerpt_key: row for row in db.session.scalars(select(CodingRow).where(CodingRow.theme_id == theme_id))
    }
    new = [
        {"excerpt_key": key, "theme_id": theme_id, "closeness": closeness, "refused": False}
        for key, closeness in one.members
        if key not in decided
    ]
    for key, closeness in one.members:
        if key in decided:
            decided[key].closeness = closeness
    if new:  # all at once: nobody can send anything while this is written
        db.session.execute(insert(CodingRow), new)


def _drop_empty_candidates() -> None:
    held = set(db.session.scalars(select(CodingRow.theme_id).distinct()))
    rows = db.session.scalars(select(ThemeRow).where(ThemeRow.state == "candidate", ThemeRow.merged_into.is_(None)))
    _delete({row.id for row in rows} - held - _touched())


def _delete(theme_ids: Iterable[int]) -> None:
    for theme_id in sorted(theme_ids):
        for table in (ThemeHistoryRow, ThemeVoiceRow):
            db.session.execute(delete(table).where(table.theme_id == theme_id))
        db.session.execute(delete(ThemeRow).where(ThemeRow.id == theme_id))
