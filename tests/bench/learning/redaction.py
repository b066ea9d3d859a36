"""Learns which words are names, from sentences with names put in: `python -m tests.bench.learning.redaction`."""

import csv
import json
import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from faker import Faker
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from engage.analysis.method.redaction import lexicon
from engage.analysis.method.redaction.features import around, lexical, of_itself, reading
from engage.analysis.method.redaction.tokens import tokens
from tests.bench.learning.inventing import Inventor as Answers
from tests.bench.learning.inventing import written
from tests.bench.table import PROJECT, evaluation_data

WEIGHTS = PROJECT / "engage/analysis/method/redaction/words/weights.txt"
DETAILS = frozenset({"PERSON", "STREET_ADDRESS", "ORGANIZATION", "GPE"})
ORDINARY = frozenset({"DATE_TIME", "AGE", "NRP"})
RARE, LIGHT, STRENGTH = 4, 0.05, 0.15
SITES = {"{a}": "address", "{t}": "street_address", "{o}": "company", "{c}": "city"}
SITED, PLAIN = 60, 12
LOCALES = [
    *("en_GB", "en_US", "en_IE", "de_DE", "fr_FR", "pl_PL", "it_IT", "es_ES", "nl_NL", "pt_PT"),
    *("hu_HU", "cs_CZ", "fi_FI", "sv_SE", "no_NO", "da_DK", "ro_RO", "tr_TR", "sl_SI", "hr_HR"),
]


@dataclass(frozen=True)
class Sentence:
    """A text and its pieces: from, to, and whether it is a detail (None: read by patterns, not learnt)."""

    text: str
    pieces: tuple[tuple[int, int, bool | None], ...] = ()


