"""The record of processing (UK GDPR, Article 30), made from the settings and from the periods that the night keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from engage.settings import Settings
from engage.shared import keeping

TASK = "public task, Article 6(1)(e); safeguarding of children, Article 9(2)(g)"
CONSENT = "consent, Article 6(1)(a)"
TEAM = "the voice-of-the-child team, safeguarding leads"


@dataclass(frozen=True)
class Activity:
    """One line of the record: why, whose, what, on which ground, who reads it, how long (days)."""

    why: str
    whose: str
    what: str
    ground: str
    who: str
    kept: tuple[tuple[str, timedelta], ...]

    @property
    def kept_in_words(self) -> str:
        """How long each of it is kept, as staff read it."""
        return "; ".join(f"{what}: {_in_words(period)}" for what, period in self.kept)


ACTIVITIES = (
    Activity(
        "to hear what young people say",
        "young people of 8 to 25",
        "answers, half a postcode at most, an age band; no name",
        TASK,
        TEAM,
        (
            ("drafts", keeping.DRAFTS),
            ("written answers, at most", keeping.RAW_WORDS),
            ("redacted answers", keeping.REDACTED_WORDS),
        ),
    ),
    Activity(
        "to act where somebody may not be safe",
        "young people who tell of harm, or ask to be contacted",
        "their words, a way to reach them where they gave one, what was done",
        TASK,
        "safeguarding leads on the rota",
        (("words, after closing", keeping.ALERTS),),
    ),
    Activity(
        "to hold forums",
        "young people, the adults who say yes for them, professionals",
        "name, age on the day, a way to reach them, needs, consents, in and out",
        f"{TASK}; {CONSENT} for photographs",
        "the team, the door team of that day",
        (("needs", keeping.NEEDS), ("everything else, after the forum", keeping.SIGN_UPS)),
    ),
    Activity(
        "to bring what partners heard into the same loop",
        "whoever commented to a partner",
        "their comment",
        TASK,
        TEAM,
        (("comments, at most", keeping.RAW_WORDS),),
    ),
    Activity(
        "to tell those who ask what became public",
        "followers",
        "an e-mail address, a topic",
        CONSENT,
        "nobody; the worker",
        (("unconfirmed", keeping.UNCONFIRMED), ("confirmed", keeping.FOLLOWING)),
    ),
    Activity(
        "to answer what people ask about their own details, and complaints",
        "whoever asks",
        "who asks, what, what was done",
        "legal obligation, Article 6(1)(c)",
        "the information officer",
        (("after closing", keeping.CLAIMS),),
    ),
    Activity(
        "to know who may do what, and who did",
        "staff of the partners",
        "name, work address, roles, lines of the audit",
        "public task, Article 6(1)(e)",
        "administrators, the information officer",
        (("the audit", keeping.AUDIT),),
    ),
)


def record(settings: Settings) -> str:
    """Write the record as a page of Markdown."""
    return "\n".join([*_heading(settings), *map(_line, ACTIVITIES), "", *safety(settings)]) + "\n"


def _heading(settings: Settings) -> Iterator[str]:
    yield f"# Record of processing: {settings.partnership}\n"
    yield f"Controller: {settings.partnership}. System: Engage, at {settings.home}. Data protection officer: (name).\n"
    yield "| why | whose | what | ground (confirm) | who reads it | kept (confirm) |"
    yield "|---|---|---|---|---|---|"


def _line(one: Activity) -> str:
    return f"| {one.why} | {one.whose} | {one.what} | {one.ground} | {one.who} | {one.kept_in_words} |"


def _in_words(period: timedelta) -> str:
    years, rest = divmod(period.days, 365)
    if years and not rest:
        return f"{years} {'year' if years == 1 else 'years'}"
    return f"{period.days} days"


def safety(settings: Settings) -> Iterator[str]:
    """Say who outside gets anything, what goes abroad, and how all of it is kept safe, a sentence each."""
    post = settings.post
    mail = [f"the mail server {post.smtp_host}"] if post.smtp_host else []
    mail += ["GOV.UK Notify"] if post.notify_key else []
    yield f"Recipients outside: {' and '.join(mail) or 'none; letters wait'}. Letters tell nothing of what was said."
    yield "Transfers to other countries: none by Engage itself."
    yield f"Languages offered: {', '.join(settings.languages)}. Sentence model: {settings.embeddings or 'none'}."
    yield (
        "Safety: personal words are sealed with keys outside the database; roles end; the audit shows what was "
        f"changed; sealed backups, kept {keeping.BACKUPS.days} days; the night forgets what is due."
    )
