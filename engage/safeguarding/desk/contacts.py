"""Staff pages of young people who asked to be contacted."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import ask_again, open_to
from engage.accounts.rules import TYPED_FOR_WORDS, Person, Role
from engage.safeguarding import actions, queries
from engage.safeguarding.desk.about import about_form
from engage.safeguarding.desk.pages import READERS, pages, reader
from engage.safeguarding.forms import ReasonForm
from engage.safeguarding.guards import is_opened, open_thing
from engage.shared.clock import now
from engage.shared.errors import NotRead
from engage.shared.forms import PageForm
from engage.shared.paging import page_asked, page_of
from engage.shared.words import N_

HIDDEN = "Noted. Nobody of an agency it is about can open it."
HIDDEN_FROM_YOU = "It is about your own agency, so the other safeguarding leads look into it, and you cannot open it."


@pages.get("/contacts/")
@open_to(*READERS)
def show_contacts() -> ResponseReturnValue:
    mine = reader().agencies
    return render_template(
        "safeguarding/desk/contacts.html",
        page=page_of(queries.contact_requests(done=False, agencies=mine), page_asked()),
        done=queries.contact_requests(done=True, agencies=mine),
    )


@pages.get("/contacts/<int:request_id>/")
@open_to(*READERS)
def show_contact(request_id: int) -> ResponseReturnValue:
    return _page(request_id)


@pages.post("/contacts/<int:request_id>/open")
@open_to(*READERS)
@ask_again(TYPED_FOR_WORDS, back="safeguarding_desk.show_contact")
def open_contact(request_id: int) -> ResponseReturnValue:
    form, me = ReasonForm(), reader()
    queries.contact_request(request_id, agencies=me.agencies)  # raises for one that is hidden from them
    if not open_thing(f"contact request {request_id}", form, by=me):
        return _page(request_id, opening=form), 422
    return redirect(url_for("safeguarding_desk.show_contact", request_id=request_id), 303)


@pages.post("/contacts/<int:request_id>/done")
@open_to(*READERS)
def finish_contact(request_id: int) -> ResponseReturnValue:
    actions.finish_contact(request_id, by=_acting_on(request_id), at=now())
    flash("Noted: somebody was in touch.")
    return redirect(url_for("safeguarding_desk.show_contacts"), 303)


@pages.post("/contacts/<int:request_id>/again")
@open_to(Role.SAFEGUARDING)
def wait_again(request_id: int) -> ResponseReturnValue:
    _acting_on(request_id)
    actions.wait_again(request_id)
    flash("Noted: nobody was in touch yet. The request waits again.")
    return redirect(url_for("safeguarding_desk.show_contact", request_id=request_id), 303)


@pages.post("/contacts/<int:request_id>/about")
@open_to(Role.SAFEGUARDING)
def say_whom_contact_is_about(request_id: int) -> ResponseReturnValue:
    me, form = _acting_on(request_id), about_form()
    if not form.validate():
        return _page(request_id, about=form), 422
    seen = actions.say_whom_request_is_about(request_id, form.record(), by=me)
    flash(HIDDEN if seen else HIDDEN_FROM_YOU)
    return redirect(url_for("safeguarding_desk.show_contacts"), 303)


def _acting_on(request_id: int) -> Person:
    """Give who decides about a request. Raises `NotFound` for one that is hidden from them, `NotRead` unread."""
    me = reader()
    queries.contact_request(request_id, agencies=me.agencies)
    if not is_opened(f"contact request {request_id}", by=me):
        raise NotRead(N_("Open the words first: nobody decides about a request unread."))
    return me


def _page(request_id: int, **sent: PageForm) -> str:
    me, nothing = reader(), MultiDict[str, str]()
    return render_template(
        "safeguarding/desk/contact.html",
        contact=queries.contact_request(request_id, agencies=me.agencies),
        about_names=queries.names_of_request(request_id),
        opened=is_opened(f"contact request {request_id}", by=me),
        opening=sent.get("opening") or ReasonForm(nothing),
        about=sent.get("about") or about_form(nothing),
        is_lead=Role.SAFEGUARDING in me.roles,
    )
