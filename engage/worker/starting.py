"""Start a child process for heavy work, and wait for it; settings travel through a pipe, never on the command line."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from engage.settings import Post, Settings, SingleSignOn

# Numeric libraries that use every core fight each other and the web server: three times the work for the same result.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
COMMAND = (sys.executable, "-m", "engage.worker.child")


def start_child(settings: Settings, *, linger: float) -> subprocess.Popen[str]:
    """Start a process that does all wanted work and ends when nothing was wanted for `linger` seconds."""
    calm = dict.fromkeys(THREADS, "1") | os.environ
    child = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, text=True, env=calm)  # noqa: S603  (our own command)
    if child.stdin is not None:
        json.dump({"linger": linger, "settings": asdict(settings)}, child.stdin, default=str)
        child.stdin.close()
    return child


def read_settings(kept: dict[str, object]) -> Settings:
    """Build the settings that `start_child` wrote."""
    lists = {key: tuple(value) for key, value in kept.items() if isinstance(value, list)}
    built = {
        "folder": Path(str(kept["folder"])),
        "post": Post(**kept["post"]),  # type: ignore[arg-type]
        "sign_on": SingleSignOn(**kept["sign_on"]),  # type: ignore[arg-type]
    }
    return Settings(**{**kept, **lists, **built})  # type: ignore[arg-type]
