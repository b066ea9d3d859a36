"""Bring what was said at the tables of a forum into the loop: the forum becomes a source, read like any other."""

from engage.analysis.jobs.reading import read_new
from engage.forums.queries.forums import forum
from engage.shared import db
from engage.shared.errors import NotFound
from engage.shared.words import N_
from engage.surveys.actions.feedback import source_of_forum


def read_notes(subject: str) -> int:
    """Redact and screen the notes of "forum:7"; gives how many were new. Safe to run again. Raises `NotFound`."""
    kind, _, number = subject.partition(":")
    if kind != "forum" or not number.isdecimal():
        raise NotFound(N_("There is no such forum"))
    with db.reading():
        here = forum(int(number))
    name = f"Forum {here.id}: {here.theme}, {here.meets_on:%-d %B %Y}"
    source_id = source_of_forum(here.id, name=name, met_on=here.meets_on)
    db.session.commit()
    return read_new(f"source:{source_id}")
