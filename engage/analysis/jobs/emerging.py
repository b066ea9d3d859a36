"""Compare what was written in a wave with the waves before: what is new, and what would have been too small to see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engage.analysis.actions.emerging import keep_emerging
from engage.analysis.jobs.finding import meanwhile, telling
from engage.analysis.jobs.reading import read_new
from engage.analysis.jobs.results import rule_of
from engage.analysis.method.emerging import emerging
from engage.analysis.method.proportions import proportion
from engage.analysis.method.records import Emerging, Rise, Rule
from engage.analysis.queries.emerging import OVER
from engage.analysis.queries.themes import themes
from engage.analysis.queries.worker import Text, coverage, given_codes, last_emerging, texts
from engage.analysis.rules import counted
from engage.analysis.rules.emerging import FEWEST, codes_compare, times
from engage.analysis.rules.freezing import fingerprint_of
from engage.shared import db, wanted
from engage.shared.errors import NotOpen
from engage.shared.words import N_
from engage.surveys.queries.places import Place, place, questions
from engage.surveys.queries.waves import definition_of, wave, waves
from engage.surveys.rules.waves import Wave

SEED = 0
METHOD = "emerging 1: words, pairs, codes and groups, beta-binomial, one Benjamini-Hochberg at 5 %"
CODE = "theme:"
WORRYING_SHARE = 0.5  # flagged answers among a rise's, from which it is for the reading team only
LONGEST = 200
FIGURES = ("now", "before", "now_share", "before_share", "times")


@dataclass(frozen=True)
class _Said:
    """What is compared: the answers of each wave, oldest first and this one last, to the questions they share."""

    waves: tuple[str, ...]
    questions: tuple[str, ...]
    texts: tuple[tuple[Text, ...], ...]
    codes: tuple[tuple[frozenset[str], ...], ...] | None
    names: Mapping[str, str]  # of codes
    rule: Rule


def find_emerging(subject: str) -> int:
    """Say what rose in a wave that has ended; gives how much. Safe to run again. Raises `NotFound`, `NotOpen`."""
    read_new(subject)
    with db.reading():
        about, this = place(subject), wave(subject.removeprefix("wave:"))
        if this.state not in OVER:
            raise NotOpen(N_("What is new in a wave can be said when it has ended"))
        said, shown = _said(this, waves_before(this)), last_emerging(this.id)
    now, before = len(said.texts[-1]), sum(map(len, said.texts[:-1]))
    wanted.say("emerging", subject, f"Comparing {now:,} answers with {before:,} of {len(said.waves)} earlier waves")
    db.session.commit()
    found = meanwhile(lambda: _found(said))
    keep_emerging(about, as_shown(_body(said, found), shown))
    db.session.commit()
    return len(found.rises)


def waves_before(this: Wave) -> list[Wave]:
    """Every wave of the same survey that ended before this one closed, oldest first."""
    code = definition_of(this).code
    earlier = [one for one in waves() if one.id != this.id and one.closes_on < this.closes_on and one.state in OVER]
    return sorted((one for one in earlier if definition_of(one).code == code), key=lambda one: one.closes_on)


def _said(this: Wave, earlier: Sequence[Wave]) -> _Said:
    asked = [_place(one) for one in (*earlier, this)]
    labels = questions(this.id)
    shared = set(labels).intersection(*(questions(one.id) for one in earlier))
    each = [tuple(text for text in texts(one) if text.item in shared) for one in asked]
    frame = [one for state in ("selected", "candidate") for one in themes(state)]
    return _Said(
        tuple(one.title for one in earlier),
        tuple(labels[item] for item in labels if item in {text.item for said in each for text in said}),
        tuple(each),
        _codes(asked, each),
        {f"{CODE}{one.id}": one.name for one in frame},
        rule_of(this),
    )


def _place(one: Wave) -> Place:
    return place(f"wave:{one.code}")


def _codes(asked: Sequence[Place], each: Sequence[Sequence[Text]]) -> tuple[tuple[frozenset[str], ...], ...] | None:
    """The codes that people gave, where they came equally far with every wave; those no earlier answer has are left
    out, for whoever added one knows already that it is new.
    """
    *before, now = [coverage(one) for one in asked]
    if not codes_compare(before, now):
        return None
    given = [given_codes(one) for one in asked]
    known = {code for codes in given[:-1] for held in codes.values() for code in held}
    return tuple(
        tuple(frozenset(f"{CODE}{code}" for code in codes.get(text.key, ()) if code in known) for text in said)
        for codes, said in zip(given, each, strict=True)
    )


def _found(said: _Said) -> Emerging:
    words = [[telling(text) for text in wave] for wave in said.texts]
    if not words[-1]:
        return Emerging((), (), 0, 0)
    return emerging(words[:-1], words[-1], codes=said.codes, random_state=SEED)


def _body(said: _Said, found: Emerging) -> dict[str, Any]:
    note = _note(said, found)
    return {
        "method": METHOD,
        "seed": SEED,
        "inputs": fingerprint_of(_inputs(said)),
        "waves": list(said.waves),
        "questions": list(said.questions),
        "note": note,
        "answers": counted("answers", found.answers, said.rule.minimum).to_json(),
        "earlier": counted("earlier", found.earlier, said.rule.minimum).to_json(),
        "tests": found.tests,
        "with_codes": said.codes is not None,
        "could_have_seen": [] if note else [one.to_json() for one in found.could_have_seen],
        "rises": [] if note else [_rise(one, said, found) for one in found.rises],
    }


def as_shown(body: dict[str, Any], shown: dict[str, Any] | None) -> dict[str, Any]:
    """Give what a run found with the figures that an earlier run showed: two counts of one rise could be subtracted."""
    if shown is None or shown["note"] or body["note"]:
        return body
    figures = {rise["names"][0]: {part: rise[part] for part in FIGURES} for rise in shown["rises"]}
    rises = [rise | figures.get(rise["names"][0], {}) for rise in body["rises"]]
    return body | {"answers": shown["answers"], "earlier": shown["earlier"], "rises": rises}


def _note(said: _Said, found: Emerging) -> str:
    if not found.answers:
        return "nothing said"
    if not said.waves:
        return "no earlier wave"
    if not found.earlier:
        return "nothing said before"
    return "too few" if found.answers < FEWEST else ""


def _inputs(said: _Said) -> list[Any]:
    codes = said.codes or [[()] * len(one) for one in said.texts]
    return [
        [[text.key.hex(), text.words, sorted(given)] for text, given in zip(one, some, strict=True)]
        for one, some in zip(said.texts, codes, strict=True)
    ]


def _rise(one: Rise, said: _Said, found: Emerging) -> dict[str, Any]:
    rule, before = said.rule, round(one.before * found.earlier)
    now_share, before_share = proportion(one.count, found.answers, rule=rule), None
    if before >= rule.minimum:  # none and few are hidden alike
        before_share = proportion(before, found.earlier, rule=rule)
    here = said.texts[-1]
    flagged = sum(here[at].flagged for at in one.said_in)
    much = times(now_share, before_share, one.interval, earlier=found.earlier, minimum=rule.minimum)
    return {
        "what": said.names.get(one.what, one.what)[:LONGEST],
        "kind": one.kind,
        "tier": one.tier,
        "also": [said.names.get(other, other) for other in one.also],
        "names": [one.what, *one.also],
        "theme_id": int(one.what.removeprefix(CODE)) if one.kind == "code" else None,
        "worrying": flagged >= WORRYING_SHARE * one.count,
        "now": counted("now", one.count, rule.minimum).to_json(),
        "before": counted("before", before, rule.minimum).to_json(),
        "now_share": now_share and now_share.to_json(),
        "before_share": before_share and before_share.to_json(),
        "times": much and much.to_json(),
        "answers": [here[at].key.hex() for at in dict.fromkeys((*one.places, *one.said_in))],
    }
