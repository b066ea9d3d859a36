"""Pages a young person meets on a phone: the survey, its receipt, coming back to it, asking for contact."""

from flask import request

from engage.receipts.words import hashed
from engage.safeguarding.ear import expect_receipts, listen
from engage.shared import db
from engage.shared.errors import NotFound
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.views import answering, asking, returning, sent
from engage.surveys.views.blueprint import pages
from engage.surveys.views.holding import known_sitting, put_away_what_was_sent, secret

__all__ = ["answering", "asking", "pages", "returning", "sent"]
DRAFTS = ("save_cards", "pause", "make_room", "switch", "decline")  # which nobody reads
NOT_SENT = frozenset(f"surveys.{view}" for view in DRAFTS)


def _code() -> str:
    return str((request.view_args or {}).get("code", ""))


def _secret() -> str | bytes | None:
    if _asks_for_contact():
        return None
    return secret(_code()) or _begun_elsewhere()


def _begun_elsewhere() -> bytes | None:
    known = known_sitting(_code())
    return hashed(known.words) if known else None


def _asks_for_contact() -> bool:
    """True for a name and a number: an alert about them never carries the receipt, which would join the answers."""
    return request.endpoint == "surveys.keep_contact"


def _place(field: str) -> str:
    try:
        asked = wave(_code())
        definition = definition_of(asked)
    except NotFound:
        return f"Survey {_code()}: {field}"
    finally:
        db.session.rollback()
    item = definition.by_code.get(field.removesuffix(":other"))
    return f"{asked.title}: {item.words.in_('en') if item else field}"[:200]


pages.before_app_request(put_away_what_was_sent)
listen(pages, secret=_secret, place=_place, not_sent=NOT_SENT)
expect_receipts(pages, frozenset({"surveys.change_mine", "surveys.delete_mine", "surveys.open_mine"}))
