"""Make every new written answer ready for a person: personal details out, worrying ones first, alerts raised."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from engage.analysis.actions.hiding import hide_new
from engage.analysis.actions.meanings import forget_meanings
from engage.analysis.actions.reading import forget_written, keep_excerpts
from engage.analysis.jobs.languages import language_of
from engage.analysis.jobs.turns import let_others_first
from engage.analysis.method.redaction import redact
from engage.analysis.method.screening import Screen
from engage.analysis.method.screening.screen import ALIKE
from engage.analysis.method.screening.wording import plain_words
from engage.analysis.queries.worker import NewExcerpt, read_keys
from engage.analysis.rules import sent_by
from engage.forums.queries.notes import note_keys, notes
from engage.safeguarding.actions.alerts import raise_alert
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db, wanted
from engage.shared.clock import now
from engage.shared.crypto import LOST
from engage.surveys.queries.feedback import feedback, feedback_keys
from engage.surveys.queries.places import Place, place, questions
from engage.surveys.queries.written import written, written_keys

TOGETHER = 250
CERTAIN = 3  # reasons shown with an answer
FIRST = "concern about a professional"  # names an alert whatever else was noticed: whom to ask first depends on it


@dataclass(frozen=True)
class _Said:
    """One text on its way: `receipt_hash` only where somebody may be written back to."""

    key: bytes
    item: str
    language: str
    words: str
    day: date | None
    receipt_hash: bytes | None = None


@cache
def screen() -> Screen:
    """The screen, loaded once a process."""
    return Screen.load()


def read_new(subject: str) -> int:
    """Redact and screen what has not been; gives how many. Safe to run again.

    Raises `NotFound`, and `Later` between two pieces of a partner's feedback when young people's own words wait.
    """
    with db.reading():
        about, labels, new, gone = _to_do(subject)
        since = wanted.since("read", subject) or now()
    for some in batched(gone):
        forget_written(some)
        forget_meanings()  # no key tells whose words it stands for; what is still there is placed anew
    db.session.commit()
    read = 0
    for some in batched(new):
        with db.reading():
            said = [one for one in _said(about, some) if one.words != LOST]  # waits for its key, as nobody's words
        _keep(about, labels, said, since)
        read += len(some)
        wanted.say("read", subject, f"{read:,} of {len(new):,} answers read by the machine")
        db.session.commit()
        if about.wave_id is None and read < len(new):
            let_others_first()
    return read


def batched(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Cut a list of keys into pieces that one statement can take."""
    return (keys[start : start + TOGETHER] for start in range(0, len(keys), TOGETHER))


def _to_do(subject: str) -> tuple[Place, dict[str, str], list[bytes], list[bytes]]:
    about = place(subject)
    labels = {} if about.wave_id is None else questions(about.wave_id)
    there = _keys(about)
    known = read_keys(about)
    return about, labels, [key for key in there if key not in known], _gone(about, sorted(known - set(there)))


def _gone(about: Place, empty: Sequence[bytes]) -> list[bytes]:
    """Of those without words, the ones somebody deleted; the others were forgotten in time, and what they say stays."""
    return [key for some in batched(empty) for key in set(some).difference(one.key for one in _said(about, some))]


def _keys(about: Place) -> list[bytes]:
    if about.wave_id is not None:
        return written_keys(about.wave_id)
    return feedback_keys(about.source_id or 0) if about.forum_id is None else note_keys(about.forum_id)


def _said(about: Place, keys: Sequence[bytes]) -> Iterator[_Said]:
    if about.forum_id is not None:
        for note in notes(keys):
            words = note.words or ""
            yield _Said(note.key, note.question or note.table, language_of(words, note.language), words, note.said_on)
    elif about.wave_id is None:
        for comment in feedback(keys):
            words = comment.words or ""
            yield _Said(comment.key, comment.question, language_of(words, "en"), words, comment.said_on)
    else:
        for answer in written(keys):
            words = answer.words or ""
            language = language_of(words, answer.language)
            yield _Said(answer.key, answer.item, language, words, answer.sent_on, answer.receipt_hash)


def _keep(about: Place, labels: dict[str, str], said: list[_Said], since: datetime) -> None:
    excerpts, alerts = [], []
    for one, score in zip(said, screen().score([one.words for one in said]).tolist(), strict=True):
        excerpt = _excerpt(one, score)
        excerpts.append(excerpt)
        if _said_to_us(about) and _names_a_harm(excerpt):
            alerts.append((_alert(about, labels, one, excerpt), sent_by(one.day, since)))
    keep_excerpts(about, excerpts)
    hide_new()
    for alert, at in alerts:
        raise_alert(alert, at=min(at, now()))


def _said_to_us(about: Place) -> bool:
    """A partner has read its own feedback already; what was said to us is for our own safeguarding lead."""
    return about.wave_id is not None or about.forum_id is not None


def _excerpt(one: _Said, score: float) -> NewExcerpt:
    clean = redact(one.words, language=one.language)
    flagged = score >= screen().threshold_
    why = _noticed(one.words, clean.text) if flagged else ()
    return NewExcerpt(
        key=secrets.token_bytes(16), written_key=one.key, item=one.item, language=one.language, day=one.day,
        words=clean.text, why=why, urgency=score, flagged=flagged, details=len(clean.spans),
    )  # fmt: skip


def _noticed(words: str, clean: str) -> tuple[tuple[str, str], ...]:
    """What led to the score, without a word that redaction took out of the answer."""
    gone = set(plain_words(words)) - set(plain_words(clean))
    told = screen().explain(words)[:CERTAIN]
    return tuple((kind, " ".join(_left(phrase, gone)).rstrip(",") or "…") for kind, phrase, _weight in told)


def _left(phrase: str, gone: set[str]) -> list[str]:
    return [word for word in phrase.split() if gone.isdisjoint(plain_words(word))]


def _names_a_harm(excerpt: NewExcerpt) -> bool:
    """Say whether a word list noticed it; likeness alone puts an answer first in the queue, and a person decides."""
    return any(kind != ALIKE for kind, _phrase in excerpt.why)


def _alert(about: Place, labels: dict[str, str], one: _Said, excerpt: NewExcerpt) -> NewAlert:
    kinds = [kind for kind, _phrase in excerpt.why if kind != ALIKE]
    return NewAlert(
        words=one.words, place=f"{about.title}: {labels.get(one.item, one.item)}", item=one.item,
        kind=FIRST if FIRST in kinds else kinds[0], score=min(1.0, excerpt.urgency),
        receipt_hash=one.receipt_hash,
    )  # fmt: skip
