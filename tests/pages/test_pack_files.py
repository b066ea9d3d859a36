"""A pack on paper: print view and tagged PDF say what the page says, with language, headings and alternative text."""

import io
import sys

import pytest
import time_machine
from pypdf import PdfReader
from sqlalchemy import text

from engage.accounts.rules import Role
from engage.analysis.actions import reading, themes
from engage.analysis.rules import Naming
from engage.shared import db, printing
from engage.shared.clock import today
from engage.worker.child import run_all_wanted
from tests.answers import BUS, excerpts
from tests.ended import say
from tests.packs import NOW, ROOM, make_frozen, make_issued, make_panel
from tests.people import make_person, sign_in
from tests.surveys import make_wave

FILE = f"{ROOM}/1/file"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def panel(database):
    return make_panel()


def kinds(node) -> list[tuple[str, str]]:
    """The kind of every tag below a node, with its alternative text."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for one in node for found in kinds(one)]
    if not isinstance(node, dict):
        return []
    return [(str(node.get("/S")), str(node.get("/Alt", ""))), *kinds(node.get("/K", []))]


def make_themed() -> None:
    """A wave of sixty with frozen results, in which twelve wrote about the bus."""
    wave = make_wave("themed", title="Youth survey with words")
    voice = make_person(Role.VOICE)
    say(wave, *BUS, read=(voice.id, today()))
    ids = excerpts()
    theme = themes.add(Naming("Late buses", "Buses that come late", sensitive=False), by=voice, today=today())
    reading.confirm(theme, [ids[words] for words in BUS], by=voice)
    db.session.commit()
    make_frozen(wave=wave, state="reported")


def test_the_pdf_has_tags_a_language_headings_table_headers_and_alternative_text(app, panel):
    make_themed()
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["pqa"])
    assert visitor.get(FILE).status_code == 404
    assert "The PDF: waiting for the worker" in visitor.get(f"{ROOM}/1").text
    run_all_wanted(app)
    assert "Tagged PDF" in visitor.get(f"{ROOM}/1").text
    sent = visitor.get(FILE)
    assert sent.headers["Content-Disposition"].endswith('"pack-2026-10-version-1.pdf"')
    pdf = PdfReader(io.BytesIO(sent.data))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == "en"
    assert pdf.metadata.title == "Pack: October to December 2026"
    assert len(pdf.pages) <= 8
    found = kinds(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure"} <= {kind for kind, _ in found}
    assert ["The largest themes" in alt for kind, alt in found if kind == "/Figure"] == [True]
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "Demo: every person, answer and figure here is invented." in words
    assert "Late buses" in words


def test_the_print_view_says_what_the_page_says_without_its_buttons(app, panel):
    make_frozen()
    make_issued(panel)
    visitor = sign_in(app.test_client(), panel["scrutineer"])
    paper = visitor.get(f"{ROOM}/1/print").text
    for heading in ("Decisions we need", "Small but serious", "Young people's page", "Limits"):
        assert heading in paper
    assert "<button" not in paper
    assert visitor.fill_in("/desk/", to=FILE).status_code == 403


def test_without_pango_the_print_view_is_offered_in_one_line(app, panel, monkeypatch):
    make_frozen()
    make_issued(panel)
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "import no_such_library"])
    run_all_wanted(app)
    visitor = sign_in(app.test_client(), panel["pqa"])
    assert "it did not work. Open the print view and print it" in visitor.get(f"{ROOM}/1").text
    assert visitor.fill_in(f"{ROOM}/1", to=FILE).status_code == 303
    assert "waiting for the worker" in visitor.get(f"{ROOM}/1").text


def test_only_what_is_issued_becomes_a_file_and_a_changed_one_is_not_sent(app, panel, monkeypatch):
    make_frozen()
    visitor = sign_in(app.test_client(), panel["voice"])
    visitor.fill_in(ROOM, to=f"{ROOM}/make")
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "print('%PDF')"])
    early = visitor.fill_in("/desk/", to=FILE)
    assert (early.status_code, "made of an issued pack" in early.text) == (409, True)
    sign_in(app.test_client(), panel["pqa"]).fill_in(f"{ROOM}/1", to=f"{ROOM}/1/issue")
    run_all_wanted(app)
    assert visitor.get(FILE).data == b"%PDF\n"
    db.session.execute(text("UPDATE pack_file SET content = :other"), {"other": b"%PDF other"})
    db.session.commit()
    assert visitor.get(FILE).status_code == 409
