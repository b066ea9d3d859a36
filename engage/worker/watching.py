"""Notice that a child hangs: there is work, and for too long none of it has moved."""

import time

from engage.shared import db, wanted

LOOK_EVERY = 30.0  # seconds
HUNG_AFTER = 1_500.0  # seconds; the longest silent piece, themes of 20,000 answers, takes some minutes (confirm)
WHY = "It stood still for too long and was stopped. Ask for it again, or tell your administrator."


class Watch:
    """Watch one child, by what it leaves in the table of wanted work."""

    def __init__(self) -> None:
        self._stood: list[tuple[object, ...]] = []
        self._looked = self._moved = time.monotonic()

    def sees_it_hang(self) -> bool:
        """True once nothing has moved for too long; looks now and then only, within an app's context."""
        at = time.monotonic()
        if at - self._looked < LOOK_EVERY:
            return False
        with db.reading():
            stands = wanted.standing()
        if not stands or stands != self._stood:
            self._stood, self._moved = stands, at
        self._looked = at
        return at - self._moved > HUNG_AFTER
