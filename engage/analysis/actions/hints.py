"""Keep what the model suggests and what to code next; what people decided stays, whenever they decided it."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update

from engage.analysis.models import CodedRow, CodingRow, ExcerptRow
from engage.analysis.queries.learning import Hint
from engage.analysis.queries.themes import in_place
from engage.analysis.rules.coding import LAST_TURN
from engage.shared import db
from engage.surveys.queries.places import Place


def keep_hints(
    about: Place, taught: Collection[int], hints: Sequence[Hint], turns: Sequence[bytes], last: Collection[bytes] = ()
) -> None:
    """Replace the model's suggestions for the themes it was taught, and the order in which to code.

    Answers in `last` say nothing: they come after all others, also after those that have no turn.
    Where a person decided about an answer and a theme, or went through the answer meanwhile, nothing is suggested.
    """
    here = in_place(select(ExcerptRow.key), about)
    old = delete(CodingRow).where(CodingRow.confirmed_by.is_(None), ~CodingRow.refused)
    old = old.where(CodingRow.theme_id.in_(taught), CodingRow.excerpt_key.in_(here))
    db.session.execute(old.execution_options(synchronize_session=False))
    done = set(db.session.scalars(select(CodedRow.excerpt_key).where(CodedRow.excerpt_key.in_(here))))
    there = set(db.session.scalars(here))
    rows = [
        {
            "excerpt_key": one.key, "theme_id": one.theme_id, "closeness": round(one.chance, 3),
            "because": one.because[:60] or None, "refused": False,
        }
        for one in hints
        if one.key in there and one.key not in done
    ]  # fmt: skip
    if rows:
        db.session.execute(db.insert_into(CodingRow).on_conflict_do_nothing(), rows)
    left = there - done
    order = {key: turn for turn, key in enumerate(key for key in turns if key in left)}
    _keep_turns(about, order | dict.fromkeys(left & set(last), LAST_TURN))
    db.session.expire_all()


def _keep_turns(about: Place, turns: Mapping[bytes, int]) -> None:
    here = in_place(select(ExcerptRow.key), about)
    none = update(ExcerptRow).where(ExcerptRow.turn.is_not(None), ExcerptRow.key.in_(here)).values(turn=None)
    db.session.execute(none.execution_options(synchronize_session=False))
    if turns:
        db.session.execute(update(ExcerptRow), [{"key": key, "turn": turn} for key, turn in turns.items()])
