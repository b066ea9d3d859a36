"""What is raised for settings that must not be started with."""


class WrongSettings(Exception):
    """The app must not start with these settings; the message says which and why."""
