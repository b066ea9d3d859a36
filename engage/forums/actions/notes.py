"""Keep what was said at the tables, and have it read like any other answer."""

from collections import Counter

from sqlalchemy import delete

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.forums.models import TableNoteRow
from engage.forums.rules.forums import Forum
from engage.forums.rules.links import KEY_BYTES
from engage.forums.rules.notes import WRITTEN_IN, NewNotes, said
from engage.shared import db, wanted
from engage.shared.crypto import keyed
from engage.shared.errors import NotOpen
from engage.shared.words import N_

WANTED = "notes"  # the kind of work the analysis does for a forum


def write_down(forum: Forum, new: NewNotes, *, by: Person) -> int:
    """Keep a line for each thing that was said and ask for it to be read; give how many lines there were.

    The same page sent twice keeps nothing twice. Raises `NotOpen` before the forum, `NotValid`.
    """
    if forum.state not in WRITTEN_IN:
        raise NotOpen(N_("Notes are written down from the moment the doors open"))
    lines, seen = said(new.words), Counter[str]()
    for line in lines:
        seen[line] += 1
        mark = repr((forum.id, new.table, new.question, line, seen[line]))
        row = db.insert_into(TableNoteRow).values(
            key=keyed("table note", mark.encode("utf-8", "replace"))[:KEY_BYTES],
            forum_id=forum.id,
            table=new.table,
            question=new.question,
            words=line,
            language="en",
            said_on=forum.meets_on,
            written_by=by.id,
        )
        db.session.execute(row.on_conflict_do_nothing(index_elements=["key"]))
    _have_it_read(forum)
    note("wrote down what was said", f"forum {forum.id}", f"{len(lines)} lines")
    return len(lines)


def take_back(forum: Forum, key: bytes, *, by: Person) -> None:
    """Delete a line one wrote oneself, and what was made of it; doing it twice changes nothing."""
    mine = TableNoteRow.written_by == by.id
    db.session.execute(delete(TableNoteRow).where(TableNoteRow.key == key, TableNoteRow.forum_id == forum.id, mine))
    _have_it_read(forum)
    note("took back what was written down", f"forum {forum.id}")


def _have_it_read(forum: Forum) -> None:
    wanted.want(WANTED, f"forum:{forum.id}")
