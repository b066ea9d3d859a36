"""Send one newsletter of each edition, and leave the next one for young people half done."""

from datetime import date, timedelta

from engage.demo.people import Cast
from engage.youwesaid.actions import newsletter

SENT_BEFORE = timedelta(days=20)
HELLO = {
    "young": "Hello. Here is what became of what you told us since the summer, and what we still owe you.",
    "practice": "Dear colleagues, this is what young people said, what was done about it, and what you can pass on.",
}
NEXT = "Hello again. Some of what we owed you is done now."


def send(cast: Cast, *, today: date) -> None:
    """Write, check and send the first of each edition some weeks ago; begin the next. All of it is invented."""
    amara, another = cast.people["amara"], cast.people["helen"]
    sent_on = today - SENT_BEFORE
    for edition, words in HELLO.items():
        made = newsletter.begin(edition, words=words, by=amara, today=sent_on)
        newsletter.check(made, by=another)
        newsletter.issue(made, by=amara, today=sent_on)
    newsletter.begin("young", words=NEXT, by=amara, today=today)
