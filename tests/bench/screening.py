"""Screening on invented disclosures and on real texts, none of which the weights were learnt from.

Six phrases of the lists (a friend who cuts, "nearly didnt make it", a partner who hurts, checks a phone or gets rough,
carrying "something") were added after five of the demo's worrying voices had been missed: for those the demo is no
longer an unseen test. The misses among "fresh" and "later" were read on 25 November 2026, before the second sitting of
learning lines was written: for it they are not unseen either. The voices of that day were written before, and their
misses have not been read; the phrases of further languages were added by somebody who knew which those were.
"""

import csv
import random
import time
import zlib
from pathlib import Path
from typing import Any

import yaml

from engage.analysis.method.screening import Screen
from engage.analysis.method.screening.lists import word_lists
from tests.bench.learning.screening import learn
from tests.bench.table import PROJECT, Row, evaluation_data

FLAGS, LEAST_UNSEEN = 0.060, 0.70
UNSEEN, AGAIN, ABROAD = "unseen_2026_11_25", "unseen_again_2026_11_25", "other languages"
UNSEEN_ORDINARY = "unseen_ordinary_2026_11_25"
LEFT_OUT = ("sexual harm", "self-harm and suicide", "violence and weapons", "neglect", "online grooming and images")


def rows() -> list[Row]:
    """The rows of the table."""
    voices = yaml.safe_load((PROJECT / "tests/method/screening_voices.yaml").read_text("utf-8"))
    cries = yaml.safe_load((PROJECT / "tests/method/screening_cries.yaml").read_text("utf-8"))
    told = {kind: list(texts) for kind, texts in voices["disclosures"].items()}
    screen = Screen.load()
    every = [text for texts in told.values() for text in texts]
    recall = _flagged(screen, every)
    fresh, later = _flagged(screen, voices["fresh"]), _flagged(screen, voices["later"])
    new = [text for kind, texts in voices[UNSEEN].items() if kind != ABROAD for text in texts]
    unseen, unseen_noisy = _flagged(screen, new), _flagged(screen, [_noisy(text) for text in new])
    again = _flagged(screen, voices[AGAIN])
    worst = min(told, key=lambda kind: _flagged(screen, told[kind]))
    noisy = _flagged(screen, [_noisy(text) for text in every])
    return [
        _row("screening: invented disclosures flagged", recall, ">= .95", ok=recall >= 0.95),
        _row("screening: the same, written after the lists", fresh, ">= .95", ok=fresh >= 0.95),
        _row("screening: the same, written after the weights too", later, ">= .95", ok=later >= 0.95),
        _row("screening: the same, unseen (25 November 2026)", unseen, ">= .95", ok=unseen >= 0.95),
        _row("screening: the same, unseen again, harder", again, ">= .95", ok=again >= 0.95),
        _row("screening: the same, further languages", _flagged(screen, voices[UNSEEN][ABROAD]), "", ok=None),
        _row(f"screening: the worst kind of harm ({worst})", _flagged(screen, told[worst]), ">= .95", ok=None),
        _row(
            "screening: lost to typing slips (one in every answer)", recall - noisy, "<= .02", ok=recall - noisy <= 0.02
        ),
        _row(
            "screening: invented look-alikes flagged", _flagged(screen, list(map(str, voices["ordinary"]))), "", ok=None
        ),
        _row(
            "screening: lost to typing slips, unseen", unseen - unseen_noisy, "<= .02", ok=unseen - unseen_noisy <= 0.02
        ),
        _row("screening: unseen look-alikes flagged", _flagged(screen, voices[UNSEEN_ORDINARY]), "", ok=None),
        *_cry_rows(screen, cries),
        *_real_rows(screen, evaluation_data(), told),
        _speed(screen, every),
    ]


def _cry_rows(screen: Screen, cries: dict[str, Any]) -> list[Row]:
    """Answers of a few words or pictures: cries, those nobody read while the list was written, and ordinary ones."""
    read = _flagged(screen, [text for texts in cries["cries"].values() for text in texts])
    unread = _flagged(screen, cries["unread"])
    return [
        _row("screening: cries of a few words or pictures flagged", read, ">= .95", ok=read >= 0.95),
        _row("screening: the same, misses not read", unread, ">= .95", ok=unread >= 0.95),
        _row("screening: ordinary answers as short, flagged", _flagged(screen, cries["ordinary"]), "", ok=None),
    ]


def _real_rows(screen: Screen, folder: Path | None, told: dict[str, list[str]]) -> list[Row]:
    if folder is None:
        return [Row("screening: unseen rows", "skipped: no data", "", "", "", "", None)]
    banter = [text for text in texts_of(folder, "banter") if zlib.crc32(text.encode()) % 2]
    flags = _flagged(screen, banter)
    harassment = _flagged(screen, texts_of(folder, "harassment"))
    return [
        _row("screening: flags on everyday comments (half not learnt from)", flags, "<= .060", ok=flags <= FLAGS),
        _row("screening: harassment reports flagged", harassment, ">= .95", ok=harassment >= 0.95),
        _row("screening: abuse posts flagged", _flagged(screen, texts_of(folder, "distress", "abuse")), "", ok=None),
        _row(
            "screening: distress posts flagged (hard)",
            _flagged(screen, texts_of(folder, "distress", "distress")),
            "",
            ok=None,
        ),
        _row(
            "screening: counselling questions flagged (hard)",
            _flagged(screen, texts_of(folder, "counselling")),
            "",
            ok=None,
        ),
        *(row for kind in LEFT_OUT for row in _left_out(folder, kind, told[kind], banter)),
    ]


def _left_out(folder: Path, kind: str, told: list[str], banter: list[str]) -> list[Row]:
    """Take one kind of harm out of the learning, then its list too: are its disclosures still flagged?"""
    lists = [a_list for a_list in word_lists() if a_list.kind != kind]
    unlearnt = Screen(None, learn(folder, leave_out=kind, keep_list=True))
    unknown = Screen(lists, learn(folder, leave_out=kind))
    peer = "classifier .02-.09, lists .32-.39; flags "
    rows = []
    for name, screen in (("learning (its list stays)", unlearnt), ("learning and lists", unknown)):
        recall, flags = _flagged(screen, told), _flagged(screen, banter)
        line = f"screening: {kind}, left out of {name}"
        rows.append(Row(line, recall, "share", ">= .70", f"{peer}{flags:.3f}", "", recall >= LEAST_UNSEEN))
    return rows


def texts_of(folder: Path, name: str, kind: str | None = None) -> list[str]:
    """The texts of one labelled file."""
    with (folder / f"screening/{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines) if kind is None or row["kind"] == kind]


def _flagged(screen: Screen, texts: list[str]) -> float:
    return float((screen.score(texts) >= screen.threshold_).mean())


def _noisy(text: str) -> str:
    """Swap two letters of one longer word, always the same way for the same text."""
    chance = random.Random(text)
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isascii() and word.isalpha()]
    if long:
        at = chance.choice(long)
        cut = chance.randrange(1, len(words[at]) - 2)
        word = words[at]
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
    return " ".join(words)


def _speed(screen: Screen, told: list[str]) -> Row:
    texts = [f"{text} and i was with my friends at the bus stop {number}" for number, text in enumerate(told * 29)][
        :5000
    ]
    began = time.process_time()
    screen.score(texts)
    took = time.process_time() - began
    return Row("screening: 5,000 answers", took, "CPU s", "<= 10", "", "", took <= 10)


def _row(name: str, value: float, bar: str, *, ok: bool | None) -> Row:
    return Row(name, value, "share", bar, "", "", ok)
