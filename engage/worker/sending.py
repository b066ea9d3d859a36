"""Send the letters of the outbox: one interface, a mail server or GOV.UK Notify behind it."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from importlib import import_module
from typing import Protocol

from engage.settings import Post
from engage.shared import db, outbox
from engage.shared.clock import now
from engage.shared.outbox import Letter

LONGEST = 20  # seconds one answer may take
LONGEST_LINE = 998  # letters (RFC 5322, 2.1.1)
ADDRESS = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[a-zA-Z0-9-]+")
FOR_GOOD = 500  # from this reply code on a mail server means it
NOTIFY = "engage.worker.notify"  # its client takes 4 MB, so only a worker that sends this way holds it


class Refused(Exception):
    """A letter will never be taken; the message is a plain sentence for staff, without the address."""


class NotNow(Exception):
    """A letter may be taken later; `everybody` when that goes for every other letter too."""

    def __init__(self, why: str, *, everybody: bool = False) -> None:
        super().__init__(why)
        self.everybody = everybody


class Sender(Protocol):
    """Whatever takes letters away."""

    def send(self, letter: Letter) -> None:
        """Hand one letter over. Raises `Refused` or `NotNow`."""


@dataclass(frozen=True)
class MailServer:
    """A mail server; a letter tried again keeps its Message-ID, so that a mailbox can drop the second copy."""

    post: Post

    def send(self, letter: Letter) -> None:
        """Hand one e-mail over. Raises `Refused` or `NotNow`."""
        if not ADDRESS.fullmatch(letter.to):
            raise Refused("This is not an address")
        try:
            self._deliver(_message(letter, self.post.smtp_from))
        except smtplib.SMTPRecipientsRefused as error:
            raise _answer(next(iter(error.recipients.values()))[0], "to this address") from error
        except smtplib.SMTPDataError as error:
            raise _answer(error.smtp_code, "with these words") from error
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPSenderRefused) as error:
            raise NotNow(f"The mail server does not let us in ({error.smtp_code})", everybody=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotNow("The mail server does not answer", everybody=True) from error

    def _deliver(self, message: EmailMessage) -> None:
        server = self._connected()
        try:
            server.send_message(message)
        finally:
            with suppress(OSError, smtplib.SMTPException):  # the letter is taken, or refused, by now
                server.quit()

    def _connected(self) -> smtplib.SMTP:
        post, trust = self.post, ssl.create_default_context()
        if post.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(post.smtp_host, post.smtp_port, timeout=LONGEST, context=trust)
        else:
            server = smtplib.SMTP(post.smtp_host, post.smtp_port, timeout=LONGEST)
        try:
            if post.smtp_security == "starttls":
                server.starttls(context=trust)
            if post.smtp_login:
                server.login(post.smtp_login, post.smtp_password)
        except Exception:
            server.close()
            raise
        return server


def sender(post: Post, way: str) -> Sender:
    """Give who takes letters of this way."""
    if way == outbox.EMAIL and post.smtp_host:
        return MailServer(post)
    notify: Sender = import_module(NOTIFY).Notify(post)
    return notify


def send_letters(post: Post) -> int:
    """Send every letter that is due, each in a transaction of its own; give how many were sent."""
    count, travels = 0, outbox.ways_here()
    while letter := outbox.take(now(), travels):
        db.session.commit()  # nobody else takes it now, and the store is free while the server answers
        try:
            sender(post, letter.way).send(letter)
        except NotNow as error:
            outbox.put_back(letter.key, str(error), at=now())
            db.session.commit()
            if error.everybody:
                return count
        except Refused as error:
            outbox.fail(letter.key, str(error), at=now())
        else:
            outbox.sent(letter.key, at=now())
            count += 1
        db.session.commit()
    db.session.commit()
    return count


def _message(letter: Letter, sender_address: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender_address, letter.to, letter.subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{letter.key}@{sender_address.rpartition('@')[2].rstrip('>')}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)  # which drops every Content- header that was there before
    message["Content-Language"] = letter.language
    if letter.stop_at:
        message["List-Unsubscribe"] = f"<{letter.stop_at}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.policy = message.policy.clone(max_line_length=LONGEST_LINE)  # a folded address is none to a mailbox
    return message


def _answer(code: int, what: str) -> Refused | NotNow:
    if code >= FOR_GOOD:
        return Refused(f"The mail server takes no letter {what} ({code})")
    return NotNow(f"The mail server takes no letter {what} yet ({code})")
