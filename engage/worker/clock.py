"""What the clock does by itself: escalate, close what has ended, freeze results, forget."""

from datetime import date, datetime, timedelta

from flask import current_app

from engage.accounts.actions import forget_audit, forget_people, forget_sign_ins, note
from engage.accounts.chain.heads import note_head
from engage.accounts.queries import last_noted
from engage.analysis.actions.found import forget_runs
from engage.analysis.actions.frame import forget_examples
from engage.analysis.actions.hiding import hide_new
from engage.analysis.actions.meanings import forget_meanings
from engage.analysis.actions.reading import forget_excerpts
from engage.analysis.actions.rereading import draw_due
from engage.analysis.actions.serious import forget_serious
from engage.analysis.actions.snapshots import want_what_is_due
from engage.analysis.queries.snapshots import reported_before
from engage.analysis.queries.waiting import oldest_unread
from engage.claims.actions import forget_claims
from engage.forums.actions.after import write_letters
from engage.forums.actions.door import raise_still_in
from engage.forums.actions.drafts import forget_drafts_of_sign_ups
from engage.forums.actions.keeping import forget_needs, forget_notes, forget_sign_ups, move_by_clock
from engage.pqa.actions.files import want_missing_files
from engage.safeguarding.actions import (
    call_for_worker,
    escalate_further,
    escalate_overdue,
    forget_about,
    forget_alerts,
    forget_contact_requests,
    forget_messages,
    raise_alarms,
    tell_of_new,
)
from engage.shared import db, heartbeat, outbox, throttle, wanted
from engage.shared.keeping import (
    AFTER_REPORT,
    ALERTS,
    ALERTS_AT_MOST,
    AUDIT,
    CLAIMS,
    DRAFTS,
    EVIDENCE_FILES,
    LETTERS,
    MEANINGS,
    NEEDS,
    NIGHT,
    RAW_WORDS,
    REDACTED_WORDS,
    SIGN_UPS,
    SPENT,
    TYPED,
)
from engage.shared.leftovers import forget_left
from engage.surveys.actions.cards import forget_cards, mark_used_cards
from engage.surveys.actions.feedback import forget_feedback
from engage.surveys.actions.settings import forget_contacts
from engage.surveys.actions.sheets import forget_sheets
from engage.surveys.actions.sittings import forget_drafts, forget_spent, forget_written
from engage.surveys.actions.waves import close_ended_waves
from engage.surveys.queries.waves import open_until
from engage.worker.shuffling import shuffle
from engage.youwesaid.actions.digest import write_digests
from engage.youwesaid.actions.felt_check import report_due
from engage.youwesaid.actions.file import forget_files
from engage.youwesaid.actions.following import forget_followers, tell_followers
from engage.youwesaid.actions.quote import forget_quotes, take_back_gone

READING = tuple((kind, "") for kind in heartbeat.SCREENS)  # words that wait for a reader are never left aside for good
LONGEST_DAY = timedelta(hours=26)  # from one night's work to the next, before it is made up for


def every_few_minutes(at: datetime, today: date) -> None:
    """Escalate, let late offers go on, forget what was only tried, close what has ended, ask for what is due."""
    tell_of_new(at)
    escalate_overdue(at)
    escalate_further(at)
    raise_alarms(
        at,
        unread_since=oldest_unread(today),
        open_until=open_until(today),
        unread_of=lambda someone: oldest_unread(today, agencies=someone.agencies),
    )
    move_by_clock(at)
    raise_still_in(at)
    write_letters(at)
    write_digests(at)
    tell_followers(at)
    outbox.give_up_late(at)
    throttle.forget_tries(at)
    forget_drafts_of_sign_ups(at - TYPED)
    hide_new()
    close_ended_waves(today)
    want_what_is_due()
    want_missing_files()
    draw_due(today)
    report_due(today)
    take_back_gone(today)
    wanted.try_again(READING)
    _call_where_words_wait(at)
    heartbeat.beat(at)
    db.session.commit()


def _call_where_words_wait(at: datetime) -> None:
    """Call for help where this worker lives and screens nothing; one that has just been started is given one round."""
    trouble = heartbeat.trouble(at)
    if trouble is not None and trouble.lives:
        call_for_worker(at)


def every_night(at: datetime, today: date) -> None:
    """Forget what has been kept long enough, and leave nothing of it in the database's own files."""
    forgotten = forget_what_was_said(at, today) | forget_what_is_kept_beside(at, today)
    mark_used_cards()
    note(NIGHT, f"{sum(forgotten.values())} things", ", ".join(f"{n} {what}" for what, n in forgotten.items() if n))
    db.session.commit()
    note_head(at=at)
    shuffle()


def forget_what_was_said(at: datetime, today: date) -> dict[str, int]:
    """Forget what was said, and what was made of it; gives how many of which."""
    return {
        "drafts": forget_drafts(today - DRAFTS),
        "marks of what was sent": forget_spent(today - SPENT),
        "written answers": forget_written(today - RAW_WORDS, of_waves=reported_before(at - AFTER_REPORT)),
        "addresses of whom to remind": forget_contacts(today),
        "sheets of paper": forget_sheets(today),
        "codes of cards": forget_cards(today),
        "comments of partners": forget_feedback(today - RAW_WORDS),
        "redacted answers": forget_excerpts(today - REDACTED_WORDS),
        "searches for themes": forget_runs(at - REDACTED_WORDS),
        "examples of themes": forget_examples(today - REDACTED_WORDS),
        "places of a sentence model": forget_meanings(today - MEANINGS),
        "views of the few": forget_serious(today - REDACTED_WORDS),
        "alerts": forget_alerts(at - ALERTS, at_most=at - ALERTS_AT_MOST),
        "messages": forget_messages(at - ALERTS, unseen_before=at - RAW_WORDS),
        "contact requests": forget_contact_requests(at - ALERTS, at_most=at - ALERTS_AT_MOST),
        "agencies that receipts were about": forget_about(at - RAW_WORDS),
        "quotes": forget_quotes(today - REDACTED_WORDS),
    }


def forget_what_is_kept_beside(at: datetime, today: date) -> dict[str, int]:
    """Forget what was kept of people beside their words; gives how many of which."""
    return {
        "forms of sign-ups": forget_drafts_of_sign_ups(at - TYPED),
        "needs at a forum": forget_needs(today - NEEDS),
        "sign-ups": forget_sign_ups(today - SIGN_UPS),
        "notes of forums": forget_notes(today - RAW_WORDS),
        "files of evidence": forget_files(today - EVIDENCE_FILES),
        "addresses of followers": forget_followers(today),
        "claims": forget_claims(today - CLAIMS),
        "lines of the audit": forget_audit(today - AUDIT),
        "people who left": forget_people(today - AUDIT),  # named for as long as the audit speaks of them
        "places of sign-ins": forget_sign_ins(at),
        "letters": outbox.forget_letters(at - LETTERS),
        "copies left by killed processes": forget_left(current_app.extensions["settings"], at=at),
    }


def catch_up(at: datetime, today: date) -> None:
    """Do the work of a night that nobody was up for."""
    with db.reading():
        last = last_noted(NIGHT)
    if last is None or at - last > LONGEST_DAY:
        every_night(at, today)
