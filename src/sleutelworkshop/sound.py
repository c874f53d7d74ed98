"""Sounds for the whole room, where the system can play them: the time is up, a minute is left.

The system's own players rather than a library: playsound3 and miniaudio, which are kept up, let something write on the
terminal, over the screen (a warning of its own; those of ALSA, from within this process).
"""

import os
import shutil
import subprocess
import sys
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import Final

_SOUNDS: Final = Path(__file__).parent / "sounds"  # made by tools/make_sounds.py

_PLAYERS: Final = (
    ("afplay",),  # macOS
    ("pw-play",),  # Linux, from the newest sound system to the oldest
    ("paplay",),
    ("aplay", "--quiet"),
    ("canberra-gtk-play", "--file"),
)

_PATIENCE: Final = 5.0
"""Seconds a player gets for a sound of hardly more than one: a sound system that hangs can keep it for ever."""

_AT_ONCE: Final = BoundedSemaphore(2)
"""The end may sound through the minute; were players to hang, there are never more than these."""


class Sound(StrEnum):
    """What can be heard, each the name of a file in ``sounds/``."""

    END = "end"
    MINUTE = "minute"


def play(sound: Sound) -> bool:
    """Begin to play ``sound`` and return at once: whether there is a player to hand it to."""
    if sys.platform != "win32" and not _players(os.environ.get("PATH", os.defpath)):
        return False
    try:
        # Nobody waits for it, not even at the end of the program.
        Thread(target=try_out, args=(sound,), name=f"sound-{sound}", daemon=True).start()
    except RuntimeError:  # no thread to be had
        return False
    return True


def try_out(sound: Sound) -> bool:
    """Play ``sound`` to its end and return whether a player says that it did; it blocks, so on a thread.

    A player that fails, such as that of a sound system that is not running, gives way to the next one.
    """
    if not _AT_ONCE.acquire(blocking=False):
        return False
    try:
        if sys.platform == "win32":
            return _played_by_windows(_SOUNDS / f"{sound}.wav")
        return _played_by_program(_SOUNDS / f"{sound}.wav")
    finally:
        _AT_ONCE.release()


def _played_by_windows(path: Path) -> bool:
    if sys.platform != "win32":  # for mypy: winsound is only there
        raise NotImplementedError
    import winsound  # only there

    try:
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
    except RuntimeError:  # which is all it says
        return False
    return True


def _played_by_program(path: Path) -> bool:
    for player in _players(os.environ.get("PATH", os.defpath)):
        try:
            done = subprocess.run(  # noqa: S603  # a program that `which` found, without a shell
                [*player, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # out of reach of the terminal, whichever way it would look for it
                timeout=_PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False  # to try the next one would be too late
        except OSError:
            continue
        if done.returncode == 0:
            return True
    return False


@cache  # looking along a long PATH is slow, on some systems
def _players(path: str) -> tuple[tuple[str, ...], ...]:
    found = ((shutil.which(name, path=path), options) for name, *options in _PLAYERS)
    return tuple((program, *options) for program, options in found if program)
