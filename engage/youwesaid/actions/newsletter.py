"""Begin a newsletter, change and check the words above, send it."""

from datetime import date
from functools import partial

from sqlalchemy import func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db, outbox
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.youwesaid.actions.following import news_as_letter, send_news
from engage.youwesaid.models import NewsletterRow
from engage.youwesaid.queries.newsletter import news
from engage.youwesaid.rules.as_read import check_as_read
from engage.youwesaid.rules.concerns import check_another
from engage.youwesaid.rules.issuing import NEWSLETTER, check_tells, days_told
from engage.youwesaid.rules.newsletter import EDITIONS


def begin(edition: str, *, words: str, by: Person, today: date) -> int:
    """Begin the next number of an edition: it tells of all that became public since the last one.

    Raises `NotValid` for an edition there is none of, `NotOpen` when one is being written or there is nothing to tell.
    """
    if edition not in EDITIONS:
        raise NotValid(N_("Choose who it is for."))
    last = select(func.max(NewsletterRow.until), func.max(NewsletterRow.number)).where(NewsletterRow.edition == edition)
    until_then, number = db.session.execute(last).tuples().one()
    unfinished = select(NewsletterRow.id).where(NewsletterRow.edition == edition, NewsletterRow.state != "issued")
    if db.session.scalars(unfinished).first() is not None:
        raise NotOpen(N_("The next newsletter of this edition is being written. Finish that one first."))
    since, until = days_told(until_then, today=today)
    check_tells([piece for found in news(since, until).values() for piece in found])
    row = NewsletterRow(
        edition=edition, number=(number or 0) + 1, state=NEWSLETTER.first, since=since, until=until, words=words,
        written_by=by.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def rewrite(newsletter_id: int, *, words: str, by: Person, today: date) -> None:
    """Change the words above; it tells of the days up to yesterday from now on. Raises `NotOpen`, `NotAllowed`."""
    row = _row(newsletter_id)
    row.state = NEWSLETTER.move("rewrite", state=row.state, roles=by.roles)
    row.words, row.written_by, row.checked_by = words, by.id, None
    row.until = days_told(row.since, today=today)[1]


def check(newsletter_id: int, *, by: Person, read: str | None = None) -> None:
    """Say that the words above may go out as they were `read`; the writer cannot. Raises `NotAllowed`, `NotOpen`."""
    row = _row(newsletter_id)
    state = NEWSLETTER.move("check", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    check_as_read(read, "newsletter", row)
    row.checked_by, row.state = by.id, state


def issue(newsletter_id: int, *, by: Person, today: date) -> None:
    """Put a newsletter on its public page and send it to whoever follows it.

    Raises `NotOpen` when all that it told of was taken back.
    """
    row = _row(newsletter_id)
    state = NEWSLETTER.move("issue", state=row.state, roles=by.roles)
    found = news(row.since, row.until)
    check_tells([piece for pieces in found.values() for piece in pieces])
    row.state, row.issued_on = state, today
    page = outbox.link(f"/you-said-we-did/news/{row.edition}/{row.number}")
    send_news(row.edition, row.number, partial(news_as_letter, row.words, found, page))
    note("sent a newsletter", f"newsletter {newsletter_id}")


def _row(newsletter_id: int) -> NewsletterRow:
    row = db.locked(NewsletterRow, newsletter_id)
    if row is None:
        raise NotFound(N_("There is no such newsletter, or it was not sent yet."))
    return row
