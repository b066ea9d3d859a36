"""What staff type about newsletters."""

from collections.abc import Collection

from flask_babel import lazy_gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.newsletter import EDITIONS


class WordsForm(PageForm):
    """The few words above."""

    words = TextAreaField(
        _("A few words above"),
        [DataRequired(_("Write one or two sentences")), Length(max=600)],
        description=_("Say hello and what this is about. All below is taken from what is public, as it was approved."),
    )


class NewsletterForm(WordsForm):
    """A new number."""

    edition = RadioField(_("Who is it for?"), [DataRequired(_("Choose who it is for"))], choices=choices(EDITIONS))

    begun: Collection[str] = ()

    def beside(self, begun: Collection[str]) -> "NewsletterForm":
        """Know the editions whose next number is being written."""
        self.begun = begun
        return self

    def validate_edition(self, field: RadioField) -> None:
        """Raise for an edition whose next number is being written."""
        if field.data in self.begun:
            raise ValidationError(_("The next newsletter of this edition is being written. Finish that one first."))
