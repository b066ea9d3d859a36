"""How a wave goes out there: how far each of its places has come, protected."""

from dataclasses import dataclass

from engage.surveys.queries.waves import Setting, responses_by_setting, settings
from engage.surveys.rules.fieldwork import FEW, HALF, HIDDEN, REACHED, SOME, UNDER, Counted, levels
from engage.surveys.rules.waves import Wave


@dataclass(frozen=True)
class Going:
    """One place of a wave (None: by no setting's link) and what may be said of how many came from it."""

    setting: Setting | None
    kind: str
    words: str


def going(wave: Wave) -> list[Going]:
    """Every place of a wave by name, then those who came by no setting's link."""
    counts = responses_by_setting(wave.id)
    places: list[Setting | None] = [*settings(wave.id), None]
    counted = [Counted(counts.get(one.id if one else None, 0), one.target if one else 0) for one in places]
    said = levels(counted, minimum=wave.minimum)
    words = _words(wave.minimum)
    return [Going(one, level.kind, words[level.kind]) for one, level in zip(places, said, strict=True)]


def _words(minimum: int) -> dict[str, str]:
    return {
        FEW: f"fewer than {minimum}",
        SOME: f"{minimum} or more",
        UNDER: f"{minimum} or more, less than half of it",
        HALF: "half of it or more",
        REACHED: "all of it",
        HIDDEN: "not shown yet",
    }
