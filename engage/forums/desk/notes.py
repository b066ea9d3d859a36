"""Staff pages: what was said at the tables."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.forums.actions import notes as actions
from engage.forums.desk.door import EVERYBODY
from engage.forums.desk.pages import pages
from engage.forums.forms.notes import NotesForm
from engage.forums.queries.door import is_named
from engage.forums.queries.forums import forum
from engage.forums.queries.notes import notes_by, tables
from engage.forums.rules.door import check_may_see_door
from engage.forums.rules.forums import Forum
from engage.shared.clock import now
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.get("/<int:forum_id>/notes")
@open_to(*EVERYBODY)
def show_notes(forum_id: int) -> ResponseReturnValue:
    return _page(_forum(forum_id), NotesForm(MultiDict()))


@pages.post("/<int:forum_id>/notes")
@open_to(*EVERYBODY)
def write_notes(forum_id: int) -> ResponseReturnValue:
    form, here = NotesForm(), _forum(forum_id)
    if not form.validate():
        return _page(here, form), 422
    lines = actions.write_down(here, form.record(), by=me())
    flash(f"Kept: {lines} {'thing that was' if lines == 1 else 'things that were'} said, read like any other answer.")
    return redirect(url_for("forums_desk.show_notes", forum_id=forum_id), 303)


@pages.post("/<int:forum_id>/notes/<key>/back")
@open_to(*EVERYBODY)
def take_note_back(forum_id: int, key: str) -> ResponseReturnValue:
    actions.take_back(_forum(forum_id), _key(key), by=me())
    flash("Taken back.")
    return redirect(url_for("forums_desk.show_notes", forum_id=forum_id), 303)


def _forum(forum_id: int) -> Forum:
    """Give the forum. Raises `NotAllowed` for who neither runs it nor is on its team tonight."""
    found, someone = forum(forum_id), me()
    if not someone.roles & {Role.VOICE, Role.SAFEGUARDING}:
        check_may_see_door(found, someone, named=is_named(forum_id, someone.id), at=now())
    return found


def _page(here: Forum, form: NotesForm) -> str:
    return render_template(
        "forums/desk/notes.html", forum=here, form=form, tables=tables(here.id), mine=notes_by(here.id, me().id)
    )


def _key(typed: str) -> bytes:
    try:
        return bytes.fromhex(typed)
    except ValueError as error:
        raise NotFound(N_("There is no such note")) from error
