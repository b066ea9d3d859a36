"""What the team types about one item; which boxes there are follows from its kind."""

import re
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from engage.shared.forms import PageForm, choices
from engage.surveys.forms.options import DRAWN, MOST_ROWS, OptionForm, keep_options, put, rows_of, with_blanks
from engage.surveys.rules.card_kinds import CardKind, card_kind
from engage.surveys.rules.drafting import CODE, Document, code_from
from engage.surveys.rules.items import Kind
from engage.surveys.rules.limits import MOST_OPTIONS

UP_TO = "A whole number up to 9999"
OWNER = "Voice of the child team"
WORDS = ("words", "easy", "text", "why", "low", "high")
TEXTS = ("purpose", "owner", "special_category", "series", "module", "picture")
FLAGS = ("shuffle", "long", "standard", "sensitive", "unsure")
NUMBERS = ("pick", "least", "most")
NUMBER_BAND = re.compile(r"(.*\S)\s+(\d{1,4})\s*(?:to|-|–|—)\s*(\d{1,4})")


class ItemForm(PageForm):
    """One item."""

    code = StringField(
        "Code", description="Made of the words if you leave it empty. It stays for good", validators=[Length(max=60)]
    )
    words = TextAreaField(
        "What it asks or says",
        description="To say what was chosen before: {code of that question|words for who did not answer it}",
        validators=[DataRequired("Write what it asks or says"), Length(max=600)],
        render_kw={"rows": 2},
    )
    easy = TextAreaField(
        "The same in easy read",
        description="Fewer and shorter words, for those who switch easy read on",
        validators=[Length(max=400)],
        render_kw={"rows": 2},
    )
    picture = SelectField("Picture above it", choices=choices(DRAWN), default="")
    text = TextAreaField("More words below it", validators=[Length(max=4000)], render_kw={"rows": 3})
    why = TextAreaField("Why we ask, for young people", validators=[Length(max=400)], render_kw={"rows": 2})
    purpose = StringField("Purpose, for staff", description="What the answer is for", validators=[Length(max=300)])
    owner = StringField("Who answers for this question", default=OWNER, validators=[Length(max=120)])
    low = StringField("What 0 means", validators=[Length(max=120)])
    high = StringField("What 10 means", validators=[Length(max=120)])
    pick = IntegerField(
        "Most answers to choose",
        description="Leave it empty for no limit",
        validators=[Optional(), NumberRange(min=1, max=50, message="A number from 1 to 50, or nothing")],
    )
    least = IntegerField("Smallest number", validators=[Optional(), NumberRange(min=0, max=9999, message=UP_TO)])
    most = IntegerField("Largest number", validators=[Optional(), NumberRange(min=1, max=9999, message=UP_TO)])
    bands = TextAreaField(
        "Bands for reports, one on each line",
        description="Like: low 0 to 4. Leave it empty for none",
        validators=[Length(max=400)],
        render_kw={"rows": 3},
    )
    options = FieldList(FormField(OptionForm), max_entries=MOST_ROWS)
    shuffle = BooleanField("Show the options in a different order to each person")
    unsure = BooleanField("Show “Not sure” among the answers, as large as they are")
    missing = BooleanField("Offer “I don't know” and “Rather not say”", default=True)
    long = BooleanField("A tall box")
    sensitive = BooleanField("It is sensitive")
    special_category = StringField(
        "Special-category condition",
        description="The legal reason to ask about health, origin, belief or life as a couple",
        validators=[Length(max=200)],
    )
    standard = BooleanField("The words are a public standard's, kept as they are")
    series = StringField(
        "Series", description="The published series that this question continues", validators=[Length(max=120)]
    )
    module = StringField(
        "Module", description="A word, if a wave is to switch it on or off", validators=[Length(max=60)]
    )
    seen = HiddenField()

    def holds_together(self, kind: Kind) -> bool:
        """Whether it is right for its kind; what is wrong stands at its field."""
        right, card = bool(self.validate()), card_kind(kind)
        if self.code.data and not CODE.fullmatch(self.code.data):
            right = _wrong(self.code, "Small letters, digits and _ only, beginning with a letter")
        if card.wants("options") and len(self.rows()) < 2:  # noqa: PLR2004  (one is no choice)
            right = _wrong(self.options, "Write at least two options to choose from")
        if len(self.rows()) > MOST_OPTIONS:
            right = _wrong(self.options, f"A question has {MOST_OPTIONS} options at most")
        return self._ends_fit(card) and right

    def _ends_fit(self, card: CardKind) -> bool:
        if card.wants("ends") and not (self.low.data and self.high.data):
            return _wrong(self.low, "Say what 0 and 10 mean")
        if card.wants("limits") and not (self.least.data or 0) < (self.most.data or 0):
            return _wrong(self.most, "Say the smallest number and a larger one")
        return True

    def validate_bands(self, field: TextAreaField) -> None:
        """Each line is a band."""
        try:
            read_number_bands(field.data or "")
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def rows(self) -> list[dict[str, Any]]:
        """The options that have words."""
        return [row for row in self.options.data if row["words"]]

    def record(self, kind: Kind, before: Document) -> Document:
        """The item as it is kept: `before` with what was typed; what this form does not show stays."""
        item = {**before, "kind": kind.value}
        for name in WORDS:
            put(item, name, self._words(name, item.get(name, {})))
        for name in TEXTS:
            put(item, name, getattr(self, name).data)
        for name in FLAGS:
            put(item, name, getattr(self, name).data)
        item["purpose"], item["owner"] = self.purpose.data or "", self.owner.data or ""
        for name in NUMBERS:
            _put_number(item, name, getattr(self, name).data)
        self._put_bands(item, kind)
        item["missing"] = bool(self.missing.data) and card_kind(kind).needs.missing
        if card_kind(kind).wants("options"):
            keep_options(item, self.rows(), card_kind(kind))
        return item

    def _put_bands(self, item: Document, kind: Kind) -> None:
        bands = read_number_bands(self.bands.data or "")
        if not bands and card_kind(kind).wants("limits"):
            bands = {"all": [self.least.data, self.most.data]}
        put(item, "number_bands", bands)

    def _words(self, name: str, before: dict[str, str]) -> dict[str, str]:
        typed = getattr(self, name).data
        return {**before, "en": typed} if typed else {}


