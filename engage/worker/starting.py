"""Start a child process for heavy work, and wait for it; settings travel through a pipe, never on the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from engage.settings import Post, Settings, SingleSignOn

# Numeric libraries that use every core fight each other and the web server: three times the work for the same result.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
CHILD = "engage.worker.child"


@contextmanager
def a_child(settings: Settings, *, linger: float, module: str = CHILD) -> Iterator[subprocess.Popen[str]]:
    """A process that does all wanted work, until nothing was wanted for `linger` seconds or whoever started it is done.

    Ctrl-C in a terminal does not reach it: who started it ends it. `module` is what it runs instead, told the same.
    """
    calm = dict.fromkeys(THREADS, "1") | os.environ
    command = (sys.executable, "-m", module)
    with subprocess.Popen(command, stdin=subprocess.PIPE, text=True, env=calm, process_group=0) as child:  # noqa: S603
        try:
            if child.stdin is not None:
                json.dump({"linger": linger, "settings": asdict(settings)}, child.stdin, default=str)
                child.stdin.close()
            yield child
        finally:
            child.kill()  # it may have ended by itself


def read_settings(kept: dict[str, object]) -> Settings:
    """Build the settings that `a_child` wrote."""
    lists = {key: tuple(value) for key, value in kept.items() if isinstance(value, list)}
    built = {
        "folder": Path(str(kept["folder"])),
        "post": Post(**kept["post"]),  # type: ignore[arg-type]
        "sign_on": SingleSignOn(**kept["sign_on"]),  # type: ignore[arg-type]
    }
    return Settings(**{**kept, **lists, **built})  # type: ignore[arg-type]
