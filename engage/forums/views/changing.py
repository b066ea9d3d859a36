"""What one may change about one's own place: needs, yes and no, the adult who is asked, coming at all."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.forums.actions import changing, offers
from engage.forums.actions import consents as consenting
from engage.forums.actions.own_no import say_no
from engage.forums.actions.right_adult import ask_other_adult as ask_another
from engage.forums.forms.place import ChangeForm, OtherAdultForm, OwnChoicesForm, WorkChangeForm
from engage.forums.queries import forums as forum_queries
from engage.forums.queries import sign_ups
from engage.forums.queries.sign_ups import SignUp
from engage.forums.rules.consents import Purpose, needs_adult
from engage.forums.views.blueprint import pages
from engage.forums.views.mine import about
from engage.forums.views.opening import opened
from engage.shared.clock import now


@pages.get("/mine/<token>/change")
@open_to(Who.ANYONE)
def ask_change(token: str) -> ResponseReturnValue:
    one = opened(sign_ups.sign_up_of, token)
    return render_template("forums/change.html", form=_change_form(one, obj=one), **about(token, one))


@pages.post("/mine/<token>/change")
@open_to(Who.ANYONE)
def change(token: str) -> ResponseReturnValue:
    one = opened(sign_ups.sign_up_of, token)
    form = _change_form(one)
    if not form.validate():
        return render_template("forums/change.html", form=form, **about(token, one)), 422
    changing.change(one.id, form.record(), at=now())
    return _back(token)


@pages.get("/mine/<token>/choices")
@open_to(Who.ANYONE)
def ask_choices(token: str) -> ResponseReturnValue:
    one = opened(sign_ups.sign_up_of, token)
    form = OwnChoicesForm()
    form.show(_own_answers(one), sign_ups.own_yes(one.id))
    return render_template("forums/choices.html", form=form, **about(token, one))


@pages.post("/mine/<token>/choices")
@open_to(Who.ANYONE)
def keep_choices(token: str) -> ResponseReturnValue:
    one, form = opened(sign_ups.sign_up_of, token), OwnChoicesForm()
    if not form.validate():
        return render_template("forums/choices.html", form=form, **about(token, one)), 422
    if needs_adult(one.age or 0):
        say_no(one.id, form.no(), at=now())
    else:
        consenting.answer_self(one.id, form.record(), at=now())
    return _back(token)


@pages.get("/mine/<token>/adult")
@open_to(Who.ANYONE)
def ask_other_adult(token: str) -> ResponseReturnValue:
    one = opened(sign_ups.sign_up_of, token)
    said_no = sign_ups.adult_said_no(one.id)
    return render_template("forums/adult.html", form=OtherAdultForm(), said_no=said_no, **about(token, one))


@pages.post("/mine/<token>/adult")
@open_to(Who.ANYONE)
def ask_adult(token: str) -> ResponseReturnValue:
    one, form = opened(sign_ups.sign_up_of, token), OtherAdultForm()
    if not form.validate():
        return render_template("forums/adult.html", form=form, **about(token, one)), 422
    ask_another(one.id, form.record(), at=now())
    return _back(token)


@pages.get("/mine/<token>/cancel")
@open_to(Who.ANYONE)
def ask_cancel(token: str) -> ResponseReturnValue:
    return render_template("forums/cancel.html", **about(token, opened(sign_ups.sign_up_of, token)))


@pages.post("/mine/<token>/cancel")
@open_to(Who.ANYONE)
def cancel(token: str) -> ResponseReturnValue:
    changing.cancel(opened(sign_ups.sign_up_of, token).id, at=now())
    return _back(token)


@pages.post("/mine/<token>/accept")
@open_to(Who.ANYONE)
def accept(token: str) -> ResponseReturnValue:
    offers.accept(opened(sign_ups.sign_up_of, token).id, at=now())
    return _back(token)


@pages.post("/mine/<token>/decline")
@open_to(Who.ANYONE)
def decline(token: str) -> ResponseReturnValue:
    offers.decline(opened(sign_ups.sign_up_of, token).id, at=now())
    return _back(token)


@pages.post("/mine/<token>/renew")
@open_to(Who.ANYONE)
def renew(token: str) -> ResponseReturnValue:
    offers.renew(opened(sign_ups.sign_up_of, token).id, at=now())
    return _back(token)


def _change_form(one: SignUp, **values: Any) -> ChangeForm | WorkChangeForm:
    if one.age is None:
        return WorkChangeForm(**values)
    plan = forum_queries.forum(one.forum_id).plan
    return ChangeForm(ages=(plan.age_from, plan.age_to), has_adult=needs_adult(one.age), **values)


def _own_answers(one: SignUp) -> dict[Purpose, str]:
    if needs_adult(one.age or 0):
        return dict.fromkeys(sign_ups.own_no(one.id), "refused")
    return sign_ups.consents(one.id)


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("forums.show_mine", token=token), 303)
