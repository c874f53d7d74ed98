"""From the prompt to the first painted screen, in a pseudo-terminal: beside the least app that Textual can make."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks import minimal_app
from benchmarks.measuring import Action, Line, Times, compared, in_turns, passing_folder
from large import NOW, session_with
from sleutelworkshop.store.sessionfile import SessionFile
from starting import surroundings

PROGRAM: Final = str(Path(sys.executable).with_name("sleutelworkshop"))
"""The command as it is installed, as a person types it."""

ROUNDS: Final = 20
ANSWERS: Final = 1_000

PROMISE: Final = "Van welkom tot een afgesproken"
"""What the screen with the sessions says at its head, which is painted before anything is read."""

ROOM: Final = "Welkom en bedoeling"
"""The step where a new session is: it is on the screen when the session has been read."""


def lines() -> Iterator[Line]:
    """Measure. What is painted first when a session is opened may be a screen on which it is still to come."""
    if sys.platform == "win32":
        yield Line(what="the first screen", ours="not measured: it takes a pseudo-terminal as POSIX has it")
        return
    with passing_folder() as folder:
        times = _started(folder)
    what = f"open, {ANSWERS:,} answers"
    yield compared("an empty folder", times["empty"], "minimal Textual", times["minimal"], at_most=1.25)
    yield compared(f"{what}: first screen", times["first"], "minimal Textual", times["minimal"], at_most=1.4)
    yield compared(f"{what}: the room", times["room"], "minimal Textual", times["minimal"])


def _started(folder: Path) -> dict[str, Times]:
    environment = {**surroundings(folder), "TERM": "xterm-256color", "COLUMNS": "100", "LINES": "30"}
    path = folder / "s.json"
    SessionFile.create(path, session_with(ANSWERS), NOW).close()

    def starting(typed: list[str], painted: str) -> Action:
        return lambda _: until_painted(typed, painted, environment, folder)

    return in_turns(
        ROUNDS,
        {
            "minimal": starting([sys.executable, minimal_app.__file__], minimal_app.PAINTED),
            "empty": starting([PROGRAM], PROMISE),
            "first": starting([PROGRAM, "open", str(path)], PROMISE),
            "room": starting([PROGRAM, "open", str(path)], ROOM),
        },
    )


def until_painted(typed: list[str], painted: str, environment: dict[str, str], folder: Path) -> Callable[[], object]:
    """Start a program in a terminal and read what it writes until ``painted`` stands in it; return what ends it."""
    from ptyprocess import PtyProcess  # Windows has none

    process = PtyProcess.spawn(typed, cwd=str(folder), env=environment, dimensions=(30, 100))
    wanted, written = painted.encode(), b""
    while wanted not in written:
        written += os.read(process.fd, 65536)

    def end() -> None:
        process.kill(signal.SIGKILL)
        process.wait()
        process.close()

    return end
