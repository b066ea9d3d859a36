"""The web server's own log names nobody's address either."""

import logging

from typing_extensions import override

SERVER = "gunicorn.error"
NAMES_AN_ADDRESS = "ip="


class NoAddress(logging.Filter):
    """Leaves a line without what it says of whoever asked."""

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        if NAMES_AN_ADDRESS in record.getMessage():
            record.msg, record.args = "a request that nobody could read was refused", ()
        return True


def init() -> None:
    """Have the server say that a request was broken, and not whose it was."""
    log = logging.getLogger(SERVER)
    if not any(isinstance(one, NoAddress) for one in log.filters):
        log.addFilter(NoAddress())
