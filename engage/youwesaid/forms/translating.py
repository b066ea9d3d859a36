"""What staff type for a concern's public page: translations, and where it is."""

from collections.abc import Mapping, Sequence

from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from engage.shared.forms import PageForm, choices
from engage.youwesaid.queries.translating import Text
from engage.youwesaid.rules.areas import AREAS
from engage.youwesaid.rules.translating import Typed

STILL = "still:"


class TranslationForm(PageForm):
    """One box for each text; made by `translation_form`."""

    def record(self, texts: Sequence[Text]) -> Typed:
        """What was typed for these texts."""
        still = [text.place for text in texts if f"{STILL}{text.place}" in self and self[f"{STILL}{text.place}"].data]
        return Typed({text.place: self[text.place].data or "" for text in texts}, still)


def translation_form(texts: Sequence[Text], typed: Mapping[str, str]) -> TranslationForm:
    """Make the form for these texts, each box filled with what there is."""
    boxes: dict[str, object] = {}
    for text in texts:
        boxes[text.place] = TextAreaField(text.name, [Length(max=2 * len(text.english) + 400)], default=text.words)
        if text.standing == "behind":
            boxes[f"{STILL}{text.place}"] = BooleanField("It still says the same")
    form: TranslationForm = type("OneTranslationForm", (TranslationForm,), boxes)(typed)
    return form


class AreaForm(PageForm):
    """The areas a concern is about."""

    areas = SelectMultipleField(
        "Areas", choices=choices(AREAS), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
