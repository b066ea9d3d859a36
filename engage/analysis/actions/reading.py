"""Read an answer, take words out of it, open the original, put a theme on it."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import and_, delete, or_, select, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.analysis.actions.alike import mark_of
from engage.analysis.models import CodingRow, ExcerptRow, SeriousRunRow, ThemeReceiptRow, ThemeRow
from engage.analysis.queries.reading import excerpt_row
from engage.analysis.queries.themes import living
from engage.analysis.queries.worker import NewExcerpt
from engage.analysis.rules import said_reasons
from engage.analysis.rules.taking_out import without
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_
from engage.surveys.queries.feedback import sources
from engage.surveys.queries.places import Place


def keep_excerpts(about: Place, new: Iterable[NewExcerpt]) -> None:
    """Keep written answers that were made ready; one that somebody kept meanwhile stays as it is."""
    rows = [
        {
            "key": one.key, "written_key": one.written_key, "wave_id": about.wave_id, "source_id": about.source_id,
            "item": one.item[:200], "language": one.language, "day": one.day, "words": one.words,
            "why": said_reasons(one.why) or None, "urgency": one.urgency, "flagged": one.flagged,
            "details": one.details, "checked": False, "alike": mark_of(about, one),
        }
        for one in new
    ]  # fmt: skip
    if rows:
        db.session.execute(db.insert_into(ExcerptRow).on_conflict_do_nothing(index_elements=["written_key"]), rows)


def mark_read(excerpt_id: str, *, by: Person, today: date) -> None:
    """Say that a person read an answer and found nothing personal left in it. Raises `NotFound`."""
    row = excerpt_row(excerpt_id)
    row.checked = True
    if row.read_on is None:
        row.read_on, row.read_by = today, by.id


def mark_unread(excerpt_id: str) -> None:
    """Put an answer back into the queue. Raises `NotFound`."""
    row = excerpt_row(excerpt_id)
    row.read_on, row.read_by, row.checked = None, None, False


def take_out(excerpt_id: str, gone: Collection[str], *, by: Person) -> None:
    """Take words out of what is shown of an answer; nothing else can be changed. Raises `NotFound`, `NotValid`."""
    row = excerpt_row(excerpt_id)
    before = row.words or ""
    row.machine_words = before if row.machine_words is None else row.machine_words
    row.words, row.checked, row.alike = without(before, gone), True, None
    _forget_places(row)
    note("took words out of an answer", f"excerpt {excerpt_id[:8]}", f"person {by.id}")


def put_back_words(excerpt_id: str, *, by: Person) -> None:
    """Show an answer again as the machine had left it; somebody must check it anew. Raises `NotFound`."""
    row = excerpt_row(excerpt_id)
    if row.machine_words is None:
        raise NotFound(N_("Nobody has taken anything out of this answer"))
    row.words, row.machine_words, row.checked = row.machine_words, None, False
    _forget_places(row)
    note("went back to the machine's words", f"excerpt {excerpt_id[:8]}", f"person {by.id}")


def confirm(theme_id: int, excerpt_ids: Collection[str], *, by: Person) -> int:
    """Say that these answers hold a theme; gives how many. Raises `NotFound`, `NotOpen` for a theme put away."""
    return _decide(theme_id, excerpt_ids, by=by, refused=False)


def refuse(theme_id: int, excerpt_ids: Collection[str], *, by: Person) -> int:
    """Say that these answers do not hold a theme, for good. Raises `NotFound`, `NotOpen` for a theme put away."""
    return _decide(theme_id, excerpt_ids, by=by, refused=True)


def forget_excerpts(before: date) -> int:
    """Empty the words of excerpts said before a day (brought in before it, where no day is known); gives how many.

    Codings and counts stay. The receipts of a theme go with the last words that were said about it.
    """
    long_ago = [source.id for source in sources() if source.imported_on < before]
    undated = and_(ExcerptRow.day.is_(None), ExcerptRow.source_id.in_(long_ago))
    old = update(ExcerptRow).where(or_(ExcerptRow.day < before, undated), ExcerptRow.words.is_not(None))
    nothing = old.values(words=None, machine_words=None, why=None, alike=None)
    emptied = db.session.execute(nothing.execution_options(synchronize_session=False))
    if emptied.rowcount:  # type: ignore[attr-defined]
        _forget_receipts_of_themes()
    return int(emptied.rowcount)  # type: ignore[attr-defined]


def _forget_places(row: ExcerptRow) -> None:
    """Other words stand now in the places that speak for a suggestion."""
    db.session.execute(update(CodingRow).where(CodingRow.excerpt_key == row.key).values(because=None))


def _forget_receipts_of_themes() -> None:
    told = select(CodingRow.theme_id).join(ExcerptRow, ExcerptRow.key == CodingRow.excerpt_key)
    speak = set(db.session.scalars(told.where(~CodingRow.refused, ExcerptRow.words.is_not(None)).distinct()))
    marked = list(db.session.scalars(select(ThemeReceiptRow.theme_id).distinct()))
    ends = living(marked)  # a mark stays where it was left when its theme is merged, and the answers do not
    silent = [theme_id for theme_id in marked if ends[theme_id] not in speak]
    gone = delete(ThemeReceiptRow).where(ThemeReceiptRow.theme_id.in_(silent))
    db.session.execute(gone.execution_options(synchronize_session=False))


def forget_written(written_keys: Collection[bytes]) -> None:
    """Forget all that came of these written answers, because somebody deleted what they sent.

    The view of the few of their wave goes too, for it may hold their words; the clock asks for it again.
    """
    asked = select(ExcerptRow.wave_id).where(ExcerptRow.written_key.in_(list(written_keys))).distinct()
    waves = [wave_id for wave_id in db.session.scalars(asked) if wave_id is not None]
    db.session.execute(delete(SeriousRunRow).where(SeriousRunRow.wave_id.in_(waves)))
    db.session.execute(delete(CodingRow).where(CodingRow.excerpt_key.in_(_keys_of(written_keys))))
    db.session.execute(delete(ExcerptRow).where(ExcerptRow.written_key.in_(list(written_keys))))


def _keys_of(written_keys: Collection[bytes]) -> list[bytes]:
    return list(db.session.scalars(select(ExcerptRow.key).where(ExcerptRow.written_key.in_(list(written_keys)))))


def _decide(theme_id: int, excerpt_ids: Collection[str], *, by: Person, refused: bool) -> int:
    theme = db.session.get(ThemeRow, theme_id)
    if theme is None:
        raise NotFound(N_("There is no such theme"))
    if theme.state == "retired":
        raise NotOpen(N_("This theme was put away: choose another one"))
    for excerpt_id in excerpt_ids:
        key = excerpt_row(excerpt_id).key
        row = db.session.get(CodingRow, (key, theme_id)) or CodingRow(excerpt_key=key, theme_id=theme_id)
        row.refused, row.confirmed_by = refused, by.id
        db.session.add(row)
    return len(excerpt_ids)
