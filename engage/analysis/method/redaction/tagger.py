"""Which words are somebody's name, read from the word itself, its letters and the words around it."""

from collections.abc import Sequence

from engage.analysis.method.redaction.lexicon import known
from engage.analysis.method.redaction.tokens import Token


def chances(found: Sequence[Token]) -> list[float]:
    """Give each word the chance that it is a personal detail.

    Parameters
    ----------
    found : sequence of Token
        The words of one text.

    Returns
    -------
    chances : list of float, 0 to 1
        One for each word.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> [round(chance) for chance in chances(tokens("my friend ayodele"))]
    [0, 0, 1]
    """
    looked = [known(token.word) for token in found]
    return [1.0 if about.name and about.ordinary == 0 else 0.0 for about in looked]
