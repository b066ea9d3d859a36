"""Say on each page who may open it; a house test reads the label."""

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import ParamSpec, TypeVar

from engage.accounts.rules import Person, Role
from engage.shared.errors import NotAllowed
from engage.shared.words import N_

P = ParamSpec("P")
T = TypeVar("T")


class Who(Enum):
    """A page open to people who have not signed in."""

    ANYONE = "anyone"


def open_to(*who: Role | Who) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let only `who` through, and label the view so that tests can list every page."""

    def guard(view: Callable[P, T]) -> Callable[P, T]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            if Who.ANYONE not in who:
                _check(person(), who)
            return view(*args, **kwargs)

        guarded.open_to = frozenset(who)  # type: ignore[attr-defined]
        return guarded

    return guard


def person() -> Person | None:
    """Give who is signed in, with today's roles, or None."""
    return None


def _check(someone: Person | None, who: tuple[Role | Who, ...]) -> None:
    if someone is None or not someone.roles & set(who):
        raise NotAllowed(N_("It is for somebody with another role. If you need it, ask an administrator."))
