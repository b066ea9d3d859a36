"""What staff type about briefings."""

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from engage.shared.forms import PageForm
from engage.youwesaid.rules.briefing import BOXES, LONGEST, TOLD, NewBriefing, words_in


def _short(_form: PageForm, field: TextAreaField) -> None:
    if (count := words_in(field.data or "")) > LONGEST:
        raise ValidationError(_("Use up to %(most)s words. You wrote %(count)s", most=LONGEST, count=count))


def _box(code: str) -> TextAreaField:
    needed = [DataRequired(_("Say what young people told us"))] if code == TOLD else []
    return TextAreaField(BOXES[code], [*needed, _short], description=HINTS[code])


HINTS = {
    "why": _("What this is about, and for whom."),
    TOLD: _("From the concern: how many, rounded, in their own words where they allowed it. Nobody's name."),
    "known": _("Figures and research, each with its source."),
    "done": _("What agencies did, and what they cannot do."),
    "practice": _("What a worker can do differently from tomorrow."),
    "ask": _("Two or three questions to talk about."),
    "more": _("People, pages, numbers to call."),
}


class BriefingForm(PageForm):
    """The seven boxes."""

    title = StringField(_("Title"), [DataRequired(_("Write a title")), Length(max=160)])
    why, told, known, done, practice, ask, more = map(_box, BOXES)

    def record(self) -> NewBriefing:
        """Give what was typed; empty boxes are left out."""
        typed = {code: self[code].data for code in BOXES}
        return NewBriefing(self.title.data, {code: words for code, words in typed.items() if words})
