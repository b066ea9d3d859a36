"""An invented borough to look around in: people, answers, alerts, themes and promises that nobody made.

It fills an empty database through the features' own actions, so that every state is one that people can reach; only the
thousand responses are written in bulk, in the shape that sending gives them. All of it is drawn from the YAML files
beside this one, with fixed seeds, and every page says that it is invented. It refuses to touch a database that already
holds people (2026-11).
"""

from datetime import date
from importlib.resources import as_file, files

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.models import PersonRow
from engage.accounts.queries import last_line
from engage.demo import (
    ages,
    answers,
    claiming,
    drafting,
    fielding,
    forums,
    hearing,
    learning,
    news,
    noticing,
    pack,
    people,
    public,
    pulse,
    story,
    understanding,
)  # fmt: skip
from engage.demo.answers import receipt
from engage.demo.people import password, sign_ins
from engage.demo.understanding import Work
from engage.pqa.actions.figures import import_figures
from engage.pqa.actions.heard import import_population
from engage.shared import db

__all__ = ["ADDRESSES", "MADE", "is_empty", "load", "may_be_half", "password", "receipt", "sign_ins"]

MADE = "made the demo to its end"  # in the audit
ADDRESSES = (
    ("Youth survey, 11 to 18", "/s/youth"),
    ("Care leavers' survey, 16 to 25", "/s/care"),
    ("You said, we did", "/you-said-we-did/"),
    ("Forums", "/forums/"),
    ("What happened to what I said", "/receipt"),
    ("Sign in", "/sign-in"),
)


def is_empty() -> bool:
    """Answer whether the database holds nobody yet."""
    return db.session.scalar(select(PersonRow.id).limit(1)) is None


def may_be_half() -> bool:
    """Answer whether the demo's people are here and nothing says that the rest is; older versions did not say it."""
    emails = [email for _, email in sign_ins()]
    here = db.session.scalar(select(PersonRow.id).where(PersonRow.email.in_(emails)).limit(1))
    return here is not None and last_line(MADE) is None


def load(today: date, *, work: Work) -> None:
    """Fill an empty database; everything is dated from `today`. Commits as it goes, so that `work` finds its work.

    `work` does all wanted work: the worker's child process for the command, the jobs themselves in a test.
    """
    cast = people.bring_in(today)
    _bring_figures()  # before results are frozen: their trends begin with what others published
    fielded = answers.field_waves(today)
    hearing.raise_all(fielded, cast)
    held = forums.play(cast, today=today)
    themes = understanding.understand(fielded, cast, today=today, work=work)
    noticing.notice(fielded, cast, today=today, work=work)
    hearing.put_rest_away(fielded, cast, today=today)
    story.tell(cast, themes, today=today, also=pack.acts(cast, today=today))
    forums.tell(cast, held, themes, today=today)
    public.show(cast, today=today)
    fielding.prepare(fielded, cast, today=today)
    news.send(cast, today=today)
    learning.brief(cast, today=today)
    drafting.begin(cast)
    pulse.ask(today)
    claiming.claim(cast, today=today)
    db.session.commit()
    ages.ask(today, work=work)
    note(MADE, "demo")
    db.session.commit()


def _bring_figures() -> None:
    with as_file(files("engage.demo").joinpath("published_figures.csv")) as figures:
        import_figures(figures)
    with as_file(files("engage.demo").joinpath("population.csv")) as numbers:
        import_population(numbers)
    db.session.commit()
