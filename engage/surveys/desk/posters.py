"""Staff pages: the poster and the square code of a wave, or of one of its settings."""

import io

import segno
from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from engage.accounts.guards import open_to
from engage.shared import languages
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.queries.pins import pin_of
from engage.surveys.queries.waves import definition_of, setting, wave
from engage.surveys.rules.cards import spaced
from engage.surveys.rules.waves import Wave, reader_of

ANYWHERE = "-"  # stands in a poster's address for the wave's own link, which belongs to no setting


@pages.get("/<code>/poster/<place>")
@open_to(*LOOKERS)
def show_poster(code: str, place: str) -> ResponseReturnValue:
    asked, language = wave(code), request.args.get("language", "en")
    name = "" if place == ANYWHERE else setting(asked.id, place).name
    with force_locale(language if language in languages.offered() else "en"):
        return render_template(
            "surveys/poster.html", wave=asked.in_(languages.language()), name=name, place=place,
            link=_link(code, place), number=_number(asked, place), definition=definition_of(asked),
            reader=reader_of(definition_of(asked).ages), asked=language, languages=languages.offered(),
        )  # fmt: skip


@pages.get("/<code>/poster/<place>/code.svg")
@open_to(*LOOKERS)
def show_qr_code(code: str, place: str) -> ResponseReturnValue:
    return Response(drawn(_link(code, place)), mimetype="image/svg+xml")


def drawn(address: str) -> Markup:
    """Draw an address as a square code, an SVG of our own making."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return Markup(picture.getvalue().decode())  # noqa: S704  (drawn here, the address only sets its squares)


def _link(code: str, place: str) -> str:
    asked = wave(code)
    if asked.by_card:
        return url_for("joining.ask", _external=True)
    if place == ANYWHERE:
        return url_for("surveys.show", code=asked.code, _external=True)
    return url_for("surveys.arrive", code=asked.code, place=setting(asked.id, place).code, _external=True)


def _number(asked: Wave, place: str) -> str:
    return "" if place == ANYWHERE or asked.by_card else spaced(pin_of(asked.id, place))
