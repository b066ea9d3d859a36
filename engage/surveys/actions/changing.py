"""Change what was sent: it is opened again as a draft, and counts until the draft is sent in its place."""

from datetime import date

from sqlalchemy import delete

from engage.receipts import words
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.actions.sittings import delete_draft, save
from engage.surveys.models import SittingRow
from engage.surveys.queries.sittings import Sent, Sitting, change_key, draft_of_receipt, is_change, sent_of_receipt
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.changing import asks_the_same, typed_again
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.publishing import MOST_WAYS
from engage.surveys.rules.waves import Wave, check_takes_answers

MOST_TRIES = 20 * MOST_WAYS  # five rows of ten are found within some hundred


class NotFoundAgain(RuntimeError):
    """A published survey draws its rows in more ways than publishing lets pass: a fault of ours, told as one."""


def begin_change(*, wave: Wave, typed: tuple[str, ...], today: date) -> Sitting:
    """Open what the holder of these four words sent as a draft, or go on with the change they began.

    Raises `NotFound` where nothing of theirs is known, `NotOpen` when the wave takes no answers today.
    """
    receipt = words.hashed(typed)
    sent = sent_of_receipt(wave.id, receipt)
    if sent is None:
        raise NotFound(N_("We don't know these words here. Look at each word, and the order."))
    check_takes_answers(wave, today)
    begun = draft_of_receipt(wave.id, receipt)
    if begun and is_change(begun.key, receipt):
        return Sitting(begun.key, typed)
    if begun:  # a page that was open since before the sending has saved something: it would never count
        delete_draft(begun.key)
    again = _same_rows(definition_of(wave), sent, receipt, typed)
    db.session.execute(delete(SittingRow).where(SittingRow.key == again.key))  # the mark of an earlier change
    given = typed_again(definition_of(wave), sent.given, seed=again.seed)
    save(wave=wave, sitting=again, typed=given, today=today, whole=True)
    return again


def _same_rows(definition: Definition, sent: Sent, receipt: bytes, typed: tuple[str, ...]) -> Sitting:
    """Find a seed that asks the same rows of a rotation again: others would drop what was answered to these.

    Raises `NotFoundAgain` where no try hits one: nothing is opened rather than something dropped.
    """
    tries = (Sitting(change_key(receipt, number), typed) for number in range(MOST_TRIES))
    same = (one for one in tries if asks_the_same(definition, sent.given, one.seed))
    found = next(same, None)
    if found is None:
        raise NotFoundAgain(f"none of {MOST_TRIES:,} seeds asks the same rows of {definition.code}")
    return found
