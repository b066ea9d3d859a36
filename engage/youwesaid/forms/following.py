"""What somebody types to hear when something new is public."""

from flask_babel import lazy_gettext as _
from wtforms import EmailField, SelectField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.following import ADDRESS, EVERYTHING, LONGEST

CHECK = _("Check the address: it has an @ in it, then a name with a dot")


class FollowForm(PageForm):
    """An address, and what to hear about."""

    topic = SelectField(_("What do you want to hear about?"))
    address = EmailField(
        _("Your e-mail address"),
        [DataRequired(_("Type your e-mail address")), Length(max=LONGEST, message=CHECK)],
        description=_("One that you read yourself. The letters only say that something new is public."),
    )

    def offer_topics(self, topics: dict[str, str]) -> None:
        """Fill the list of topics, everything first."""
        self.topic.choices = choices({EVERYTHING: _("Everything"), **topics})

    def validate_address(self, field: EmailField) -> None:
        """Raise when no mail server would take it."""
        if not ADDRESS.fullmatch(field.data):
            raise ValidationError(CHECK)

    @property
    def typed(self) -> tuple[str, str]:
        """The address and the topic."""
        return self.address.data, self.topic.data
