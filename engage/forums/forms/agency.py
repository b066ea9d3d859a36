"""Which agency an adult comes from: chosen from a list, or typed and asked about where it reads like one of these."""

from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from engage.forums.forms.fields import NeededWhen
from engage.forums.rules.agencies import ANOTHER, meant, on_list
from engage.shared.forms import choices

OF_AGENCY = ("agency", "agency_other", "agency_meant")


def _is_adult(form: Any) -> bool:
    return bool(getattr(form, "names_agency", True))


def _is_another(form: Any) -> bool:
    """Answer whether a name is typed: where nothing is listed, where it is said so, or where nothing is chosen."""
    chosen = form.agency.data if "agency" in form else ANOTHER
    return _is_adult(form) and (chosen == ANOTHER or (not chosen and bool(form.agency_other.data)))


def _must_choose(form: Any) -> bool:
    return _is_adult(form) and not form.agency_other.data


def agency_list(label: Any, *, first: Any, another: Any, missing: Any, description: Any = "") -> SelectField:
    """The list, with `first` before anything is chosen and `another` at its end."""
    return SelectField(
        label,
        [NeededWhen(_must_choose, missing)],
        choices=choices({"": first, ANOTHER: another}),
        invalid_choice_message=missing,
        description=description,
    )


def agency_name(label: Any, *, missing: Any, most: Any, description: Any = "") -> StringField:
    """The box for one that is not on the list, as `description` says; `most` says that a name is too long."""
    return StringField(
        label,
        [NeededWhen(_is_another, missing), Length(max=160, message=most)],
        description=description,
        render_kw={"autocomplete": "organization", "dir": "auto"},
    )


def agency_meant(label: Any, *, missing: Any) -> RadioField:
    """The question about a typed name that reads like one on the list."""
    return RadioField(label, [NeededWhen(_is_another, missing), Optional()], invalid_choice_message=missing)


class ChoosesAgency:
    """A form with these three boxes; where nothing is listed, a name is typed."""

    listed: list[str]

    def offer(self: Any, listed: list[str], *, another: Any) -> None:
        """Offer the listed agencies, and ask what was meant where a typed name reads like some of them."""
        self.listed = listed
        first, *_, last = self.agency.choices
        self.agency.choices = [first, *choices({name: name for name in listed}), last]
        if not listed:
            self._fields.pop("agency")
            self.agency_other.description = ""
        found = self._meant()
        self.agency_meant.choices = choices({**{name: name for name in found}, ANOTHER: another})
        if not found:
            self._fields.pop("agency_meant")

    def needless(self: Any) -> frozenset[str]:
        """Give those of the three boxes whose answer does not matter."""
        if not _is_another(self):
            return frozenset(OF_AGENCY[1:])
        chosen = "agency_meant" in self and self.agency_meant.data != ANOTHER
        return frozenset({"agency", "agency_other" if chosen else "agency_meant"})

    def named_agency(self: Any) -> str:
        """Give the agency's name: the listed one that was chosen, typed or meant, else as typed."""
        if not _is_another(self):
            return str(self.agency.data)
        typed = str(self.agency_other.data)
        if "agency_meant" in self and self.agency_meant.data != ANOTHER:
            return str(self.agency_meant.data)
        return on_list(typed, self.listed) or typed

    def _meant(self: Any) -> list[str]:
        typed = self.agency_other.data or ""
        return [] if not _is_another(self) or on_list(typed, self.listed) else meant(typed, self.listed)
