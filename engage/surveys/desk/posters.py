"""Staff pages: the poster and the square code of a wave, or of one of its settings."""

import io

import segno
from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.queries.waves import definition_of, setting, wave

ANYWHERE = "-"  # stands in a poster's address for the wave's own link, which belongs to no setting


@pages.get("/<code>/poster/<place>")
@open_to(*LOOKERS)
def show_poster(code: str, place: str) -> ResponseReturnValue:
    asked = wave(code)
    name = "" if place == ANYWHERE else setting(asked.id, place).name
    link = _link(code, place)
    minutes = definition_of(asked).minutes
    return render_template("surveys/desk/poster.html", wave=asked, name=name, place=place, link=link, minutes=minutes)


@pages.get("/<code>/poster/<place>/code.svg")
@open_to(*LOOKERS)
def show_qr_code(code: str, place: str) -> ResponseReturnValue:
    drawn = io.BytesIO()
    segno.make(_link(code, place), error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return Response(drawn.getvalue(), mimetype="image/svg+xml")


def _link(code: str, place: str) -> str:
    asked = wave(code)
    if place == ANYWHERE:
        return url_for("surveys.show", code=asked.code, _external=True)
    return url_for("surveys.arrive", code=asked.code, place=setting(asked.id, place).code, _external=True)
