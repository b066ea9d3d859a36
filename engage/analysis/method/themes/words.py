"""From an answer as typed to its words: same words, same key; nothing said, no theme."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache

from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize.casual import reduce_lengthening
from stop_words import StopWordError, get_stop_words

STEMMERS = {
    "ar": "arabic", "da": "danish", "nl": "dutch", "en": "english", "fi": "finnish", "fr": "french", "de": "german",
    "hu": "hungarian", "it": "italian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "es": "spanish", "sv": "swedish",
}  # fmt: skip
LONGEST = 5_000  # letters of one answer that are read
LAUGHS = r"lo+l+|lmf?ao|rofl|ha(?:ha)+h?|he(?:he)+|xd|jk|j k|just kidding|joking|bruh|😂|🤣"
NOTHING = (
    rf"{LAUGHS}|"
    r"nothing|none|no|nope|nah|na|nil|n a|not applicable|no comments?|no answer|did not answer|didn ?t answer|test|idk|"
    r"dunno|dont know|don t know|do not know|no idea|not sure|unsure|skip|pass|"
    r"(?:can ?not|cant|can t|couldn t|could not) think of (?:anything|any|one)|prefer not to say|rather not say|"
    r"nada|no s[eé]|rien|je (?:ne )?sais pas|nichts|wei(?:ß|ss) nicht|niente|nic|nie wiem|nimic|nu [sșş]tiu|bilmiyorum|"
    r"asgjë|hiçbir şey|hiç|waxba|kuch nahi|lo se|لا شيء|لا [أا]عرف|لا [أا]دري|هیچ|ничего|не знаю|нічого|"
    r"কিছু না|કંઈ નહીં"
)
AROUND = (
    r"i|im|i m|absolutely|really|honestly|sorry|just|at all|at the moment|right now|atm|to say|to add|to report|else|"
    r"much|in particular|specific|comes to mind|springs to mind|(?:that )?i (?:can|could) (?:really )?think of|for now|"
    r"to improve|yet|thanks|thank you|so|well|um+|er+|please"
)
SAYS_NOTHING = re.compile(rf"(?:(?:{AROUND}) )*(?:{NOTHING})(?: (?:{AROUND}|{NOTHING}))*")
CUT_OFF = frozenset({"re", "ve", "ll", "don", "didn", "doesn", "isn", "wasn", "couldn", "wouldn", "im", "dont"})
STRETCHED = re.compile(r"(.)\1\1\1")
# Signs inside a word that are no letters by themselves: accents, vowels above and below, what joins or parts letters.
INSIDE = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff\u200d"
WORDS = re.compile(rf"[^\W_](?:[^\W_]|[{INSIDE}])*|[^\w\s]")


def same_words(text: str) -> str:
    """Reduce an answer to its words: letters of one case and form, no punctuation; emoji are kept.

    Parameters
    ----------
    text : str
        Of any length; the first 5,000 letters are read.

    Returns
    -------
    key : str
        Equal for answers that say the same in the same words; empty if there are no words or signs.

    Examples
    --------
    >>> same_words("  Waiting TIME!! ")
    'waiting time'
    """
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    signs = (found for found in WORDS.findall(plain) if found[0].isalnum() or unicodedata.category(found[0]) == "So")
    return " ".join(signs)


def says_nothing(text: str) -> bool:
    """Whether an answer is one of the stock ways to say nothing ("n/a", "don't know", "nothing really").

    Parameters
    ----------
    text : str

    Returns
    -------
    nothing : bool

    Examples
    --------
    >>> says_nothing("Nothing at all."), says_nothing("nothing ever changes here")
    (True, False)
    """
    return key_of(text) is None


def key_of(text: str) -> str | None:
    """The words of an answer, or None if it is one of the stock ways to say nothing."""
    key = same_words(text)
    return None if not key or SAYS_NOTHING.fullmatch(key) else key


@cache
def _stemmer(language: str) -> SnowballStemmer | None:
    return SnowballStemmer(STEMMERS[language]) if language in STEMMERS else None


@cache
def stop_words_of(language: str) -> frozenset[str]:
    """Small words of a language that say nothing about a theme; none where the language has no list."""
    try:
        return frozenset(same_words(word) for word in get_stop_words(language)) | {
            "s",
            "t",
            "m",
            "re",
            "ve",
            "ll",
            "don",
        }
    except StopWordError:
        return frozenset()


def split(key: str) -> list[str]:
    """The words of a key in order; stretched letters ("soooooo") shortened to three."""
    words: list[str] = (reduce_lengthening(key) if STRETCHED.search(key) else key).split()
    return words


class Stems:
    """Joins forms of a word ("wait", "waiting"), and remembers the form most people used."""

    def __init__(self, language: str) -> None:
        self.language, self._stop = language, stop_words_of(language)
        self._known: dict[str, str] = {}
        self.forms: dict[str, Counter[str]] = {}

    def stem(self, word: str) -> str:
        if word not in self._known:
            stemmer = _stemmer(self.language)
            self._known[word] = stemmer.stem(word) if stemmer else word
        return self._known[word]

    def is_small(self, word: str) -> bool:
        return word in self._stop or (len(word) == 1 and word.isascii())

    def learn(self, keys: Iterable[str]) -> list[list[str]]:
        """Split keys into stems without small words, remembering which form each came from."""
        found = []
        for key in keys:
            stems = []
            for word in split(key):
                if not self.is_small(word):
                    stem = self.stem(word)
                    self.forms.setdefault(stem, Counter())[word] += 1
                    stems.append(stem)
            found.append(stems)
        return found

    def read(self, key: str) -> list[str]:
        return [self.stem(word) for word in split(key) if not self.is_small(word)]

    def form(self, stem: str) -> str:
        """The form of a stem that most people wrote."""
        return self.forms[stem].most_common(1)[0][0] if stem in self.forms else stem
