"""Which passwords the sign-in library takes."""

from typing import Any

from flask_security.password_util import PasswordUtil
from typing_extensions import override

from engage.accounts.queries import own_words
from engage.accounts.rules import EASY, is_easy_to_guess


class Passwords(PasswordUtil):
    """Passwords that are long, and not among the first that somebody would try."""

    @override
    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        """Give what is wrong with a password, None where nothing is, and the password as it is kept."""
        wrong, kept = super().validate(password, is_register, **kwargs)
        user = kwargs.get("user")
        if not wrong and is_easy_to_guess(kept, own=own_words(user.id) if user else ()):
            wrong = [EASY]
        return wrong, kept
