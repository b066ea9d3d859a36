"""What young people type: their answers, their four words, how to reach them."""

from collections.abc import Iterable, Set

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from engage.receipts.words import WORDS, split
from engage.shared.forms import PageForm
from engage.surveys.rules.cards import Typed, read_typed
from engage.surveys.rules.text import clean, plain_digits


def typed_into(
    form: MultiDict[str, str], codes: Iterable[str], *, numbers: Set[str] = frozenset()
) -> dict[str, list[str]]:
    """Give what was typed or ticked at these items, cleaned of what nobody types; nothing is judged here.

    `numbers` are the items where a number is typed: the digits of any keyboard count there.
    """
    typed = {code: [text for value in form.getlist(code) if (text := clean(value))] for code in codes}
    return typed | {code: [plain_digits(text) for text in typed[code]] for code in numbers & typed.keys()}


class WordsForm(PageForm):
    """The four words."""

    words = StringField(
        _("Your four words"),
        description=_("In the order you got them, with a space between."),
        validators=[
            DataRequired(_("Type your four words")),
            Length(max=200, message=_("Type only your four words")),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )

    def record(self) -> tuple[str, ...]:
        """The words as they were typed, at most four."""
        return tuple(split(self.words.data or "")[:WORDS])


class CodeForm(PageForm):
    """What stands on a card, or was said to the group."""

    code = StringField(
        _("The code or the number"),
        description=_("Eight letters and numbers. Big or small letters and spaces don't matter."),
        validators=[
            DataRequired(_("Type the code on your card, or the number you were told")),
            Length(max=60, message=_("Type only the code")),
        ],
        render_kw={
            "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr", "class": "code",
        },
    )  # fmt: skip

    def record(self) -> Typed:
        """The code as it is looked up."""
        return read_typed(self.code.data or "")


class ContactForm(PageForm):
    """Somebody is asked to get in touch."""

    words = TextAreaField(
        _("How can we reach you?"),
        description=_(
            "A first name, and a phone number or an email. Say when it is safe to get in touch. "
            "Say what it is about, if you want to."
        ),
        validators=[
            DataRequired(_("Write how we can reach you, or go back")),
            Length(max=2000, message=_("Make it a little shorter: up to 2000 characters")),
        ],
        render_kw={"rows": 5, "dir": "auto"},
    )
    connect = BooleanField(_("Show them my answers too"))

    def record(self) -> tuple[str, bool]:
        """The words, and whether to connect them with the answers."""
        return self.words.data or "", bool(self.connect.data)
