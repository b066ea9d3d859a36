"""Staff pages: answers to take away, for a reason that is written down, and the codebook of a wave."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import ask_again, me, open_to
from engage.accounts.rules import TYPED_FOR_FILES, Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import EngageError, NotAllowed, NotOpen
from engage.surveys.actions.answer_files import note_taken
from engage.surveys.desk.files import XLSX
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.answer_file import AnswerFileForm
from engage.surveys.queries.answer_files import AnswerFile, Words, answer_file, columns_asked
from engage.surveys.queries.waves import wave
from engage.surveys.rules.answer_files.protecting import kept_columns
from engage.surveys.rules.answer_files.spss import write_sav
from engage.surveys.rules.answer_files.tables import codebook_csv, write_csv, write_xlsx
from engage.surveys.rules.answer_files.taking import IN_FULL, PROTECTED, Taking, check_reason, limits_of
from engage.surveys.rules.waves import Wave

TYPES = {"csv": "text/csv", "xlsx": XLSX, "sav": "application/x-spss-sav"}
PIECE = 64 * 1024  # bytes
TAKERS = (Role.VOICE, Role.SAFEGUARDING)


@pages.get("/<code>/answers")
@open_to(*TAKERS)
@ask_again(TYPED_FOR_FILES, back="surveys_desk.ask_answers")
def ask_answers(code: str) -> ResponseReturnValue:
    return _page(wave(code), AnswerFileForm())


@pages.post("/<code>/answers")
@open_to(*TAKERS)
@ask_again(2 * TYPED_FOR_FILES, back="surveys_desk.ask_answers")
def take_answers(code: str) -> ResponseReturnValue:
    form = AnswerFileForm()
    if not form.validate():
        return _page(wave(code), form), 422
    try:
        return _taken(code, form.record())
    except (NotOpen, NotAllowed) as error:
        return _page(wave(code), form, trouble=error), error.status


@pages.get("/<code>/codebook")
@open_to(*LOOKERS)
def show_codebook(code: str) -> ResponseReturnValue:
    asked = wave(code)
    columns = columns_asked(asked)
    kept = {column.name for column in kept_columns(columns)}
    return render_template("surveys/desk/codebook.html", wave=asked, columns=columns, kept=kept)


@pages.get("/<code>/codebook.csv")
@open_to(*LOOKERS)
def send_codebook(code: str) -> ResponseReturnValue:
    asked = wave(code)
    name = f'attachment; filename="codebook-{asked.code}.csv"'
    return Response(codebook_csv(columns_asked(asked)), mimetype="text/csv", headers={"Content-Disposition": name})


def _taken(code: str, taking: Taking) -> ResponseReturnValue:
    """Write the whole file first, holding no writer up; then its line in the audit; then send it."""
    with db.reading():
        asked = wave(code)
        check_reason(taking, me().roles)
        words: Words = current_app.extensions["checked_words"]
        found = answer_file(asked, taking, today=today(), words=words)
        file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  (it has no name, and is gone once it is sent)
        rows = _write(file, found, asked, taking)
    note_taken(asked, taking, rows=rows, marks=found.marks)
    name = f'attachment; filename="answers-{asked.code}.{taking.kind}"'
    return Response(_pieces(file), mimetype=TYPES[taking.kind], headers={"Content-Disposition": name})


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write(file: BinaryIO, found: AnswerFile, asked: Wave, taking: Taking) -> int:
    if taking.kind == "csv":
        return write_csv(file, found.columns, found.rows)
    if taking.kind == "sav":
        return write_sav(file, found.columns, found.rows, title=asked.title, made=today())
    limits = [asked.title, *limits_of(taking, minimum=asked.minimum)]
    return write_xlsx(file, found.columns, found.rows, limits=limits, made=today())


def _page(asked: Wave, form: AnswerFileForm, *, trouble: EngageError | None = None) -> str:
    few = f"fewer than {asked.minimum}"
    return render_template(
        "surveys/desk/answer_file.html",
        wave=asked,
        form=form,
        trouble=trouble,
        over=asked.over(today()),
        protected=[words.format(few=few) for words in PROTECTED],
        in_full=IN_FULL,
    )
