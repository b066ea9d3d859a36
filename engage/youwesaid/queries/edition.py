"""Which edition of the public pages this is: one number, read before a page is made."""

from sqlalchemy import select

from engage.shared import db
from engage.youwesaid.models import EditionRow


def edition() -> int:
    """The number that grows whenever something is written that public pages show."""
    return db.session.scalar(select(EditionRow.number)) or 0
