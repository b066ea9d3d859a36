"""What somebody sent and we could not take yet: laid back into the page that says so, and kept nowhere else."""

from dataclasses import dataclass

from flask import request

from engage.shared.forms import clean

RECEIPT, RECEIPT_PAGES = "words", ("/receipt", "/mine")  # it goes along unseen: somebody may look over a shoulder
SECRETS = "/sign-in"
ELSEWHERE = ("cross-site", "same-site")  # what browsers say of a form of another site


@dataclass(frozen=True)
class Sent:
    """One value of a form; `shown` where it is a sentence, which one wants to see again."""

    name: str
    value: str
    shown: bool


def from_afar() -> bool:
    """True where another site sent the form: its words do not stand under our look."""
    return request.headers.get("Sec-Fetch-Site") in ELSEWHERE


def what_was_sent() -> list[Sent]:
    """Give every value of the form that was just sent; nothing of one with a file or a password, or of another site."""
    pairs = [(clean(name), clean(value)) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    secret = request.path.startswith(SECRETS) or any("password" in name for name, _ in pairs)
    if request.method != "POST" or request.files or secret or from_afar():
        return []
    return [Sent(name, value, _is_a_sentence(name, value)) for name, value in pairs]


def _is_a_sentence(name: str, value: str) -> bool:
    of_a_receipt = name == RECEIPT and any(page in request.path for page in RECEIPT_PAGES)
    return " " in value.strip() and not name.startswith("_") and not of_a_receipt
