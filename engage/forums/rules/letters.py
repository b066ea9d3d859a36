"""What we write to people: short, with a link, and nothing that tells a reader over the shoulder what it is about."""

from dataclasses import dataclass

from engage.shared.words import N_


@dataclass(frozen=True)
class Words:
    """One kind of letter; %(link)s, %(day)s, %(time)s and %(until)s are filled in, in the reader's language."""

    subject: str
    body: str


LETTERS = {
    "place": Words(
        N_("Your place on %(day)s"),
        N_(
            "Hello. You have a place on %(day)s at %(time)s. Your own page has the address, your pass, "
            "and a way to change or cancel: %(link)s"
        ),
    ),
    "place_check": Words(
        N_("Your place on %(day)s"),
        N_(
            "Hello. A place on %(day)s at %(time)s is kept for you. It is yours once somebody of the team has seen "
            "your check (DBS). Your own page says how: %(link)s"
        ),
    ),
    "held": Words(
        N_("Your place on %(day)s"),
        N_(
            "Hello. A place on %(day)s is kept for you until %(until)s. Before that, your adult has to say yes. "
            "We have sent them a link. Your own page: %(link)s"
        ),
    ),
    "waiting": Words(
        N_("You are on the waiting list"),
        N_(
            "Hello. You are on the waiting list for %(day)s. When a place is free, we write to you. "
            "Your own page: %(link)s"
        ),
    ),
    "waiting_adult": Words(
        N_("You are on the waiting list"),
        N_(
            "Hello. You are on the waiting list for %(day)s. Before a place can be free for you, your adult has to say "
            "yes. We have sent them a link. Your own page: %(link)s"
        ),
    ),
    "ask_waiting": Words(
        N_("A yes or no from you, please"),
        N_(
            "Hello. A young person you look after would like to come to something we hold on %(day)s, and named you as "
            "the adult who decides. There is no place yet: they wait in line, and get one only after your yes. What it "
            "is, and your yes or no to each part: %(link)s"
        ),
    ),
    "ask": Words(
        N_("A yes or no from you, please"),
        N_(
            "Hello. A young person you look after would like to come to something we hold on %(day)s, and named you as "
            "the adult who decides. What it is, and your yes or no to each part: %(link)s "
            "The place is kept until %(until)s. You can change your mind there at any time."
        ),
    ),
    "said_yes": Words(
        N_("Your place on %(day)s"),
        N_("Hello. Your adult has said yes. Your place on %(day)s at %(time)s is yours: %(link)s"),
    ),
    "said_no": Words(
        N_("About %(day)s"),
        N_(
            "Hello. Your adult has said no for %(day)s, so your place goes to somebody else. "
            "Your own page, with people you can talk to at its end: %(link)s"
        ),
    ),
    "consent_needed": Words(
        N_("About %(day)s"),
        N_(
            "Hello. A yes from an adult was taken back or is needed again for %(day)s. "
            "Your place is kept until %(until)s: %(link)s"
        ),
    ),
    "offer": Words(
        N_("A place is free for you"),
        N_(
            "Hello. A place on %(day)s is free for you. Take it before %(until)s, or let it go to the next in line: "
            "%(link)s"
        ),
    ),
    "expired": Words(
        N_("About %(day)s"),
        N_("Hello. The time to answer is over, and the place on %(day)s goes on. Join the line again: %(link)s"),
    ),
    "cancelled": Words(
        N_("You are not coming on %(day)s"),
        N_("Hello. Your place on %(day)s is cancelled. If that was a mistake: %(link)s"),
    ),
    "cancelled_adult": Words(
        N_("About %(day)s"),
        N_(
            "Hello. The place on %(day)s for the young person who named you is cancelled, by the leader of their "
            "group. Your own page: %(link)s"
        ),
    ),
    "asked_other": Words(
        N_("About %(day)s"),
        N_(
            "Hello. For %(day)s somebody else has been asked now, so the link we sent you before opens nothing any "
            "more. You need do nothing."
        ),
    ),
    "taken_back": Words(
        N_("About %(day)s"),
        N_("Hello. We had to cancel the place on %(day)s, and we are sorry. Why, and what next: %(link)s"),
    ),
    "offer_adult": Words(
        N_("About %(day)s"),
        N_(
            "Hello. A place on %(day)s is free for the young person who named you. Please tell them: until %(until)s "
            "they can take it on their own page. Your own page: %(link)s"
        ),
    ),
    "news_adult": Words(
        N_("About %(day)s"),
        N_(
            "Hello. There is news about %(day)s for the young person who named you. Please tell them: it stands on "
            "their own page. Your own page: %(link)s"
        ),
    ),
    "off": Words(
        N_("%(day)s does not take place"),
        N_("Hello. What we had planned for %(day)s does not take place. We are sorry. Why, and what next: %(link)s"),
    ),
    "changed": Words(
        N_("Something has changed for %(day)s"),
        N_("Hello. Something about %(day)s has changed. Look at your own page: %(link)s"),
    ),
    "again": Words(
        N_("Your link"),
        N_("Hello. Your details were used to sign up once more. You are on our list already. Your own page: %(link)s"),
    ),
    "group": Words(
        N_("Your places on %(day)s"),
        N_("Hello. Your group for %(day)s at %(time)s is on our list. How each place stands, and your pass: %(link)s"),
    ),
    "few": Words(
        N_("Places on %(day)s"),
        N_(
            "Hello. Some places on %(day)s have come free, but fewer than your group needs. You can wait for more, or "
            "split the group, so that some of you come. Your page: %(link)s"
        ),
    ),
    "reminder": Words(
        N_("%(day)s is near"),
        N_("Hello. See you on %(day)s at %(time)s. The address, your pass, and a way to cancel: %(link)s"),
    ),
    "thanks": Words(
        N_("Thank you for %(day)s"),
        N_("Hello. Thank you for %(day)s. What comes next, and by when we tell you more: %(link)s"),
    ),
    "told": Words(
        N_("There is an answer about %(day)s"),
        N_("Hello. We said we would tell you more about %(day)s. There is an answer now: %(link)s"),
    ),
}
