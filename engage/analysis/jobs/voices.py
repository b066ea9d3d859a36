"""Choose what stands for each theme: two typical answers, and one that sounds the other way where there is one.

The other way by feeling, so that anybody can check it: the theme as a whole sounds clearly bad and this answer says in
plain words that something is good, or turned round. Word lists judge it, so the page says "sounds" and links the
answer. It does not say who is right, and is never chosen among answers that the screen flagged, nor for a sensitive
theme, nor for one that nobody took into use: what a search gathered has no side yet.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engage.analysis.actions.frame import keep_voices
from engage.analysis.jobs.other_way import says_bad, says_good
from engage.analysis.method.sentiment import Sentiment
from engage.analysis.queries.learning import Spoken, living_themes, sensitive_themes, spoken_for, told
from engage.shared import db, wanted

MOST = 300  # of a theme's answers, the most typical first
TYPICAL = 2
LEANS = 0.15  # how good or bad a theme must sound on average, as the chance of one less that of the other
# Words that the list takes for praise and that are none here: "lights please", "like every week", "free time".
NO_PRAISE = re.compile(
    r"(?<!\bi )\blikes?\b|\b(?:please|pls|plz|thanks?|free|help|lol|want|wants|energy|ok|okay|number|party)\b",
    re.IGNORECASE,
)

Feelings = NDArray[np.float64]


def choose_voices(subject: str) -> int:
    """Choose for every theme; gives how many have somebody who says the contrary."""
    with db.reading():
        spoken = {theme_id: spoken_for(theme_id, MOST) for theme_id in living_themes()}
        in_use = {one.theme_id for one in told()} - sensitive_themes()
    wanted.say("code", subject, "Choosing answers that stand for each theme")
    db.session.commit()
    each = {theme_id: voices(said) for theme_id, said in spoken.items()}
    found = {one: (typical, other if one in in_use else []) for one, (typical, other) in each.items()}
    keep_voices(found)
    db.session.commit()
    return sum(bool(contrary) for _, contrary in found.values())


def voices(said: Sequence[Spoken]) -> tuple[list[bytes], list[bytes]]:
    """The keys of two typical answers with different words, and of at most one that says the contrary."""
    feelings = _feelings(said)
    leans = float(np.nanmean(feelings)) if np.isfinite(feelings).any() else 0.0
    against = _contrary(said, feelings, leans)
    with_it = [one for one in said if one.key not in against]
    first = {" ".join(one.words.casefold().split()): one.key for one in reversed(with_it)}
    order = {one.key: place for place, one in enumerate(with_it)}
    typical = sorted(first.values(), key=lambda key: order[key])[:TYPICAL]
    return typical, against


def _contrary(said: Sequence[Spoken], feelings: Feelings, leans: float) -> list[bytes]:
    """The most typical answer that says it; English ones only, since the word lists are."""
    if abs(leans) < LEANS:
        return []
    says = says_bad if leans > 0 else says_good
    read = [one for one, feels in zip(said, feelings, strict=True) if np.isfinite(feels) and not one.flagged]
    return next(([one.key] for one in read if says(one.words)), [])


def _feelings(said: Sequence[Spoken]) -> Feelings:
    """How good less how bad each answer sounds, -1 to 1; not a number where the word list cannot read it."""
    if not said:
        return np.zeros(0)
    moods = Sentiment()
    chances = moods.score([NO_PRAISE.sub(" ", one.words) for one in said])
    good, bad = moods.classes_.index("positive"), moods.classes_.index("negative")
    feelings: Feelings = chances[:, good] - chances[:, bad]
    feelings[[one.language != "en" for one in said]] = np.nan
    return feelings
