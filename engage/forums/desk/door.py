"""Staff pages: the door, on a phone; it goes on working while the network is gone."""

from secrets import token_hex

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.forums.actions import door as actions
from engage.forums.actions.refusing import refuse
from engage.forums.desk.pages import pages
from engage.forums.forms.door import MarkForm, MarksForm, SeenForm, WalkInForm
from engage.forums.queries.agencies import listed_agencies
from engage.forums.queries.door import asks_first, asks_walk_in, at_door, door_list, is_named, last_seen
from engage.forums.queries.forums import forum
from engage.forums.queries.sign_ups import SignUp, consents_of_forum, sign_up_of
from engage.forums.rules.door import (
    METER_WORDS,
    NAMED_AT_MOST,
    PHOTO_WORDS,
    PRESENCE_WORDS,
    TOO_FEW,
    VERB_WORDS,
    Mark,
    check_may_see_door,
    meter,
)
from engage.forums.rules.forums import Forum
from engage.forums.rules.links import Opens
from engage.forums.rules.places import ADULTS_AT_LEAST, ONE_ADULT, PLACE_NAMES
from engage.forums.rules.signing_up import SIGN_UP_WORDS
from engage.forums.rules.states import CHECK_IN
from engage.shared.clock import LONDON, now
from engage.shared.errors import EngageError, NotFound, NotValid
from engage.shared.words import N_

EVERYBODY = tuple(role for role in Role if role is not Role.ADMIN)
WORDS = {"photo": PHOTO_WORDS, "presence": PRESENCE_WORDS, "verb": VERB_WORDS, "place": PLACE_NAMES}


@pages.get("/<int:forum_id>/door")
@open_to(*EVERYBODY)
def show_door(forum_id: int) -> ResponseReturnValue:
    here = _door(forum_id)
    return _page(here, _walk_in_form(here))


@pages.get("/<int:forum_id>/door/now")
@open_to(*EVERYBODY)
def show_now(forum_id: int) -> ResponseReturnValue:
    return jsonify(token=generate_csrf(), **_standing(_door(forum_id)))


@pages.post("/<int:forum_id>/door")
@open_to(*EVERYBODY)
def mark(forum_id: int) -> ResponseReturnValue:
    one, here = MarkForm().record(), _door(forum_id)
    few = _asks(here, one)
    if few:
        return _page(here, _walk_in_form(here), ask=(one.sign_up_id, few)), 409
    told = actions.mark_all(here, [one], by=me(), at=now())
    _flash(told[one.key])
    return redirect(url_for("forums_desk.show_door", forum_id=forum_id, _anchor=f"p{one.sign_up_id}"), 303)


@pages.post("/<int:forum_id>/door/sync")
@open_to(*EVERYBODY)
def sync(forum_id: int) -> ResponseReturnValue:
    form, here = MarksForm(), _door(forum_id)
    if not form.validate():
        raise NotValid(N_("Load the page again, then tap once more"))
    told = actions.mark_all(here, form.record(), by=me(), at=now())
    return jsonify(told=told, **_standing(here))


@pages.post("/<int:forum_id>/door/walk-in")
@open_to(*EVERYBODY)
def add_walk_in(forum_id: int) -> ResponseReturnValue:
    here = _door(forum_id)
    form = _walk_in_form(here)
    if not form.validate():
        return _page(here, form), 422
    try:
        return _let_in(here, form)
    except EngageError as error:
        return _page(here, form, trouble=str(error)), error.status


@pages.post("/<int:forum_id>/door/checks")
@open_to(*EVERYBODY)
def see_checks_at_door(forum_id: int) -> ResponseReturnValue:
    here, sign_up_id = _door(forum_id), SeenForm().record()
    actions.see_checks(here, sign_up_id, by=me(), at=now())
    return redirect(url_for("forums_desk.show_door", forum_id=forum_id, _anchor=f"p{sign_up_id}"), 303)


@pages.get("/pass/<token>")
@open_to(*EVERYBODY)
def show_pass(token: str) -> ResponseReturnValue:
    return _pass_page(_of_pass(token), token)


