"""Attack everything that is published of 200 invented waves at once: tables, breaks, cuts, and what came before."""

import time

from engage.analysis.method.small_numbers import audit
from tests.bench.table import Row
from tests.method.synthetic_wave import publish, publish_without

WAVES, CONTROLS = 200, 20
UNGUARDED = "88 % of hidden cells solved when only small ones are hidden"


def rows() -> list[Row]:
    """Hidden figures worked out by integer programs: none as published, many with the guard off."""
    begun = time.process_time()
    releases = [publish(seed) for seed in range(WAVES)]
    each = (time.process_time() - begun) / WAVES
    found = [audit(one.tables, exact=False) for one in releases]
    off = [audit(publish_without(seed)) for seed in range(CONTROLS)]
    hidden, refused = sum(len(one.ranges) for one in found), sum(one.refused for one in releases)
    pinned, narrow = sum(one.pinned for one in found), sum(not one.safe for one in found)
    control = 100 * sum(one.pinned for one in off) / sum(len(one.ranges) for one in off)
    words = f"{hidden} hidden figures, {refused} cuts refused"
    return [
        Row("whole waves: hidden figures pinned", pinned, "figures", "0", words, "", pinned == 0),
        Row("whole waves with a figure narrowed too far", narrow, f"of {WAVES}", "0", words, "", narrow == 0),
        Row("guard off: hidden figures pinned", control, "%", "> 25", UNGUARDED, "", control > 25),
        Row("publish one whole wave with its cuts", each, "CPU s", "", "", "", None),
    ]
