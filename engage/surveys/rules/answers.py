"""Turn what a form sent into answers: only what was asked, only what may be chosen, of an age only its band."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from engage.shared.words import N_
from engage.surveys.rules.conditions import LONGEST_NUMBER
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.items import ZERO_TO_TEN
from engage.surveys.rules.routing import path
from engage.surveys.rules.text import clean, first_half

DONT_KNOW, RATHER_NOT_SAY, SKIPPED, NOT_ASKED = "dont_know", "rather_not_say", "skipped", "not_asked"
OFFERED = (DONT_KNOW, RATHER_NOT_SAY)
LONGEST_TEXT = 2000  # characters
LONGEST_SHORT = 200


@dataclass(frozen=True)
class Answer:
    """What one item got: option codes (a number as its digits, an age as its band), or text, or a missing code.

    Both codes and text only where somebody chose "Other" and said what.
    """

    item: str
    options: tuple[str, ...] = ()
    text: str = ""
    missing: str | None = None

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The answer as routing conditions see it."""
        if self.missing:
            return () if self.missing in {SKIPPED, NOT_ASKED} else (self.missing,)
        return self.options or (self.text,)


@dataclass(frozen=True)
class Problem:
    """What to put right at one item; `words` is marked for translation and takes `values`."""

    item: str
    words: str
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """One person's answers, one for each question on their path, in order, and what is to be put right."""

    answers: tuple[Answer, ...]
    problems: tuple[Problem, ...]

    def answer(self, item: str) -> Answer:
        """The answer to `item`; one with the missing code `not_asked` where it is not on the path."""
        asked = (answer for answer in self.answers if answer.item == item)
        return next(asked, Answer(item, missing=NOT_ASKED))


def says_no(definition: Definition, sent: Answers) -> bool:
    """Whether somebody said no to taking part: a consent card may be called anything, and come anywhere."""
    return any("no" in answer.options and definition.item(answer.item).kind is Kind.CONSENT for answer in sent.answers)


def read_answers(definition: Definition, raw: Mapping[str, Sequence[str]], *, seed: int) -> Answers:
    """Read what was sent; what is off the path or asked by nobody is dropped, what is wrong comes back as problems."""
    read = {item.code: _read_all(definition, item, raw) for item in definition.asking}
    given = {code: found.given for code, found in read.items() if isinstance(found, Answer)}
    on_path = [read[code] for code in path(definition, given, seed) if code in read]
    problems = tuple(found for found in on_path if isinstance(found, Problem))
    answers = (Answer(found.item, missing=SKIPPED) if isinstance(found, Problem) else found for found in on_path)
    return Answers(tuple(_banded(definition, answer) for answer in answers), problems)


def _banded(definition: Definition, answer: Answer) -> Answer:
    if answer.item not in definition.ages_asked or answer.missing:
        return answer
    band = definition.band_of(int(answer.options[0]))
    return replace(answer, options=(band.code,)) if band else Answer(answer.item, missing=SKIPPED)


def _read_all(definition: Definition, item: Item, raw: Mapping[str, Sequence[str]]) -> Answer | Problem:
    answer = _read(definition, item, raw.get(item.code, ()))
    return _with_other(item, answer, raw.get(f"{item.code}:other", ())) if item.other else answer


def _with_other(item: Item, answer: Answer | Problem, box: Sequence[str]) -> Answer | Problem:
    """Give the answer with what was written beside its "Other"."""
    text = "\n".join(cleaned for value in box if (cleaned := clean(value)))
    if not item.other or not text or isinstance(answer, Problem):
        return answer
    if answer.missing == SKIPPED:  # the box says it all: its option need not be ticked too
        answer = Answer(item.code, (item.other,))
    if item.other not in answer.options:
        return answer
    return _too_long(item, text, LONGEST_SHORT) or replace(answer, text=text)


def _read(definition: Definition, item: Item, raw: Sequence[str]) -> Answer | Problem:
    if len(raw) == 1 and raw[0] in item.one_of:
        return _one(item.code, raw[0])  # as most are: nothing about it needs a closer look
    values = list(dict.fromkeys(text for value in raw if (text := clean(value))))
    said = [value for value in values if value not in OFFERED]
    if not said:
        return _read_missing(item, values)
    if item.kind is Kind.AGE:
        return _read_age(definition, item, said)
    return READERS[item.kind](item, said)


@lru_cache(maxsize=4096)  # the same few come again and again
def _one(item: str, option: str) -> Answer:
    return Answer(item, (option,))


