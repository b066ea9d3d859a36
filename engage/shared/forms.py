"""The one base form: CSRF on, blanks trimmed, errors in plain words."""

import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from typing_extensions import override
from wtforms import FieldList, FormField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, ValidationError

from engage.shared.errors import NotValid
from engage.shared.typed import remember
from engage.shared.words import N_

NOT_TYPED = {"Cc", "Cs"}  # control characters and lone surrogates; a tab and a new line are typed
TURNS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"))
NO_CHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
)
NEVER = TURNS | dict.fromkeys(NO_CHARACTERS)  # no page may hold these


NO_SUCH = N_("Choose one of the answers shown here")
PLAINLY = {"Not a valid choice.": NO_SUCH, "Invalid Choice: could not coerce.": NO_SUCH}
TOO_LONG = "Field cannot be longer than"


class _Plainly:
    """The library's own messages, with words of ours where its own say little to people."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def gettext(self, message: str) -> str:
        """Say one message in the reader's language."""
        return str(gettext(PLAINLY[message]) if message in PLAINLY else self._library.gettext(message))

    def ngettext(self, one: str, more: str, n: int) -> str:
        """Say a message that counts; what stands for its numbers is filled in by the library."""
        if one.startswith(TOO_LONG):
            return str(
                gettext("Write up to %(most)s characters. You wrote %(count)s", most="%(max)d", count="%(length)d")
            )
        return str(self._library.ngettext(one, more, n))


class PageForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form for one page; `record()` of each gives what was typed as plain, typed values."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # the same
        """Every text box is cleaned the same way."""

        @override
        def get_translations(self, form: Any) -> Any:
            """Say what the library complains of in plain words."""
            return _Plainly(super().get_translations(form))

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Clean what is typed before anything reads it; what only holds other fields leaves that to them."""
            if issubclass(unbound_field.field_class, FieldList | FormField):
                return unbound_field.bind(form=form, **options)
            filters = [clean, *unbound_field.kwargs.get("filters", [])]
            field = unbound_field.bind(form=form, filters=filters, **options)
            if isinstance(field, TextAreaField):  # a browser would cut a long text that is pasted, without a word
                field.render_kw = {"maxlength": False, **(field.render_kw or {})}
            return field

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember(self)


class OneOf(SelectField):  # type: ignore[misc]  # the same
    """A list of things known by their numbers, of which none is chosen beforehand; `asking` says to choose."""

    def __init__(self, label: Any, asking: Any, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(asking)], coerce=_number, **kwargs)
        self.asking = asking

    def offer(self, words: Mapping[int, Any]) -> None:
        """Fill the list; its first line asks for a choice."""
        self.choices = choices(words, first=self.asking)


@contextmanager
def beside_the_box() -> Iterator[None]:
    """Let what a rule refuses be said beside the box that is being looked at. Raises `ValidationError`."""
    try:
        yield
    except NotValid as wrong:
        raise ValidationError(str(wrong)) from wrong


def _number(chosen: Any) -> int | None:
    return None if chosen in (None, "") else int(chosen)


def clean(typed: Any) -> Any:
    """Drop what nobody types on purpose (NUL, lone surrogates, marks that turn the direction), trim the ends."""
    if not isinstance(typed, str):
        return typed
    if typed.isascii() and typed.isprintable():
        return typed.strip()
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").translate(NEVER)
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in NOT_TYPED).strip()


def choices(words: Mapping[Any, Any], *, first: Any = "") -> list[SelectChoice]:
    """Make the options of a list from value to words; `first` asks for a choice, so that none is made beforehand."""
    asking = [SelectChoice("", first)] if first else []
    return [*asking, *(SelectChoice(value, label) for value, label in words.items())]
