"""What the tagger looks at in a word and around it; the same for learning and for reading."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from engage.analysis.method.redaction.groups import group
from engage.analysis.method.redaction.lexicon import Known, known, places, slip
from engage.analysis.method.redaction.tokens import Token

EDGE = "|"
_OPENERS = frozenset(f'.!?:"{EDGE}')
_CUES = group("cues")


def shape(spelt: str) -> str:
    """Say how a word is written: x lower case, X first letter capital, XX all capitals, o another script, 9, or a mark.

    Parameters
    ----------
    spelt : str
        One word or mark.

    Returns
    -------
    shape : str
        One of "x", "X", "XX", "xX", "o", "9", ".".

    Examples
    --------
    >>> shape("Amira"), shape("LOL"), shape("سارة")
    ('X', 'XX', 'o')
    """
    if not spelt[0].isalpha():
        return "9" if spelt[0].isdigit() else "."
    if spelt.lower() == spelt:
        return "x" if spelt.upper() != spelt else "o"
    if len(spelt) > 1 and spelt.isupper():
        return "XX"
    return "X" if spelt[0].isupper() else "xX"


def lexical(about: Known, word: str) -> str:
    """Put what the lists know into one short word.

    Parameters
    ----------
    about : Known
        What the lists say of the word.
    word : str
        The folded word.

    Returns
    -------
    lexical : str
        Digits for first name, last name and everyday use; g or c for a general place or a country; ~ for a slip of
        the pen in an everyday word.

    Examples
    --------
    >>> from engage.analysis.method.redaction.lexicon import known
    >>> lexical(known("amira"), "amira")
    '200'
    """
    unknown = not (about.name or about.ordinary)
    return (
        f"{about.first}{about.last}{about.ordinary}{places().get(word, '')[:1]}{'~' if unknown and slip(word) else ''}"
    )


@lru_cache(maxsize=65536)
def of_itself(word: str, shaped: str, lex: str) -> tuple[str, ...]:
    """List the features of one word, whatever stands around it.

    Parameters
    ----------
    word, shaped, lex : str
        The folded word, its shape, and what the lists know.

    Returns
    -------
    features : tuple of str
        Names of binary features.

    Examples
    --------
    >>> "S=X" in of_itself("amira", "X", "200")
    True
    """
    own = [f"L={lex}", f"L={lex}{shaped}", f"S={shaped}", f"w={word}", f"n={min(len(word), 10)}"]
    if lex[2] == "0" and shaped not in {".", "9"}:
        edged = f"^{word}$"
        grams = {edged[at : at + size] for size in (2, 3, 4) for at in range(min(len(edged), 24) - size + 1)}
        own += [f"g={gram}" for gram in sorted(grams)]
    return tuple(own)


def around(words: Sequence[str], shapes: Sequence[str], lexes: Sequence[str], at: int, *, cased: bool) -> Iterable[str]:
    """List the features of what stands around one word in its text.

    Parameters
    ----------
    words, shapes, lexes : sequences of str, of the same length
        Folded words, their shapes, and what the lists know.
    at : int
        Which word.
    cased : bool
        Whether the writer uses capitals at all.

    Returns
    -------
    features : iterable of str
        Names of binary features.

    Examples
    --------
    >>> "p=told" in list(around(["told", "amira"], ["x", "x"], ["004", "200"], 1, cased=False))
    True
    """
    last = len(words) - 1
    before, after = (words[at - 1] if at else EDGE), (words[at + 1] if at < last else EDGE)
    lex_before, lex_after = (lexes[at - 1] if at else EDGE), (lexes[at + 1] if at < last else EDGE)
    shape_before, shape_after = (shapes[at - 1] if at else EDGE), (shapes[at + 1] if at < last else EDGE)
    lex, shaped = lexes[at], shapes[at]
    opening = "^" if before in _OPENERS else ""
    case = f"{shaped}{int(cased)}{opening}"
    yield f"c={case}"
    yield f"cL={case}{lex}"
    yield f"p={before}"
    yield f"a={after}"
    yield f"pL={lex[2]}{lex[:1]}p{before}"
    yield f"aL={lex[2]}{lex[:1]}a{after}"
    yield f"pl={lex_before}{shape_before}"
    yield f"al={lex_after}{shape_after}"
    yield f"plL={lex_before}{shape_before}{lex}{shaped}"
    yield f"alL={lex_after}{shape_after}{lex}{shaped}"
    yield f"pp={words[at - 2] if at > 1 else EDGE}"
    yield f"aa={words[at + 2] if at + 2 <= last else EDGE}"
    yield f"pb={words[at - 2] if at > 1 else EDGE} {before}"
    yield f"ab={after} {words[at + 2] if at + 2 <= last else EDGE}"
    if before in _CUES or (at > 1 and words[at - 2] in _CUES):
        yield f"cue{lex[0]}{lex[2]}"


def reading(found: Sequence[Token]) -> tuple[list[str], list[str], list[str], bool]:
    """Prepare a text's words for `features`.

    Parameters
    ----------
    found : sequence of Token
        The words of one text.

    Returns
    -------
    words, shapes, lexes : lists of str
        As `features` takes them.
    cased : bool
        Whether at least one word in twelve starts with a capital, and not all are capitals.

    Examples
    --------
    >>> from engage.analysis.method.redaction.tokens import tokens
    >>> reading(tokens("ask Amira"))[1]
    ['x', 'X']
    """
    words = [token.word for token in found]
    shapes = [shape(token.text) for token in found]
    lexes = [lexical(known(word), word) for word in words]
    letters = [kind for kind in shapes if kind not in {".", "9"}]
    capitals = sum(kind == "X" for kind in letters)
    cased = capitals * 12 >= len(letters) and capitals > 0
    return words, shapes, lexes, cased
