"""What you all said: one page for each wave that is reported, and the list of them."""

from babel.lists import format_list
from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from engage.accounts.guards import Who, open_to
from engage.analysis.queries import told_stamp, told_waves
from engage.shared.clock import today
from engage.shared.languages import language
from engage.youwesaid.queries.waves import wave_page
from engage.youwesaid.rules.concerns import STATE_WORDS
from engage.youwesaid.rules.findings import TEN
from engage.youwesaid.views.blueprint import kept, pages


@pages.get("/waves/")
@open_to(Who.ANYONE)
def show_waves() -> ResponseReturnValue:
    waves = told_waves(language())
    stamp = tuple(waves)
    return kept(lambda: render_template("youwesaid/waves.html", waves=waves), stamp)


@pages.get("/waves/<code>")
@open_to(Who.ANYONE)
def show_wave(code: str) -> ResponseReturnValue:
    return kept(lambda: _one(code), told_stamp(code))


def _one(code: str) -> str:
    page = wave_page(code, today=today(), language=language())
    return render_template(
        "youwesaid/wave.html", page=page, state_words=STATE_WORDS, ten=TEN, either=_either, today=today()
    )


def _either(answers: tuple[str, ...]) -> str:
    """Join answers with "or", as the reader's language does."""
    return str(format_list([f"“{answer}”" for answer in answers], style="or", locale=get_locale()))
