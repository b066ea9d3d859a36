"""Slow down guessing, without keeping anybody's address: counts by hashed key and hour, in the database."""

from datetime import datetime, timedelta

from flask import request
from sqlalchemy import Integer, LargeBinary, String, bindparam, delete, text
from sqlalchemy.orm import Mapped, mapped_column

from engage.shared import crypto, db
from engage.shared.clock import now
from engage.shared.errors import TooMany
from engage.shared.words import N_

KEPT = timedelta(hours=3)
ANY_NUMBER = 2**31 - 1
TOO_MANY = N_("There were a lot of tries just now. Wait an hour, then try again. Nothing is lost.")


class WrongTry(db.Model):
    """How many wrong tries one hashed key made in one hour."""

    __tablename__ = "wrong_try"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    hour: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


# Written out, in words that both databases know: a statement with "on conflict" would be put together at every try.
BEFORE = text(
    """
    SELECT coalesce(sum(times), 0) FROM wrong_try
    WHERE (key = :who AND hour = :this) OR (key = :who_then AND hour = :last)
    """
).bindparams(bindparam("who", type_=LargeBinary), bindparam("who_then", type_=LargeBinary))
ADD = text(
    """
    INSERT INTO wrong_try (key, hour, times)
    SELECT :who, :this, :more
    WHERE (SELECT coalesce(sum(times), 0) FROM wrong_try
           WHERE (key = :who AND hour = :this) OR (key = :who_then AND hour = :last)) < :most
    ON CONFLICT (key, hour) DO UPDATE SET times = wrong_try.times + excluded.times
    RETURNING times + (SELECT coalesce(sum(earlier.times), 0) FROM wrong_try AS earlier
                       WHERE earlier.key = :who_then AND earlier.hour = :last)
    """
).bindparams(
    bindparam("who", type_=LargeBinary),
    bindparam("who_then", type_=LargeBinary),
    bindparam("this", type_=String),
    bindparam("more", type_=Integer),
)


def check(purpose: str, *, most: int, who: str | None = None) -> None:
    """Raise `TooMany` when `who` (the caller's address unless named) made `most` wrong tries this hour or last."""
    with db.engine().begin() as own:
        times = own.execute(BEFORE, _times(purpose, who)).scalar_one()
    if times >= most:
        raise TooMany(TOO_MANY)


def count(purpose: str, *, who: str | None = None, times: int = 1) -> int:
    """Count a wrong try, in its own transaction, and give how many came before it."""
    return (_added(purpose, who, most=ANY_NUMBER, times=times) or times) - times


def slow_down(purpose: str, *, most: int, who: str | None = None) -> None:
    """Count a try of something that may be done `most` times in this hour and the last; raise `TooMany` after those.

    It is one statement in a transaction of its own: call it before the page's own first statement.
    """
    if _added(purpose, who, most=most, times=1) is None:
        raise TooMany(TOO_MANY)


def forget_tries(at: datetime) -> None:
    """Forget the tries of hours that no longer count."""
    db.session.execute(delete(WrongTry).where(WrongTry.hour < _hour(at - KEPT)))


def _added(purpose: str, who: str | None, *, most: int, times: int) -> int | None:
    """Give how many tries there are with these, None where there were too many before them."""
    values = {**_times(purpose, who), "most": most, "more": times}
    with db.engine().begin() as own:
        return own.execute(ADD, values).scalar()


def _times(purpose: str, who: str | None) -> dict[str, object]:
    at = now()
    before = at - timedelta(hours=1)
    keys = {
        "who": _key(purpose, who, at),
        "who_then": _key(purpose, who, before),
    }  # one key, but at midnight
    return {**keys, "this": _hour(at), "last": _hour(before)}


def _key(purpose: str, who: str | None, at: datetime) -> bytes:
    # The day is part of the key: yesterday's counts cannot be matched with today's, nor either with an address.
    day = at.date().isoformat()
    return crypto.keyed("throttle", f"{purpose}|{day}|{who or request.remote_addr}".encode())


def _hour(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H")
