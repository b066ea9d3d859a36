"""Code an answer with the whole frame, take it back, code it a second time blind, settle what two people differ on."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.models import CodedRow, CodedThemeRow, CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.coders import coders, knows
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.queries.themes import in_place
from engage.analysis.rules.coding import FEWEST_TO_LEARN, Decision, learns_now, read_back, written_down
from engage.shared import db, wanted
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place, places

SECOND_EVERY = 10  # second codings, after which agreement is computed again


def code(
    excerpt_id: str, theme_ids: Collection[int], *, by: Person, today: date, seen: Collection[int] | None = None
) -> None:
    """Say which themes of the frame an answer holds, and by that which it does not.

    A theme that was suggested or confirmed and is not among them is refused. Coding an answer is reading it, but for a
    flagged one: it waits in the reading queue until somebody says whether it worries. `seen` are the coders whose
    choice this person saw. Raises `NotFound`, `NotOpen` when somebody else coded it meanwhile, or one of the themes is
    not in use any more.
    """
    row = excerpt_row(excerpt_id)
    db.locked(ExcerptRow, row.key)
    if seen is not None:
        _check_seen(excerpt_id, seen, by=by)
    before = _decide(row.key, theme_ids, by=by)
    if row.read_on is None and not row.flagged:
        row.read_on, row.read_by = today, by.id
    rows = _coders(row.key)
    if all(one.person_id == by.id for one in rows):  # what two people said before they talked stays as it was
        if not rows:
            new = CodedRow(excerpt_key=row.key, person_id=by.id, on=today, second=False, before=before)
            db.session.add(new)
        _keep_themes(row.key, theme_ids, by=by)
    row.turn = None
    _learn(_place_of(row))


def take_back(excerpt_id: str, *, by: Person) -> None:
    """Undo a person's own coding of an answer: it is as it was before, and waits again.

    Raises `NotFound` where they have not coded it, `NotOpen` once somebody coded it a second time.
    """
    key = excerpt_row(excerpt_id).key
    rows = {one.person_id: one for one in _coders(key)}
    mine = rows.get(by.id)
    if mine is None:
        raise NotFound(N_("You have not coded this answer"))
    if mine.settled_on is not None or (not mine.second and len(rows) > 1):
        raise NotOpen(N_("Somebody else has worked on this answer since. Open it and change its themes instead."))
    if not mine.second:
        _restore(key, read_back(mine.before))
    db.session.delete(mine)
    db.session.flush()


def code_again(excerpt_id: str, theme_ids: Collection[int], *, by: Person, today: date) -> None:
    """Keep what a second person says of an answer, without changing its codings.

    Raises `NotFound`, `NotOpen` where there is no first coding by somebody else, or a second one already.
    """
    row = excerpt_row(excerpt_id)
    _check_in_use(theme_ids)
    rows = _coders(row.key)
    if not rows or any(one.second for one in rows) or knows(row.key, by.id):
        raise NotOpen(N_("This answer does not wait for you as its second reader"))
    db.session.add(CodedRow(excerpt_key=row.key, person_id=by.id, on=today, second=True))
    _keep_themes(row.key, theme_ids, by=by)
    where = _place_of(row)
    if _count(where, second=True) % SECOND_EVERY == 0:
        wanted.want("agree", where.subject)


def settle(excerpt_id: str, theme_ids: Collection[int], *, by: Person, today: date) -> None:
    """Decide what an answer holds that two people coded differently: this counts; what each of them said stays.

    Raises `NotFound`, `NotOpen` where nobody has coded it twice.
    """
    row = excerpt_row(excerpt_id)
    second = next((one for one in _coders(row.key) if one.second), None)
    if second is None:
        raise NotOpen(N_("Nobody has coded this answer a second time"))
    _decide(row.key, theme_ids, by=by)
    second.settled_by, second.settled_on = by.id, today
    note("settled a difference in coding", f"excerpt {excerpt_id[:8]}")


def ask_to_learn(subject: str) -> None:
    """Ask the worker for suggestions in a wave or source. Raises `NotFound`, `NotValid` while too little is coded."""
    where = place(subject)
    coded = _count(where, second=False)
    if coded < FEWEST_TO_LEARN:
        missing = FEWEST_TO_LEARN - coded
        raise NotValid(f"The model needs {FEWEST_TO_LEARN} coded answers to learn from: code {missing} more first.")
    wanted.want("code", where.subject)


def ask_for_agreement(subject: str) -> None:
    """Ask the worker how far two people agree in a wave or source. Raises `NotFound`, `NotValid` without any."""
    where = place(subject)
    if not _count(where, second=True):
        raise NotValid(N_("Nobody has coded an answer a second time here yet"))
    wanted.want("agree", where.subject)


def _check_seen(excerpt_id: str, seen: Collection[int], *, by: Person) -> None:
    for one in coders(excerpt_id):
        if one.person_id != by.id and one.person_id not in seen:
            raise NotOpen(f"{one.name} has coded this meanwhile: {one.said}. Keep that and go on, or save yours.")


def _keep_themes(key: bytes, theme_ids: Collection[int], *, by: Person) -> None:
    db.session.flush()
    mine = delete(CodedThemeRow).where(CodedThemeRow.excerpt_key == key, CodedThemeRow.person_id == by.id)
    db.session.execute(mine)
    rows = [CodedThemeRow(excerpt_key=key, person_id=by.id, theme_id=theme_id) for theme_id in sorted(set(theme_ids))]
    db.session.add_all(rows)
    db.session.flush()


def _decide(key: bytes, theme_ids: Collection[int], *, by: Person) -> str:
    """Confirm these themes, refuse what else of the frame stood there; gives what stood there, written down."""
    frame = _check_in_use(theme_ids)
    rows = {row.theme_id: row for row in _codings(key) if row.theme_id in frame}
    before = written_down(
        Decision(row.theme_id, row.confirmed_by, row.refused, row.closeness, row.because or "") for row in rows.values()
    )
    for theme_id in sorted(rows.keys() | set(theme_ids)):
        row = rows.get(theme_id) or CodingRow(excerpt_key=key, theme_id=theme_id, refused=False)
        wants = theme_id not in theme_ids
        if row.confirmed_by is None or row.refused != wants:
            row.confirmed_by, row.refused = by.id, wants
        db.session.add(row)
    return before


def _check_in_use(theme_ids: Collection[int]) -> set[int]:
    frame = set(db.session.scalars(select(ThemeRow.id).where(ThemeRow.state == "selected")))
    if not set(theme_ids) <= frame:
        raise NotOpen(N_("One of these themes is not in use any more. Look at the answer again."))
    return frame


def _restore(key: bytes, before: Collection[Decision]) -> None:
    frame, had = _check_in_use(()), {one.theme_id: one for one in before}
    for row in _codings(key):
        if row.theme_id not in frame:
            continue
        was = had.get(row.theme_id)
        if was is None:
            db.session.delete(row)
        else:
            row.confirmed_by, row.refused, row.because = was.by, was.refused, was.because or None


def _learn(where: Place) -> None:
    if learns_now(_count(where, second=False)):
        wanted.want("code", where.subject)


def _count(where: Place, *, second: bool) -> int:
    db.session.flush()
    asked = select(func.count()).select_from(CodedRow).join(ExcerptRow, ExcerptRow.key == CodedRow.excerpt_key)
    return db.session.scalar(in_place(asked.where(CodedRow.second == second), where)) or 0


def _place_of(row: ExcerptRow) -> Place:
    return next(one for one in places() if (one.wave_id, one.source_id) == (row.wave_id, row.source_id))


def _coders(key: bytes) -> list[CodedRow]:
    asked = select(CodedRow).where(CodedRow.excerpt_key == key).order_by(CodedRow.second, CodedRow.person_id)
    return list(db.session.scalars(asked))


def _codings(key: bytes) -> list[CodingRow]:
    asked = select(CodingRow).where(CodingRow.excerpt_key == key).order_by(CodingRow.theme_id)
    return list(db.session.scalars(asked))
