"""Two hundred rivals for sixty places, groups among them, at the same moment; and with the guard off, the control."""

import random
import threading
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from flask import Flask
from sqlalchemy import func, select

from engage.forums.actions import signing_up
from engage.forums.models import ForumRow, SignUpRow
from engage.forums.rules.places import Limits, Party
from engage.forums.rules.signing_up import Group
from engage.forums.rules.states import HOLDS_PLACE
from engage.shared import db
from engage.shared.clock import now
from tests.forums import professional, young

SIXTY = Limits(60, 60, 0, 0, 0, floor=30, agency_cap=0, adults=8)
SINGLES, GROUPS, SIZE = 120, 20, 4
Join = Callable[[int, datetime], None]


@dataclass
class Race:
    """What a race came to; `took` are the seconds of each rival, from the start to the answer."""

    took: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return sorted(self.took)[int(len(self.took) * 0.95)]


def run(app: Flask, forum_id: int, *, seed: int = 0, guarded: bool = True) -> Race:
    """Let everybody sign up at once, each in a thread and a transaction of their own."""
    rivals: list[Join] = [_one] * SINGLES + [_group] * GROUPS
    rivals = rivals if guarded else [partial(count_first, rival) for rival in rivals]
    random.Random(seed).shuffle(rivals)
    race, ready, at = Race(), threading.Barrier(len(rivals)), now()
    threads = [threading.Thread(target=_try, args=(app, partial(rival, forum_id, at), ready, race)) for rival in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return race


def _try(app: Flask, rival: Callable[[], None], ready: threading.Barrier, race: Race) -> None:
    with app.app_context():
        ready.wait()
        start = time.perf_counter()
        try:
            rival()
            db.session.commit()
            race.took.append(time.perf_counter() - start)
        except Exception as error:
            db.session.rollback()
            race.failures.append(repr(error))
        finally:
            db.session.remove()


def _one(forum_id: int, at: datetime) -> None:
    signing_up.sign_up(forum_id, young(17), at=at, language="en")


def _group(forum_id: int, at: datetime) -> None:
    members = tuple(young(17, contact="") for _ in range(SIZE))
    group = Group(professional(), members, together=True, leader_comes=False)
    signing_up.sign_up_group(forum_id, group, at=at, language="en")


def people_with_places(forum_id: int) -> int:
    wanted = select(func.count(SignUpRow.id)).where(SignUpRow.forum_id == forum_id)
    return int(db.session.scalar(wanted.where(SignUpRow.state.in_(HOLDS_PLACE))) or 0)


def waiting_lines(forum_id: int) -> list[tuple[int, int | None]]:
    """The numbers of everybody who waits, in the order in which they were stored, with their group."""
    rows = db.session.execute(
        select(SignUpRow.line, SignUpRow.group_id)
        .where(SignUpRow.forum_id == forum_id, SignUpRow.state == "waitlisted")
        .order_by(SignUpRow.line, SignUpRow.id)
    )
    return [(line or 0, group_id) for line, group_id in rows]


def count_first(rival: Join, forum_id: int, at: datetime) -> None:
    """The guard off, as most systems do it: count what is left, then sign up."""
    with db.reading():
        capacity = db.session.scalar(select(ForumRow.capacity).where(ForumRow.id == forum_id)) or 0
        _left.set(capacity - people_with_places(forum_id))
    rival(forum_id, at)


def take_what_was_counted(_forum_id: int, party: Party, *, states: object) -> bool:
    """Stand where the guard stood."""
    return party.size <= _left.get()


_left: ContextVar[int] = ContextVar("left")