def _read_missing(item: Item, values: Sequence[str]) -> Answer | Problem:
    if item.kind is Kind.CONSENT:
        return Problem(item.code, N_("Choose yes or no"))
    return Answer(item.code, missing=values[0] if values and item.missing else SKIPPED)


def _read_one(item: Item, said: Sequence[str]) -> Answer | Problem:
    if len(said) > 1:
        return Problem(item.code, N_("Choose one answer"))
    if said[0] not in item.option_codes:
        return Problem(item.code, N_("Choose one of the answers shown here"))
    return Answer(item.code, (said[0],))


def _read_several(item: Item, said: Sequence[str]) -> Answer | Problem:
    if not set(said) <= set(item.option_codes):
        return Problem(item.code, N_("Choose from the answers shown here"))
    if len(said) > 1 and set(said) & set(item.exclusive):
        return Problem(
            item.code, N_("One of your answers says that none of the others fits. Keep that one, or the others")
        )
    if item.pick and len(said) > item.pick:
        return Problem(item.code, N_("Choose up to %(pick)s"), {"pick": item.pick})
    return Answer(item.code, tuple(code for code in item.option_codes if code in said))


def _read_number(item: Item, said: Sequence[str]) -> Answer | Problem:
    if len(said) > 1 or said[0] not in ZERO_TO_TEN:
        return Problem(item.code, N_("Choose a number from 0 to 10"))
    return Answer(item.code, (said[0],))


def _read_amount(item: Item, said: Sequence[str]) -> Answer | Problem:
    least, most = item.least or 0, item.most or 0
    text = said[0] if len(said) == 1 and said[0].isdecimal() and len(said[0]) <= LONGEST_NUMBER else ""
    if not text or not least <= int(text) <= most:
        return Problem(item.code, N_("Write a whole number from %(least)s to %(most)s"), {"least": least, "most": most})
    return Answer(item.code, (str(int(text)),))


def _read_ranking(item: Item, said: Sequence[str]) -> Answer | Problem:
    if not set(said) <= set(item.answer_codes):
        return Problem(item.code, N_("Choose from the answers shown here"))
    placed = sorted((int(place), code) for place, _, code in (value.partition(".") for value in said))
    codes = [code for _, code in placed]
    if len({place for place, _ in placed}) < len(placed) or len(set(codes)) < len(codes):
        return Problem(item.code, N_("Two answers have the same place. Give each a place of its own"))
    return Answer(item.code, tuple(f"{place}.{code}" for place, code in enumerate(codes, 1)))


def _read_text(item: Item, said: Sequence[str]) -> Answer | Problem:
    text = "\n".join(said)
    most = LONGEST_SHORT if item.kind is Kind.SHORT else LONGEST_TEXT
    return _too_long(item, text, most) or Answer(item.code, text=text)


def _too_long(item: Item, text: str, most: int) -> Problem | None:
    if len(text) <= most:
        return None
    values = {"most": most, "count": len(text)}
    return Problem(item.code, N_("Write up to %(most)s characters. You wrote %(count)s"), values)


def _read_area(item: Item, said: Sequence[str]) -> Answer | Problem:
    listed = [value for value in said if value in item.option_codes]
    if listed:
        return _read_one(item, listed)
    half = first_half(said[0])
    if half is None:
        return Problem(item.code, N_("Write only the first half of your postcode, such as N12"))
    return Answer(item.code, (half,))


def _read_age(definition: Definition, item: Item, said: Sequence[str]) -> Answer | Problem:
    youngest, oldest = definition.ages
    if len(said) > 1 or said[0] not in map(str, range(youngest, oldest + 1)):
        return Problem(item.code, N_("Choose your age from the list"))
    return Answer(item.code, (said[0],))


READERS: Mapping[Kind, Callable[[Item, Sequence[str]], Answer | Problem]] = {
    Kind.SINGLE: _read_one,
    Kind.SCALE: _read_one,
    Kind.YES_NO: _read_one,
    Kind.YES_NO_NOT_SURE: _read_one,
    Kind.PICTURE: _read_one,
    Kind.DROPDOWN: _read_one,
    Kind.CONSENT: _read_one,
    Kind.RANKING: _read_ranking,
    Kind.AMOUNT: _read_amount,
    Kind.SHORT: _read_text,
    Kind.MULTIPLE: _read_several,
    Kind.NUMBER: _read_number,
    Kind.OPEN: _read_text,
    Kind.AREA: _read_area,
}
