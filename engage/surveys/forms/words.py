"""What the team types when it translates a part of a survey."""

from collections.abc import Iterable
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, TextAreaField
from wtforms.validators import Length

from engage.shared.forms import PageForm
from engage.surveys.rules.faces import Text


class LineForm(Form):  # type: ignore[misc]  # the library has no types
    """One text beside its English."""

    place = HiddenField()
    text = TextAreaField("Translation", validators=[Length(max=4000, message="Up to 4000 characters")])


class PartWordsForm(PageForm):
    """The texts of one part in one language."""

    lines = FieldList(FormField(LineForm))
    seen = HiddenField()

    def typed(self) -> dict[str, str]:
        """What stands in each place now."""
        return {line["place"]: line["text"] or "" for line in self.lines.data if line["place"]}


def words_of(texts: Iterable[Text], language: str, typed: dict[str, str] | None = None) -> dict[str, Any]:
    """The form's boxes: as they are kept, or as they were `typed`."""
    said = typed or {}
    lines = [{"place": text.place, "text": said.get(text.place, text.texts.get(language, ""))} for text in texts]
    return {"lines": lines}
