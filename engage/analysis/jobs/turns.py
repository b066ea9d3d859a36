"""Take one piece of wanted work, do it, put it away: what young people sent to a wave always goes first."""

from collections.abc import Callable, Mapping
from datetime import datetime

from engage.shared import db, wanted
from engage.shared.clock import now
from engage.shared.errors import EngageError
from engage.shared.problems import report
from engage.shared.wanted import Later, Wanted

FIRST = (("read", "wave:"),)
Kinds = Mapping[str, Callable[[str], object]]


def take_turn(kinds: Kinds, *, only_first: bool = False) -> bool:
    """Do the next piece nobody holds; False when there is none. A piece that fails is set aside with a reason."""
    at = now()
    work = wanted.take(at, first=FIRST, only_first=only_first)
    db.session.commit()
    if work is None:
        return False
    try:
        why = _try(work, kinds)
    except Later:
        db.session.rollback()
        wanted.put_back(work.kind, work.subject, taken_before=at)
    else:
        db.session.rollback()
        _put_away(work, why, at)
    db.session.commit()
    return True


def let_others_first() -> None:
    """Raise `Later` when what a young person sent waits to be read."""
    with db.reading():
        waits = wanted.is_waiting(now(), FIRST)
    if waits:
        raise Later


def _try(work: Wanted, kinds: Kinds) -> str:
    if work.kind not in kinds:
        return f"The worker does not know how to do “{work.kind}”"
    try:
        kinds[work.kind](work.subject)
    except Later:
        raise
    except EngageError as error:
        return str(error)
    except Exception as error:  # one piece that fails must not stop the others
        report(f"{work.kind} {work.subject}", error)
        return (
            f"Something went wrong on our side ({type(error).__name__}). Ask for it again, or tell your administrator."
        )
    return ""


def _put_away(work: Wanted, why: str, at: datetime) -> None:
    if why:
        wanted.fail(work.kind, work.subject, why, taken_before=at)
    else:
        wanted.done(work.kind, work.subject, taken_before=at)
