"""When two answers say exactly the same: short ones, whatever their capitals, spaces and full stops."""

import unicodedata

LONGEST = 60  # characters: longer answers are seldom the same, and each is worth a look of its own


def same_words(words: str) -> str:
    """Give what equal answers have in common; "" for one that is read by itself: a long one, or one of marks only."""
    said = "".join(" " if _parts(one) else one for one in unicodedata.normalize("NFKC", words).casefold())
    common = " ".join(said.split())
    return common if len(common) <= LONGEST else ""


def _parts(one: str) -> bool:
    """Say whether a character only stands between words."""
    return one.isspace() or unicodedata.category(one)[0] in "PC"
