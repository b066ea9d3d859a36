"""What the team types while reading: themes on an answer, words to take out, a theme's name."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from engage.analysis.queries.reading import Excerpt
from engage.analysis.rules import REASONS, Naming
from engage.analysis.rules.coding import KEYS
from engage.analysis.rules.frame import COLUMNS, read_frame
from engage.analysis.rules.serious import REASONS as FEW_REASONS
from engage.shared.errors import NotValid
from engage.shared.forms import PageForm, choices

MOST = 10_000


class _Ticks(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ReadForm(PageForm):
    """One answer in the queue: the suggested themes a person agrees with, and the button "Read"."""

    themes = _Ticks(_("Which of these does it say?"), coerce=int, validate_choice=False)
    alike = StringField()  # "1": all that say exactly the same

    def about(self, excerpt: Excerpt) -> "ReadForm":
        """Offer the themes suggested for one answer."""
        self.themes.id = f"themes-{excerpt.id}"
        self.themes.choices = [
            (one.theme_id, f"{one.name} ({', '.join(one.words)})" if one.words else one.name)
            for one in excerpt.codings
            if not one.confirmed
        ]
        return self


class CodeForm(PageForm):
    """A theme to put on an answer."""

    theme = SelectField(_("Put a theme on it"), coerce=int)

    def offer(self, themes: Iterable[tuple[int, str]]) -> "CodeForm":
        """Fill the list of themes."""
        self.theme.choices = list(themes)
        return self


class TakeOutForm(PageForm):
    """Words to be taken out of an answer; nobody can put any in."""

    words = TextAreaField(
        _("Words to take out"),
        [DataRequired(_("Type the words that must go, as they stand in the answer")), Length(max=MOST)],
        description=_("One piece a line, as it stands in the answer: names, schools, places, numbers."),
    )

    def record(self) -> list[str]:
        """Give the pieces, each once."""
        return list(dict.fromkeys(line.strip() for line in self.words.data.splitlines() if line.strip()))


class ReasonForm(PageForm):
    """Why somebody opens words as they were written."""

    reason = SelectField(
        _("Why do you open it?"), [DataRequired("Choose a reason")], choices=choices(REASONS, first="Choose a reason")
    )

    def record(self) -> str:
        """Give the reason in words; nobody types one, because the audit is read by who must not see an answer."""
        return REASONS[self.reason.data]


class AnswersForm(PageForm):
    """Several answers at once: `shown` are those on the page, `kept` those that say it."""

    shown = SelectMultipleField(validate_choice=False)
    kept = _Ticks(_("Which of these answers say it?"), validate_choice=False)

    def offer(self, excerpts: Iterable[Excerpt]) -> "AnswersForm":
        """Offer answers, none of them ticked: a person reads before saying yes."""
        self.kept.choices = [(one.id, f"{one.words} ({one.place})") for one in excerpts]
        return self


class CodingForm(PageForm):
    """One answer on the coding workbench: its themes, or the button that says it holds none of them."""

    themes = _Ticks(_("Which themes does it hold?"), coerce=int, validate_choice=False)
    none = StringField()
    alike = StringField()  # "1": the same for all that say exactly this
    seen = StringField()  # who had coded it when the page was shown

    def validate_themes(self, field: SelectMultipleField) -> None:
        """Let nobody say "none" by pressing the wrong key."""
        if not field.data and not self.none.data:
            raise ValidationError("Choose a theme, or say that it holds none of these")

    def seen_coders(self) -> set[int]:
        """Give the people whose choice was on the page."""
        return {int(one) for one in (self.seen.data or "").split(",") if one.isdecimal()}

    def ticked(self) -> list[int]:
        """Give the themes that were ticked, to tick them again."""
        return list(self.themes.data or [])

    def record(self) -> list[int]:
        """Give the themes that were chosen."""
        return [] if self.none.data else list(self.themes.data or [])


class SplitForm(PageForm):
    """The answers of a theme that go to another one, and which one that is."""

    chosen = _Ticks(_("Which answers go to the other theme?"), validate_choice=False)
    into = SelectField(_("Where do they go?"), coerce=int, description=_("To a theme you have, or to a new one."))
    name = StringField(_("Name of the new theme"), [Length(max=120)])
    definition = TextAreaField(_("What belongs to the new theme"), [Optional(), Length(max=1000)])

    def offer(self, answers: Iterable[Excerpt], themes: Iterable[tuple[int, str]]) -> "SplitForm":
        """Offer answers, none of them ticked, and the themes they could go to."""
        self.chosen.choices = [(one.id, f"{one.words} ({one.place})") for one in answers]
        self.into.choices = choices({0: "A new theme", **dict(themes)})
        return self

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """Ask for an answer."""
        if not field.data:
            raise ValidationError("Tick the answers that go to the other theme")

    def validate_name(self, field: StringField) -> None:
        """Ask for a name where there is no theme yet."""
        if not self.into.data and not field.data:
            raise ValidationError("Give the new theme a name, or choose a theme you have")

    def record(self) -> tuple[int | None, Naming | None]:
        """Give the theme that is there, or what the new one is called."""
        if self.into.data:
            return self.into.data, None
        return None, Naming(self.name.data, self.definition.data or "", sensitive=False)


class KeyForm(PageForm):
    """The key of a theme on the coding workbench."""

    key = SelectField(_("Key while coding"), choices=choices({key: key for key in KEYS}, first="No key"))


class FrameFileForm(PageForm):
    """A code frame in a CSV file."""

    file = FileField(_("CSV file"), description=_("In UTF-8. The first line names the columns: ") + ", ".join(COLUMNS))

    def validate_file(self, field: FileField) -> None:
        """Read it, and say what is wrong with it."""
        if not field.data:
            raise ValidationError("Choose a file")
        try:
            self.lines = read_frame(field.data.read())
        except NotValid as wrong:
            raise ValidationError(str(wrong)) from wrong


class ThemeForm(PageForm):
    """A theme's name and what belongs to it."""

    name = StringField(_("Name"), [DataRequired(_("Give it a name")), Length(max=120)])
    definition = TextAreaField(
        _("What belongs to it, and what does not"),
        [Optional(), Length(max=1000)],
        description=_("One or two sentences."),
    )
    sensitive = BooleanField(_("Sensitive: never shown as “yours” to a young person (abuse, self-harm, substances)"))
    seen_name = HiddenField()
    seen_definition = HiddenField()

    def seen(self) -> tuple[str, str] | None:
        """Give the name and the definition that stood on the page, None where it had none."""
        return (self.seen_name.data, self.seen_definition.data or "") if self.seen_name.data else None

    def record(self) -> Naming:
        """Give what was typed."""
        return Naming(self.name.data, self.definition.data or "", sensitive=self.sensitive.data)