def _put_number(item: Document, name: str, number: int | None) -> None:
    if number is None:
        item.pop(name, None)
    else:
        item[name] = number


def _wrong(field: Any, words: str) -> bool:
    field.errors = [*field.errors, words]
    return False


def typed_of(item: Document) -> dict[str, Any]:
    """An item of a draft as its form shows it."""
    return {
        "code": item["code"],
        **{name: item.get(name, {}).get("en", "") for name in WORDS},
        **{name: item.get(name) or "" for name in TEXTS},
        **{name: bool(item.get(name)) for name in FLAGS},
        **{name: item.get(name) for name in NUMBERS},
        "bands": bands_typed(item),
        "missing": item.get("missing", True),
        "options": with_blanks(rows_of(item)),
    }


def typed_for_new(card: CardKind) -> dict[str, Any]:
    """What the form of a new item of this kind shows."""
    rows: list[dict[str, Any]] = [{"code": code, "words": words} for code, words in card.options]
    return {"options": with_blanks(rows), "missing": card.needs.missing, "owner": OWNER}


def bands_typed(item: Document) -> str:
    """The bands of a number, one a line."""
    return "\n".join(f"{code} {low} to {high}" for code, (low, high) in item.get("number_bands", {}).items())


def read_number_bands(typed: str) -> dict[str, list[int]]:
    """Read bands such as "low 0 to 4", one a line; raises ValueError with a sentence that says what to write."""
    bands: dict[str, list[int]] = {}
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        found = NUMBER_BAND.fullmatch(line)
        if not found:
            raise ValueError(f"Write each band on a line of its own, like: low 0 to 4. This one we can't read: {line}")
        bands[code_from(found[1], taken=bands, fallback="band")] = [int(found[2]), int(found[3])]
    return bands
