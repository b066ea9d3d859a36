"""Which answers clearly say the other way: it is good where a theme complains, it is bad where a theme praises.

A list of moods alone takes wishes ("brighter lights please") and bad news in friendly words ("the stream is full of
trolleys, we did a clean up") for praise. So an answer must say in plain words that something is good, or bad, and hold
nothing that turns it round. Most that say it otherwise are missed: none is better than a wrong one.
"""

import re

from engage.analysis.method.sentiment.lexicon import FIGURES, figures_of

FINE = r"good(?! at)|great|nice|lovely|amazing|beautiful|brilliant|perfect|friendly|kind(?! of)|helpful|safe|clean|calm"

GOOD = re.compile(
    rf"\bi (?:really |do |actually )?(?:love|loved|like|liked|enjoy)\b"
    rf"|\b(?:is|are|its|it's|was|were|theyre|they're) (?:so |really |very |pretty |actually )*(?:{FINE})\b"
    r"|(?:^|\bso |\breally |\bvery |\bits |\bit's )easy to (?:get (?:to|home|around)|reach|use|talk to)\b"
    r"|\bfeels? (?:so |really |very |much )*(?:safe|safer|better|welcome|at home)\b"
    r"|\b(?:way |much |a lot )(?:less (?:creepy|scary|dark|crowded|busy)|better|safer|cleaner|nicer|quicker|easier)\b"
    r"|\bnow (?:i|we) can\b|\bfinally (?:got|have|fixed|opened|open)\b"
    r"|\bthey (?:put|brought|gave) .*\bback\b|\b(?:really |actually )?helped me\b",
    re.IGNORECASE,
)
BAD = re.compile(
    r"\bi (?:really )?hate\b|\bi (?:dont|don't|do not|never) (?:like|feel safe|trust)\b"
    r"|\b(?:is|are|its|it's|was|were) (?:so |really |very |too |always )*"
    r"(?:bad|awful|horrible|terrible|disgusting|scary|unsafe|dangerous|boring|lonely|rude|mean|dirty|broken)\b"
    r"|\b(?:is|are|its) (?:not|never) (?:safe|good|nice|kind|friendly|fair)\b|\bworst\b",
    re.IGNORECASE,
)
TURNS_ROUND = re.compile(
    r"\b(?:not|no|never|nobody|none|without|cannot|but|except|unless|though|too|only|just|should|would|could|need|needs|"
    r"want|wants|wish|if|please|pls|plz|more|stop|than|used|until|supposed|lol|jk|when|how|why)\b"
    r"|\b(?:do|does|did|is|are|was|were|ca|wo|could|would|should|have|has)n'?t\b|\b(?:cant|wont|aint)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.!?\n]+")


def says_good(words: str) -> bool:
    """Say whether an answer plainly says that something is good, and nothing bad beside it."""
    return _says(words, GOOD, "neg")


def says_bad(words: str) -> bool:
    """Say whether an answer plainly says that something is bad, and nothing good beside it."""
    return _says(words, BAD, "pos")


def _says(words: str, cue: re.Pattern[str], contrary: str) -> bool:
    straight = words.replace("’", "'")
    plain = any(cue.search(one) and not TURNS_ROUND.search(cue.sub(" ", one)) for one in SENTENCE.split(straight))
    if not plain or "?" in straight:
        return False
    rest = cue.sub(" ", straight)
    return not float(figures_of([rest])[0, FIGURES.index(contrary)])