class Inventor:
    """Puts names into sentences; the same ones for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.abroad = Faker(LOCALES)
        marked = [(word, marks) for word, marks in lexicon.names().items() if re.fullmatch(r"[a-z']+", word)]
        self._names = {mark: [word for word, marks in marked if mark in marks and len(word) > 2] for mark in "hlfs"}

    def name(self, *, first: bool) -> str:
        return self.random.choice(self._names[self.random.choice("hf" if first else "ls")])

    def fill(self, template: str, hole: str, *, small: bool) -> Sentence:
        """Fill every hole of a template, in small letters or with capitals."""
        said, pieces, at, length = [], [], 0, 0
        for match in re.finditer(hole, template):
            name = self._for_hole(match.group())
            named = match.group() not in SITES
            name = name.lower() if small else name.title() if named else name
            before = template[at : match.start()]
            length += len(before)
            pieces.append((length, length + len(name), None if name.lower() in lexicon.places() else True))
            said += [before, name]
            at, length = match.end(), length + len(name)
        return Sentence("".join([*said, template[at:]]), tuple(pieces))

    def _for_hole(self, hole: str) -> str:
        if hole in SITES:
            made = str(getattr(self.abroad, SITES[hole])())
            made = made.upper() if hole == "{c}" and self.random.random() < 0.2 else made
            return made if self.random.random() < 0.4 else ", ".join(made.splitlines())
        if hole in {"{f}", "{s}"}:
            return self.name(first=hole == "{f}")
        first = self.name(first=self.random.random() < 0.8)
        return f"{first} {self.name(first=False)}" if self.random.random() < 0.2 else first

    def slipped(self, text: str) -> str:
        """Swap, drop or double a letter in some words."""
        words = text.split(" ")
        for at, word in enumerate(words):
            if len(word) > 4 and word.isalpha() and self.random.random() < 0.12:
                cut = self.random.randrange(1, len(word) - 2)
                swapped = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
                words[at] = self.random.choice(
                    [swapped, word[:cut] + word[cut + 1 :], word[:cut] + word[cut] + word[cut:]]
                )
        return " ".join(words)


def sentences(folder: Path, inventor: Inventor) -> Iterator[Sentence]:
    """Everything to learn from."""
    for line in _written("sentences"):
        for style in range(60):
            shown = line[:1].upper() + line[1:] if style % 3 == 2 else line
            yield inventor.fill(shown, r"\{[fs]\}", small=style % 3 != 2)
    yield from _sites(inventor)
    yield from _ordinary()
    for comment in _half(folder, "banter"):
        yield from _comment(comment, inventor)
    for question in _half(folder, "counselling"):
        yield from (Sentence(question[:600]), Sentence(question[:600].lower()))
    yield from _synthetic(folder)


def _written(part: str) -> list[str]:
    return list(yaml.safe_load(Path(__file__).with_name("redaction_learning.yaml").read_text("utf-8"))[part])


def _sites(inventor: Inventor) -> Iterator[Sentence]:
    """Sentences with addresses, firms and towns of many countries, one of them put in at a time."""
    inventor.abroad.seed_instance(7)
    for line in _written("sites"):
        for style in range(SITED):
            yield inventor.fill(line.lower() if style % 3 == 2 else line, r"\{[fsatoc]\}", small=style % 3 == 2)


def _ordinary() -> Iterator[Sentence]:
    """Invented answers in which nobody is named; what is said of a place counts neither way."""
    answers = Answers(seed=7)
    for line in written()["ordinary"].splitlines():
        for _ in range(PLAIN):
            text = answers.realise(line)
            places = [word for word in re.finditer(r"[a-z]+", text) if word.group() in lexicon.places()]
            yield Sentence(text, tuple((word.start(), word.end(), None) for word in places))


def _comment(comment: str, inventor: Inventor) -> Iterator[Sentence]:
    plain = comment.replace("[RELIGION]", "Christian")
    if "[NAME]" not in plain:
        shown = inventor.slipped(plain) if inventor.random.random() < 0.25 else plain
        yield from (Sentence(shown), Sentence(shown.lower()))
        return
    small = plain.lower().replace("[name]", "[NAME]")
    for text in (plain, plain, small, small, small):
        yield inventor.fill(text, r"\[NAME\]", small=text == small)


def _half(folder: Path, name: str) -> Iterator[str]:
    with (folder / f"screening/{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from (row["text"] for row in csv.DictReader(lines) if zlib.crc32(row["text"].encode()) % 2 == 0)


def _synthetic(folder: Path) -> Iterator[Sentence]:
    """The sentences of even-numbered templates; the odd ones measure and are never read here."""
    for row in json.loads((folder / "redaction/synthetic_pii.json").read_text("utf-8")):
        if row["template"] % 2 == 0:
            pieces = tuple((span["start"], span["end"], _wanted(row["text"], span)) for span in row["spans"])
            yield from [Sentence(row["text"], pieces)] * 6
            if len(row["text"].lower()) == len(row["text"]):
                yield from [Sentence(row["text"].lower(), pieces)] * 5


def _wanted(text: str, span: dict[str, int | str]) -> bool | None:
    place = text[int(span["start"]) : int(span["end"])].lower() in lexicon.places()
    if span["type"] in DETAILS and not place:
        return True
    return False if span["type"] in ORDINARY else None


def examples(sentence: Sentence, inventor: Inventor) -> Iterator[tuple[list[str], bool]]:
    """The features of each word, some names and some rare words shown as if no list held them."""
    found = tokens(sentence.text)
    words, shapes, lexes, cased = reading(found)
    labels = [_label(token.start, sentence) for token in found]
    chance = inventor.random.random
    hidden = {word for word, label, lex in zip(words, labels, lexes, strict=True) if chance() < _hiding(lex, label)}
    lexes = [lexical(lexicon.NOTHING, word) if word in hidden else lex for word, lex in zip(words, lexes, strict=True)]
    for at, label in enumerate(labels):
        dull = not label and shapes[at] == "x" and lexes[at] == "004" and chance() < 0.35
        if label is not None and found[at].text[0].isalpha() and not dull:
            seen = [*of_itself(words[at], shapes[at], lexes[at]), *around(words, shapes, lexes, at, cased=cased)]
            yield [name for name in seen if not (label and name.startswith("w="))], label


def _hiding(lex: str, label: bool | None) -> float:  # noqa: FBT001 - a label, not a switch
    if label:
        return 0.4
    return {"001": 0.5, "002": 0.5, "003": 0.06}.get(lex, 0.0)


def _label(start: int, sentence: Sentence) -> bool | None:
    return next((detail for begin, end, detail in sentence.pieces if begin <= start < end), False)


def learn(folder: Path) -> dict[str, float]:
    """Weights of the features; "bias" is where every word starts."""
    inventor = Inventor()
    seen = [example for sentence in sentences(folder, inventor) for example in examples(sentence, inventor)]
    counted = Counter(name for names, _ in seen for name in names)
    columns = {name: at for at, name in enumerate(sorted(name for name, count in counted.items() if count >= RARE))}
    places = [[columns[name] for name in names if name in columns] for names, _ in seen]
    ends = np.cumsum([0, *map(len, places)], dtype=np.int32)
    flat = np.array([at for row in places for at in row], np.int32)
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(seen), len(columns)))
    model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-5)
    model.fit(matrix, np.array([label for _, label in seen], dtype=np.int8))
    weights = dict(zip(columns, (round(float(weight), 2) for weight in model.coef_[0]), strict=True))
    heavy = {name: weight for name, weight in weights.items() if abs(weight) >= LIGHT}
    return {"bias": round(float(model.intercept_[0]), 2), **heavy}


if __name__ == "__main__":
    data = evaluation_data()
    if data is None:
        raise SystemExit("The texts to learn from are not there; set ENGAGE_EVAL_DATA")
    WEIGHTS.write_text("\n".join(f"{weight:g} {name}" for name, weight in learn(data).items()) + "\n", "utf-8")
