"""Staff pages: forums, what is missing before one opens, how full it is, and who will be in the room."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people as staff
from engage.accounts.rules import Role
from engage.forums.actions import setting_up as actions
from engage.forums.desk.pages import pages
from engage.forums.forms.desk import CancelForm, DoorForm, PlanForm, RoomForm, TranslationForm
from engage.forums.queries import desk as queries
from engage.forums.queries.agencies import typed_agencies
from engage.forums.queries.forums import forum, forums, in_room
from engage.forums.queries.links import path
from engage.forums.rules.forums import KIND_NAMES, Forum
from engage.forums.rules.links import Opens
from engage.forums.rules.places import PLACE_NAMES, adults_needed, is_unbalanced
from engage.forums.rules.setting_up import STATE_NAMES, missing, translated
from engage.forums.rules.states import FORUM
from engage.shared.clock import now, today
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.forms import choices
from engage.shared.languages import NAMES, offered
from engage.shared.words import N_

LOOKERS = (Role.VOICE, Role.SAFEGUARDING, Role.SCRUTINEER, Role.PQA)
ONE_PRESS = ("open", "close", "open_again")  # moves that need nothing typed


@pages.get("/")
@open_to(*LOOKERS)
def show_forums() -> ResponseReturnValue:
    return render_template("forums/desk/forums.html", forums=forums(), kinds=KIND_NAMES, states=STATE_NAMES)


@pages.get("/new")
@open_to(Role.VOICE)
def start_forum() -> ResponseReturnValue:
    return render_template("forums/desk/plan.html", form=PlanForm(MultiDict()), forum=None)


@pages.post("/new")
@open_to(Role.VOICE)
def set_up() -> ResponseReturnValue:
    form = PlanForm(request.form)
    if not form.validate():
        return render_template("forums/desk/plan.html", form=form, forum=None), 422
    forum_id = actions.set_up(form.record(), by=me())
    flash("Kept as a draft. Nobody else sees it yet.")
    return redirect(url_for("forums_desk.show_forum", forum_id=forum_id), 303)


@pages.get("/<int:forum_id>")
@open_to(*LOOKERS)
def show_forum(forum_id: int) -> ResponseReturnValue:
    return _page(forum(forum_id))


@pages.get("/<int:forum_id>/change")
@open_to(Role.VOICE)
def ask_change(forum_id: int) -> ResponseReturnValue:
    one = forum(forum_id)
    return render_template("forums/desk/plan.html", form=PlanForm(MultiDict()).show(one.plan), forum=one)


@pages.post("/<int:forum_id>/change")
@open_to(Role.VOICE)
def change(forum_id: int) -> ResponseReturnValue:
    one, form = forum(forum_id), PlanForm(request.form)
    if not form.validate():
        return render_template("forums/desk/plan.html", form=form, forum=one), 422
    try:
        told = actions.rewrite(forum_id, form.record(), by=me(), at=now())
    except (NotValid, NotOpen) as error:
        return render_template("forums/desk/plan.html", form=form, forum=one, trouble=str(error)), 422
    return _back(forum_id, "Changed, and everybody who signed up is written to." if told else "Changed.")


@pages.post("/<int:forum_id>/open")
@open_to(Role.VOICE)
def open_sign_up(forum_id: int) -> ResponseReturnValue:
    actions.open_forum(forum_id, by=me(), today=today())
    left = [NAMES[code] for code in offered() if code != "en" and translated(forum(forum_id), code) != "written"]
    english = f" Readers of these languages see some of it in English: {', '.join(left)}." if left else ""
    return _back(forum_id, f"Open. It stands on the public list now, or behind its invitation.{english}")


@pages.post("/<int:forum_id>/close")
@open_to(Role.VOICE)
def close(forum_id: int) -> ResponseReturnValue:
    actions.close_sign_up(forum_id, by=me())
    return _back(forum_id, "Closed. Freed places still go along the waiting list.")


@pages.post("/<int:forum_id>/open_again")
@open_to(Role.VOICE)
def open_again(forum_id: int) -> ResponseReturnValue:
    actions.open_again(forum_id, by=me(), at=now())
    return _back(forum_id, "Open again.")


@pages.post("/<int:forum_id>/cancel")
@open_to(Role.VOICE)
def cancel(forum_id: int) -> ResponseReturnValue:
    form = CancelForm(request.form)
    if not form.validate() or not form.reason.data:
        form.reason.errors = form.reason.errors or ("Say why: everybody who signed up reads it.",)
        return _page(forum(forum_id), cancel=form), 422
    ended = actions.cancel_forum(forum_id, form.reason.data, by=me())
    return _back(forum_id, f"Cancelled. {ended} sign-ups ended, and everybody is written to.")


@pages.post("/<int:forum_id>/room")
@open_to(Role.VOICE)
def add_to_room(forum_id: int) -> ResponseReturnValue:
    form = RoomForm(request.form)
    if not form.validate():
        return _page(forum(forum_id), room=form), 422
    actions.add_to_room(forum_id, agency=form.agency.data, role=form.role.data)
    return _back(forum_id, "Added to who will be in the room.")


@pages.post("/<int:forum_id>/room/remove")
@open_to(Role.VOICE)
def remove_from_room(forum_id: int) -> ResponseReturnValue:
    actions.remove_from_room(forum_id, agency=request.form.get("agency", ""), role=request.form.get("role", ""))
    return _back(forum_id, "Taken away. Adults who have a place stay in the list.")


@pages.post("/<int:forum_id>/at_door")
@open_to(Role.VOICE)
def put_at_door(forum_id: int) -> ResponseReturnValue:
    form = _door_form(forum_id, request.form)
    if not form.validate():
        return _page(forum(forum_id), door=form), 422
    actions.put_at_door(forum_id, form.person_id.data)
    return _back(forum_id, "They see the door's page until that night.")


@pages.post("/<int:forum_id>/at_door/<int:person_id>/remove")
@open_to(Role.VOICE)
def take_from_door(forum_id: int, person_id: int) -> ResponseReturnValue:
    actions.take_from_door(forum_id, person_id)
    return _back(forum_id, "Taken from the door.")


@pages.get("/<int:forum_id>/words/<language>")
@open_to(Role.VOICE)
def ask_words(forum_id: int, language: str) -> ResponseReturnValue:
    one = forum(forum_id)
    form = TranslationForm(MultiDict(one.translations.get(_known(language), {})))
    return render_template("forums/desk/words.html", form=form, forum=one, language=NAMES[language], code=language)


@pages.post("/<int:forum_id>/words/<language>")
@open_to(Role.VOICE)
def translate(forum_id: int, language: str) -> ResponseReturnValue:
    one, form = forum(forum_id), TranslationForm(request.form)
    words = {"language": NAMES[_known(language)], "code": language}
    if not form.validate():
        return render_template("forums/desk/words.html", form=form, forum=one, **words), 422
    actions.translate(forum_id, language, form.record())
    return _back(forum_id, "Kept.")


def _known(language: str) -> str:
    if language not in offered() or language == "en":
        raise NotFound(N_("This language is not offered here."))
    return language


def _door_form(forum_id: int, typed: MultiDict[str, str]) -> DoorForm:
    form, there = DoorForm(typed), queries.at_door(forum_id)
    form.person_id.choices = choices({one.id: one.name for one in staff() if one.id not in there})
    return form


def _page(one: Forum, **forms: object) -> str:
    someone, there = me(), queries.at_door(one.id)
    found = queries.occupancies(one)
    empty = {
        "cancel": CancelForm(MultiDict()),
        "room": RoomForm(MultiDict()),
        "door": _door_form(one.id, MultiDict()),
    }
    return render_template(
        "forums/desk/forum.html",
        forum=one,
        kind=KIND_NAMES[one.plan.kind],
        state=STATE_NAMES[one.state],
        missing=missing(one.plan, today=today()) if one.state == "draft" else [],
        moves=FORUM.open_moves(one.state, someone.roles),
        one_press=ONE_PRESS,
        occupancies=found,
        places=PLACE_NAMES,
        unbalanced=queries.shares(found) if is_unbalanced(found) else "",
        needed=adults_needed(one.taken.load),
        in_room=in_room(one.id, unseen=True),
        typed=typed_agencies(one.id),
        at_door=[person for person in staff() if person.id in there],
        invitation=path(Opens.INVITATION, one.key) if one.invited_only else "",
        unwritten={code: translated(one, code) for code in offered() if code != "en"},
        languages={code: name for code, name in offered().items() if code != "en"},
        mine=Role.VOICE in someone.roles,
        **{**empty, **forms},
    )


def _back(forum_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("forums_desk.show_forum", forum_id=forum_id), 303)
