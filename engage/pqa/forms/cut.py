"""By what a question is cut."""

from collections.abc import Mapping
from typing import Any, Self

from wtforms import SelectField

from engage.analysis.queries import Question
from engage.analysis.rules.cutting import cut_of
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices

NOTHING = {"": "Nothing more"}


class CutForm(PageForm):
    """One thing to cut by, and maybe a second."""

    first = SelectField("Cut by", validate_choice=False)
    second = SelectField("And by", validate_choice=False)

    item = ""
    breaks: Mapping[str, str] = {}

    @classmethod
    def for_question(cls, about: Question) -> Self:
        """Offer what this question can be cut by."""
        form = cls()
        form.item, form.breaks = about.line.item, about.all_breaks
        form.first.choices = choices(about.breaks)
        form.second.choices = choices(NOTHING | about.breaks)
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        """Hold what was chosen against what a cut may be."""
        fine = bool(super().validate(extra_validators))
        try:
            cut_of(self.item, self.record(), breaks=tuple(self.breaks))
        except NotValid as problem:
            self.first.errors = [*self.first.errors, str(problem)]
            return False
        return fine

    def record(self) -> tuple[str, ...]:
        """What was chosen."""
        return tuple(code for code in (self.first.data, self.second.data) if code)
