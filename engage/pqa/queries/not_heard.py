"""Whom we have not heard, as the scoreboard of the loop says it: what stands above it is handed down to it."""

from functools import lru_cache

from engage.analysis.queries import overview
from engage.analysis.queries.stamps import frozen_stamps
from engage.analysis.rules.freezing import Changed
from engage.pqa.queries.heard import heard_in, populations
from engage.pqa.rules.heard import Population
from engage.youwesaid.rules.loop import NotHeard

WAVES = 32


def not_heard() -> NotHeard | None:
    """The groups of the newest results that were not heard, of those whose number who live here is known."""
    here = tuple(one for of_item in populations().values() for one in of_item)
    found = (_in_wave(code, sha256, here) for code, sha256 in frozen_stamps()) if here else ()
    return next((one for one in found if one), None)


@lru_cache(maxsize=WAVES)
def _in_wave(wave_code: str, sha256: str, here: tuple[Population, ...]) -> NotHeard | None:
    """What one wave says; results are large, and with the same fingerprint and numbers they say the same."""
    del sha256, here  # asked again in there; here they only tell whether the answer is still the same
    try:
        results = overview(wave_code)
        lines = heard_in(results).values() if results else ()
    except Changed:
        return None
    groups = [group for line in lines for group in line if group.here]
    return (
        NotHeard(results.title, tuple(one.words for one in groups if one.is_gap), len(groups))
        if groups and results
        else None
    )
