"""The public list, and one page for each forum."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.forums.queries import after
from engage.forums.queries import forums as queries
from engage.forums.rules.forums import Forum, check_takes_sign_ups
from engage.forums.rules.showing import shown
from engage.forums.views.blueprint import pages
from engage.shared.clock import now, today
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.get("/")
@open_to(Who.ANYONE)
def show_forums() -> ResponseReturnValue:
    found = [shown(one, at=now()) for one in queries.public_forums(today())]
    coming, past = [one for one in found if not one.is_over], [one for one in found if one.is_over]
    return render_template("forums/list.html", coming=coming, past=past)


@pages.get("/<slug>")
@open_to(Who.ANYONE)
def show_forum(slug: str) -> ResponseReturnValue:
    return _page(to_show(slug))


@pages.get("/invited/<token>")
@open_to(Who.ANYONE)
def show_invited(token: str) -> ResponseReturnValue:
    return _page(queries.invited(token), invitation=token)


def to_show(slug: str) -> Forum:
    """Give a forum by its address; one for invited people only with its invitation. Raises `NotFound`."""
    invitation = request.args.get("invitation", "")
    found = queries.invited(invitation) if invitation else queries.forum_by_slug(slug)
    if found.slug != slug:
        raise NotFound(N_("The address may have been typed wrongly, or the page has gone."))
    return found


def to_join(slug: str) -> Forum:
    """Give a forum that takes sign-ups; whether it still does is asked once more where it counts.

    Raises `NotFound`, or `NotOpen` with the reason.
    """
    found = to_show(slug) if "invitation" in request.args else queries.lately_by_slug(slug)
    check_takes_sign_ups(found, at=now())
    return found


def _page(forum: Forum, *, invitation: str | None = None) -> str:
    view = shown(forum, at=now())
    return render_template(
        "forums/forum.html",
        forum=forum,
        view=view,
        answers=after.answers(forum.id) if view.is_over else [],
        room=queries.in_room(forum.id),
        invitation=invitation,
    )
