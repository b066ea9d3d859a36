"""Following by e-mail: what can be followed, what a link opens, and when a letter goes."""

import re
from datetime import time
from enum import StrEnum

EVERYTHING = ""  # the topic of somebody who follows all of them
ADDRESS = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+\.[a-zA-Z0-9-]{2,}")
LONGEST = 254  # letters of an address that mail servers take
KEY_BYTES = 16
MARK_BYTES = 12  # 96 bits: nobody guesses one
FROM, UNTIL = time(16), time(20)  # letters go after school and before the evening is over, in London


class Opens(StrEnum):
    """What one link of a letter opens, and nothing else."""

    CONFIRM = "yes"
    STOP = "stop"


def same(address: str) -> str:
    """Give an address as two spellings of it are compared."""
    return address.strip().casefold()


def may_write_at(clock: time) -> bool:
    """Say whether it is an hour at which a letter may reach somebody's phone."""
    return FROM <= clock < UNTIL
