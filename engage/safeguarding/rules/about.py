"""Whom a concern about a professional is hidden from, what must be said before it is closed, and telling a setting."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from engage.shared.errors import NotOpen, NotValid
from engage.shared.words import N_

PROFESSIONAL = "professional"
REFERRED_ON = ("referred", "emergency", PROFESSIONAL)  # these have a reference at MASH, the police or the LADO
OUTSIDER = 0  # chosen in place of an agency
TOLD = """We have a concern about the safety of a young person that may touch {setting}.

We say nothing more in a letter. Please call {caller} on {phone} today, from a place where nobody listens.

If you believe that a child is in danger now, call 999, and do not wait for us.
"""


@dataclass(frozen=True)
class Telling:
    """A school, home or group to write to at `address`; it calls back on `phone`."""

    setting: str
    address: str
    phone: str


def check_about_said(outcome: str, *, agency_id: int | None, outsider: bool) -> None:
    """Raise `NotValid` for a concern about a professional of whom nobody said who employs them."""
    if outcome == PROFESSIONAL and agency_id is None and not outsider:
        raise NotValid(N_("Say first who they work for, so that nobody of that agency can open it."))


def check_somebody_else(leads: Iterable[Collection[int]], about: Collection[int]) -> None:
    """Raise `NotOpen` where every safeguarding lead (by their agencies) belongs to one it would be hidden from."""
    if not any(set(about).isdisjoint(theirs) for theirs in leads):
        raise NotOpen(
            N_(
                "Every safeguarding lead belongs to this agency, so nobody could open it any more. Ask an "
                "administrator to make somebody of another agency a safeguarding lead first, and call the LADO now."
            )
        )
