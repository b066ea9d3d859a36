"""How a single count may be said to anybody: too few are hidden, the rest stand to the nearest five."""

ROUNDING = 5


def shown(count: int, minimum: int) -> int | None:
    """Give a count to the nearest five, None where fewer than `minimum` are meant."""
    return None if count < minimum else ROUNDING * round(count / ROUNDING)
