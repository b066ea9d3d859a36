"""After reporting, a receipt leads to no response: not by its themes, not by where its marks lie."""

import random
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import select, text, update

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import themes as frame
from engage.analysis.actions.reading import forget_excerpts
from engage.analysis.actions.reporting import report_wave
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.receipts import mark_of
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions.waves import close_wave
from engage.surveys.models import ResponseRow, WrittenRow
from tests.people import make_person
from tests.surveys import make_wave

BOXES = ("area_best", "area_change", "anything_new")
OFTEN = (8, 7, 6, 5, 4, 4, 3, 3)  # how often each theme is written about

Group = tuple[bytes, frozenset[int]]


def make_themed(people: int = 60) -> dict[bytes, bytes]:
    """A closed wave in which each wrote about up to three themes; gives the response of each receipt."""
    wave, voice, rnd = make_wave(), make_person(Role.VOICE), random.Random(1)
    themes = [ThemeRow(name=f"theme {number}", state="selected") for number in range(len(OFTEN))]
    db.session.add_all(themes)
    truth = {secrets.token_bytes(32): secrets.token_bytes(16) for _ in range(people)}
    about = {"wave_id": wave.id, "language": "en"}
    db.session.add_all(
        ResponseRow(key=key, sent_on=today(), receipt_hash=receipt, **about) for receipt, key in truth.items()
    )
    db.session.flush()
    pieces = [(secrets.token_bytes(16), secrets.token_bytes(16), key, box) for key in truth.values() for box in BOXES]
    db.session.add_all(
        WrittenRow(key=written, response_key=key, item=box, words="invented", sent_on=today(), **about)
        for written, _, key, box in pieces
    )
    db.session.flush()
    read = {"urgency": 0.1, "flagged": False, "checked": True, "read_on": today(), "read_by": voice.id}
    db.session.add_all(
        ExcerptRow(key=excerpt, written_key=written, item=box, words="invented", day=today(), **read, **about)
        for written, excerpt, _, box in pieces
    )
    db.session.flush()
    for _, excerpt, _, _ in pieces:
        theme = rnd.choices(themes, weights=OFTEN)[0].id
        db.session.add(CodingRow(excerpt_key=excerpt, theme_id=theme, refused=False, confirmed_by=voice.id))
    db.session.commit()
    close_wave(wave.id, roles=voice.roles)
    return truth


def report() -> None:
    report_wave("youth", by=make_person(Role.VOICE, name="Vic"))
    db.session.commit()


def grouped(rows: Iterable[tuple[bytes, int]]) -> list[Group]:
    """The themes that stand beside the same bytes."""
    found = defaultdict(set)
    for held, theme in rows:
        found[bytes(held)].add(theme)
    return [(held, frozenset(themes)) for held, themes in found.items()]


def led_to_few(groups: list[Group], truth: Mapping[bytes, bytes]) -> int:
    """How many of these lead to their own response and at most two others, by plain SQL and without a key."""
    asked = """
        SELECT w.response_key, c.theme_id FROM written w
        JOIN excerpt e ON e.written_key = w.key JOIN coding c ON c.excerpt_key = e.key WHERE NOT c.refused
    """
    said = grouped((key, theme) for key, theme in db.session.execute(text(asked)))
    fit = [(held, [key for key, themes in said if mine <= themes]) for held, mine in groups]
    return sum(len(keys) <= 3 and truth[held] in keys for held, keys in fit)


def kept() -> list[tuple[bytes, int]]:
    rows = db.session.execute(text("SELECT mark, theme_id FROM theme_receipt"))
    return [(bytes(mark), theme) for mark, theme in rows]


def marks_of(truth: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    """Whose each mark is, which only somebody with the key and every receipt could tell."""
    themes = [row.id for row in db.session.query(ThemeRow)]
    return {mark_of(theme, receipt): key for receipt, key in truth.items() for theme in themes}


def test_the_themes_of_a_receipt_lead_to_no_response(database):
    truth = make_themed()
    report()
    rows = kept()
    assert len(rows) > 2 * len(truth)
    assert not {held for held, _ in rows} & set(truth)
    assert led_to_few(grouped(rows), marks_of(truth)) == 0


def test_control_receipts_beside_their_themes_would_lead_to_many(database):
    truth = make_themed()
    themes = {receipt: analysis.themes_of_receipt(receipt) for receipt in truth}
    report()
    as_before = [(receipt, theme) for receipt, some in themes.items() for theme in some]
    assert led_to_few(grouped(as_before), truth) > len(truth) / 3


def test_marks_lie_in_the_order_of_their_own_bytes(database):
    make_themed()
    report()
    lying: dict[int, list[bytes]] = defaultdict(list)
    for mark, theme in kept():
        lying[theme].append(mark)
    assert len(lying) == len(OFTEN)
    assert all(marks == sorted(marks) for marks in lying.values())


def test_whoever_brings_the_words_still_finds_every_theme(database):
    truth = make_themed()
    before = {receipt: analysis.themes_of_receipt(receipt) for receipt in truth}
    report()
    assert {receipt: analysis.themes_of_receipt(receipt) for receipt in truth} == before
    assert all(analysis.knows_receipt(receipt) for receipt in truth)
    assert not analysis.knows_receipt(bytes(32))


def test_a_mark_outlives_a_merge_and_goes_with_the_last_words_said_about_its_theme(database):
    make_themed()
    report()
    first, *others, last = (row.id for row in db.session.query(ThemeRow).order_by(ThemeRow.id))
    assert {theme for _, theme in kept()} == {first, *others, last}
    frame.merge(last, first, by=make_person(Role.VOICE, name="Val"), today=today())
    of_others = select(CodingRow.excerpt_key).where(CodingRow.theme_id.in_(others))
    month = today().replace(day=1)  # all that a reported answer knows
    db.session.execute(update(ExcerptRow).where(ExcerptRow.key.in_(of_others)).values(day=month - timedelta(days=1)))
    forget_excerpts(month)
    assert {theme for _, theme in kept()} == {first, last}
