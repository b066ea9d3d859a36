"""A survey with one question of each kind, for tests of what every kind can do."""

import json
from copy import deepcopy
from datetime import timedelta
from hashlib import sha256

from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.models import SurveyRow, VersionRow
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.definition import Definition, parse, to_document
from engage.surveys.rules.waves import NewWave, Wave
from tests.surveys import TEXTS, fill_rota

LANGUAGES = ("en", "pl", "ar")


def said(text):
    return {"en": text, "pl": f"{text} po polsku", "ar": f"{text} بالعربية"}


def options(*codes, **more):
    return [{"code": code, "words": said(code.capitalize()), **more.get(code, {})} for code in codes]


def question(code, kind, heading, **more):
    return {"code": code, "kind": kind, "words": said(heading), "purpose": "A test", **more}


YES_NO = options("yes", "no")
DRAWN = {name: {"picture": name, "alt": said(f"A drawing of a {name}")} for name in ("house", "school", "tree")}
SECTIONS = {
    "start": [
        question("about", "information", "What is this?"),
        question("consent", "consent", "Take part?", options=YES_NO),
        question("age", "age", "How old are you?"),
    ],
    "kinds": [
        question("way", "dropdown", "How do you go to school?", options=options("walk", "bus", "bike", "other"),
                 other="other"),
        question("order", "ranking", "What matters most?", options=options("parks", "shops", "clubs"), shuffle=True),
        question("first_two", "ranking", "Which two?", options=options("sun", "rain", "snow"), pick=2),
        question("buses", "amount", "How many buses a week?", least=0, most=40,
                 number_bands={"none": [0, 0], "some": [1, 9], "many": [10, 40]}),
        question("one_word", "short", "Say it in a few words"),
        question("sure", "yes_no_not_sure", "Is it better?", options=YES_NO, headline=["yes"]),
        question("place", "picture", "Where is it best?", options=options("house", "school", "tree", **DRAWN)),
        question("who", "single", "Who helped?", options=options("teacher", "friend", "other"), other="other",
                 easy=said("Who?")),
        question("what", "multiple", "What is there?", options=options("pool", "other", "none"), exclusive=["none"],
                 other="other"),
    ],
    "later": [
        question("why", "open", "Why {place|this place}?", text=said("You chose {what|nothing yet}.")),
        question("first", "single", "Parks came first. Why?", options=options("green", "near"),
                 show_if={"any_of": ["order", ["1.parks"]]}),
        question("often", "scale", "How often by {way|bus}?", options=options("always", "never"),
                 show_if={"gte": ["buses", 10]}),
    ],
}  # fmt: skip


def document():
    return {
        "code": "kinds", "title": said("Every kind"), "ages": [11, 18], "minutes": 2, "minimum": 8, "owner": "Tests",
        "languages": list(LANGUAGES),
        "bands": [{"code": "all", "from": 11, "to": 18, "words": said("11 to 18")}],
        "sections": [{"code": code, "title": said(code), "items": deepcopy(items)} for code, items in SECTIONS.items()],
    }  # fmt: skip


def every_kind() -> Definition:
    return parse(document())


def make_kinds_wave(definition: Definition | None = None) -> Wave:
    """Publish the survey, or another one, as its own version, and open a wave of it at /s/kinds."""
    first = today()
    survey = SurveyRow(code="kinds", title="Every kind", state="published")
    db.session.add(survey)
    db.session.flush()
    words = json.dumps(to_document(definition or every_kind()), ensure_ascii=False)
    mark = sha256(words.encode()).hexdigest()  # a process knows a version by it
    version = VersionRow(survey_id=survey.id, number=1, document=words, sha256=mark, published_on=first)
    db.session.add(version)
    db.session.flush()
    last = first + timedelta(days=20)
    new = NewWave(
        code="kinds", title="Every kind", opens_on=first, closes_on=last, panel_on=last, promised_on=last,
        audience="Tests", can_change="This", cannot_change="That", translations={"pl": TEXTS, "ar": TEXTS},
    )  # fmt: skip
    wave_id = waves.add_wave(version.id, new)
    fill_rota(first, last)
    waves.open_wave(wave_id, today=first, roles=["voice"])
    db.session.commit()
    return wave_by_id(wave_id)
