"""Set results and packs as tagged PDFs from their print views, once, and keep them."""

from flask import current_app, render_template

from engage.analysis.queries.marks import mark_of_results
from engage.pqa.actions import files
from engage.pqa.actions.pack import keep_file
from engage.pqa.queries.packs import pack
from engage.pqa.queries.paper import paper
from engage.pqa.rules import meaning
from engage.pqa.rules.drawing import ink, paint
from engage.pqa.rules.quarters import quarter_named
from engage.pqa.rules.rag import RULE
from engage.shared import db
from engage.shared.clock import today
from engage.shared.printing import as_pdf


def print_results(subject: str) -> None:
    """Set the results of a wave. Raises `NotFound`, `Changed`, `NoPress`."""
    code = subject.removeprefix("wave:")
    with db.reading():  # setting a page takes a while: nobody else's answers wait for it
        mark = mark_of_results(code) or ""
        page = _page("pqa/desk/print.html", paper=paper(code), meaning=meaning)
    files.keep_file(code, as_pdf(page), made_of=mark)
    db.session.commit()


def print_pack(subject: str) -> None:
    """Set a version of a pack ("2026-10:1"). Raises `NotFound`, `NotOpen`, `Changed`, `NoPress`."""
    quarter, version = subject.split(":")
    with db.reading():
        found = pack(quarter_named(quarter), int(version))
        page = _page("pqa/desk/pack_paper.html", pack=found, body=found.body, rag=RULE)
    keep_file(quarter_named(quarter), int(version), as_pdf(page), today=today())
    db.session.commit()


def _page(template: str, **words: object) -> str:
    with current_app.test_request_context():  # a page is made outside of any request
        return render_template(template, paint=paint, ink=ink, **words)
