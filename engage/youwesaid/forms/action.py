"""What staff and agencies type about actions."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import OneOf, PageForm, choices
from engage.youwesaid.forms.days import in_sight


class AskForm(PageForm):
    """What an agency is asked to do, or several, a step for each."""

    agency_id = OneOf(
        _("Agency"),
        _("Choose an agency"),
        description="Here are only agencies that somebody answers for. An administrator adds people.",
    )
    what = TextAreaField(_("What we ask them to do"), [DataRequired(_("Write what you ask")), Length(max=400)])
    others = SelectMultipleField(
        _("Do others have a part in it?"),
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_("Each gets a step of its own, and it is done when the slowest is."),
    )

    def offer(self, agencies: dict[int, str]) -> "AskForm":
        """Fill both lists of agencies."""
        self.agency_id.offer(agencies)
        self.others.choices = choices(agencies)
        return self

    def record(self) -> tuple[list[int], str]:
        """Give the agencies that are asked, the leading one first, and what."""
        return list(dict.fromkeys([self.agency_id.data, *(self.others.data or [])])), self.what.data


class StepForm(PageForm):
    """One step of an action: whose it is, and what."""

    step_agency_id = OneOf(_("Whose step is it?"), _("Choose an agency"))
    step_what = TextAreaField(_("What they do"), [DataRequired(_("Write what they do")), Length(max=400)])


class HandOverForm(PageForm):
    """Which agency is asked instead, and why."""

    taker_id = OneOf(_("To which agency?"), _("Choose an agency"))
    why = TextAreaField(_("Why"), [DataRequired(_("Say why")), Length(max=300)])


class OwnerForm(PageForm):
    """Who does it now."""

    owner_id = SelectField(_("Who does it now?"), coerce=int)


class AgreeForm(PageForm):
    """Who does it, by when."""

    owner_id = SelectField(_("Who does it"), coerce=int)
    due_on = DateField(_("Done by"), [DataRequired(_("Choose a day")), in_sight])


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


def offered(form: Any, **lists: dict[int, str]) -> Any:
    """Fill the lists of a form by the names of their fields, and give the form back."""
    for name, words in lists.items():
        if isinstance(form[name], OneOf):
            form[name].offer(words)
        else:
            form[name].choices = choices(words)
    return form
