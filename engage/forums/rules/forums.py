"""A forum: its kinds, what must be there before it opens, and when its hours really are."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from engage.forums.rules.places import Limits, Taken
from engage.shared.clock import LONDON
from engage.shared.errors import NotOpen
from engage.shared.words import N_

DOORS_OPEN_BEFORE = timedelta(hours=1)
LAST_CHILD_BY = timedelta(minutes=15)
ANSWERED_FOR = timedelta(days=14)
ACCESS_ENDS_AFTER = timedelta(hours=4)  # after the end: that night
YOUNGEST, OLDEST = 9, 25


class Kind(StrEnum):
    """The kind of event; all but a forum are for invited people only."""

    FORUM = "forum"
    AMBASSADORS = "ambassadors"
    ASSEMBLY = "assembly"


KIND_NAMES = {
    Kind.FORUM: N_("Professional and Young People Forum"),
    Kind.AMBASSADORS: N_("Youth ambassador session"),
    Kind.ASSEMBLY: N_("Youth Assembly meeting"),
}


@dataclass(frozen=True)
class Plan:
    """What the organiser writes down about a forum. Empty words, None and 0 are what is still missing.

    `starts` and `ends` are times on the clock in London; an end before the start is on the next day.
    `translations`: language -> the words young people read ("theme", "about", "programme", "access").
    """

    kind: Kind
    theme: str
    about: str
    meets_on: date | None
    starts: time | None
    ends: time | None
    venue: str
    address: str
    access: str
    lead: str
    lead_phone: str
    risk_reference: str
    programme: str
    age_from: int
    age_to: int
    limits: Limits
    closes_on: date | None
    promised_on: date | None


@dataclass(frozen=True)
class Forum:
    """A forum as pages see it."""

    id: int
    slug: str
    state: str
    plan: Plan
    taken: Taken
    key: bytes
    translations: dict[str, dict[str, str]]
    reason: str = ""
    fed_back_on: date | None = None
    changed_at: datetime | None = None  # UTC: when its people were last told of other hours or another hall

    @property
    def invited_only(self) -> bool:
        """True where only people with the invitation's link may sign up."""
        return self.plan.kind is not Kind.FORUM

    @property
    def theme(self) -> str:
        """The theme in English."""
        return self.plan.theme

    @property
    def meets_on(self) -> date:
        """The day; a draft without one stands at the end of the list."""
        return self.plan.meets_on or date.max

    @property
    def starts_at(self) -> datetime:
        """When it begins, in UTC."""
        return moment(self.meets_on, self.plan.starts or time())

    @property
    def ends_at(self) -> datetime:
        """When it ends, in UTC."""
        return end_of(self.meets_on, self.plan.starts or time(), self.plan.ends or time())

    @property
    def closes_at(self) -> datetime:
        """The last moment to sign up, in UTC: the end of a day, or the doors if they open earlier."""
        if self.plan.closes_on is None:
            return self.doors_at
        return min(moment(self.plan.closes_on + timedelta(days=1), time()), self.doors_at)

    @property
    def doors_at(self) -> datetime:
        """When the doors open, in UTC."""
        return self.starts_at - DOORS_OPEN_BEFORE

    @property
    def access_ends_at(self) -> datetime:
        """When the door team's access ends, in UTC."""
        return self.ends_at + ACCESS_ENDS_AFTER

    @property
    def questions_after(self) -> dict[str, str]:
        """What is known already of the four questions after it: their days, their address, who reads them."""
        last = min(self.meets_on + ANSWERED_FOR, self.plan.promised_on or date.max)
        days = {"opens_on": self.meets_on, "closes_on": last, "panel_on": self.plan.promised_on or last}
        return {
            "about": f"forum {self.id}", "survey": "forum", "title": "What was the forum like?",
            "code": f"after-{self.slug}", "audience": "The team that prepares the next forum",
            "promised_on": days["panel_on"].isoformat(), **{name: day.isoformat() for name, day in days.items()},
        }  # fmt: skip

    def words(self, name: str, language: str) -> str:
        """One of the texts young people read, in their language where it was translated."""
        return self.translations.get(language, {}).get(name) or str(getattr(self.plan, name))


def moment(on: date, at: time) -> datetime:
    """The moment in UTC when clocks in London show `at` on that day; the first one where they show it twice."""
    return datetime.combine(on, at, LONDON).astimezone(UTC)


def end_of(on: date, starts: time, ends: time) -> datetime:
    """When something ends, in UTC: past midnight where the clock says so, the later one where clocks show it twice."""
    day = on if ends > starts else on + timedelta(days=1)
    return datetime.combine(day, ends.replace(fold=1), LONDON).astimezone(UTC)


def check_takes_sign_ups(forum: Forum, *, at: datetime) -> None:
    """Raise `NotOpen` when nobody can sign up, with the reason."""
    if forum.state == "cancelled":
        raise NotOpen(N_("This forum has been cancelled, so nobody can sign up"))
    if forum.state == "draft":
        raise NotOpen(N_("Sign-up has not started yet"))
    if forum.state not in ("open", "full") or at >= forum.closes_at:
        raise NotOpen(N_("Sign-up for this forum is over"))


def check_not_over(forum: Forum) -> None:
    """Raise `NotOpen` when a sign-up can no longer be changed."""
    if forum.state == "cancelled":
        raise NotOpen(N_("This forum has been cancelled"))
    if forum.state in ("live", "ended", "fed_back"):
        raise NotOpen(N_("The forum has begun or is over, so this cannot be changed here any more"))
