"""What must be there before a forum opens, and what cannot change once it has; the team's own words."""

from datetime import date, time, timedelta

from engage.forums.rules.forums import OLDEST, YOUNGEST, Forum, Plan, end_of, moment
from engage.forums.rules.places import ADULTS_AT_LEAST
from engage.shared.errors import NotValid
from engage.shared.words import N_

TEXTS = {"theme": "theme", "about": "what it is about", "programme": "programme", "access": "how people get in"}
LONGEST = timedelta(hours=12)
STATE_NAMES = {
    "draft": N_("draft"),
    "open": N_("open for sign-up"),
    "full": N_("full, with a waiting list"),
    "closed": N_("sign-up closed"),
    "live": N_("happening now"),
    "ended": N_("over: people wait to hear what happened"),
    "fed_back": N_("over, and people were told"),
    "cancelled": N_("cancelled"),
}
SIGN_UP_NAMES = {
    "awaiting_consent": N_("waits for an adult's yes"),
    "confirmed": N_("comes"),
    "waitlisted": N_("waits"),
    "offered": N_("has an offer"),
    "expired": N_("too late"),
    "cancelled": N_("cancelled"),
    "attended": N_("came"),
    "no_show": N_("did not come"),
}


def missing(plan: Plan, *, today: date | None) -> list[str]:
    """What still has to be written down before a forum may open, in words; empty when it is complete."""
    words = {
        N_("the theme"): plan.theme,
        N_("what it is about, in words for young people"): plan.about,
        N_("the venue"): plan.venue,
        N_("the address of the venue"): plan.address,
        N_("how people get in: steps, lift, toilets, a quiet room"): plan.access,
        N_("the name of the safeguarding lead on the day"): plan.lead,
        N_("a telephone number of the safeguarding lead"): plan.lead_phone,
        N_("the reference of the risk assessment"): plan.risk_reference,
        N_("the programme"): plan.programme,
    }
    named = [name for name, text in words.items() if not text.strip()]
    return named + _missing_days(plan, today) + _missing_places(plan)


def _missing_days(plan: Plan, today: date | None) -> list[str]:
    found = [
        (plan.meets_on is None or (today is not None and plan.meets_on <= today), N_("a day that is still to come")),
        (plan.starts is None or plan.ends is None, N_("when it starts and ends")),
        (_after(plan.closes_on, plan.meets_on), N_("the last day of sign-up, not after the forum")),
        (_after(plan.meets_on, plan.promised_on), N_("the day by which you say what happened, after the forum")),
    ]
    return [words for wrong, words in found if wrong]


def _after(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one > other


def _missing_places(plan: Plan) -> list[str]:
    limits = plan.limits
    found = [
        (limits.capacity < 1, N_("how many places there are")),
        (limits.young + limits.ambassador < 1, N_("how many of them are for young people")),
        (limits.floor * 2 < limits.capacity, N_("at least half of the places kept for young people")),
        (limits.adults < ADULTS_AT_LEAST, N_("at least two adults in the ratio plan, who are there all the time")),
        (not YOUNGEST <= plan.age_from <= plan.age_to <= OLDEST, N_("the ages, from 9 to 25")),
    ]
    return [words for wrong, words in found if wrong]


def check_complete(plan: Plan, *, today: date | None = None) -> None:
    """Raise `NotValid` while something is missing; `today` where its day must still be to come."""
    if missing(plan, today=today):
        raise NotValid(N_("It is not complete yet: the page says what is missing"))


def check_hours(starts: time | None, ends: time | None) -> None:
    """Raise `NotValid` for hours that nobody means: an end before the start is on the next day."""
    some_day = date(2000, 1, 1)
    if starts is None or ends is None:
        return
    if end_of(some_day, starts, ends) - moment(some_day, starts) > LONGEST:
        raise NotValid(N_("That would be more than twelve hours: check when it starts and ends"))


def check_same_day(old: Plan, new: Plan, *, state: str) -> None:
    """Raise `NotValid` when a day or an age would change under people who have signed up for it."""
    kept = (old.kind, old.meets_on, old.age_from, old.age_to, old.limits.younger_per_adult, old.limits.older_per_adult)
    then = (new.kind, new.meets_on, new.age_from, new.age_to, new.limits.younger_per_adult, new.limits.older_per_adult)
    if state != "draft" and kept != then:
        raise NotValid(N_("People told us how old they are on that day: kind, day, ages and ratios stay as they are"))


def is_elsewhere(old: Plan, new: Plan) -> bool:
    """Answer whether those who signed up have to hear of a change: another place, or other hours."""
    was, then = ((plan.starts, plan.ends, plan.venue, plan.address) for plan in (old, new))
    return was != then


def translated(forum: Forum, language: str) -> str:
    """Say which of the texts for young people are written in a language, and which they would read in English."""
    kept = forum.translations.get(language, {})
    left = [words for name, words in TEXTS.items() if not kept.get(name) and getattr(forum.plan, name)]
    if not left:
        return "written"
    return f"still in English: {', '.join(left)}" if kept else "not yet"
