"""Staff pages: which languages a speaker has checked, and signing them off."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to, person
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import EngageError, NotOpen
from engage.shared.languages import direction_of, in_english, language, offered
from engage.shared.paging import page_asked, page_of
from engage.surveys.actions.sign_offs import sign_off, take_back
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.sign_off import SignOffForm
from engage.surveys.queries.sign_offs import pages_checked, signed_off, standing_of, worded, worded_as
from engage.surveys.rules.sign_offs import seal_of, standing

SIGNERS = (Role.VOICE, Role.SAFEGUARDING, Role.PQA)  # as for what is public: whoever of them speaks the language


@pages.get("/languages/")
@open_to(*LOOKERS)
def show_languages() -> ResponseReturnValue:
    known, signed = worded(), signed_off()
    columns = [code for code in offered() if code != "en"]
    rows = [
        (one, {code: standing(one.said(code), signed.get((one.about, code))) for code in one.languages})
        for one in known
    ]
    names = {code: in_english(code) for code in columns}
    return render_template("surveys/desk/languages.html", rows=rows, names=names)


@pages.get("/languages/<language>/<about>")
@open_to(*LOOKERS)
def show_language(language: str, about: str) -> ResponseReturnValue:
    return _page(about, language, SignOffForm(formdata=None))


@pages.post("/languages/<language>/<about>")
@open_to(*SIGNERS)
def sign_language(language: str, about: str) -> ResponseReturnValue:
    form = SignOffForm()
    if not form.validate():
        return _page(about, language, form), 422
    try:
        sign_off(about, language, form.record(), by=me(), today=today())
    except NotOpen as error:
        db.session.rollback()
        return _page(about, language, form, error), error.status
    flash("Signed off. Whatever changes from now on is marked as unchecked again.")
    return redirect(url_for("surveys_desk.show_languages"), 303)


@pages.post("/languages/<language>/<about>/undo")
@open_to(*SIGNERS)
def take_language_back(language: str, about: str) -> ResponseReturnValue:
    take_back(about, language)
    flash("Taken back: staff see again that no speaker has checked it.")
    return redirect(url_for("surveys_desk.show_language", language=language, about=about), 303)


def unchecked_here() -> str:
    """The English name of this page's language where staff look at words that no speaker has checked, else nothing."""
    spoken = language()
    if spoken == "en" or person() is None or pages_checked(spoken):
        return ""
    return in_english(spoken)


def _page(about: str, language: str, form: SignOffForm, trouble: EngageError | None = None) -> str:
    one = worded_as(about, language)
    said, stands = one.said(language), standing_of(one, language)
    form.seen.data = seal_of(said)
    return render_template(
        "surveys/desk/language.html",
        one=one,
        code=language,
        name=in_english(language),
        turned=direction_of(language),
        standing=stands,
        page=page_of(stands.changed if stands.name == "changed" else said, page_asked()),
        form=form,
        may_sign=bool(me().roles & set(SIGNERS)),
        trouble=trouble,
    )
