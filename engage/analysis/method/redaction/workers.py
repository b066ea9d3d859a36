"""Names of people who work with children: known by the title or the job before the name."""

from collections.abc import Sequence

from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.tokens import Token

TITLES = group("titles")
ROLES = group("roles")
_BETWEEN = group("between")
_FAR = 4


def role_of(found: Sequence[Token], at: int) -> str | None:
    """Say what job is named just before a word, if any.

    Parameters
    ----------
    found : sequence of Token
        The words of the text.
    at : int
        The word that may be a name.

    Returns
    -------
    role : str or None
        The title or job, folded.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> role_of(tokens("my social worker is called Amina"), 5)
    'worker'
    """
    step = at - 1
    if step >= 1 and found[step].text == "." and found[step - 1].word in TITLES:
        return found[step - 1].word
    while step >= 0 and at - step <= _FAR:
        word = found[step].word
        if word in ROLES or (word in TITLES and step == at - 1):
            return word
        if word not in _BETWEEN:
            return None
        step -= 1
    return None
