"""Staff pages: who comes to a forum, who waits, what an adult said on the phone, whose checks were seen."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people as staff
from engage.accounts.rules import Role
from engage.forums.actions import setting_up
from engage.forums.actions.ages import record_own_age
from engage.forums.actions.changing import take_away
from engage.forums.actions.consents import note_consent
from engage.forums.actions.right_adult import record_right_adult
from engage.forums.desk.pages import pages
from engage.forums.forms.desk import OwnAgeForm, RightAdultForm, TakeAwayForm, ToldForm
from engage.forums.queries.desk import led_groups
from engage.forums.queries.door import door_lines
from engage.forums.queries.forums import forum
from engage.forums.queries.history import adult_noes, endings
from engage.forums.queries.sign_ups import (
    SignUp,
    adult_said_no,
    consents,
    named_adult,
    people,
    refused_by_adult,
    sign_up,
    wait_for_yes,
)
from engage.forums.rules.consents import RELATION_NAMES, WORDING, needs_adult
from engage.forums.rules.door import LINE_WORDS
from engage.forums.rules.places import ADULT_PLACES, PLACE_NAMES, Place
from engage.forums.rules.setting_up import SIGN_UP_NAMES
from engage.forums.rules.signing_up import HOME
from engage.forums.rules.standing import may_record_adult
from engage.forums.rules.states import GONE, HOLDS_PLACE, LIVING
from engage.shared.clock import now, today
from engage.shared.errors import EngageError, NotFound
from engage.shared.forms import PageForm
from engage.shared.words import N_

OF_RIGHT, OF_AGE = "right", "older"  # its boxes are named like those of the other forms on the page
KNOW_NAMES = (Role.VOICE, Role.SAFEGUARDING)


@pages.get("/<int:forum_id>/people")
@open_to(*KNOW_NAMES)
def show_people(forum_id: int) -> ResponseReturnValue:
    everybody, refused = people(forum_id), refused_by_adult(forum_id)
    waiting = [one for one in everybody if one.state == "waitlisted"]
    gone = [one for one in everybody if one.state in GONE and one not in refused]
    lists = [(place, [one for one in waiting if one.place is place]) for place in Place]
    return render_template(
        "forums/desk/people.html", forum=forum(forum_id), places=PLACE_NAMES, states=SIGN_UP_NAMES,
        groups=led_groups(forum_id), coming=[one for one in everybody if one.state in HOLDS_PLACE],
        lists=[pair for pair in lists if pair[1]], refused=refused, gone=gone,
        endings=endings(one.id for one in [*refused, *gone]), unagreed=wait_for_yes(waiting),
    )  # fmt: skip


@pages.get("/<int:forum_id>/people/<int:sign_up_id>")
@open_to(*KNOW_NAMES)
def show_person(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    return _page(forum_id, _theirs(forum_id, sign_up_id))


@pages.post("/<int:forum_id>/people/<int:sign_up_id>/cancel")
@open_to(Role.VOICE)
def cancel_person(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    one, taking = _theirs(forum_id, sign_up_id), TakeAwayForm(request.form)
    if not taking.validate():
        return _page(forum_id, one, taking=taking), 422
    take_away(one.id, taking.reason.data, at=now(), by=me())
    flash("Cancelled, and they are written to. The place goes to the next in line.")
    return redirect(url_for("forums_desk.show_people", forum_id=forum_id), 303)


@pages.post("/<int:forum_id>/people/<int:sign_up_id>/told")
@open_to(Role.VOICE)
def keep_told(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    one, form = _theirs(forum_id, sign_up_id), ToldForm(request.form)
    if not form.validate():
        return _page(forum_id, one, form=form), 422
    try:
        note_consent(one.id, form.record(), at=now(), by=me())
    except EngageError as error:
        return _page(forum_id, one, form=form, trouble=str(error)), error.status
    return _back(one, "Kept, with who said it and that you wrote it down.")


@pages.post("/<int:forum_id>/people/<int:sign_up_id>/adult")
@open_to(*KNOW_NAMES)
def record_adult(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    one, form = _theirs(forum_id, sign_up_id), RightAdultForm(request.form, prefix=OF_RIGHT)
    if not form.validate():
        return _page(forum_id, one, right=form), 422
    try:
        record_right_adult(one.id, form.record(), form.reason.data, at=now())
    except EngageError as error:
        return _page(forum_id, one, right=form, trouble=str(error)), error.status
    return _back(one, "Kept, with your name and the reason. The adult is written to.")


@pages.post("/<int:forum_id>/people/<int:sign_up_id>/age")
@open_to(*KNOW_NAMES)
def record_age(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    one, form = _theirs(forum_id, sign_up_id), OwnAgeForm(request.form, prefix=OF_AGE)
    if not form.validate():
        return _page(forum_id, one, older=form), 422
    try:
        record_own_age(one.id, form.age.data, form.reason.data, at=now(), by=me().id)
    except EngageError as error:
        return _page(forum_id, one, older=form, trouble=str(error)), error.status
    return _back(
        one, "Kept, with your name and the reason. From now on they decide themselves, and they are written to."
    )


@pages.post("/<int:forum_id>/people/<int:sign_up_id>/checks")
@open_to(Role.VOICE)
def see_checks(forum_id: int, sign_up_id: int) -> ResponseReturnValue:
    one = _theirs(forum_id, sign_up_id)
    setting_up.see_checks(one.id, by=me(), today=today())
    return _back(one, "Kept that you have seen their checks.")


def _theirs(forum_id: int, sign_up_id: int) -> SignUp:
    one = sign_up(sign_up_id)
    if one.forum_id != forum_id:
        raise NotFound(N_("There is no such sign-up at this forum."))
    return one


def _page(forum_id: int, one: SignUp, *, trouble: str = "", **forms: PageForm) -> str:
    named, noes, over = named_adult(one.id), adult_noes(one.id), one.declined or bool(one.why)
    known = {"relation": named.relation.value, "name": named.name, "contact": named.contact} if named else {}
    empty = {
        "form": ToldForm(MultiDict()),
        "taking": TakeAwayForm(MultiDict()),
        "right": RightAdultForm(MultiDict(), prefix=OF_RIGHT, **known),
        "older": OwnAgeForm(MultiDict(), prefix=OF_AGE),
    }
    return render_template(
        "forums/desk/person.html", forum=forum(forum_id), who=one, trouble=trouble, home=HOME, named=named,
        place=PLACE_NAMES[one.place], state=_stands(one), consents=consents(one.id), wording=WORDING,
        adult=one.place in ADULT_PLACES, asks=one.age is not None and needs_adult(one.age), relations=RELATION_NAMES,
        ending=endings([one.id]).get(one.id) if one.state in GONE else None,
        noes=noes, may_record=may_record_adult(one.state, age=one.age, adult_said_no=bool(noes), over=over),
        refused=bool(noes) and adult_said_no(one.id),
        living=one.state in LIVING, mine=Role.VOICE in me().roles, lines=door_lines(one.id), did=LINE_WORDS,
        group=led_groups(forum_id).get(one.group_id or 0), names={person.id: person.name for person in staff()},
        **{**empty, **forms},
    )  # fmt: skip


def _stands(one: SignUp) -> str:
    return SIGN_UP_NAMES["awaiting_consent" if wait_for_yes([one]) else one.state]


def _back(one: SignUp, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("forums_desk.show_person", forum_id=one.forum_id, sign_up_id=one.id), 303)
