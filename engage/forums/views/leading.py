"""The page of a group's leader: how each place stands, and what may be done for all of them."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.forums.actions import changing, offers
from engage.forums.queries import forums as forum_queries
from engage.forums.queries import links, sign_ups
from engage.forums.queries.agencies import taken_of_agencies
from engage.forums.queries.changed import changed_since
from engage.forums.queries.sign_ups import BookedGroup, SignUp
from engage.forums.rules.agencies import ANOTHER
from engage.forums.rules.forums import Forum
from engage.forums.rules.links import Opens
from engage.forums.rules.places import Room, room_for
from engage.forums.rules.standing import member_words
from engage.forums.rules.states import LIVING
from engage.forums.views.blueprint import pages
from engage.forums.views.opening import opened
from engage.shared import outbox
from engage.shared.clock import now


@pages.get("/group/<token>")
@open_to(Who.ANYONE)
def show_group(token: str) -> ResponseReturnValue:
    group = opened(sign_ups.group_of, token)
    return _page(token, group)


@pages.post("/group/<token>/accept")
@open_to(Who.ANYONE)
def accept_group(token: str) -> ResponseReturnValue:
    offers.accept_group(_those_in(opened(sign_ups.group_of, token), "offered"), at=now())
    return _back(token)


@pages.post("/group/<token>/decline")
@open_to(Who.ANYONE)
def decline_group(token: str) -> ResponseReturnValue:
    for sign_up_id in _offers(opened(sign_ups.group_of, token)):
        offers.decline(sign_up_id, at=now())
    return _back(token)


@pages.post("/group/<token>/split")
@open_to(Who.ANYONE)
def split_group(token: str) -> ResponseReturnValue:
    changing.split_group(opened(sign_ups.group_of, token).id, at=now())
    return _back(token)


@pages.get("/group/<token>/cancel")
@open_to(Who.ANYONE)
def ask_cancel_group(token: str) -> ResponseReturnValue:
    group = opened(sign_ups.group_of, token)
    forum, living = forum_queries.forum(group.forum_id), _those_in(group, *LIVING)
    return render_template("forums/cancel_group.html", token=token, forum=forum, count=len(living))


@pages.post("/group/<token>/cancel")
@open_to(Who.ANYONE)
def cancel_group(token: str) -> ResponseReturnValue:
    changing.cancel_group(opened(sign_ups.group_of, token).id, at=now())
    return _back(token)


def _page(token: str, group: BookedGroup) -> str:
    forum = forum_queries.forum(group.forum_id)
    waiting = [one for one in group.members if one.state == "waitlisted"]
    unagreed = sign_ups.wait_for_yes(waiting)
    return render_template(
        "forums/mine_group.html",
        token=token,
        group=group,
        forum=forum,
        words={
            one.id: member_words(one.state, needs_check=one.needs_check, needs_yes=one.id in unagreed)
            for one in group.members
        },
        addresses={one.id: links.path(Opens.MINE, one.key) for one in group.members},
        address=outbox.link(url_for("forums.show_group", token=token)),
        offered=_those_in(group, "offered"),
        waiting=waiting,
        ahead=sign_ups.ahead_of(*(waiting if group.together else waiting[:1])) if waiting else 0,
        room=_room(forum, waiting),
        shared=any(one.counted_as == ANOTHER for one in waiting),
        living=_those_in(group, *LIVING),
        changed=changed_since(forum, min((one.signed_up_at for one in group.members), default=None)),
    )


def _room(forum: Forum, waiting: list[SignUp]) -> Room:
    return room_for([one.member for one in waiting], forum.taken, forum.plan.limits, taken_of_agencies(forum.id))


def _those_in(group: BookedGroup, *states: str) -> list[int]:
    return [one.id for one in group.members if one.state in states]


def _offers(group: BookedGroup) -> list[int]:
    """One sign-up for each offer: those who stay together take theirs at once."""
    return _those_in(group, "offered")[: 1 if group.together else None]


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("forums.show_group", token=token), 303)
