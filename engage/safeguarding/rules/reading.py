"""When what is restricted may be opened: for a reason, picked once per half hour; none from a reader on the rota."""

from dataclasses import dataclass
from datetime import datetime, timedelta

HALF_HOUR = timedelta(minutes=30)
ON_DUTY = "on the rota today"
REASONS = {
    "lead": "I am acting on it as safeguarding lead",
    "second": "I am the second reader",
    "answer": "A young person answered, or asked to be contacted",
    "partner": "A partner or the police asked about it",
    "check": "I am checking how we did",
}
Kept = dict[str, object]


@dataclass(frozen=True)
class Opened:
    """What one person opened lately: who, their reason, since when, and which things, each named like "alert 12"."""

    by: int
    reason: str = ""
    since: float = 0.0
    things: tuple[str, ...] = ()

    def is_fresh(self, at: datetime) -> bool:
        """True for half an hour after the reason was picked."""
        return bool(self.reason) and 0 <= at.timestamp() - self.since < HALF_HOUR.total_seconds()

    def holds(self, thing: str, at: datetime) -> bool:
        """True when `thing` was opened and the half hour is not over."""
        return self.is_fresh(at) and thing in self.things

    def add(self, thing: str, reason: str, at: datetime) -> "Opened":
        """Give the same with `thing` opened; the half hour runs from the moment the reason was picked."""
        if not self.is_fresh(at):
            return Opened(self.by, reason, at.timestamp(), (thing,))
        return Opened(self.by, self.reason, self.since, (*[one for one in self.things if one != thing], thing)[-50:])

    def kept(self) -> Kept:
        """Give what goes into the session: ids and a time, never words."""
        return {"by": self.by, "reason": self.reason, "since": self.since, "things": list(self.things)}


def opened_from(kept: Kept | None, *, by: int) -> Opened:
    """Read what the session keeps of this person; what somebody else opened before in the same browser is closed."""
    if not kept or kept.get("by") != by:
        return Opened(by)
    things = kept.get("things")
    return Opened(
        by,
        str(kept.get("reason", "")),
        float(str(kept.get("since", 0))),
        tuple(map(str, things)) if isinstance(things, list) else (),
    )
