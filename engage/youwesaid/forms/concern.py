"""What staff type about concerns: the words, the promise, a refusal."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import OneOf, PageForm, choices
from engage.youwesaid.forms.days import answer_soon, in_sight
from engage.youwesaid.rules.concerns import TOPICS, ConcernWords, Refusal
from engage.youwesaid.rules.priorities import PRIORITIES


def _priorities() -> SelectMultipleField:
    return SelectMultipleField(
        _("Which priorities of the plans does it serve?"),
        choices=choices({one.code: f"{one.plan}: {one.words}" for one in PRIORITIES.values() if not one.over}),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class PrioritiesForm(PageForm):
    """Which priorities of the partners' plans a concern serves."""

    priorities = _priorities()


class WordsForm(PageForm):
    """What a concern says, in words a 12-year-old reads."""

    title = StringField(
        _("In one line, as young people would say it"), [DataRequired(_("Write one line")), Length(max=160)]
    )
    you_said = TextAreaField(
        _("You said"),
        [DataRequired(_("Write what they said")), Length(max=800)],
        description=_("Start with how many told us, rounded. No names, no praise, no defence."),
    )
    topic = SelectField(_("Topic"), [DataRequired(_("Choose a topic"))], choices=choices(TOPICS, first=_("Choose one")))
    promised_on = DateField(_("We will tell them by"), [DataRequired(_("Choose a day")), answer_soon])
    sources = StringField(
        _("Where it comes from"), [Length(max=300)], description=_("For example: the autumn survey and a forum")
    )

    def record(self) -> ConcernWords:
        """Give what was typed."""
        day, sources = self.promised_on.data, self.sources.data or ""
        return ConcernWords(self.title.data, self.you_said.data, self.topic.data, day, sources)


class ConcernForm(WordsForm):
    """A new concern: what it says, whom it is about, which plans it serves."""

    about_agency_id = SelectField(
        _("Is it about one agency?"),
        coerce=int,
        description=_("That agency sees it only when the safeguarding lead releases it."),
    )

    priorities = _priorities()

    def offer_agencies(self, agencies: dict[int, str]) -> None:
        """Fill the list of agencies."""
        self.about_agency_id.choices = choices({0: _("No"), **agencies})


class RefusalForm(PageForm):
    """Why we can't."""

    reason = TextAreaField(_("Why we can't"), [DataRequired(_("Say why")), Length(max=800)])
    decided_by = StringField(_("Who decided"), [DataRequired(_("Say who decided")), Length(max=160)])
    look_again_on = DateField(_("We look at it again on"), [DataRequired(_("Choose a day")), in_sight])

    def record(self) -> Refusal:
        """Give what was typed."""
        return Refusal(self.reason.data, self.decided_by.data, self.look_again_on.data)


class SendBackForm(PageForm):
    """Why the panel does not agree yet."""

    missing = TextAreaField(_("What is missing, or not right?"), [DataRequired(_("Say why")), Length(max=600)])


class MergeForm(PageForm):
    """Which concern this one becomes a part of."""

    into_id = OneOf(_("Which concern is it a part of?"), _("Choose the other concern"))

    def offer(self, concerns: dict[int, str]) -> "MergeForm":
        """Fill the list of concerns."""
        self.into_id.offer(concerns)
        return self


class PromiseForm(PageForm):
    """A day to answer by."""

    promised_on = DateField(_("We will tell them by"), [DataRequired(_("Choose a day")), answer_soon])
