"""What to know before a figure of a wave is used: how small numbers are hidden, how many are, what it rests on."""

from collections.abc import Sequence

from engage.analysis.method.records import Protected
from engage.pqa.rules.figures import OUR_MODE
from engage.pqa.rules.meaning import hidden_among


def limits_of(tables: Sequence[Protected], *, responses: str, made: str, fingerprint: str) -> list[str]:
    """Say it in sentences, the suppression note first."""
    hidden, cells = hidden_among(tables)
    rule = tables[0].rule if tables else None
    minimum, rounding = (rule.minimum, rule.rounding) if rule else (8, 5)
    return [
        f"{hidden} of {cells} figures are hidden (*): fewer than {minimum} people, or one that would give those away.",
        f"All others are rounded to the nearest {rounding}; percentages come from rounded counts.",
        "At least and at most are 95 % intervals (Wilson). Below 20 people there is no percentage.",
        f"{responses} young people answered ({OUR_MODE}). Who answers is not everybody.",
        "Figures that were asked in another way differ for that reason alone.",
        f"Frozen {made}, fingerprint {fingerprint[:16]}. These figures do not move again.",
    ]
