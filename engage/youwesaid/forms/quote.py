"""What staff choose and type about quotes and themes of a concern."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.quotes import BASE, NewQuote, Said, check_quote


class QuoteForm(PageForm):
    """One of the checked answers with permission, or the same told in our words."""

    picked = RadioField(_("Their own words, where 20 or more said it"), validate_choice=False)
    permission = StringField(
        _("How did they give permission?"),
        [Length(max=200)],
        description=_("For example: asked at the forum in May, said yes. No name."),
    )
    told = TextAreaField(_("Or told in our words"), [Length(max=300)])

    said = Said(0, ())

    def offer(self, said: Said) -> "QuoteForm":
        """Fill the list of answers, and know how many said it."""
        self.said = said
        answers = said.answers if said.base >= BASE else ()  # below that none of them may be chosen
        self.picked.choices = choices({"": _("None of these"), **{words: words for words in answers}})
        return self

    def validate_told(self, _field: TextAreaField) -> None:
        """Raise for words that may not stand on the page, with the way forward."""
        try:
            check_quote(self.record(), self.said)
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def record(self) -> NewQuote:
        """Give what was chosen."""
        return NewQuote(self.picked.data or "", self.told.data or "", self.permission.data or "")


class ThemeForm(PageForm):
    """A theme that says the same, from another wave, forum or source."""

    theme_id = SelectField(_("Which theme says the same?"), coerce=int)

    def offer(self, themes: dict[int, str]) -> "ThemeForm":
        """Fill the list of themes."""
        self.theme_id.choices = choices(themes)
        return self
