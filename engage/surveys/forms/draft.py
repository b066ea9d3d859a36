"""What the team types about a survey that it writes: the survey itself, and its sections."""

import re
from itertools import pairwise
from typing import Any

from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import PageForm, choices
from engage.shared.languages import NAMES
from engage.surveys.rules.drafting import Document, ages_of
from engage.surveys.rules.waves import SMALLEST

EMPTY = "empty"
BANDS = "11 to 13\n14 to 15\n16 to 18"
BAND = re.compile(r"(\d{1,2})\s*(?:to|-|–|—)\s*(\d{1,2})")
MOST_WALKERS = 300
YOUNGEST, OLDEST = 3, 99  # years
OTHERS = {code: name for code, name in NAMES.items() if code != "en"}


def languages_field() -> SelectMultipleField:
    """The languages of a survey beside English."""
    return SelectMultipleField(
        "Languages beside English",
        choices=choices(OTHERS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def read_bands(typed: str) -> list[tuple[int, int, str]]:
    """Read age bands, one a line; raises ValueError with a sentence that says what to write."""
    bands = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        found = BAND.fullmatch(line)
        if not found:
            raise ValueError(f"Write each age band on a line of its own, like 11 to 13. This one we can't read: {line}")
        youngest, oldest = int(found[1]), int(found[2])
        if not YOUNGEST <= youngest <= oldest <= OLDEST:
            raise ValueError(f"Ages go from {YOUNGEST} to {OLDEST}, the younger one first: {line}")
        bands.append((youngest, oldest, line))
    if not bands:
        raise ValueError("Name at least one age band, like 11 to 13")
    bands.sort()
    if any(later[0] <= earlier[1] for earlier, later in pairwise(bands)):
        raise ValueError("Two age bands hold the same age. Let each begin after the one before it ends")
    return bands


class SurveyForm(PageForm):
    """The survey as a whole."""

    title = StringField("Title young people see", validators=[DataRequired("Give it a title"), Length(max=200)])
    bands = TextAreaField(
        "Age bands, one on each line",
        default=BANDS,
        description="Only the band of an age is kept. Like 11 to 13. What you begin with brings its own.",
        render_kw={"rows": 4},
    )
    languages = languages_field()

    def validate_bands(self, field: TextAreaField) -> None:
        """Each line is a band."""
        try:
            read_bands(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def facts(self, before: Document | None = None) -> dict[str, Any]:
        """What was typed as parts of the document; words in other languages that stand in `before` are kept."""
        known = {(band["from"], band["to"]): band for band in (before or {}).get("bands", ())}
        bands = [known.get(band[:2]) or _band(*band) for band in read_bands(self.bands.data or "")]
        title = {**(before or {}).get("title", {}), "en": self.title.data or ""}
        return {
            "title": title,
            "bands": bands,
            "ages": ages_of(bands),
            "languages": ["en", *(self.languages.data or ())],
        }


class NewDraftForm(SurveyForm):
    """A survey to begin."""

    start = SelectField("Begin with")


class FactsForm(SurveyForm):
    """The survey as a whole, once it is begun."""

    minutes = IntegerField(
        "Minutes it takes", validators=[NumberRange(min=1, max=60, message="Between 1 and 60 minutes")]
    )
    minimum = IntegerField(
        "Smallest group whose numbers are shown",
        validators=[NumberRange(min=SMALLEST, max=100, message="8 or more: smaller groups are never shown")],
    )
    seen = HiddenField()

    def record(self, before: Document) -> dict[str, Any]:
        """What was typed, for the document."""
        facts = self.facts(before)
        checked = {language for language in before["languages"] if language not in before["unchecked"]}
        facts["unchecked"] = [language for language in facts["languages"] if language not in checked | {"en"}]
        return facts | {"minutes": self.minutes.data, "minimum": self.minimum.data}


def facts_of(document: Document) -> dict[str, Any]:
    """A draft's facts as its form shows them."""
    return {
        "title": document["title"]["en"],
        "bands": "\n".join(f"{band['from']} to {band['to']}" for band in document["bands"]),
        "languages": [language for language in document["languages"] if language != "en"],
        "minutes": document["minutes"],
        "minimum": document["minimum"],
    }


def _band(youngest: int, oldest: int, words: str) -> Document:
    return {"code": f"age_{youngest}_{oldest}", "from": youngest, "to": oldest, "words": {"en": words}}


class SectionForm(PageForm):
    """One section: a group of questions under a short title."""

    title = StringField("Short title of this part", validators=[DataRequired("Give it a title"), Length(max=120)])
    show = IntegerField(
        "Ask each person only some of its questions",
        default=0,
        description="How many, chosen by chance for each person; 0 asks all of them",
        validators=[NumberRange(min=0, max=200, message="A number from 0 to 200")],
    )
    module = StringField(
        "Module",
        description="A word, if a wave is to switch these questions on or off; empty: they are always asked",
        validators=[Length(max=60)],
    )
    seen = HiddenField()

    def record(self, before: Document) -> Document:
        """Title and module; the title's other languages stay."""
        facts: Document = {"title": {**before.get("title", {}), "en": self.title.data or ""}}
        return facts | {"module": self.module.data or ""}


def section_facts(section: Document, rotations: list[Document]) -> dict[str, Any]:
    """A part's own facts as its form shows them."""
    shown = {rotation["code"]: rotation["show"] for rotation in rotations}
    return {"title": section["title"]["en"], "module": section.get("module", ""), "show": shown.get(section["code"], 0)}


class SureForm(PageForm):
    """One button that asks first."""

    seen = HiddenField()


class WalkForm(PageForm):
    """How many invented people walk a survey. Asked by address, for it changes nothing."""

    class Meta(PageForm.Meta):
        """It keeps nothing, so it carries no token."""

        csrf = False

    people = IntegerField(
        "Invented people", default=100, validators=[NumberRange(min=1, max=MOST_WALKERS, message="From 1 to 300")]
    )
    seed = IntegerField(
        "Seed",
        default=1,
        description="The same number gives the same people",
        validators=[NumberRange(min=0, max=999_999, message="A whole number from 0 to 999999")],
    )
