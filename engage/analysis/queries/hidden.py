"""An answer about somebody of an agency is left out of everything that people of that agency ask, in one place for all.

Twenty queries show answers or count them, and one that forgot would be enough: so the session itself adds the
condition to each of them while somebody of an agency is looking (2026-11). It is added wherever a column of an answer
is asked for or joined; a bare `count()` and an `exists()` ask for none, so what they give must tell nothing.
"""

from sqlalchemy import event, select
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria

from engage.accounts.queries import known
from engage.analysis.models import ExcerptAboutRow, ExcerptRow
from engage.shared import db

WHOLE = {"whole": True}  # for what must know of all answers, and shows none of them


@event.listens_for(db.session, "do_orm_execute")
def leave_out(asked: ORMExecuteState) -> None:
    """Add the condition, unless nobody of an agency is looking or the statement asks for the whole."""
    someone = known()
    if someone is None or not someone.agencies or not asked.is_select or asked.execution_options.get("whole"):
        return
    about_us = select(ExcerptAboutRow.excerpt_key).where(ExcerptAboutRow.agency_id.in_(sorted(someone.agencies)))
    shown = with_loader_criteria(ExcerptRow, ExcerptRow.key.not_in(about_us), include_aliases=True)
    asked.statement = asked.statement.options(shown)
