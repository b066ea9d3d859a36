"""Four words show what happened, never an answer; a message is read and answered; guessing is slow."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from engage.analysis.models import ThemeReceiptRow, ThemeRow
from engage.analysis.queries.receipts import mark_of
from engage.comeback import actions as comeback
from engage.receipts.words import hashed, issue
from engage.safeguarding.actions import leave_message, raise_alert
from engage.safeguarding.models import AlertRow, MessageRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db, throttle
from engage.shared.throttle import WrongTry
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow, ConcernThemeRow
from tests.people import make_person

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
ANSWER = "my dad hits me every night"


@pytest.fixture
def words(database) -> str:
    return " ".join(issue("the secret of one sitting"))


def make_concern(words: str, *, title: str, sensitive: bool = False) -> None:
    theme = ThemeRow(name=title, state="selected", sensitive=sensitive)
    concern = ConcernRow(
        slug=title.replace(" ", "-"), title=title, you_said="About 60 of you told us.", topic="travel",
        state="looking", said_on=date(2026, 9, 1), promised_on=date(2099, 1, 1),
    )  # fmt: skip
    db.session.add_all([theme, concern])
    db.session.flush()
    db.session.add_all(
        [
            ConcernThemeRow(concern_id=concern.id, theme_id=theme.id),
            ThemeReceiptRow(mark=mark_of(theme.id, hashed(words)), theme_id=theme.id),
            ConcernHistoryRow(concern_id=concern.id, on=date(2026, 9, 2), state="looking", words="", public=True),
        ]
    )
    db.session.commit()


def make_message(words: str) -> None:
    raise_alert(NewAlert(ANSWER, "Youth survey", "unseen", "hurt", 0.9, hashed(words)), at=NOW)
    alert_id = db.session.scalars(select(AlertRow.id)).one()
    leave_message(alert_id, "Are you safe tonight?", by=make_person("safeguarding"), at=NOW)
    db.session.commit()


def rows(table) -> list:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(table).order_by(*table.__table__.primary_key)))


def test_the_words_show_the_concerns_their_holder_fed(visitor, words):
    make_concern(words, title="the path is dark")
    page = visitor.fill_in("/receipt", words=words)
    assert page.status_code == 200
    assert "the path is dark" in page.text
    assert "finding out more" in page.text


def test_a_sensitive_theme_is_never_shown_as_theirs(visitor, words):
    make_concern(words, title="the path is dark")
    make_concern(words, title="violence at home", sensitive=True)
    assert "violence at home" not in visitor.fill_in("/receipt", words=words).text


def test_the_words_never_travel_in_an_address_or_stay_in_the_browser(visitor, words):
    make_message(words)
    page = visitor.fill_in("/receipt", words=words)
    assert page.headers["Cache-Control"] == "no-store"
    with visitor.session_transaction() as session:
        assert not any(words.split()[0] in str(value) for value in session.values())
    assert words.replace(" ", "+") not in page.text.replace('value="' + words, "")
    assert visitor.get(f"/receipt?words={words}").text.count(words) == 0


def test_words_are_known_however_they_are_typed(visitor, words):
    make_concern(words, title="the path is dark")
    assert visitor.fill_in("/receipt", words=words.upper().replace(" ", ", ")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type your four words"),
        ("river lamp", "Type all four words. You typed 2."),
        ("rivver zebra canyon unicorn", "“rivver” is not one of our words"),
        ("zebra zebra zebra zebra", "We don&#39;t know these four words together"),
        ("\x00\ud800<b>", "Type all four words. You typed 1."),
    ],
)
def test_wrong_words_get_a_kind_answer_and_stay_in_the_box(visitor, typed, says):
    page = visitor.fill_in("/receipt", words=typed.encode("utf-8", "replace"))
    assert page.status_code == 422
    assert says in page.text
    assert f'value="{typed}"' in page.text or "<b>" in typed or not typed


def test_guessing_is_slowed_down_and_right_words_are_not_counted(visitor, words):
    make_concern(words, title="the path is dark")
    for _ in range(5):
        visitor.fill_in("/receipt", words=words)
    assert rows(WrongTry) == []
    db.session.rollback()
    throttle.count(comeback.PURPOSE, who="127.0.0.1", times=70)  # 35 pupils behind one address, two slips each
    codes = [
        visitor.fill_in("/receipt", words="zebra zebra zebra zebra").status_code for _ in range(comeback.MOST - 69)
    ]
    assert codes == [422] * (comeback.MOST - 70) + [429]


def test_a_message_is_shown_marked_as_seen_and_answered(visitor, words):
    make_message(words)
    page = visitor.fill_in("/receipt", words=words)
    assert "Are you safe tonight?" in page.text
    assert ANSWER not in page.text
    assert rows(MessageRow)[0].read_at is not None
    answered = visitor.fill_in("/receipt", "/receipt/answer", words=words, answer="yes thank you")
    assert answered.status_code == 200
    assert "yes thank you" in answered.text
    assert [row.from_young_person for row in rows(MessageRow)] == [False, True]


def test_an_empty_answer_is_asked_for_again_and_a_long_one_is_kept(visitor, words):
    make_message(words)
    assert visitor.fill_in("/receipt", "/receipt/answer", words=words, answer="").status_code == 422
    long = visitor.fill_in("/receipt", "/receipt/answer", words=words, answer="word " * 500)
    assert long.status_code == 422
    assert "word word" in long.text


def test_an_answer_is_heard_and_goes_to_the_same_person(visitor, words):
    make_message(words)
    visitor.fill_in("/receipt", "/receipt/answer", words=words, answer="i want to die")
    assert sorted(row.kind for row in rows(AlertRow)) == ["hurt", "suicide"]
    assert {row.receipt_hash for row in rows(AlertRow)} == {hashed(words)}


def test_an_answer_with_wrong_words_is_refused_and_heard_all_the_same(visitor, words):
    page = visitor.fill_in("/receipt", "/receipt/answer", words="zebra zebra zebra zebra", answer="i want to die")
    assert page.status_code == 422
    [alert] = rows(AlertRow)
    assert (alert.words, alert.receipt_hash) == ("i want to die", None)


def test_what_is_heard_is_kept_once_when_sent_twice(visitor, words):
    make_message(words)
    for _ in range(2):
        visitor.fill_in("/receipt", "/receipt/answer", words=words, answer="i want to die")
    db.session.rollback()
    assert db.session.scalar(select(func.count(AlertRow.id))) == 2


def test_known_words_with_nothing_yet_say_so(visitor, words):
    raise_alert(NewAlert(ANSWER, "Youth survey", "unseen", "hurt", 0.9, hashed(words)), at=NOW)
    db.session.commit()
    page = visitor.fill_in("/receipt", words=words)
    assert "We have no answer to show you yet" in page.text
    assert "What happens next" in page.text
