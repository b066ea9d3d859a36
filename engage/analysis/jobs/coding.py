"""Learn from what people coded in a wave or source: suggest themes with reasons, and say what to code next."""

from collections.abc import Sequence
from dataclasses import dataclass

from engage.analysis.actions.hints import keep_hints
from engage.analysis.jobs.finding import meanwhile, telling
from engage.analysis.jobs.meanings import Placing, placing
from engage.analysis.jobs.reading import read_new
from engage.analysis.jobs.speaking import Heard, hear
from engage.analysis.jobs.turns import take_turn
from engage.analysis.jobs.voices import choose_voices
from engage.analysis.method.coding import ThemeCoder
from engage.analysis.method.records import Suggestion
from engage.analysis.queries.learning import Hint, Lesson, Told, lessons, told
from engage.analysis.queries.worker import Text
from engage.analysis.rules.coding import FEWEST_TO_LEARN, TURNS, places_of
from engage.shared import db, wanted
from engage.surveys.queries.places import place

SEED = 0
TOGETHER = 250
MOST_SUGGESTED = 5_000  # answers at once; the next run goes on with those that then come next


@dataclass(frozen=True)
class _Learnt:
    coder: ThemeCoder
    frame: list[Told]
    heard: Heard

    @property
    def taught(self) -> list[int]:
        """The themes that somebody gave an answer; about others the model knows nothing, and leaves them alone."""
        return [one.theme_id for place, one in enumerate(self.frame) if place not in self.coder.untaught_]


def suggest_codes(subject: str) -> int:
    """Suggest themes for what nobody has coded; gives how many suggestions. Safe to run again.

    With fewer than ten coded answers, or none that has a theme, nothing is suggested and the reading order stays.
    Raises `NotFound`.
    """
    read_new(subject)
    with db.reading():
        about, every, frame = place(subject), lessons(place(subject)), told()
        model = placing(_words(every))
    if not _enough([one for one in every if not one.waits], frame):
        choose_voices(subject)
        return 0
    _say(subject, f"Learning from {sum(not one.waits for one in every):,} coded answers")
    learnt = meanwhile(lambda: _learn(every, frame, model))
    waits = [one for one in every if one.waits]
    waiting = [one for one in waits if learnt.heard.says_something(one)]
    turns = _turns(learnt.coder, waiting)
    hints = _hints(learnt, _first(waiting, turns), subject)
    keep_hints(about, learnt.taught, hints, turns, last={one.key for one in waits} - {one.key for one in waiting})
    if model is not None:
        model.keep()
    db.session.commit()
    choose_voices(subject)
    return len(hints)


def _enough(coded: Sequence[Lesson], frame: Sequence[Told]) -> bool:
    known = {one.theme_id for one in frame}
    return len(coded) >= FEWEST_TO_LEARN and any(one.themes & known for one in coded)


def _learn(every: Sequence[Lesson], frame: list[Told], model: Placing | None) -> _Learnt:
    """Learn from what was coded; then again with answers that lost a theme: it holds what the model says but that.

    Which words are used alike is learnt from all answers.
    """
    coded = [one for one in every if not one.waits]
    refused = [one for one in every if one.waits and one.refused]
    truth = [[one.theme_id in lesson.themes for one in frame] for lesson in coded]
    coder = ThemeCoder(random_state=SEED, meaning=None if model is None else model.meaning.place)
    told_of, others = [one.words for one in frame], _words(every)
    coder.fit(_words(coded), truth, _asked(coded), definitions=told_of, others=others)
    if refused:
        guessed = coder.predict(_words(refused), _asked(refused)).tolist()
        truth += [
            [holds and one.theme_id not in lesson.refused for one, holds in zip(frame, row, strict=True)]
            for lesson, row in zip(refused, guessed, strict=True)
        ]
        both = [*coded, *refused]
        coder.fit(_words(both), truth, _asked(both), definitions=told_of, others=others)
    return _Learnt(coder, frame, hear(every, frame))


def _first(waiting: Sequence[Lesson], turns: Sequence[bytes]) -> list[Lesson]:
    """Those that people code next, and more as far as time allows: looking for reasons takes 4 ms an answer."""
    order = {key: turn for turn, key in enumerate(turns)}
    return sorted(waiting, key=lambda one: order.get(one.key, len(order)))[:MOST_SUGGESTED]


def _hints(learnt: _Learnt, waiting: Sequence[Lesson], subject: str) -> list[Hint]:
    found: list[Hint] = []
    for start in range(0, len(waiting), TOGETHER):
        some = waiting[start : start + TOGETHER]
        found += _suggested(learnt, some)
        _say(subject, f"Themes suggested for {start + len(some):,} of {len(waiting):,} answers")
        take_turn({"read": read_new}, only_first=True)  # what young people send now is read first
    return found


def _suggested(learnt: _Learnt, some: Sequence[Lesson]) -> list[Hint]:
    """What is sure enough, and can be explained: a suggestion that no word of the answer speaks for is left out."""
    each = learnt.coder.suggest(_words(some), _asked(some))
    found = [
        _hint(learnt, one, lesson)
        for lesson, suggestions in zip(some, each, strict=True)
        for one in suggestions
        if one.chosen
    ]
    return [hint for hint in found if hint.because]


def _hint(learnt: _Learnt, suggestion: Suggestion, lesson: Lesson) -> Hint:
    theme_id = learnt.frame[suggestion.code].theme_id
    reasons = learnt.heard.reasons(suggestion, lesson, theme_id)
    return Hint(lesson.key, theme_id, suggestion.chance, places_of(reasons, lesson.words))


def _turns(coder: ThemeCoder, waiting: Sequence[Lesson]) -> list[bytes]:
    order = coder.to_read_next(_words(waiting), TURNS, _asked(waiting)).tolist() if waiting else []
    return [waiting[at].key for at in order]


def _words(some: Sequence[Lesson]) -> list[str]:
    return [telling(Text(one.key, one.words, flagged=False)) for one in some]


def _asked(some: Sequence[Lesson]) -> list[str]:
    return [one.item for one in some]


def _say(subject: str, progress: str) -> None:
    wanted.say("code", subject, progress)
    db.session.commit()
