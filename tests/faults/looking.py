"""Look into a database for what was lost, half written, stored twice or shown differently."""

from collections import Counter
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select, text

from engage.receipts.words import hashed
from engage.safeguarding.models import AlertRow
from engage.shared import db
from engage.surveys.models import AnswerRow, ResponseRow, SittingRow, WrittenRow
from engage.surveys.queries.sittings import Sitting, sitting_of
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.rules.answers import read_answers
from tests.faults.killing import Sent

Kept = set[tuple[str, str]]


@dataclass(frozen=True)
class Found:
    """How many of what was acknowledged are not there, and so on; all should be 0."""

    lost: int
    half: int  # a response whose answers or words are not those that were sent
    beyond: int  # a response that nobody had acknowledged, or a second one
    spent: int  # a sitting that counts as sent and has no response, or the other way round
    alerts: int  # worrying words that were acknowledged and wait for nobody, or wait twice
    words: int  # phones that were shown two different receipts
    broken: int  # complaints of the database about itself

    @property
    def fine(self) -> bool:
        return not any(vars(self).values())


def look(app: Flask, everybody: list[Sent]) -> Found:
    """Compare what phones were told with what is stored."""
    with app.app_context(), db.reading():
        kept, acknowledged = _stored(), [sent for sent in everybody if sent.acknowledged]
        sittings = {sent.number: _sitting(app, sent) for sent in acknowledged}
        receipts = {number: hashed(sitting.words) for number, sitting in sittings.items()}
        alerts = Counter(db.session.scalars(select(AlertRow.receipt_hash)))
        right = [
            kept[receipts[sent.number]] == _expected(sent, sittings[sent.number])
            for sent in acknowledged
            if receipts[sent.number] in kept
        ]
        return Found(
            lost=sum(receipt not in kept for receipt in receipts.values()) + len(everybody) - len(acknowledged),
            half=right.count(False),
            beyond=len(kept.keys() - set(receipts.values())),
            spent=abs(_count_spent() - len(kept)),
            alerts=sum(alerts[receipts[sent.number]] != int(sent.worried) for sent in acknowledged),
            words=sum(set(sent.words) != {" ".join(sittings[sent.number].words)} for sent in acknowledged),
            broken=len(_complaints()),
        )


def _stored() -> dict[bytes | None, Kept]:
    """The answers and words of each response, by the hash of its receipt."""
    receipts = dict(db.session.execute(select(ResponseRow.key, ResponseRow.receipt_hash)).tuples().all())
    kept: dict[bytes | None, Kept] = {receipt: set() for receipt in receipts.values()}
    for table, value in ((AnswerRow, AnswerRow.option), (WrittenRow, WrittenRow.words)):
        for key, item, said in db.session.execute(select(table.response_key, table.item, value)).tuples():
            kept[receipts.get(key)].add((item, said))
    return kept


def _expected(sent: Sent, sitting: Sitting) -> Kept:
    typed = {name: [value] for name, value in sent.typed.items()}
    read = read_answers(definition_of(wave("youth")), typed, seed=sitting.seed)
    found: Kept = set()
    for answer in read.answers:
        chosen = (answer.missing,) if answer.missing else (*answer.options, answer.text)
        found |= {(answer.item, said) for said in chosen if said}
    return found


def _sitting(app: Flask, sent: Sent) -> Sitting:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held = signer.loads(sent.cookie.partition("=")[2])["s/youth"]
    return sitting_of(f"youth:{held['s']}")


def _count_spent() -> int:
    return len(db.session.scalars(select(SittingRow.key).where(SittingRow.sent)).all())


def _complaints() -> list[str]:
    if db.engine().dialect.name == "postgresql":  # it checks what points where by itself, and each page as it reads it
        return []
    told = [line[0] for line in db.session.execute(text("PRAGMA integrity_check")) if line[0] != "ok"]
    return told + [str(line) for line in db.session.execute(text("PRAGMA foreign_key_check"))]
