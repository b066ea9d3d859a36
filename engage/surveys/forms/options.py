"""The rows of an item's options as somebody types them, and as they are kept."""

from typing import Any

from wtforms import BooleanField, Form, HiddenField, SelectField, StringField
from wtforms.validators import Length

from engage.shared.forms import choices
from engage.surveys.rules.card_kinds import CardKind
from engage.surveys.rules.drafting import Document, code_from
from engage.surveys.rules.limits import MOST_OPTIONS
from engage.surveys.rules.pictures import PICTURES

Rows = list[dict[str, Any]]
BLANK_ROWS = 2
MOST_ROWS = MOST_OPTIONS + BLANK_ROWS
FACES = {"": "No face", "5": "Very happy", "4": "Happy", "3": "In between", "2": "Unhappy", "1": "Very unhappy"}
DRAWN = {"": "No picture"} | {name: name.capitalize() for name in PICTURES}
LISTS = {"good": "headline", "alone": "exclusive", "last": "keep_last"}  # a tick of a row -> a list of the item


class OptionForm(Form):  # type: ignore[misc]  # the library has no types
    """One row of the options; a row without words is no option."""

    code = HiddenField()
    words = StringField("Words", validators=[Length(max=200, message="Up to 200 characters")])
    face = SelectField("Face", choices=choices(FACES), default="")
    picture = SelectField("Picture", choices=choices(DRAWN), default="")
    alt = StringField("What the picture shows", validators=[Length(max=200, message="Up to 200 characters")])
    good = BooleanField("Counts as good")
    alone = BooleanField("Chosen alone")
    last = BooleanField("Stays last")
    opens = BooleanField("Opens “please say”")


def with_blanks(rows: Rows) -> Rows:
    """The rows with blank ones at their end, as far as there may be more; none that has words is lost."""
    filled = list(rows)
    while filled and not filled[-1].get("words"):
        filled.pop()
    return filled + [{} for _ in range(min(BLANK_ROWS, MOST_ROWS - len(filled)))]


def arranged(rows: Rows, press: str) -> Rows:
    """The rows after "up 2", "down 2", "remove 2" or "more" was pressed, with blank ones to type into."""
    rows = list(rows)
    verb, _, place = press.partition(" ")
    at = int(place) if place.isdigit() and int(place) < len(rows) else -1
    if verb == "remove" and at >= 0:
        rows.pop(at)
    other = {"up": at - 1, "down": at + 1}.get(verb, -1)
    if at >= 0 and 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
    return with_blanks(rows)


def rows_of(item: Document) -> Rows:
    """The options of an item as the rows of its form."""
    lists = {tick: set(item.get(name, ())) for tick, name in LISTS.items()}
    return [
        {
            "code": option["code"],
            "words": option["words"]["en"],
            "face": str(option.get("face") or ""),
            "picture": option.get("picture", ""),
            "alt": option.get("alt", {}).get("en", ""),
            "opens": option["code"] == item.get("other"),
            **{tick: option["code"] in codes for tick, codes in lists.items()},
        }
        for option in item.get("options", ())
    ]


def keep_options(item: Document, rows: Rows, card: CardKind) -> None:
    """Put the rows that have words into the item; codes that stood there stay, new ones are made of the words."""
    before = {option["code"]: option for option in item.get("options", ())}
    lists: dict[str, list[str]] = {name: [] for name in LISTS.values()}
    options: list[Document] = []
    item.pop("other", None)
    for row in rows:
        taken = {each["code"] for each in (*options, *rows)}
        known = row["code"] in before or card.keeps(row["code"], row["words"])
        code = row["code"] if known else code_from(row["words"], taken=taken, fallback="option")
        options.append(_option(before.get(code, {}), code, row))
        for tick, name in LISTS.items():
            lists[name] += [code] if row[tick] else []
        if row["opens"]:
            item["other"] = code
    item["options"] = options
    for name, codes in lists.items():
        put(item, name, codes)


def _option(before: Document, code: str, row: dict[str, Any]) -> Document:
    option = {**before, "code": code, "words": {**before.get("words", {}), "en": row["words"]}}
    put(option, "face", int(row["face"]) if row["face"] else None)
    put(option, "picture", row["picture"])
    put(option, "alt", {**before.get("alt", {}), "en": row["alt"]} if row["alt"] else None)
    return option


def put(part: Document, name: str, value: object) -> None:
    """Keep a value, or leave it out where there is none."""
    if value:
        part[name] = value
    else:
        part.pop(name, None)
