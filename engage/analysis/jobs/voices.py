"""Choose what stands for each theme: two typical answers, and one that says the contrary where there is one.

Contrary by feeling, so that anybody can check it: most answers of the theme sound bad and this one sounds best of all
that sound good, or the other way round. It says nothing about who is right.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engage.analysis.actions.frame import keep_voices
from engage.analysis.method.sentiment import Sentiment
from engage.analysis.queries.learning import Spoken, living_themes, spoken_for
from engage.shared import db, wanted

MOST = 300  # of a theme's answers, the most typical first
TYPICAL = 2
CLEARLY = 0.3  # how good or bad an answer must sound, as the chance of one less that of the other
LEANS = 0.05  # and the theme as a whole, on average

Feelings = NDArray[np.float64]


def choose_voices(subject: str) -> int:
    """Choose for every theme; gives how many have somebody who says the contrary."""
    with db.reading():
        spoken = {theme_id: spoken_for(theme_id, MOST) for theme_id in living_themes()}
    wanted.say("code", subject, "Choosing answers that stand for each theme")
    db.session.commit()
    found = {theme_id: voices(said) for theme_id, said in spoken.items()}
    keep_voices(found)
    db.session.commit()
    return sum(bool(contrary) for _, contrary in found.values())


def voices(said: Sequence[Spoken]) -> tuple[list[bytes], list[bytes]]:
    """The keys of two typical answers with different words, and of at most one that says the contrary."""
    feelings = _feelings(said)
    leans = float(np.nanmean(feelings)) if np.isfinite(feelings).any() else 0.0
    with_it = [one for one, felt in zip(said, feelings, strict=True) if not felt * np.sign(leans) <= -CLEARLY]
    first = {" ".join(one.words.casefold().split()): one.key for one in reversed(with_it)}
    order = {one.key: place for place, one in enumerate(with_it)}
    typical = sorted(first.values(), key=lambda key: order[key])[:TYPICAL]
    return typical, _contrary(said, feelings, leans)


def _contrary(said: Sequence[Spoken], feelings: Feelings, leans: float) -> list[bytes]:
    if abs(leans) < LEANS:
        return []
    against = np.nan_to_num(-np.sign(leans) * feelings, nan=-1.0)
    furthest = int(against.argmax())
    return [said[furthest].key] if against[furthest] >= CLEARLY else []


def _feelings(said: Sequence[Spoken]) -> Feelings:
    """How good less how bad each answer sounds, -1 to 1; not a number where the word list cannot read it."""
    if not said:
        return np.zeros(0)
    moods = Sentiment()
    chances = moods.score([one.words for one in said])
    good, bad = moods.classes_.index("positive"), moods.classes_.index("negative")
    feelings: Feelings = chances[:, good] - chances[:, bad]
    feelings[[one.language != "en" for one in said]] = np.nan
    return feelings
