"""Staff pages: the agencies that people choose from at a forum, and the names that were typed instead."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.forums.actions import agencies as actions
from engage.forums.desk.pages import pages
from engage.forums.forms.listed import JoinForm, ListForm
from engage.forums.queries import agencies as queries
from engage.forums.queries.forums import forum
from engage.shared.clock import now
from engage.shared.errors import NotValid


@pages.get("/<int:forum_id>/agencies")
@open_to(Role.VOICE)
def show_agencies(forum_id: int) -> ResponseReturnValue:
    return _page(forum_id, ListForm(MultiDict()))


@pages.post("/<int:forum_id>/agencies")
@open_to(Role.VOICE)
def list_agency(forum_id: int) -> ResponseReturnValue:
    form = ListForm(request.form)
    if not form.validate():
        return _page(forum_id, form), 422
    try:
        actions.list_agency(form.name.data, forum_id=forum(forum_id).id, everywhere=form.everywhere.data, at=now())
    except NotValid as problem:
        form.name.errors = [str(problem)]
        return _page(forum_id, form), 422
    return _back(forum_id, "On the list. It counts by itself from now on.")


@pages.post("/<int:forum_id>/agencies/<int:listed_id>/remove")
@open_to(Role.VOICE)
def unlist_agency(forum_id: int, listed_id: int) -> ResponseReturnValue:
    actions.unlist_agency(listed_id, at=now())
    return _back(forum_id, "Taken from the list. Who has a place keeps it.")


@pages.post("/<int:forum_id>/agencies/join")
@open_to(Role.VOICE)
def join_names(forum_id: int) -> ResponseReturnValue:
    form = JoinForm(request.form).offer(queries.listed_agencies(forum_id))
    if not form.validate():
        return _back(forum_id, "Nothing was changed: choose an agency that is on the list.")
    people = actions.join_names(forum_id, form.typed.data, form.listed.data, at=now())
    return _back(forum_id, f"Joined: {people} of them now come from {form.listed.data}, and count with it.")


def _page(forum_id: int, form: ListForm) -> str:
    listed, typed = queries.choosable(forum_id), queries.typed_agencies(forum_id)
    names = [one.name for one in listed]
    return render_template(
        "forums/desk/agencies.html",
        forum=forum(forum_id),
        form=form,
        listed=listed,
        typed=typed,
        others=queries.others_taken(forum_id),
        joins={one.name: JoinForm(MultiDict({"listed": one.counted_with})).offer(names) for one in typed},
    )


def _back(forum_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("forums_desk.show_agencies", forum_id=forum_id), 303)
