"""What staff and ambassadors type about updates."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from engage.shared.forms import PageForm, choices
from engage.youwesaid.forms.days import answer_soon
from engage.youwesaid.rules.states import SENT_BACK_FOR


class UpdateForm(PageForm):
    """The words of "we did", and what comes next."""

    we_did = TextAreaField(
        _("We did"),
        [DataRequired(_("Write what was done")), Length(max=800)],
        description=_("Plain facts: who did what, when. Young people check these words."),
    )
    next_step = StringField(_("What happens next"), [Length(max=300)])
    next_by = DateField(_("We will tell them more by"), [Optional(), answer_soon])

    def promising(self, *, needed: bool) -> "UpdateForm":
        """Ask for the next day while the concern is not finished."""
        first = DataRequired(_("Say by which day we will tell them more")) if needed else Optional()
        self.next_by.validators = [first, answer_soon]
        return self


class DoubtForm(PageForm):
    """Which fact is wrong."""

    wrong = TextAreaField(
        _("What is wrong, and what is right?"), [DataRequired(_("Say what is wrong")), Length(max=600)]
    )


def _reason() -> StringField:
    return StringField(
        _("Why does somebody's safety need it?"),
        [DataRequired(_("Say why: it is kept in the audit")), Length(max=200)],
        description=_("In a few words, without anybody's name. Only the audit keeps it."),
    )


class HoldForm(PageForm):
    """Why the safeguarding lead holds words back."""

    held_because = _reason()


class OverrideForm(PageForm):
    """Why the safeguarding lead publishes past the other steps."""

    let_out_because = _reason()


class WithdrawForm(PageForm):
    """Why published words are taken back."""

    kind = RadioField(
        _("Why do you take it back?"),
        [DataRequired(_("Choose one"))],
        choices=choices({"wrong": _("Something in it is wrong"), "safety": _("To keep someone safe")}),
    )


class SendBackForm(PageForm):
    """Why an ambassador sends words back."""

    reason = RadioField(_("What is wrong with it?"), [DataRequired(_("Choose one"))], choices=choices(SENT_BACK_FOR))