class MergeForm(PageForm):
    """The theme that takes in another one."""

    into = SelectField(
        _("Merge into"),
        [DataRequired("Choose the theme to merge into")],
        description=_("All its answers go there, and it is put away. This cannot be taken back."),
    )
    sure = BooleanField("Yes, all its answers go there for good", [DataRequired("Tick that you are sure")])

    def offer(self, themes: Iterable[tuple[str, str]]) -> "MergeForm":
        """Fill the list of themes, with none of them chosen."""
        found = list(themes)
        self.into.choices = [("", "Choose a theme"), *found] if found else []
        return self


class ConfirmForm(PageForm):
    """The theme that a rise becomes or joins."""

    into = SelectField(_("Which theme is it?"))
    name = StringField(_("Name of the new theme"), [Length(max=120)])
    sensitive = BooleanField(_("Sensitive: never shown as “yours” to a young person (abuse, self-harm, substances)"))

    def offer(self, themes: Iterable[tuple[int, str]]) -> "ConfirmForm":
        """Fill the list of themes; a new one stands first."""
        self.into.choices = [("", "A new theme"), *((str(theme_id), name) for theme_id, name in themes)]
        return self

    def validate_name(self, field: StringField) -> None:
        """Want a name where a new theme is made. Raises `ValidationError`."""
        if not self.into.data and not field.data:
            raise ValidationError(_("Give the new theme a name, or choose one that is there"))

    def theme_id(self) -> int | None:
        """Give the chosen theme, None for a new one."""
        return int(self.into.data) if self.into.data else None

    def record(self) -> Naming:
        """Give the new theme's name."""
        return Naming(self.name.data, "", sensitive=self.sensitive.data)


class DismissForm(PageForm):
    """Why a rise is nothing new."""

    why = StringField(
        _("Why is it nothing new?"),
        [DataRequired(_("Say in a sentence why it is nothing new")), Length(max=300)],
        description=_("One sentence, nobody's name. It is kept, and the same rise is not shown as new again."),
    )


class FewReasonForm(PageForm):
    """Why somebody opens the page of the few."""

    reason = SelectField(
        _("Why are you opening this?"),
        [DataRequired("Choose a reason")],
        choices=choices(FEW_REASONS, first="Choose a reason"),
    )

    def record(self) -> str:
        """Give the reason in words."""
        return FEW_REASONS[self.reason.data]


class SubjectForm(PageForm):
    """A wave or source to look for themes in."""

    subject = SelectField(_("Wave or source"))

    def offer(self, places: Iterable[tuple[str, str]]) -> "SubjectForm":
        """Fill the list of waves and sources."""
        self.subject.choices = list(places)
        return self
