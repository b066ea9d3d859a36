"""Staff pages: a wave on paper, printed from the version that the phone shows."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from engage.accounts.guards import open_to
from engage.shared import languages
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.rules.paper import on_paper
from engage.surveys.rules.pictures import PICTURES


@pages.get("/<code>/paper")
@open_to(*LOOKERS)
def show_paper(code: str) -> ResponseReturnValue:
    asked, language = wave(code), request.args.get("language", "en")
    definition = definition_of(asked)
    with force_locale(language if language in definition.languages else "en"):
        here = languages.language()
        return render_template(
            "surveys/paper.html", wave=asked.in_(here), definition=definition, asked=here,
            languages=languages.offered(), drawn=PICTURES, parts=on_paper(definition, language=here, say=gettext),
        )  # fmt: skip
