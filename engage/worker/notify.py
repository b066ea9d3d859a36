"""Send letters through GOV.UK Notify."""

import logging
from dataclasses import dataclass

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from engage.settings import Post
from engage.shared import outbox
from engage.shared.outbox import Letter
from engage.worker.sending import LONGEST, NotNow, Refused

WRONG_REQUEST = range(400, 403)  # it will say the same tomorrow; 403 is our key, 429 and 5xx pass
logging.getLogger("notifications_python_client").setLevel(
    logging.CRITICAL
)  # it writes down what the server says of an address


@dataclass(frozen=True)
class Notify:
    """GOV.UK Notify; before a second try it is asked whether it has the letter already."""

    post: Post

    def send(self, letter: Letter) -> None:
        """Hand one e-mail or text over. Raises `Refused` or `NotNow`."""
        client = NotificationsAPIClient(self.post.notify_key, base_url=self.post.notify_url, timeout=LONGEST)
        try:
            if letter.tries > 1 and client.get_all_notifications(reference=letter.key)["notifications"]:
                return
            self._deliver(client, letter)
        except APIError as error:
            why = f"GOV.UK Notify does not take this letter ({error.status_code})"
            raise Refused(why) if error.status_code in WRONG_REQUEST else NotNow(why, everybody=True) from error

    def _deliver(self, client: NotificationsAPIClient, letter: Letter) -> None:
        if letter.way == outbox.TEXT:
            words = {"body": letter.body}
            client.send_sms_notification(letter.to, self.post.notify_text_template, words, reference=letter.key)
        else:
            words = {"subject": letter.subject, "body": letter.body}
            client.send_email_notification(
                letter.to, self.post.notify_email_template, words, reference=letter.key,
                one_click_unsubscribe_url=letter.stop_at or None,
            )  # fmt: skip
