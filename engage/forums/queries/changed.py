"""What a forum's people knew of it before it was changed."""

from datetime import UTC, datetime

from sqlalchemy import select

from engage.forums.models import ForumChangeRow
from engage.forums.rules.changed import Difference, Known, difference
from engage.forums.rules.forums import Forum
from engage.shared import db
from engage.shared.clock import LONDON


def changed_since(forum: Forum, since: datetime | None) -> Difference | None:
    """Say what is different from what somebody knew who heard of it at `since`, in UTC; None where nothing is.

    Most forums never change, and then nothing is asked.
    """
    if since is None or forum.changed_at is None or forum.changed_at <= since:
        return None
    was = db.session.scalar(
        select(ForumChangeRow)
        .where(
            ForumChangeRow.forum_id == forum.id, ForumChangeRow.changed_at > since.astimezone(UTC).replace(tzinfo=None)
        )
        .order_by(ForumChangeRow.changed_at, ForumChangeRow.id)
        .limit(1)
    )
    if was is None:
        return None
    known = Known(was.starts, was.ends, was.venue, was.address, forum.changed_at.astimezone(LONDON).date())
    return difference(known, forum.plan)
