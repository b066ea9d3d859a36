"""What is typed to sign up, between the form and the page that checks it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Draft:
    """The boxes as they were typed; `checked`: somebody wanted to go on with them, so what is missing is said.

    `ticket` is what the page that checks them sends, the same however often it is pressed.
    """

    boxes: dict[str, str]
    ticket: str = ""
    checked: bool = True
