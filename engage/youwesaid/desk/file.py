"""Staff pages: add a picture to an action, open a clean one, take one away."""

from io import BytesIO

from flask import request, send_file, session
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.youwesaid.actions import file as actions
from engage.youwesaid.desk.action import READERS, action_page, back_to
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.file import FileForm
from engage.youwesaid.queries import actions as queries
from engage.youwesaid.queries.files import action_of, clean_file
from engage.youwesaid.rules.files import LARGEST, TYPES

ADD = "youwesaid_desk.add_file"


@pages.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let somebody who is signed in send a picture, where everywhere else half a megabyte is the most."""
    if endpoint == ADD and "_user_id" in session:
        request.max_content_length = 3 * LARGEST  # what is a little too large gets our own words


@pages.post("/actions/<int:action_id>/files")
@open_to(Role.AGENCY)
def add_file(action_id: int) -> ResponseReturnValue:
    queries.action(action_id, me(), today=today())
    form = FileForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return action_page(action_id, picture=form), 422
    name, content = form.record()
    actions.add(action_id, name=name, content=content, by=me(), today=today())
    return back_to(action_id, "Added. It is made anew without anything hidden, and can be opened in a minute.")


@pages.get("/files/<int:file_id>")
@open_to(*READERS)
def show_file(file_id: int) -> ResponseReturnValue:
    found = clean_file(file_id, me())
    return send_file(BytesIO(found.content), mimetype=TYPES[found.kind], as_attachment=True, download_name=found.name)


@pages.post("/files/<int:file_id>/remove")
@open_to(Role.AGENCY)
def remove_file(file_id: int) -> ResponseReturnValue:
    action_id = action_of(file_id, me())
    actions.remove(file_id, by=me())
    return back_to(action_id, "Taken away for good.")
