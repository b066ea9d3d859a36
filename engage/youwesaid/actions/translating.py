"""Translate what is public, and have a speaker of the language sign it off."""

from datetime import date

from sqlalchemy import delete, update

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotAllowed
from engage.shared.words import N_
from engage.youwesaid.actions.concern import hold
from engage.youwesaid.models import TranslationRow
from engage.youwesaid.queries.translating import Text, mark_of_waiting, texts
from engage.youwesaid.rules.as_read import check_mark
from engage.youwesaid.rules.translating import MISSING, Typed, fingerprint


def translate(concern_id: int, language: str, typed: Typed, *, by: Person, today: date) -> int:
    """Keep the words of each place; give how many changed. What changed waits for a speaker again.

    Words that are behind the English count for today's only when they were changed too, or somebody looked and they
    still say the same. Raises `NotFound`.
    """
    hold(concern_id)
    changed = [text for text in texts(concern_id, language) if _is_new(text, typed)]
    rows = TranslationRow.concern_id == concern_id, TranslationRow.language == language
    places = [text.place for text in changed]
    db.session.execute(delete(TranslationRow).where(*rows, TranslationRow.place.in_(places)))
    db.session.add_all(
        TranslationRow(
            concern_id=concern_id, place=text.place, language=language, of=fingerprint(text.english),
            words=typed.words[text.place], written_by=by.id, written_on=today,
        )
        for text in changed
        if typed.words[text.place]
    )  # fmt: skip
    if changed:
        note("translated a concern", f"concern {concern_id}", language)
    return len(changed)


def sign_off(concern_id: int, language: str, *, by: Person, today: date, read: str | None = None) -> int:
    """Say as a speaker that what is not checked yet is right, as it was `read`; give how many texts.

    Raises `NotAllowed`, `NotFound`, `NotOpen` when a text was changed since.
    """
    hold(concern_id)
    found = texts(concern_id, language)
    waits = [text for text in found if text.standing == "unchecked"]
    others = [text.place for text in waits if text.written_by != by.id]
    if waits and not others:
        raise NotAllowed(N_("Somebody else has to do this step: nobody approves what they wrote."))
    check_mark(read, mark_of_waiting(found))
    checked = update(TranslationRow).where(TranslationRow.concern_id == concern_id, TranslationRow.language == language)
    db.session.execute(checked.where(TranslationRow.place.in_(others)).values(checked_by=by.id, checked_on=today))
    if others:
        note("checked a translation", f"concern {concern_id}", language)
    return len(others)


def _is_new(text: Text, typed: Typed) -> bool:
    words = typed.words.get(text.place)
    if words is None or (text.standing == MISSING and not words):
        return False
    return words != text.words or (text.standing == "behind" and text.place in typed.still)
