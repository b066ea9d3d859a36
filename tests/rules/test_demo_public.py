"""The demo's translations say words that are in its story, and its areas are areas."""

from engage.demo.material import material
from engage.youwesaid.rules.areas import AREAS
from engage.youwesaid.rules.concerns import slug_of

STORY, PUBLIC = material("story")["concerns"], material("public")


def words_of_the_story() -> set[str]:
    steps = [step for concern in STORY for step in concern["steps"]]
    found = {concern[key] for concern in STORY for key in ("title", "you_said", "sources")}
    found |= {step[key] for step in steps for key in ("we_did", "next_step", "reason", "decided_by") if key in step}
    agency = {one["code"]: one["name"] for one in material("people")["agencies"]}
    return found | {f"{agency[step['agency']]} agreed: {step['what']}" for step in steps if "what" in step}


def test_every_translation_is_of_words_that_are_there_and_in_both_languages():
    translations = PUBLIC["translations"]
    assert translations.keys() - words_of_the_story() == set()
    assert [english for english, both in translations.items() if both.keys() != {"pl", "ar"}] == []


def test_every_area_is_one_and_every_address_a_concerns():
    addresses = {slug_of(concern["title"]) for concern in STORY}
    assert PUBLIC["areas"].keys() - addresses == set()
    assert {area for areas in PUBLIC["areas"].values() for area in areas} - AREAS.keys() == set()
