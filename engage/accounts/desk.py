"""Staff pages: my sign-in, who works here, which roles they hold until when, the audit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts import actions, queries
from engage.accounts.forms.people import AgencyForm, InvitedForm, PersonForm, RoleForm
from engage.accounts.guards import Who, me, open_to
from engage.accounts.rules import Role
from engage.accounts.signing_in import single_sign_on
from engage.shared import outbox
from engage.shared.clock import now, today
from engage.shared.errors import NotValid
from engage.shared.paging import page_asked

pages = Blueprint("accounts_desk", __name__, url_prefix="/desk", template_folder="templates")
LINES = 50  # of the audit on one page
ON_ITS_WAY = "A letter with a link is on its way. They choose their password with it, within seven days."
NO_WAY = "The letter waits: no mail leaves this installation. Have mail set up, or give them a first password instead."


@pages.get("/me/")
@open_to(*Role)
def show_me() -> ResponseReturnValue:
    second_step, places = queries.has_second_step(me().id), queries.places(me().id, at=now())
    return render_template("accounts/desk/me.html", second_step=second_step, places=places)


@pages.post("/me/places/<int:place_id>/end")
@open_to(*Role)
def end_place(place_id: int) -> ResponseReturnValue:
    actions.end_place(place_id, of=me().id)
    flash("Ended. Nothing opens there any more.")
    return redirect(url_for("accounts_desk.show_me"), 303)


@pages.post("/me/places/end")
@open_to(*Role)
def end_my_places() -> ResponseReturnValue:
    actions.end_all(me().id)
    return redirect(url_for("security.login"), 303)


@pages.get("/invited/<key>")
@open_to(Who.COMING_IN)
def show_invitation(key: str) -> ResponseReturnValue:
    someone = queries.invited(key, at=now())
    return render_template("accounts/desk/invited.html", someone=someone, form=InvitedForm(someone))


@pages.post("/invited/<key>")
@open_to(Who.COMING_IN)
def accept_invitation(key: str) -> ResponseReturnValue:
    someone = queries.invited(key, at=now())
    form = InvitedForm(someone)
    if not form.validate():
        return render_template("accounts/desk/invited.html", someone=someone, form=form), 422
    actions.accept_invitation(key, form.record(), at=now())
    flash("That is your password. Sign in with it now.")
    return redirect(url_for("security.login"), 303)


@pages.get("/elsewhere/")
@open_to(Who.COMING_IN)
def go_elsewhere() -> ResponseReturnValue:
    return redirect(single_sign_on.begin(), 303)


@pages.get("/elsewhere/back")
@open_to(Who.COMING_IN)
def come_back() -> ResponseReturnValue:
    state = request.args.get("state", "")
    single_sign_on.check_begun(state)
    return render_template("accounts/desk/elsewhere.html", code=request.args.get("code", ""), state=state)


@pages.post("/elsewhere/back")
@open_to(Who.COMING_IN)
def sign_in_from_elsewhere() -> ResponseReturnValue:
    return single_sign_on.finish(request.form.get("code", ""), request.form.get("state", ""))


@pages.get("/people/")
@open_to(Role.ADMIN)
def show_people() -> ResponseReturnValue:
    return render_template("accounts/desk/people.html", people=queries.people(), grants=queries.grants(), today=today())


@pages.get("/people/new/")
@open_to(Role.ADMIN)
def show_new_person() -> ResponseReturnValue:
    form = PersonForm().offer(queries.agencies())
    return render_template("accounts/desk/new_person.html", form=form)


@pages.post("/people/new/")
@open_to(Role.ADMIN)
def add_person() -> ResponseReturnValue:
    form = PersonForm().offer(queries.agencies())
    person_id = _welcomed(form) if form.validate() else None
    if person_id is None:
        return render_template("accounts/desk/new_person.html", form=form), 422
    return _invited(person_id) if form.by_letter() else _with_first_password(person_id)


@pages.get("/people/<int:person_id>/")
@open_to(Role.ADMIN)
def show_person(person_id: int) -> ResponseReturnValue:
    return _person_page(person_id, RoleForm().offer(queries.agencies()))


@pages.post("/people/<int:person_id>/roles/")
@open_to(Role.ADMIN)
def grant_role(person_id: int) -> ResponseReturnValue:
    form = RoleForm().offer(queries.agencies())
    if not form.validate() or not _granted(person_id, form):
        return _person_page(person_id, form), 422
    return redirect(url_for("accounts_desk.show_person", person_id=person_id), 303)


@pages.post("/people/<int:person_id>/roles/<int:grant_id>/end/")
@open_to(Role.ADMIN)
def end_role(person_id: int, grant_id: int) -> ResponseReturnValue:
    actions.end_role(grant_id, today=today())
    return redirect(url_for("accounts_desk.show_person", person_id=person_id), 303)


@pages.post("/people/<int:person_id>/password/")
@open_to(Role.ADMIN)
def give_first_password(person_id: int) -> ResponseReturnValue:
    return _with_first_password(person_id)


@pages.post("/people/<int:person_id>/invite")
@open_to(Role.ADMIN)
def invite(person_id: int) -> ResponseReturnValue:
    return _invited(person_id)


@pages.post("/people/<int:person_id>/places/end")
@open_to(Role.ADMIN)
def end_their_places(person_id: int) -> ResponseReturnValue:
    actions.end_all(person_id)
    flash("Signed out everywhere.")
    return redirect(url_for("accounts_desk.show_person", person_id=person_id), 303)


@pages.post("/people/<int:person_id>/close/")
@open_to(Role.ADMIN)
def close_account(person_id: int) -> ResponseReturnValue:
    actions.close_account(person_id, today=today())
    return redirect(url_for("accounts_desk.show_people"), 303)


@pages.get("/people/agencies/")
@open_to(Role.ADMIN)
def show_agencies() -> ResponseReturnValue:
    return render_template("accounts/desk/agencies.html", form=AgencyForm(), agencies=queries.agencies())


@pages.post("/people/agencies/")
@open_to(Role.ADMIN)
def add_agency() -> ResponseReturnValue:
    form = AgencyForm()
    if not form.validate() or not _is_added(form):
        return render_template("accounts/desk/agencies.html", form=form, agencies=queries.agencies()), 422
    return redirect(url_for("accounts_desk.show_agencies"), 303)


@pages.get("/audit/")
@open_to(Role.INFORMATION, Role.ADMIN)
def show_audit() -> ResponseReturnValue:
    page = page_asked()
    lines = queries.audit(page=page, size=LINES)
    return render_template("accounts/desk/audit.html", lines=lines, page=page, more=len(lines) == LINES)


def _welcomed(form: PersonForm) -> int | None:
    """Add them, and give their id; that the address is taken is said beside it."""
    try:
        return actions.welcome(form.new(), today=today())
    except NotValid as wrong:
        form.email.errors = [str(wrong)]
        return None


def _granted(person_id: int, form: RoleForm) -> bool:
    """Give the role; what does not go with others they hold is said beside it."""
    role, ends_on = form.record()
    try:
        actions.grant_role(person_id, role=role, starts_on=today(), ends_on=ends_on, agency_id=form.agency_id())
    except NotValid as wrong:
        form.role.errors = [str(wrong)]
    return not form.errors


def _is_added(form: AgencyForm) -> bool:
    """Add the agency; that its name is taken is said beside it."""
    try:
        actions.add_agency(*form.record())
    except NotValid as wrong:
        form.name.errors = [str(wrong)]
    return not form.errors


def _person_page(person_id: int, form: RoleForm) -> str:
    someone = queries.person_by_id(person_id)
    return render_template(
        "accounts/desk/person.html",
        someone=someone,
        grants=queries.grants(person_id),
        places=queries.places(person_id, at=now()),
        form=form,
        today=today(),
    )


def _invited(person_id: int) -> ResponseReturnValue:
    actions.invite(person_id, at=now())
    flash(ON_ITS_WAY if outbox.EMAIL in outbox.ways_here() else NO_WAY)
    return redirect(url_for("accounts_desk.show_person", person_id=person_id), 303)


def _with_first_password(person_id: int) -> ResponseReturnValue:
    words = actions.first_password(person_id)
    flash(f"Their first password is {words}, for seven days. Tell it to them: it is shown only now; they change it.")
    return redirect(url_for("accounts_desk.show_person", person_id=person_id), 303)
