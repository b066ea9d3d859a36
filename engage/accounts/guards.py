"""Say on each page who may open it; a house test reads the label."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import wraps
from typing import NoReturn, ParamSpec, TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, session, url_for

from engage.accounts.actions import audit_line
from engage.accounts.queries import known, signed_in
from engage.accounts.rules import Person, Role, typed_lately
from engage.shared import db, throttle
from engage.shared.clock import now
from engage.shared.errors import EngageError, NotAllowed, NotFound, NotRead
from engage.shared.problems import explain
from engage.shared.words import N_

P = ParamSpec("P")
T = TypeVar("T")
ONE_LINE_AT = (1, 10, 100)  # tries of one person for one kind of thing in one hour: so many lines at most
TYPED = "fs_paa"  # where the library keeps when the password was typed last


class Who(Enum):
    """A page open to people who have not signed in."""

    ANYONE = "anyone"
    COMING_IN = "whoever is coming in: by an invitation, or from another sign-in"


def open_to(*who: Role | Who) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let only `who` through, and label the view so that tests can list every page."""
    anyone = any(isinstance(one, Who) for one in who)
    roles = frozenset(role for role in who if isinstance(role, Role))

    def guard(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if not anyone:
                _check(roles)
            return view(*args, **kwargs)

        guarded.open_to = frozenset(who)  # type: ignore[attr-defined]
        return guarded

    return guard


def ask_again(within: timedelta, *, back: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Ask for the password once more where it was typed longer ago than `within`; `back` is the page to return to."""

    def guard(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            typed_at = datetime.fromtimestamp(session.get(TYPED, 0), UTC)
            if not typed_lately(typed_at, now=now(), within=within):
                page = url_for(back, **(request.view_args or {}))
                abort(redirect(url_for("security.verify", next=page), 303))
            return view(*args, **kwargs)

        return guarded

    return guard


def init_app(app: Flask) -> None:
    """Write down who asks for what they hold the role for and may not have, before the page says so."""
    for kind in (NotFound, NotAllowed, NotRead):
        app.register_error_handler(kind, _note_try)


def person() -> Person | None:
    """Give who is signed in, with today's roles, or None."""
    return signed_in()


def me() -> Person:
    """Give who is signed in. Raises `NotAllowed` when nobody is."""
    someone = signed_in()
    if someone is None:
        raise NotAllowed(N_("Sign in first."))
    return someone


def _check(roles: frozenset[Role]) -> None:
    someone = signed_in()
    # Looking somebody up is over here: the page's own transaction starts with its own first statement.
    db.session.rollback()
    if someone is None:
        _ask_to_sign_in()
    if someone.choose_password:
        _ask_for_password()
    if not someone.roles & roles:
        _refuse(someone)


def _ask_to_sign_in() -> NoReturn:
    if request.method == "GET":
        abort(redirect(url_for("security.login", next=request.full_path.rstrip("?")), 303))
    raise NotAllowed(
        N_(
            "You are signed out by now. Sign in again in a new tab, come back to this one and load it again: what you "
            "ticked or typed is sent once more."
        )
    )


def _ask_for_password() -> NoReturn:
    flash("The password you have was made for you by somebody else. Choose one of your own first.")
    abort(redirect(url_for("security.change_password"), 303))


def _refuse(someone: Person) -> NoReturn:
    with db.apart() as own:
        own.add(audit_line("was refused", request.path, person_id=someone.id))
    if not someone.roles:
        raise NotAllowed(N_("You hold no role today: yours may have ended. Ask an administrator to give it again."))
    raise NotAllowed(N_("It is for somebody with another role. If you need it, ask an administrator."))


def _note_try(error: EngageError) -> tuple[str, int]:
    db.session.rollback()
    who = _of_whom_a_try_is_noted()
    if who is not None:
        _note_once(error, *who)
    return explain(error)


def _of_whom_a_try_is_noted() -> tuple[int | None, str] | None:
    """Give who it was (None: somebody who is only coming in) and what they tried, None where the guard says it."""
    view = current_app.view_functions.get(request.endpoint or "")
    open_to_whom: frozenset[Role | Who] = getattr(view, "open_to", frozenset())
    if Who.COMING_IN in open_to_whom:
        return None, "single sign-on" if request.view_args == {} else "an invitation"
    someone = known()
    if someone is None or not someone.roles & open_to_whom:
        return None
    # Neither a number nor whether it is there: people of the agency from which it is hidden read the audit too.
    named = next(iter(request.view_args or {}), "")
    return someone.id, named.rpartition("_")[0] or str(request.blueprint).removesuffix("_desk")


def _note_once(error: EngageError, person_id: int | None, what: str) -> None:
    did = "tried to decide unread" if isinstance(error, NotRead) else "asked for what is not theirs, or not there"
    tries = 1 + throttle.count("tries", who=f"{person_id}|{did}|{what}|{now():%H}")
    if tries in ONE_LINE_AT:
        with db.apart() as own:
            own.add(audit_line(did, what, f"{tries} tries in this hour" if tries > 1 else "", person_id=person_id))
