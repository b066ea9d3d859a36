"""How the sign-in library's pages are shown: ours in its place, the picture kept, recovery codes once."""

from typing import Any

from flask import Response, after_this_request, current_app, redirect, render_template, session, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as Answer

from engage.accounts.forms.signing_in import SAME_PICTURE
from engage.accounts.models import PersonRow
from engage.settings import Settings
from engage.shared import crypto

UNPROCESSABLE = 422
SET_UP, CODE, CODES = (f"accounts/desk/{name}.html" for name in ("second_step", "code", "recovery_codes"))
STATE, SETTING_UP = "tf_state", "validating_profile"  # what the library calls them in the session
NEW_CODES = "new codes"
APP = "authenticator"


def show(template: str, **context: Any) -> Any:
    """Show a page of the library; what was typed wrongly is answered with 422."""
    if context.get("recovery_codes"):
        return _keep_for_one_look(context["recovery_codes"])
    wrong = any(getattr(value, "errors", None) for value in context.values())
    settings: Settings = current_app.extensions["settings"]
    context["elsewhere"] = bool(settings.sign_on.issuer)
    if template == CODES:
        context.update(recovery_codes=_codes_to_show(), left=len(current_user.mf_recovery_codes or []))
    if template == CODE and session.get(STATE) == SETTING_UP:
        template = SET_UP
        context.update(_picture(context["two_factor_verify_code_form"].user))
    if template == SET_UP and session.pop(SAME_PICTURE, False):
        context.update(_picture(current_user), changing=True, state_token=_state())
    return render_template(template, **context), UNPROCESSABLE if wrong else 200


def after_setting_up(_app: Any, user: PersonRow, **_: Any) -> None:
    """Lead whoever set up an app at the sign-in to recovery codes; the library would show Today."""
    if session.get(STATE) == SETTING_UP and not user.mf_recovery_codes:
        after_this_request(_lead_to_codes)


def _lead_to_codes(response: Response) -> Response:
    response.location = url_for("security.mf_recovery_codes")
    return response


def _keep_for_one_look(codes: list[str]) -> Answer:
    """Show new codes by another address: whoever loads it once more makes no others by that."""
    session[NEW_CODES] = crypto.seal(" ".join(codes)).decode()
    return redirect(url_for("security.mf_recovery_codes"), 303)


def _codes_to_show() -> list[str]:
    sealed = session.pop(NEW_CODES, "")
    return crypto.unseal(sealed.encode()).split() if sealed else []


def _picture(user: Any) -> dict[str, object]:
    """Give the picture and the letters that were shown before: whoever has scanned them need not do so again."""
    shown = current_app.extensions["security"].totp_factory.fetch_setup_values(session["tf_totp_secret"], user)
    return {"chosen_method": APP, "authr_qrcode": shown["image"], "authr_key": shown["key"]}


def _state() -> str:
    kept = {"totp_secret": session["tf_totp_secret"], "method": APP, "phone": None}
    token: str = current_app.extensions["security"].tf_setup_serializer.dumps(kept)
    return token
