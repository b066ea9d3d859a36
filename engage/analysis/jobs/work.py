"""Do what is wanted, piece by piece, whoever asked: the worker's child, a command, the demo or a test."""

from collections.abc import Callable
from datetime import datetime

from engage.analysis.jobs.finding import find_themes
from engage.analysis.jobs.notes import read_notes
from engage.analysis.jobs.reading import read_new
from engage.analysis.jobs.results import take_snapshot
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.shared.errors import EngageError
from engage.shared.problems import report

KINDS: dict[str, Callable[[str], object]] = {
    "read": read_new,
    "notes": read_notes,
    "themes": find_themes,
    "snapshot": take_snapshot,
}


def do_all() -> int:
    """Do everything that is wanted now; gives how many pieces."""
    done = 0
    while do_one():
        done += 1
    return done


def do_one() -> bool:
    """Do the oldest piece nobody holds; False when there is none. A piece that fails is set aside with a reason."""
    at = now()
    work = wanted.take(at)
    db.session.commit()
    if work is None:
        return False
    why = _try(work)
    db.session.rollback()
    _put_away(work, why, at)
    return True


def _try(work: wanted.Wanted) -> str:
    if work.kind not in KINDS:
        return f"The worker does not know how to do “{work.kind}”"
    try:
        KINDS[work.kind](work.subject)
    except EngageError as error:
        return str(error)
    except Exception as error:  # one piece that fails must not stop the others
        report(f"{work.kind} {work.subject}", error)
        return (
            f"Something went wrong on our side ({type(error).__name__}). Ask for it again, or tell your administrator."
        )
    return ""


def _put_away(work: wanted.Wanted, why: str, at: datetime) -> None:
    if why:
        wanted.fail(work.kind, work.subject, why)
    else:
        wanted.done(work.kind, work.subject, taken_before=at)
    db.session.commit()
