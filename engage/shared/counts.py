"""How a count is said: in words for staff; to anybody else hidden where it is small, the rest to the nearest five."""

ROUNDING = 5


def shown(count: int, minimum: int) -> int | None:
    """Give a count to the nearest five, None where fewer than `minimum` are meant."""
    return None if count < minimum else ROUNDING * round(count / ROUNDING)


def several(count: int, one: str, more: str = "") -> str:
    """Say how many of a thing in English: "1 answer", "1,200 answers"; `more` where it is not the word with an s."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"
