"""When two concerns may be put together: nobody's answer gets lost, and nothing restricted comes to light."""

from dataclasses import dataclass

from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

FINISHED = frozenset({"done", "felt", "cannot"})


@dataclass(frozen=True)
class Side:
    """One of the two concerns; `about` is the agency it is restricted for, None once it is released."""

    id: int
    state: str
    about: int | None
    merged: bool
    asked: bool = False  # young people are being asked whether they notice


def check_may_merge(one: Side, into: Side) -> None:
    """Raise `NotValid` or `NotOpen`, with the way forward, where `one` cannot become part of `into`."""
    if one.id == into.id:
        raise NotValid(N_("Choose another concern: this is the same one."))
    _check_free(one, into)
    if into.state == "proposed" and one.state != "proposed":
        raise NotOpen(N_("The other one is not agreed yet, so this one's public page would vanish. Agree it first."))
    if into.state in FINISHED and one.state not in FINISHED:
        raise NotOpen(
            N_("The other one is finished, and this one still waits for an answer. Open the other one again first.")
        )


def _check_free(one: Side, into: Side) -> None:
    if one.merged or into.merged:
        raise NotOpen(N_("One of them was put together with another already: choose that one."))
    if one.asked:
        raise NotOpen(N_("Young people are being asked about this one now. Wait until that has ended."))
    if one.about != into.about:
        raise NotOpen(N_("One of them is about an agency and not released. The safeguarding lead releases it first."))
