"""A whole wave, its freezings, cuts, files, pages and consecutive packs, attacked at once: nothing is worked out."""

from dataclasses import replace

from sqlalchemy import delete, select

from engage.accounts.rules import Role
from engage.analysis.jobs import counting, results
from engage.analysis.method.records import Rule
from engage.analysis.method.small_numbers import audit, protect
from engage.analysis.models import CodingRow, ExcerptRow, SnapshotRow
from engage.pqa.models import PackRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import WaveRow
from tests.coding import make_theme
from tests.ended import make_ended, say
from tests.family import publish_family
from tests.packs import make_panel
from tests.pages.test_emerging import compare, make_two_waves
from tests.people import make_person, sign_in
from tests.published import everything, publish_wave, strays
from tests.surveys import count

SMALL = 100  # a wave of few, in which somebody deletes what they sent
FEW = 29  # ages of a family, in which two questions together narrow down a few
TELLING = 38  # a wave in which a table by gender and the question about gender together tell too much


def test_no_figure_of_a_wave_and_its_packs_can_be_worked_out(app, database):
    panel = make_panel()
    wave = publish_wave(SMALL, panel)
    tables = everything(wave)
    assert (count(PackRow), count(SnapshotRow)) == (4, 4)
    assert sum(table.of.endswith(":themes") for table in tables) == 1
    found = audit(tables, exact=False)
    assert found.ranges
    assert (found.pinned, found.safe) == (0, True)
    reader = sign_in(app.test_client(), panel["pqa"])
    assert strays(wave, tables, reader) == set()
    db.session.execute(delete(SnapshotRow).where(SnapshotRow.final))  # the control: what is said has no table now
    db.session.commit()
    assert strays(wave, everything(wave), reader)


def test_a_question_is_attacked_beside_those_that_divide_people(database):
    wave = publish_wave(TELLING, make_panel())
    assert audit(everything(wave), exact=False).safe
    counts, rule = counting.count(wave), results.rule_of(wave)
    whole = protect(counting.everyone(counts), rule=rule)
    alone = [results.protected(counts, item, rule, [whole]) for item in counting.closed_items(counts)]
    assert not audit([whole, *(one for tables in alone for one in tables)], exact=False).safe, "the control"


def test_all_questions_of_a_small_wave_are_attacked_at_once(database, monkeypatch):
    wave = publish_family(FEW, sizes=(30, 20, 45))[-1]
    counts, rule = counting.count(wave), results.rule_of(wave)
    whole, items = protect(counting.everyone(counts), rule=rule), counting.closed_items(counts)

    def is_safe():
        found = results.protected_all(counts, items, rule, whole)
        return audit([whole, *(one for tables in found.values() for one in tables)], exact=False).safe

    assert is_safe()
    monkeypatch.setattr(results, "_says_too_much", lambda *_: None)
    assert not is_safe(), "the control"


def count_twice(wave):
    """Freeze with eighteen answers coded, report, and freeze again with one more; gives what is shown of themes."""
    voice = make_person(Role.VOICE)
    buses, lights = make_theme("Buses", voice), make_theme("Lights", voice)
    say(wave, *(f"answer {number}" for number in range(19)))
    for number, key in enumerate(db.session.scalars(select(ExcerptRow.key)).all()):
        db.session.add(CodingRow(excerpt_key=key, theme_id=buses if number % 2 else lights, confirmed_by=voice.id))
        if number == 17:  # the last but one
            db.session.commit()
            results.take_snapshot("wave:youth")
    db.session.get_one(WaveRow, wave.id).state = "reported"
    db.session.commit()
    for _ in range(2):
        results.take_snapshot("wave:youth")
    return [table for table in everything(wave) if table.of.endswith(":themes")]


def test_themes_are_counted_once_when_the_wave_is_reported(database):
    wave = make_ended()
    [once] = count_twice(wave)
    assert once.base().text == "20"


def test_with_the_guard_off_two_counts_say_that_one_answer_was_coded_between_them(database, monkeypatch):
    monkeypatch.setattr(results, "_themes_part", lambda about, *_, **__: results.theme_results(about, Rule(), []))
    first, second = count_twice(make_ended())
    found = audit([first, replace(second, of="second", follows=first.of)], exact=False)
    assert not found.safe


def test_what_rose_is_counted_once_however_often_it_is_looked_for(database):
    wave, voice = make_two_waves(make_person(Role.VOICE)), make_person(Role.VOICE)
    first = compare()
    say(wave, *["vapes in the toilets again"] * 9, read=(voice.id, today()))
    again = compare()
    counts = {one.names[0]: (one.now.text, one.before.text, one.times) for one in first.rises}
    later = {one.names[0]: (one.now.text, one.before.text, one.times) for one in again.rises}
    both = counts.keys() & later.keys()
    assert both
    assert [later[name] for name in both] == [counts[name] for name in both]
    assert (again.answers, again.earlier) == (first.answers, first.earlier)
