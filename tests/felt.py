"""Make concerns that are done and felt-checks about them, for tests."""

from datetime import date, timedelta

from engage.accounts.rules import Person
from engage.analysis.models import ThemeReceiptRow, ThemeRow
from engage.analysis.queries.receipts import mark_of
from engage.receipts.words import hashed, issue
from engage.shared import db
from engage.youwesaid.actions import felt_check
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, ConcernThemeRow, FeltTallyRow
from engage.youwesaid.rules.felt_check import Counts, NewHands

TODAY = date(2026, 11, 23)
CLOSES = TODAY + timedelta(days=28)


def make_done(*, weeks: int = 9, title: str = "The path is dark", state: str = "done") -> int:
    """Make a public concern that was done so many weeks ago."""
    done = TODAY - timedelta(weeks=weeks)
    row = ConcernRow(
        slug=title.replace(" ", "-").lower(), title=title, you_said="About 60 of you told us.", topic="travel",
        state=state, said_on=done - timedelta(days=90), promised_on=done,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    days = {"heard": done - timedelta(days=80), "doing": done - timedelta(days=60), "done": done}
    lines = [ConcernHistoryRow(concern_id=row.id, on=on, state=one, words="", public=True) for one, on in days.items()]
    db.session.add_all(lines)
    db.session.commit()
    return row.id


def make_check(by: Person, **about: object) -> int:
    """Ask about a concern that is done."""
    check_id = felt_check.ask(make_done(**about), closes_on=CLOSES, by=by, today=TODAY)
    db.session.commit()
    return check_id


def raise_hands(check_id: int, counts: Counts, *, by: Person, forum: str = "Youth forum") -> None:
    """Keep what a forum said."""
    felt_check.count_hands(check_id, NewHands(forum, TODAY, counts), by=by, today=TODAY)
    db.session.commit()


def make_fed(concern_id: int, who: str = "somebody") -> str:
    """Let somebody have fed a concern; gives their four words."""
    words = " ".join(issue(who))
    theme = db.session.query(ConcernThemeRow.theme_id).filter_by(concern_id=concern_id).scalar()
    if theme is None:
        row = ThemeRow(name="Dark paths", state="selected")
        db.session.add(row)
        db.session.flush()
        theme = row.id
        db.session.add(ConcernThemeRow(concern_id=concern_id, theme_id=theme))
    db.session.add(ThemeReceiptRow(mark=mark_of(theme, hashed(words)), theme_id=theme))
    db.session.commit()
    return words


def tallied() -> dict[tuple[str, str], int]:
    """What was counted, by way and answer."""
    db.session.rollback()
    db.session.expire_all()
    return {(row.channel, row.answer): row.people for row in db.session.query(FeltTallyRow).all()}
