"""What somebody typed to sign up, until they send it or an hour has passed."""

import json
from datetime import datetime

from sqlalchemy import bindparam, select

from engage.forums.models import DraftRow
from engage.forums.rules.drafts import Draft
from engage.shared import db

FOUND = select(DraftRow.words).where(DraftRow.key == bindparam("of"), DraftRow.typed_at > bindparam("after"))


def draft(key: bytes, *, after: datetime) -> Draft | None:
    """Give what was typed under a key after a moment, None where nothing is kept."""
    words = db.session.connection().execute(FOUND, {"of": key, "after": after.replace(tzinfo=None)}).scalar()
    return Draft(**json.loads(words)) if words else None
