"""How well the loop closes: what was promised, how long it took, what is still open. Plain arithmetic on dates.

Each measure is defined here and nowhere else: pages, packs and feeds show what `youwesaid.queries.loop` made of them.
"""

from engage.analysis.method.loop.reaching import Reach, reach
from engage.analysis.method.loop.said import Said
from engage.analysis.method.loop.shares import answered_by_promise, share_cannot, share_felt, share_of_themes
from engage.analysis.method.loop.waiting import Stage, longest_open, slowest, time_from_said, time_to

__all__ = [
    "Reach",
    "Said",
    "Stage",
    "answered_by_promise",
    "longest_open",
    "reach",
    "share_cannot",
    "share_felt",
    "share_of_themes",
    "slowest",
    "time_from_said",
    "time_to",
]
