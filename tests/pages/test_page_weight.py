"""Every shipped survey, in every language it offers, is one small page: also with all its modules switched on."""

from datetime import date

import brotli
import pytest
from flask.testing import FlaskClient

from engage.demo.material import material
from engage.settings import Settings
from engage.shared import db
from engage.surveys.models import WaveRow
from engage.surveys.rules.shipped import CODES, shipped
from tests.surveys import let_in_without_a_card, make_wave

CLOSES, PROMISED = date(2099, 12, 22), date(2100, 2, 12)  # the names of no other two months weigh more
MOST_BYTES = 14 * 1024  # over the wire, headers counted: one round trip on a bad line


def weight(app, address):
    with app.app_context():  # as in a server: the language is chosen anew for each request
        page = FlaskClient(app).get(address, headers={"Accept-Encoding": "br"})
    assert f'<html lang="{address[-2:]}"' in brotli.decompress(page.data).decode()
    return len(page.data) + sum(len(name) + len(value) + 4 for name, value in page.headers)


@pytest.mark.parametrize("code", CODES)
def test_every_template_is_light_in_every_language_with_every_module(app, database, code):
    definition = shipped(code)
    address, said = code.replace("_", "-"), material("waves")["texts"]["youth"]  # page one as long as a real one
    titled = {language: said[language] | {"title": definition.title.in_(language)} for language in Settings.languages}
    words = {**titled.pop("en"), "translations": titled}
    wave = make_wave(code=address, template=code, modules=definition.modules, **words)
    let_in_without_a_card(wave)
    row = db.session.get_one(WaveRow, wave.id)
    row.closes_on, row.promised_on = CLOSES, PROMISED
    db.session.commit()
    ways = [f"easy={easy}&lang={language}" for language in definition.languages for easy in (0, 1)]
    weights = {way: weight(app, f"/s/{address}?{way}") for way in ways}
    assert {way: size for way, size in weights.items() if size > MOST_BYTES} == {}
