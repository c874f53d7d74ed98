"""Starting the program in a process of its own, away from a person's own files."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

import sleutelworkshop

Program: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]
"""Runs the program with these arguments and this in its environment, and returns what came of it."""

HANGUP: Final[signal.Signals] = getattr(signal, "SIGHUP", signal.SIGTERM)
"""What a closed window sends; Windows does not know it, and skips the tests that send it, yet reads them."""

PATIENCE: Final = 60
"""Seconds after which a program that should be done is taken to hang."""


def command(*typed: str | Path) -> list[str]:
    """Return the command that runs the program with what was typed."""
    return [sys.executable, "-m", "sleutelworkshop", *map(str, typed)]


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which sessions are in ``folder / "sessies"``."""
    ignored = ("LC_", "LANG", "COLUMNS", "SLEUTELWORKSHOP_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ignored)}
    ours = {
        "SLEUTELWORKSHOP_SESSIONS": str(folder / "sessies"),
        "SLEUTELWORKSHOP_SETTINGS": str(folder / "settings.json"),
        "PYTHONPATH": str(Path(sleutelworkshop.__file__).parents[1]),  # wherever this was imported from
        "PYTHONUTF8": "1",
    }
    return kept | ours | more


def is_one_line(told: str) -> bool:
    """Return whether what was told is one sentence for a person."""
    return (
        told.endswith((".\n", "?\n"))
        and told.count("\n") == 1
        and "Traceback" not in told
        and told.strip().isprintable()
    )
