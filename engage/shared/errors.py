"""The errors a person may meet, each with a status and words they can use."""

from engage.shared.words import N_


class EngageError(Exception):
    """A rule of the house was met; the message is for the person, marked with N_(), subclasses set the status."""

    status = 400
    heading = N_("Something is not right")


class NotFound(EngageError):
    """The thing asked for is not there, or not for showing."""

    status = 404
    heading = N_("We can't find that page")


class NotAllowed(EngageError):
    """Not for this person to do."""

    status = 403
    heading = N_("You can't open this page")


class NotOpen(EngageError):
    """It exists, but nobody can join, answer or change it now."""

    status = 409
    heading = N_("This is not open now")


class NotRead(NotOpen):
    """Somebody decides about words that they did not open."""


class NotValid(EngageError):
    """What was sent cannot be used as it is; the message says what to do."""

    status = 422


class TooLarge(EngageError):
    """More was sent than anybody types."""

    status = 413
    heading = N_("That is too long to send")


class TooMany(EngageError):
    """Too many tries in a short time."""

    status = 429
    heading = N_("Please wait a little")


class NotNow(EngageError):
    """The database does not answer; nothing was lost."""

    status = 503
    heading = N_("We can't save right now")
