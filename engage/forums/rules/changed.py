"""What is different now from what somebody knew when they signed up: the hours, the place. The day never changes."""

from dataclasses import dataclass
from datetime import date, time

from engage.forums.rules.forums import Plan


@dataclass(frozen=True)
class Known:
    """When and where a forum was to be, as somebody knew it, and the day on which that was changed last."""

    starts: time | None
    ends: time | None
    venue: str
    address: str
    changed_on: date


@dataclass(frozen=True)
class Difference:
    """What a page says about it: hours and place as they were, None for what is as it was."""

    changed_on: date
    hours: tuple[time, time] | None
    place: tuple[str, str] | None

    @property
    def nothing(self) -> bool:
        """True where it was changed, and changed back."""
        return self.hours is None and self.place is None


def difference(known: Known | None, plan: Plan) -> Difference | None:
    """Hold what somebody knew against the plan as it is now; None where nothing was changed since."""
    if known is None:
        return None
    hours = (known.starts, known.ends)
    was = hours if hours != (plan.starts, plan.ends) else (None, None)
    place = (known.venue, known.address)
    return Difference(
        known.changed_on,
        (was[0], was[1]) if was[0] is not None and was[1] is not None else None,
        place if place != (plan.venue, plan.address) else None,
    )