@pages.post("/pass/<token>")
@open_to(*EVERYBODY)
def mark_pass(token: str) -> ResponseReturnValue:
    one, its = MarkForm().record(), _of_pass(token)
    here = _door(its.forum_id)
    few = _asks(here, one)
    if few:
        return _pass_page(its, token, few=few), 409
    told = actions.mark_all(here, [one], by=me(), at=now())
    _flash(told[one.key])
    return redirect(url_for("forums_desk.show_pass", token=token, done=None if told[one.key] else one.did), 303)


def _door(forum_id: int) -> Forum:
    """Give the forum. Raises `NotAllowed` for who is not at its door, or once the night is over."""
    found, someone = forum(forum_id), me()
    check_may_see_door(found, someone, named=is_named(forum_id, someone.id), at=now())
    return found


def _of_pass(token: str) -> SignUp:
    """Give whose pass this is. Raises `NotFound` for one that is none of ours, with a line in the audit."""
    try:
        return sign_up_of(token, Opens.PASS)
    except NotFound:
        wrong = NotFound("This pass is not complete, was changed, or is no longer kept: find them by name on the list")
        refuse(wrong, did="refused a pass that opens nothing", about="forums", person_id=me().id)


def _walk_in_form(here: Forum) -> WalkInForm:
    return WalkInForm(ages=(here.plan.age_from, here.plan.age_to), agencies=listed_agencies(here.id))


def _let_in(here: Forum, form: WalkInForm) -> ResponseReturnValue:
    """Let somebody in, or ask first where adults are too few."""
    came = form.record()
    few = "" if form.sure.data else asks_walk_in(here, came.new)
    if few:
        return _page(here, form, few=few), 409
    made = actions.let_in(here, came, by=me(), at=now())
    return redirect(url_for("forums_desk.show_door", forum_id=here.id, _anchor=f"p{made.id}"), 303)


def _asks(here: Forum, one: Mark) -> str:
    """Give what is asked before this tap; nothing where it was pressed once more, and before the doors open."""
    return "" if one.sure or now() < here.doors_at else asks_first(here, one)


def _page(here: Forum, form: WalkInForm, trouble: str = "", *, few: str = "", ask: tuple[int, str] = (0, "")) -> str:
    people, left = door_list(here), (here.ends_at - now()).total_seconds()
    return render_template(
        "forums/desk/door.html",
        forum=here,
        people=people,
        meter=meter(people),
        form=form,
        trouble=trouble,
        few=few,
        ask=ask,
        over=left <= 0,
        rules={
            "one_adult": ONE_ADULT, "at_least": ADULTS_AT_LEAST, "moves": _moves(), "presence": PRESENCE_WORDS,
            "says": METER_WORDS, "seconds_left": left, "named_at_most": NAMED_AT_MOST,
            "too_few": TOO_FEW,
        },
        words=WORDS,
        key=lambda: token_hex(16),
        ends=here.ends_at.astimezone(LONDON),
        access_ends=here.access_ends_at.astimezone(LONDON),
    )  # fmt: skip


def _pass_page(one: SignUp, token: str, few: str = "") -> str:
    here = _door(one.forum_id)
    given = consents_of_forum(here.id).get(one.id, frozenset())
    return render_template(
        "forums/desk/door_pass.html",
        forum=here,
        one=at_door(one, given, here.plan.limits),
        state=SIGN_UP_WORDS[one.state],
        has_place=one.state in ("confirmed", "attended", "no_show"),
        since=_since(one.id),
        done=request.args.get("done"),
        few=few,
        meter=meter(door_list(here)),
        over=here.ends_at <= now(),
        says=METER_WORDS,
        token=token,
        words=WORDS,
        key=lambda: token_hex(16),
    )


def _since(sign_up_id: int) -> str:
    seen = last_seen(sign_up_id)
    return f"{seen.astimezone(LONDON):%H:%M}" if seen else ""


def _moves() -> dict[str, dict[str, object]]:
    return {move.verb: {"froms": move.froms, "to": move.to} for move in CHECK_IN.moves}


def _standing(here: Forum) -> dict[str, object]:
    """Where everybody is, and which adults count by now: another phone may have changed both."""
    people = door_list(here)
    return {
        "people": {one.id: one.presence for one in people},
        "counted": [one.id for one in people if one.looks_after],
    }


def _flash(told: str) -> None:
    if told:
        flash(told)
