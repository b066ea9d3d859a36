"""What the team types about one item; which boxes there are follows from its kind."""

from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from engage.shared.forms import PageForm, choices
from engage.surveys.rules.card_kinds import KindOfCard, kind_of_card, may_be_left_out
from engage.surveys.rules.drafting import CODE, Document, code_from
from engage.surveys.rules.items import Kind

OWNER = "Voice of the child team"
MOST_OPTIONS = 120
BLANK_ROWS = 2
FACES = {"": "No face", "5": "Very happy", "4": "Happy", "3": "In between", "2": "Unhappy", "1": "Very unhappy"}
WORDS = ("words", "text", "why", "low", "high")
TEXTS = ("purpose", "owner", "special_category", "series", "module")
FLAGS = ("shuffle", "long", "standard", "sensitive")
LISTS = {"good": "headline", "alone": "exclusive", "last": "keep_last"}  # a tick of a row -> a list of the item
HAS_OTHERS = {"low": "ends", "high": "ends"}


class OptionForm(Form):  # type: ignore[misc]  # the library has no types
    """One row of the options; a row without words is no option."""

    code = HiddenField()
    words = StringField("Words", validators=[Length(max=200, message="Up to 200 characters")])
    face = SelectField("Face", choices=choices(FACES), default="")
    good = BooleanField("Counts as good")
    alone = BooleanField("Chosen alone")
    last = BooleanField("Stays last")


class ItemForm(PageForm):
    """One item."""

    code = StringField(
        "Code", description="Made of the words if you leave it empty. It stays for good", validators=[Length(max=60)]
    )
    words = TextAreaField(
        "What it asks or says",
        validators=[DataRequired("Write what it asks or says"), Length(max=600)],
        render_kw={"rows": 2},
    )
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
    options = FieldList(FormField(OptionForm), max_entries=MOST_OPTIONS)
    shuffle = BooleanField("Show the options in a different order to each person")
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
        right = bool(self.validate())
        card = kind_of_card(kind)
        if self.code.data and not CODE.fullmatch(self.code.data):
            return _wrong(self.code, "Small letters, digits and _ only, beginning with a letter")
        if card.wants("options") and len(self.rows()) < 2:  # noqa: PLR2004  (one is no choice)
            return _wrong(self.options, "Write at least two options to choose from")
        if card.wants("ends") and not (self.low.data and self.high.data):
            return _wrong(self.low, "Say what 0 and 10 mean")
        return right

    def rows(self) -> list[dict[str, Any]]:
        """The options that have words."""
        return [row for row in self.options.data if row["words"]]

    def arranged(self, press: str) -> list[dict[str, Any]]:
        """The rows after "up 2", "down 2", "remove 2" or "more" was pressed, with blank ones to type into."""
        rows = list(self.options.data)
        verb, _, place = press.partition(" ")
        at = int(place) if place.isdigit() and int(place) < len(rows) else -1
        if verb == "remove" and at >= 0:
            rows.pop(at)
        other = {"up": at - 1, "down": at + 1}.get(verb, -1)
        if at >= 0 and 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
        return with_blanks(rows)

    def record(self, kind: Kind, before: Document) -> Document:
        """The item as it is kept: `before` with what was typed; what this form does not show stays."""
        item = {**before, "kind": kind.value}
        for name in WORDS:
            _keep(item, name, self._words(name, item.get(name, {})))
        for name in TEXTS:
            _keep(item, name, getattr(self, name).data)
        for name in FLAGS:
            _keep(item, name, getattr(self, name).data)
        item["purpose"], item["owner"] = self.purpose.data or "", self.owner.data or ""
        _keep(item, "pick", self.pick.data)
        item["missing"] = bool(self.missing.data) and may_be_left_out(kind)
        if kind_of_card(kind).wants("options"):
            self._keep_options(item, kind_of_card(kind))
        return item

    def _words(self, name: str, before: dict[str, str]) -> dict[str, str]:
        typed = getattr(self, name).data
        return {**before, "en": typed} if typed else {}

    def _keep_options(self, item: Document, card: KindOfCard) -> None:
        before = {option["code"]: option for option in item.get("options", ())}
        lists: dict[str, list[str]] = {name: [] for name in LISTS.values()}
        options: list[Document] = []
        for row in self.rows():
            taken = {each["code"] for each in (*options, *self.rows())}
            known = row["code"] in before or card.keeps(row["code"], row["words"])
            code = row["code"] if known else code_from(row["words"], taken=taken, fallback="option")
            options.append(_option(before.get(code, {}), code, row))
            for tick, name in LISTS.items():
                lists[name] += [code] if row[tick] else []
        item["options"] = options
        for name, codes in lists.items():
            _keep(item, name, codes)


def _option(before: Document, code: str, row: dict[str, Any]) -> Document:
    option = {**before, "code": code, "words": {**before.get("words", {}), "en": row["words"]}}
    _keep(option, "face", int(row["face"]) if row["face"] else None)
    return option


def _keep(item: Document, name: str, value: object) -> None:
    if value:
        item[name] = value
    else:
        item.pop(name, None)


def _wrong(field: Any, words: str) -> bool:
    field.errors = [*field.errors, words]
    return False


def with_blanks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with blank ones at their end."""
    filled = rows[: MOST_OPTIONS - BLANK_ROWS]
    while filled and not filled[-1].get("words"):
        filled.pop()
    return filled + [{} for _ in range(BLANK_ROWS)]


def typed_of(item: Document) -> dict[str, Any]:
    """An item of a draft as its form shows it."""
    lists = {tick: set(item.get(name, ())) for tick, name in LISTS.items()}
    rows = [
        {
            "code": option["code"],
            "words": option["words"]["en"],
            "face": str(option.get("face") or ""),
            **{tick: option["code"] in codes for tick, codes in lists.items()},
        }
        for option in item.get("options", ())
    ]
    return {
        "code": item["code"],
        **{name: item.get(name, {}).get("en", "") for name in WORDS},
        **{name: item.get(name) or "" for name in TEXTS},
        **{name: bool(item.get(name)) for name in FLAGS},
        "missing": item.get("missing", True),
        "pick": item.get("pick"),
        "options": with_blanks(rows),
    }


def typed_for_new(kind: Kind, card: KindOfCard) -> dict[str, Any]:
    """What the form of a new item of this kind shows."""
    rows = [{"code": code, "words": words} for code, words in card.options]
    return {"options": with_blanks(rows), "missing": may_be_left_out(kind), "owner": OWNER}
