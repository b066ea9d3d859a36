"""Look at the few who said that they are not safe: how many, what they alone write, and how sure that is."""

from collections.abc import Sequence
from typing import Any

from engage.analysis.actions.serious import keep_serious
from engage.analysis.jobs.finding import meanwhile, telling
from engage.analysis.jobs.reading import read_new
from engage.analysis.method.contrast import contrast
from engage.analysis.method.records import Telling
from engage.analysis.queries.emerging import OVER
from engage.analysis.queries.worker import Text, texts, written_of
from engage.analysis.rules.freezing import fingerprint_of
from engage.analysis.rules.serious import Few, asked_of_all, few
from engage.shared import db, wanted
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.chose import how_many_chose, written_by_those
from engage.surveys.queries.counts import people_by_item
from engage.surveys.queries.places import place
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.rules.waves import Wave

SEED = 0
METHOD = "contrast 1: log-odds with an informative prior, Fisher's exact test, Benjamini-Hochberg at 5 %"
MOST_TOLD = 12
MOST_KEPT = 200  # answers for each question; where more people are not safe it is not a view of the few
Line = tuple[Few, int, set[bytes]]  # a question, how many said "not safe", and the excerpts of what they wrote


def find_serious(subject: str) -> int:
    """Look at the few of a wave that has ended; gives at how many questions. Safe to run again.

    Raises `NotFound`, `NotOpen`.
    """
    read_new(subject)
    with db.reading():
        about, this = place(subject), wave(subject.removeprefix("wave:"))
        if this.state not in OVER:
            raise NotOpen(N_("This view is made when the wave has ended"))
        said, lines, bases = texts(about), _lines(this), people_by_item(this.id)
        open_boxes = asked_of_all(definition_of(this))
    wanted.say("serious", subject, f"Looking at {len(lines)} questions")
    db.session.commit()
    shared = [text for text in said if text.item in open_boxes]
    told = meanwhile(lambda: [_told(shared, keys) for _, _, keys in lines])
    kept = [
        _line(one, bases.get(one[0].item.code, 0), tellings, said) for one, tellings in zip(lines, told, strict=True)
    ]
    inputs = [[[text.key.hex(), text.words] for text in said], [[one["count"], one["base"]] for one in kept]]
    keep_serious(about, {"method": METHOD, "seed": SEED, "inputs": fingerprint_of(inputs), "lines": kept})
    db.session.commit()
    return len(kept)


def _lines(this: Wave) -> list[Line]:
    excerpts = written_of(this.id)
    found = []
    for one in few(definition_of(this)):
        code = one.item.code
        count = how_many_chose(this.id, item=code, options=one.options)
        theirs = written_by_those(this.id, item=code, options=one.options)
        found.append((one, count, {excerpts[key] for key in theirs if key in excerpts}))
    return found


def _told(shared: Sequence[Text], keys: set[bytes]) -> list[dict[str, Any]]:
    """What these write that the rest do not, in the boxes that everybody is asked."""
    those = [(text, telling(text)) for text in shared if text.key in keys]
    rest = [telling(text) for text in shared if text.key not in keys]
    try:
        found = contrast([words for _, words in those], rest)
    except ValueError:  # one side says nothing
        return []
    return [_telling(one, [text for text, _ in those]) for one in found[:MOST_TOLD]]


def _telling(one: Telling, those: Sequence[Text]) -> dict[str, Any]:
    return {
        "what": one.what, "those": one.those, "rest": one.rest, "q": one.q,
        "answers": [those[at].key.hex() for at in one.places],
    }  # fmt: skip


def _line(one: Line, base: int, tellings: list[dict[str, Any]], said: Sequence[Text]) -> dict[str, Any]:
    asked, count, keys = one
    words = {option.code: option.words.in_("en") for option in asked.item.options}
    return {
        "item": asked.item.code,
        "question": asked.item.words.in_("en"),
        "options": [words.get(option, option) for option in asked.options],
        "count": count,
        "base": base,
        "tellings": tellings,
        "wrote": len(keys),
        "answers": [text.key.hex() for text in said if text.key in keys][:MOST_KEPT],  # in the order of random keys
    }
