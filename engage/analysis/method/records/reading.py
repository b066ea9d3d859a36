"""What reading many answers found: agreement, rises, tellings, moods and suggestions. Counts here are true counts."""

from dataclasses import dataclass
from typing import Literal

from engage.analysis.method.records.base import Record
from engage.analysis.method.records.tables import Interval

Kind = Literal["phrase", "code", "theme"]
Tier = Literal["rise", "watch"]


@dataclass(frozen=True)
class Agreement(Record):
    """How far coders agree; `alpha` None: every answer was given the same codes, which says nothing either way."""

    alpha: float | None
    interval: Interval | None  # of alpha; None with too few answers read twice
    answers: int  # coded by two people or more
    coders: int
    same: int  # answers on which all gave exactly the same codes

    @property
    def words(self) -> str:
        """What the figure allows: Krippendorff's own bounds."""
        if self.alpha is None:
            return "cannot be told: all answers have the same codes"
        if self.alpha >= 0.8:  # noqa: PLR2004 (Krippendorff 2004, page 241)
            return "reliable"
        return "tentative" if self.alpha >= 0.667 else "not reliable yet"  # noqa: PLR2004


@dataclass(frozen=True)
class Rise(Record):
    """Something said more than before; shares are of answers that say something, 0 to 1."""

    what: str
    kind: Kind
    before: float
    now: float
    ratio: float | None  # None: not said before
    interval: Interval  # of the ratio
    q: float
    tier: Tier
    count: int  # answers of this wave
    exemplars: tuple[str, ...]
    places: tuple[int, ...]  # where the exemplars stand among this wave's answers
    also: tuple[str, ...] = ()  # other words for the same answers
    said_in: tuple[int, ...] = ()  # where all answers of this wave that say it stand


@dataclass(frozen=True)
class CouldSee(Record):
    """The least share of this wave that would have been called a rise four times in five."""

    before: float
    now: float
    answers: int


@dataclass(frozen=True)
class Emerging(Record):
    """What rose, how much was looked at, and what would have been too small to see."""

    rises: tuple[Rise, ...]
    could_have_seen: tuple[CouldSee, ...]  # for what was not said before, by 1 % and by 5 %
    tests: int
    answers: int  # of this wave that say something
    note: str = ""  # why nothing could be compared, if so
    earlier: int = 0  # answers of the earlier waves together that say something


@dataclass(frozen=True)
class Telling(Record):
    """A word or phrase that some people write clearly more than the rest."""

    what: str
    those: int  # answers with it
    rest: int
    log_odds: float  # weighted, natural logarithm
    interval: Interval  # of the log-odds
    z: float
    q: float
    places: tuple[int, ...]  # positions of those answers


@dataclass(frozen=True)
class Mood(Record):
    """How answers feel, as shares that sum to 1; `unread` answers say nothing and are in none of them."""

    positive: float
    mixed: float
    neutral: float
    negative: float
    answers: int
    unread: int
    source: Literal["lexicon", "labels"]


@dataclass(frozen=True)
class Suggestion(Record):
    """A code that may fit an answer, how sure the model is, and which words of the answer speak for it."""

    answer: int
    code: int
    chance: float
    reasons: tuple[tuple[str, float], ...]
    chosen: bool  # whether `predict` would give it
