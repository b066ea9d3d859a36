"""Follow a topic by e-mail: asked here, confirmed by letter, stopped with one tap. Nothing of it knows any answer."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.safeguarding.ear import listen
from engage.shared import throttle
from engage.shared.clock import today
from engage.shared.errors import NotFound
from engage.shared.languages import language, translated
from engage.youwesaid.actions import following as actions
from engage.youwesaid.actions.following import GONE, NewFollower
from engage.youwesaid.forms.following import FollowForm
from engage.youwesaid.queries.following import is_waiting, key_of
from engage.youwesaid.rules.concerns import TOPICS
from engage.youwesaid.rules.following import Opens
from engage.youwesaid.rules.newsletter import BY_EMAIL

following = Blueprint("following", __name__, url_prefix="/follow", template_folder="../templates")
MOST = 60  # an hour and the last from one address: a whole class may sit behind one


@following.get("/")
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    return _page(_form(MultiDict({"topic": request.args.get("topic", "")})))


@following.post("/")
@open_to(Who.ANYONE)
def follow() -> ResponseReturnValue:
    throttle.slow_down("follow", most=MOST)
    form = _form(request.form)
    if not form.validate():
        return _page(form), 422
    actions.follow(NewFollower(*form.typed, language()), today=today())
    return redirect(url_for("following.show_asked"), 303)


@following.get("/asked")
@open_to(Who.ANYONE)
def show_asked() -> ResponseReturnValue:
    return render_template("youwesaid/follow_asked.html")


@following.get("/yes/<word>")
@open_to(Who.ANYONE)
def ask_confirm(word: str) -> ResponseReturnValue:
    if not is_waiting(key_of(Opens.CONFIRM, word)):
        raise NotFound(GONE)
    return render_template("youwesaid/follow_confirm.html", word=word)


@following.post("/yes/<word>")
@open_to(Who.ANYONE)
def confirm(word: str) -> ResponseReturnValue:
    actions.confirm(key_of(Opens.CONFIRM, word), today=today())
    return redirect(url_for("following.show_confirmed"), 303)


@following.get("/confirmed")
@open_to(Who.ANYONE)
def show_confirmed() -> ResponseReturnValue:
    return render_template("youwesaid/follow_confirmed.html")


@following.get("/stop/<word>")
@open_to(Who.ANYONE)
def ask_stop(word: str) -> ResponseReturnValue:
    key_of(Opens.STOP, word)
    return render_template("youwesaid/follow_stop.html", word=word)


@following.post("/stop/<word>")
@open_to(Who.ANYONE)
def stop(word: str) -> ResponseReturnValue:
    actions.stop(key_of(Opens.STOP, word))
    return render_template("youwesaid/follow_stopped.html")


def _form(typed: MultiDict[str, str]) -> FollowForm:
    form = FollowForm(typed)
    form.offer_topics({code: translated(words) for code, words in (TOPICS | BY_EMAIL).items()})
    return form


def _page(form: FollowForm) -> str:
    return render_template("youwesaid/follow.html", form=form)


listen(following, secret=lambda: None, place=lambda _field: "Following by e-mail")
# A mailbox presses "unsubscribe" by itself, without our page and its token; whoever holds the link may stop it.
following.record(lambda state: state.app.extensions["csrf"].exempt(stop))
