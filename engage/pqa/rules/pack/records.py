"""What a pack says, section by section: plain records that are frozen as JSON and come back equal."""

from dataclasses import dataclass
from datetime import date

from engage.analysis.method.records import Chart, Record


@dataclass(frozen=True)
class Needed(Record):
    """Something the panel has to decide; `since` is how long it waits, `address` the page it stands on."""

    words: str
    why: str
    since: date | None
    address: str


@dataclass(frozen=True)
class Source(Record):
    """Frozen results that the pack rests on; `sha256` is their fingerprint."""

    code: str
    title: str
    closed_on: date
    responses: str
    mode: str
    minimum: int
    sha256: str


@dataclass(frozen=True)
class Moved(Record):
    """One headline that moved: percentages of rounded counts, their likely ranges, and their bases."""

    question: str
    direction: str
    before: int
    before_likely: tuple[int, int]
    now: int
    now_likely: tuple[int, int]
    base: int


@dataclass(frozen=True)
class Changes(Record):
    """What changed in one wave since the one before; "" where nothing was asked before."""

    wave: str
    since: str
    moved: tuple[Moved, ...]
    unchanged: int
    too_few: int


@dataclass(frozen=True)
class ThemeSaid(Record):
    """One theme of a wave: answers to the nearest five, their share where it may be said, and how it moved."""

    name: str
    count: str
    percent: int | None
    likely: tuple[int, int] | None
    change: str


@dataclass(frozen=True)
class Said(Record):
    """What young people wrote in one wave; `hidden` themes are too small to say."""

    wave: str
    answers: str
    themes: tuple[ThemeSaid, ...]
    hidden: int
    compared: str
    chart: Chart | None
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Few(Record):
    """A wave that asks who is safe; the counts are on its restricted page and nowhere here."""

    code: str
    title: str


@dataclass(frozen=True)
class Rise(Record):
    """Something said more than before, and what the team decided about it."""

    what: str
    times: str
    decided: str


@dataclass(frozen=True)
class Emerging(Record):
    """What is new in one wave, in two tiers; `withheld` are for the team that reads answers."""

    wave: str
    rises: tuple[Rise, ...]
    watched: tuple[Rise, ...]
    withheld: int
    note: str


@dataclass(frozen=True)
class Measure(Record):
    """One measure of the loop: what it is, its value, and what it rests on."""

    name: str
    value: str
    rests_on: str


@dataclass(frozen=True)
class ActionLine(Record):
    """One action with its colour, and why it has it."""

    what: str
    concern: str
    colour: str
    why: str
    due_on: date | None


@dataclass(frozen=True)
class AgencyActions(Record):
    """The actions of one agency, the worst first; those that are done count among the green and are not listed."""

    agency: str
    red: int
    amber: int
    green: int
    lines: tuple[ActionLine, ...]


@dataclass(frozen=True)
class YouthPage(Record):
    """The page that ambassadors wrote; nobody else can change it."""

    title: str
    words: str
    ask: str
    written_on: date


@dataclass(frozen=True)
class Came(Record):
    """How many of one type came to a forum, as it may be said."""

    who: str
    signed_up: str
    attended: str


@dataclass(frozen=True)
class ForumHeld(Record):
    """One forum: who came, and what happened because of it."""

    theme: str
    met_on: date
    came: tuple[Came, ...]
    happened: tuple[str, ...]


@dataclass(frozen=True)
class Pulse(Record):
    """What practitioners said in one wave of their own: each headline with its share and base."""

    wave: str
    responses: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EarlierDecision(Record):
    """A decision of an earlier meeting that is not done yet."""

    words: str
    owner: str
    due_on: date
    late: bool


@dataclass(frozen=True)
class OpenChallenge(Record):
    """A challenge that nobody has answered."""

    words: str
    by: str
    on: date


@dataclass(frozen=True)
class Suppressed(Record):
    """How many figures of one kind were hidden, of how many, and by which rule."""

    where: str
    hidden: int
    figures: int
    why: str


@dataclass(frozen=True)
class Body(Record):
    """A whole pack, in the order it is read."""

    quarter: str
    name: str
    partnership: str
    version: int
    since: date
    until: date
    made_on: date
    no_wave: str
    decisions: tuple[Needed, ...]
    earlier: tuple[EarlierDecision, ...]
    challenges: tuple[OpenChallenge, ...]
    changes: tuple[Changes, ...]
    said: tuple[Said, ...]
    few: tuple[Few, ...]
    emerging: tuple[Emerging, ...]
    scoreboard: tuple[Measure, ...]
    actions: tuple[AgencyActions, ...]
    youth: YouthPage | None
    forums: tuple[ForumHeld, ...]
    pulse: tuple[Pulse, ...]
    limits: tuple[str, ...]
    suppressed: tuple[Suppressed, ...]
    sources: tuple[Source, ...]
