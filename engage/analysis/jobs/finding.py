"""Look for themes in what was written: suggestions for people, who decide; what they decided stays as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from engage.analysis.actions.found import keep_found
from engage.analysis.jobs.meanings import Placing, placing
from engage.analysis.jobs.reading import read_new
from engage.analysis.jobs.turns import take_turn
from engage.analysis.method.records import Theme as FoundTheme
from engage.analysis.method.themes import ThemeFinder, match, same_words
from engage.analysis.method.themes.words import split, stop_words_of
from engage.analysis.models import ThemeRunRow
from engage.analysis.queries.origins import joinable
from engage.analysis.queries.themes import Theme, themes
from engage.analysis.queries.worker import Found, Text, every_words, texts
from engage.analysis.rules import PLACEHOLDER, SMALLEST_SHOWN, THEME
from engage.analysis.rules.freezing import fingerprint_of
from engage.shared import db, wanted
from engage.surveys.queries.places import place

SEED = 0
METHOD = "ThemeFinder 1: word and letter TF-IDF, latent directions, spherical k-means"
WITH_MODEL = ", sentence model"
PAUSE = 1.0  # seconds between two looks for something to read
T = TypeVar("T")
IN_USE_FIRST = sorted(THEME.names, key=lambda state: state != "selected")  # of those that say the same, what is in use
FEWEST = 50  # texts; with fewer a person sees more than a count of words does


def find_themes(subject: str) -> int:
    """Suggest themes for a wave or source; gives how many were found. Safe to run again. Raises `NotFound`."""
    read_new(subject)
    with db.reading():
        about = place(subject)
        said, may = texts(about), joinable(about)
        frame = [theme for state in IN_USE_FIRST for theme in themes(state) if theme.id in may]
        model = placing([telling(text) for text in said])
    wanted.say("themes", subject, f"Comparing {len(said):,} answers")
    db.session.commit()
    found = meanwhile(lambda: _found(said, frame, model)) if len(said) >= FEWEST else []
    with db.reading():
        found = said_by_many(found, every_words() if found else (), at_least=max(about.minimum, SMALLEST_SHOWN))
    inputs = fingerprint_of([[one.key.hex(), one.words] for one in said])
    method = METHOD
    if model is not None:
        model.keep()
        method += WITH_MODEL
    keep_found(about, found, run=ThemeRunRow(texts=len(said), seed=SEED, method=method, inputs=inputs))
    wanted.want("code", subject)  # what was learnt from people speaks again beside what was found
    db.session.commit()
    return len(found)


def meanwhile(look: Callable[[], T]) -> T:
    """Do what takes a minute and no database, and read what young people send meanwhile."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        looking = apart.submit(look)
        while not looking.done():
            take_turn({"read": read_new}, only_first=True)
            wait([looking], PAUSE)
    return looking.result()


def _found(said: Sequence[Text], frame: Sequence[Theme], model: Placing | None) -> list[Found]:
    words = [telling(text) for text in said]
    meaning = model.meaning.place if model is not None else None
    finder = ThemeFinder(n_themes="auto", random_state=SEED, meaning=meaning).fit(words)
    labels = finder.labels_.tolist()
    return [
        replace(_theme(one, [at for at, label in enumerate(labels) if label == one.id], said, words), like=like)
        for one, like in zip(finder.themes_, _alike(frame, finder.themes_), strict=True)
    ]


def said_by_many(found: Sequence[Found], answers: Iterable[str], *, at_least: int) -> list[Found]:
    """Leave of what marks each theme only words and pairs that so many answers hold: they are kept, and not sealed."""
    held = Counter(part for words in answers for part in _parts(words))
    return [
        replace(
            one,
            words=tuple(word for word in one.words if held[word] >= at_least),
            phrases=tuple(pair for pair in one.phrases if held[pair] >= at_least),
        )
        for one in found
    ]


def _parts(words: str) -> set[str]:
    """Every word of an answer and every two that stand together, each once."""
    said = split(same_words(words))
    return {*said, *(" ".join(pair) for pair in pairwise(said))}


def telling(text: Text) -> str:
    """Give what a text says without placeholders; of another language than English without its small words too.

    The finder knows the small words of English; others would gather answers by their language, whatever they say.
    """
    words = PLACEHOLDER.sub(" ", text.words)
    if text.language == "en":
        return words
    small = stop_words_of(text.language)
    return " ".join(word for word in words.split() if same_words(word) not in small)


def _theme(one: FoundTheme, places: Sequence[int], said: Sequence[Text], words: Sequence[str]) -> Found:
    members = tuple((said[at].key, 1.0 if at in one.places else _closeness(words[at], one)) for at in places)
    return Found(one.words, one.phrases, one.stability, members, flagged=sum(said[at].flagged for at in places))


def _closeness(words: str, theme: FoundTheme) -> float:
    """How much of what marks the theme a text says, the first words weighing most; below the 1 of an exemplar."""
    said = set(same_words(words).split())
    weights = {word: 1 / (1 + place) for place, word in enumerate(theme.words)}
    share = sum(weight for word, weight in weights.items() if word in said) / (sum(weights.values()) or 1)
    return round(min(0.99, share), 3)


def _alike(frame: Sequence[Theme], found: Sequence[FoundTheme]) -> list[int | None]:
    """The theme of the code frame that each found one says again, by its words."""
    before = [
        FoundTheme(
            theme.id,
            words=tuple(word for word in theme.words if " " not in word),
            phrases=tuple(word for word in theme.words if " " in word),
            exemplars=(), size=0, stability=0.0,
        )
        for theme in frame
    ]  # fmt: skip
    known = {theme.id for theme in frame}
    return [one.id if one.id in known else None for one in match(before, found)]
