"""Pages of the information officer: claims about people's own details, and complaints."""

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.queries import last_line
from engage.accounts.rules import Role
from engage.claims import actions, queries
from engage.claims.forms import ClaimForm, CloseForm, StepForm
from engage.claims.rules import processing
from engage.settings import Settings
from engage.shared import keeping
from engage.shared.clock import today

pages = Blueprint("claims_desk", __name__, url_prefix="/desk/claims", template_folder="templates")


@pages.get("/")
@open_to(Role.INFORMATION)
def show_claims() -> ResponseReturnValue:
    return render_template("claims/desk/claims.html", claims=queries.claims(), today=today())


@pages.get("/kept/")
@open_to(Role.INFORMATION)
def show_kept() -> ResponseReturnValue:
    settings: Settings = current_app.extensions["settings"]
    return render_template(
        "claims/desk/kept.html",
        activities=processing.ACTIVITIES,
        safety=processing.safety(settings),
        night=last_line(keeping.NIGHT),
    )


@pages.get("/new/")
@open_to(Role.INFORMATION)
def show_new_claim() -> ResponseReturnValue:
    return render_template("claims/desk/new_claim.html", form=ClaimForm())


@pages.post("/new/")
@open_to(Role.INFORMATION)
def take_in() -> ResponseReturnValue:
    form = ClaimForm()
    if not form.validate():
        return render_template("claims/desk/new_claim.html", form=form), 422
    return _shown(actions.take_in(form.record(), today=today()))


@pages.get("/<int:claim_id>/")
@open_to(Role.INFORMATION)
def show_claim(claim_id: int) -> ResponseReturnValue:
    return _page(claim_id)


@pages.post("/<int:claim_id>/arrived/")
@open_to(Role.INFORMATION)
def acknowledge(claim_id: int) -> ResponseReturnValue:
    actions.acknowledge(claim_id, today=today())
    return _shown(claim_id)


@pages.post("/<int:claim_id>/steps/")
@open_to(Role.INFORMATION)
def add_step(claim_id: int) -> ResponseReturnValue:
    form = StepForm()
    if not form.validate():
        return _page(claim_id, step=form), 422
    actions.add_step(claim_id, form.words.data, by=me(), today=today())
    return _shown(claim_id)


@pages.post("/<int:claim_id>/close/")
@open_to(Role.INFORMATION)
def close(claim_id: int) -> ResponseReturnValue:
    form = CloseForm().offer(queries.claim(claim_id))
    if not form.validate():
        return _page(claim_id, closing=form), 422
    actions.close(claim_id, form.outcome.data, form.told.data, by=me(), today=today())
    return _shown(claim_id)


def _page(claim_id: int, *, step: StepForm | None = None, closing: CloseForm | None = None) -> str:
    claim = queries.claim(claim_id)
    return render_template(
        "claims/desk/claim.html",
        claim=claim,
        step=step or StepForm(formdata=None),
        closing=closing or CloseForm(formdata=None).offer(claim),
        today=today(),
    )


def _shown(claim_id: int) -> ResponseReturnValue:
    return redirect(url_for("claims_desk.show_claim", claim_id=claim_id), 303)
