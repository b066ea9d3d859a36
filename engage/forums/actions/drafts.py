"""Keep what somebody typed to sign up until it is sent, for an hour at most."""

import json
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, insert

from engage.forums.actions.parties import bare
from engage.forums.models import DraftRow
from engage.forums.rules.drafts import Draft
from engage.shared import db

KEEP = insert(DraftRow)
FORGET = delete(DraftRow).where(DraftRow.key == bindparam("of"))


def keep_draft(key: bytes, typed: Draft, *, at: datetime) -> None:
    """Keep what was typed, in place of what was typed under this key before."""
    forget_draft(key)
    words = json.dumps(asdict(typed), ensure_ascii=False)
    db.session.connection().execute(KEEP, {"key": key, "words": words, "typed_at": bare(at)})


def forget_draft(key: bytes) -> None:
    """Forget what was typed under this key."""
    db.session.connection().execute(FORGET, {"of": key})


def forget_drafts_of_sign_ups(before: datetime) -> int:
    """Forget what was typed before a moment and never sent, and give how many forms that were."""
    gone = db.session.execute(delete(DraftRow).where(DraftRow.typed_at < bare(before)))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete counts its rows
