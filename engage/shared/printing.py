"""Have a page printed as a tagged PDF by a process of its own, so that no page carries what that takes."""

import subprocess
import sys

from engage.shared.errors import EngageError
from engage.shared.words import N_

PATIENCE = 120  # seconds
PRESS = [sys.executable, "-m", "engage.shared.press"]

INSTEAD = N_(
    "Open the print view and print it, to paper or to a PDF. To have it made here, your administrator installs Pango."
)


class NoPress(EngageError):
    """No PDF can be made on this machine."""

    status = 503
    heading = N_("No PDF can be made here")


def as_pdf(html: str) -> bytes:
    """Give a whole page as PDF/UA. Raises `NoPress` where Pango is missing or the page could not be set."""
    try:
        made = subprocess.run(PRESS, input=html.encode(), capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise NoPress(INSTEAD) from problem
    return made.stdout
