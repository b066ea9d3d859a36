"""Without a script a survey goes section by section, and options that are shuffled are shuffled here too."""

import re

import pytest

from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.parts import part_of
from engage.surveys.rules.routing import options_shown
from tests.surveys import ANSWERS, make_wave, save

ITEM = "top_concerns"


@pytest.fixture
def wave(database):
    return make_wave()


def order_on(page, item=ITEM):
    card = page[page.index(f'id="q-{item}"') :]
    return re.findall(rf'name="{item}" value="(\w+)"', card[: card.index("</fieldset>")])


def seed_on(page):
    return int(re.search(r"data-seed=(\d+)", page)[1])


def test_shuffled_options_stand_in_the_order_of_the_sitting(app, visitor, wave):
    item = definition_of(wave).item(ITEM)
    part = part_of(definition_of(wave), ITEM)
    seen = set()
    for phone in (visitor, app.test_client(), app.test_client()):
        phone.fill_in("/s/youth", "/s/youth/section/0", consent="yes", age="14", _at="about", _go="next")
        page = phone.get(f"/s/youth?part={part}").text
        assert order_on(page) == [*options_shown(item, seed_on(page)), "dont_know", "rather_not_say"]
        assert order_on(phone.get("/s/youth").text) == order_on(page)
        seen.add(tuple(order_on(page)))
    assert len(seen) == 3


def test_what_was_chosen_stays_chosen_wherever_it_stands_now(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, **{ITEM: ["crime", "traffic"]})
    page = visitor.get("/s/youth").text
    assert set(re.findall(rf'name="{ITEM}" value="(\w+)" checked', page)) == {"crime", "traffic"}


def test_only_shuffled_options_move(visitor, wave):
    save(visitor, visitor.get("/s/youth").text, **ANSWERS)
    page = visitor.get("/s/youth").text
    for item in definition_of(wave).items:
        if item.option_codes and not item.shuffle and item.kind != "area":
            assert order_on(page, item.code)[: len(item.option_codes)] == list(item.option_codes)


def test_who_goes_on_part_by_part_is_told_what_is_read_on_the_way(visitor, wave):
    assert "part by part" not in visitor.get("/s/youth").text
    went_on = visitor.fill_in("/s/youth", "/s/youth/section/0", consent="yes", age="14", _at="about", _go="next")
    assert "a person reads them when you press Next" in visitor.get(went_on.location).text
