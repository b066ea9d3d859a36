"""What a person sees when something is not right: one plain page, never a stack trace; and what the log may say."""

import logging
import re
import traceback
from collections.abc import Sequence
from http import HTTPStatus

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, InternalError, OperationalError
from werkzeug.exceptions import HTTPException

from engage.shared import db
from engage.shared.errors import EngageError, NotAllowed, NotFound, NotNow, NotValid, TooLarge
from engage.shared.sent_again import Sent, from_afar, what_was_sent
from engage.shared.typed import DESK, typed_here
from engage.shared.words import N_

OUR_SIDE = N_("Something went wrong on our side. Nothing you typed was kept. Please try again.")
GO_BACK = N_("Our store does not answer. Go back and try again in a minute: what you typed is still there.")
SEND_AGAIN = N_(
    "Our store does not answer. What you sent is still here, on this page. Wait a minute, then press the button."
)
OLD = N_("This page was open for a long time. Go back, and press the button once more.")
OLD_BUT_HERE = N_("This page was open for a long time. What you typed is still here: press the button again.")
OURS: dict[int, EngageError] = {
    403: NotAllowed(N_("It is for somebody with another role. If you need it, ask an administrator.")),
    404: NotFound(N_("The address may have been typed wrongly, or the page has gone.")),
    405: NotFound(N_("This address cannot be opened like that. Go back and use the button on the page.")),
    413: TooLarge(N_("That is more than we can take at once. Go back, make it shorter, and send it again.")),
}
# Refusals after a form that was read whole; a 403 is also whoever was signed out meanwhile.
READABLE = (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
OF_NO_ROW = re.compile(r"\d{10,}", re.ASCII)
READ_AS_NONE = re.compile(r"\d{4301,}")  # longer than Python reads as a number
NUMBER_TOO_LONG = N_("A number you typed is much too long. Make it shorter, and send it again.")
log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Show every error as a page in plain words."""
    app.register_error_handler(EngageError, explain)
    app.register_error_handler(CSRFError, _old)
    app.register_error_handler(OperationalError, not_now)
    app.register_error_handler(InternalError, not_now)  # PostgreSQL says so where it may only be read
    app.register_error_handler(IntegrityError, _clash)
    for beyond in (OverflowError, DataError):
        app.register_error_handler(beyond, _no_such_number)
    app.register_error_handler(ValueError, _not_a_number)
    app.register_error_handler(HTTPException, _by_status)


def explain(error: EngageError, again: Sequence[Sent] = ()) -> tuple[str, int]:
    """Render the page of one of our errors; `again` is a form that its button sends once more."""
    db.session.rollback()
    sent = request.method == "POST" and request.path.startswith(DESK) and error.status in READABLE and not from_afar()
    typed, back = (typed_here(), _page_before()) if sent else ([], "")
    return render_template("problem.html", error=error, typed=typed, back=back, again=again, sent=sent), error.status


def _page_before() -> str:
    """Give the page whose form was sent: the nearest address, from this one up, that can be opened."""
    known, path = current_app.create_url_adapter(request), request.path
    while known is not None and len(path) > len(DESK):
        found = next((one for one in (path, path + "/") if known.test(one, "GET")), "")
        if found:
            return found
        path = path.rstrip("/").rpartition("/")[0]
    return DESK


def too_old() -> tuple[str, int]:
    """Say that a page is too old to count, and give nothing of it back."""
    return explain(NotValid(OLD))


def _old(_error: CSRFError) -> tuple[str, int]:
    """Lay what was sent back into the page; the desk shows what was typed, whose ticks may mean something else now."""
    again = [] if request.path.startswith(DESK) else what_was_sent()
    return explain(NotValid(OLD_BUT_HERE), again) if again else too_old()


def not_now(_error: OperationalError | InternalError) -> tuple[str, int]:
    """Say that nothing can be stored now, and lay what was sent back into the page."""
    again = what_was_sent()
    return explain(NotNow(SEND_AGAIN if again else GO_BACK), again)


def _by_status(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004  (redirects are answers, not problems)
        return error.get_response()
    if error.code in OURS:
        return explain(OURS[error.code])
    return _our_side(error.code)


def _our_side(status: int) -> tuple[str, int]:
    problem = EngageError(OUR_SIDE)
    problem.status = status
    return explain(problem)


def _clash(error: IntegrityError) -> tuple[str, int]:
    """Two people did the same at the same moment, or something is there twice: the second is told to try again."""
    report("a page", error)
    return _our_side(HTTPStatus.CONFLICT)


def _no_such_number(error: OverflowError | DataError) -> tuple[str, int]:
    """A number that no row can have: nothing is there. Whoever typed it is no failure of ours."""
    if any(OF_NO_ROW.fullmatch(words.strip().removeprefix("-")) for _, words in request.form.items(multi=True)):
        return explain(NotValid(NUMBER_TOO_LONG))
    if not OF_NO_ROW.search(request.full_path):
        report("a page", error)
    return explain(OURS[HTTPStatus.NOT_FOUND])


def _not_a_number(error: ValueError) -> tuple[str, int]:
    """More digits than can be read as a number are somebody's mistake; every other error is ours, and goes its way."""
    typed = [*request.args.items(multi=True), *request.form.items(multi=True)]
    if not any(READ_AS_NONE.search(words) for _, words in typed):
        raise error
    return explain(NotValid(NUMBER_TOO_LONG))


def report(what: str, error: BaseException) -> None:
    """Log what kind of error it was and where it came from, never its words: they may be a child's."""
    log.error("%s failed: %s\n%s", what, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
