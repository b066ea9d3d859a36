"""Staff page: what the ages of one family of surveys said in a quarter, counted together."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis.queries.merging import Merged, merged
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.rules import meaning
from engage.pqa.rules.quarters import quarter_named
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.get("/merged/<family>/<quarter>")
@open_to(*READERS)
def show_merged(family: str, quarter: str) -> ResponseReturnValue:
    about, named = known(family, quarter), quarter_named(quarter).name
    return render_template("pqa/desk/merged.html", about=about, named=named, meaning=meaning)


def known(family: str, quarter: str) -> Merged:
    """Give what the ages of a family said together. Raises `NotFound`."""
    found = merged(family, quarter)
    if found is None:
        raise NotFound(
            N_("These ages were not counted together. They are once each that was asked in that quarter has closed.")
        )
    return found
