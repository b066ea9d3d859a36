"""Words in a cell of a file that a spreadsheet may open."""

STARTERS = "=+-@|%\t\r\n＝＋－＠"


def plain(words: str) -> str:
    """Give words as a spreadsheet shows them: an apostrophe before what it would take for a formula."""
    return f"'{words}" if words.lstrip(" \u00a0\ufeff\u200b")[:1] in tuple(STARTERS) else words
