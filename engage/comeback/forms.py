"""What a young person types on the receipt page."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from engage.receipts.words import WORDS, split, word_list
from engage.shared.forms import PageForm
from engage.youwesaid.forms.felt_answer import FeltAnswerForm

LONGEST = 2_000


class WordsForm(PageForm):
    """The four words."""

    words = StringField(
        _("Your four words"),
        [DataRequired(_("Type your four words")), Length(max=200, message=_("Type only your four words"))],
        description=_("In the order you got them, with a space between."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )

    def record(self) -> tuple[str, ...]:
        """Give the words as they were typed."""
        return tuple(split(self.words.data or ""))

    def say_unknown(self) -> None:
        """Say at the box what may be wrong with words that nobody holds."""
        self.words.errors = (*self.words.errors, self._why_unknown())

    def _why_unknown(self) -> str:
        typed = self.record()
        strange = [word for word in typed if word not in word_list()]
        if len(typed) != WORDS:
            return str(gettext("Type all four words. You typed %(number)s.", number=len(typed)))
        if strange:
            return str(gettext("“%(word)s” is not one of our words. Check how it is spelled.", word=strange[0]))
        return str(gettext("We don't know these four words together. Check the order and each word."))


class FeltForm(FeltAnswerForm):
    """Whether somebody notices what was done, with the four words sent along unseen."""

    words = HiddenField(validators=[DataRequired(), Length(max=200)])
    check = HiddenField()

    def record(self) -> tuple[int, str]:
        """Give which felt-check it is about, 0 for none, and the answer."""
        typed = str(self.check.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() else 0, str(self.answer.data)


class AnswerForm(PageForm):
    """An answer to a message, with the four words sent along unseen."""

    words = HiddenField(validators=[DataRequired(), Length(max=200)])
    answer = TextAreaField(
        _("Your answer"),
        [DataRequired(_("Write your answer first")), Length(max=LONGEST, message=_("That is too long to send"))],
        description=_("Say only what you want to say. A person reads it on working days."),
    )

    def record(self) -> tuple[tuple[str, ...], str]:
        """Give the four words and the answer."""
        return tuple(split(self.words.data or "")), str(self.answer.data)


class AnswerOnceMoreForm(WordsForm):
    """The four words asked for once more, where an answer that was typed would else be lost."""

    answer = AnswerForm.answer
