"""The later parts of a fresh page travel as a comment, which nothing written in a survey can end."""

from dataclasses import replace

import pytest

from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.words import Words
from engage.surveys.views.whole import written
from tests.surveys import make_wave

ENDING = "Safe --> or --!> not? <!-- <b>"


def page_of(wave, definition) -> str:
    return written(wave, definition, "en", easy=False).fresh.text.decode()


@pytest.mark.parametrize("said", ["How safe do you feel here?", ENDING])
def test_no_words_of_an_author_end_the_comment(app, database, said):
    wave = make_wave()
    definition = definition_of(wave)
    first, second, *others = definition.sections
    item = second.items[0]
    asked = replace(second, items=(replace(item, words=Words((("en", said),))), *second.items[1:]))
    with app.test_request_context("/s/youth"):
        page = page_of(wave, replace(definition, sections=(first, asked, *others)))
    before, start, rest = page.partition("<!--")
    later, end, after = rest.partition("-->")
    assert (start, end) == ("<!--", "-->")
    assert [mark for mark in ("<!--", "-->", "--!>") if mark in later + after] == []
    assert later.startswith('<section class="part"')
    assert after.startswith('<input type="hidden" name="_shown"')
    assert 'id="q-area_happy"' in later
    assert 'id="q-consent"' in before
