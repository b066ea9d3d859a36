"""What staff and ambassadors type: concerns, actions, updates, and their reasons."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from engage.shared.clock import today
from engage.shared.forms import PageForm, choices
from engage.youwesaid.rules.concerns import TOPICS, Refusal
from engage.youwesaid.rules.states import SENT_BACK_FOR


def _not_gone(_form: PageForm, field: DateField) -> None:
    if field.data < today():
        raise ValidationError(_("That day has passed. Choose today or a day to come"))


class ConcernForm(PageForm):
    """A concern in words a 12-year-old reads."""

    title = StringField(
        _("In one line, as young people would say it"), [DataRequired(_("Write one line")), Length(max=160)]
    )
    you_said = TextAreaField(
        _("You said"),
        [DataRequired(_("Write what they said")), Length(max=800)],
        description=_("Start with how many told us, rounded. No names, no praise, no defence."),
    )
    topic = SelectField(_("Topic"), choices=choices(TOPICS))
    promised_on = DateField(_("We will tell them by"), [DataRequired(_("Choose a day")), _not_gone])
    sources = StringField(
        _("Where it comes from"), [Length(max=300)], description=_("For example: the autumn survey and a forum")
    )
    about_agency_id = SelectField(
        _("Is it about one agency?"),
        coerce=int,
        description=_("That agency sees it only when the safeguarding lead releases it."),
    )

    def offer_agencies(self, agencies: dict[int, str]) -> None:
        """Fill the list of agencies."""
        self.about_agency_id.choices = choices({0: _("No"), **agencies})


class RefusalForm(PageForm):
    """Why we can't."""

    reason = TextAreaField(_("Why we can't"), [DataRequired(_("Say why")), Length(max=800)])
    decided_by = StringField(_("Who decided"), [DataRequired(_("Say who decided")), Length(max=160)])
    look_again_on = DateField(_("We look at it again on"), [DataRequired(_("Choose a day")), _not_gone])

    def record(self) -> Refusal:
        """Give what was typed."""
        return Refusal(self.reason.data, self.decided_by.data, self.look_again_on.data)


class PromiseForm(PageForm):
    """A day to answer by."""

    promised_on = DateField(_("We will tell them by"), [DataRequired(_("Choose a day")), _not_gone])


class AskForm(PageForm):
    """What an agency is asked to do."""

    agency_id = SelectField(_("Agency"), coerce=int)
    what = TextAreaField(_("What we ask them to do"), [DataRequired(_("Write what you ask")), Length(max=400)])


class AgreeForm(PageForm):
    """Who does it, by when."""

    owner_id = SelectField(_("Who does it"), coerce=int)
    due_on = DateField(_("Done by"), [DataRequired(_("Choose a day")), _not_gone])


class EvidenceForm(PageForm):
    """How one can see that it is done."""

    evidence = TextAreaField(
        _("How can we see that it is done?"),
        [DataRequired(_("Say how we can see that it is done")), Length(max=2000)],
        description=_("What changed, where, since when. No child's name."),
    )


class ReasonForm(PageForm):
    """Why not."""

    reason = TextAreaField(_("Why"), [DataRequired(_("Say why")), Length(max=800)])


class UpdateForm(PageForm):
    """The words of "we did", and what comes next."""

    we_did = TextAreaField(
        _("We did"),
        [DataRequired(_("Write what was done")), Length(max=800)],
        description=_("Plain facts: who did what, when. Young people check these words."),
    )
    next_step = StringField(_("What happens next"), [Length(max=300)])
    next_by = DateField(_("We will tell them more by"), [Optional()])


class SendBackForm(PageForm):
    """Why an ambassador sends words back."""

    reason = RadioField(_("What is wrong with it?"), [DataRequired(_("Choose one"))], choices=choices(SENT_BACK_FOR))
