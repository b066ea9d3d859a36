"""What staff typed and a refusal would lose: given back in that very answer, with its labels, and kept nowhere."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import g, request
from wtforms import BooleanField, FileField, HiddenField, PasswordField, SelectFieldBase

DESK = "/desk/"
SECRET = {"password", "token", "code", "key", "secret", "credential", "identity", "state"}
UNSEEN = (HiddenField, PasswordField, FileField)
# Where no form was made yet, nothing says what was typed and what is the page's own: numbers of rows, keys, ticks.
OF_THE_PAGE = re.compile(r"\d{1,4}|(?!\d{4}-)[0-9a-f-]{16,}|y|on", re.ASCII)


@dataclass(frozen=True)
class Typed:
    """What stood in one box, and the box's label."""

    label: str
    words: str


def remember(form: Iterable[Any]) -> None:
    """Remember a form that was made for this request, for the labels of its boxes."""
    g.setdefault("forms_made", []).append(form)


def typed_here() -> list[Typed]:
    """Give what was typed into the page that was just sent: no password, token or file, nothing that is the page's."""
    known = {field.name: field for form in g.get("forms_made", []) for field in form}
    pairs = [(name, words) for name, words in request.form.items(multi=True) if words.strip()]
    found = [_in_a_box(known[name], words) if name in known else _alone(name, words) for name, words in pairs]
    return [one for one in found if one is not None]


def _alone(name: str, words: str) -> Typed | None:
    if name.startswith("_") or SECRET & set(name.split("_")) or OF_THE_PAGE.fullmatch(words):
        return None
    return Typed(name.replace("_", " ").capitalize(), words)


def _in_a_box(field: Any, words: str) -> Typed | None:
    return None if isinstance(field, UNSEEN) else Typed(str(field.label.text), _in_words(field, words))


def _in_words(field: Any, words: str) -> str:
    """Say in words what was ticked or chosen."""
    if isinstance(field, BooleanField):
        return "Yes"
    if isinstance(field, SelectFieldBase):
        return next((str(label) for value, label, *_ in field.iter_choices() if str(value) == words), words)
    return words
