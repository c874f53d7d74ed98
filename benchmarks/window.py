"""A program in a window of a pseudo-terminal: keys go in, and it is seen when their effect has been painted."""

import os
import re
import select
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self, TypeAlias

import pyte
from pyte.screens import Char

from terminal import KEYS

SHORT: Final = 0.2
"""Seconds in which what follows on a key is awaited, and once more for as long as it goes on."""

LONG: Final = 20.0
"""Seconds after which what should be on the screen is taken never to come."""

# The frames of a program are told apart as a terminal does that draws each of them at once: it says that it can.
_ASKED: Final = b"\x1b[?2026$p"
_ABLE: Final = b"\x1b[?2026;2$y"
_END: Final = b"\x1b[?2026l"

_UNREAD: Final = re.compile(rb"\x1b\[[<=>][\d;]*[a-z]|\x1b\[\?\d+\$p")
"""What is asked of terminals that can more, which pyte would show as text."""

_BLANK: Final = Char(" ")

Passing: TypeAlias = Callable[[Sequence[str]], Mapping[int, int]]
"""Tells of the lines of a screen in which of them, and from which column on, time alone changes something."""


def nowhere(_lines: Sequence[str]) -> Mapping[int, int]:
    """Return that nothing changes but what a key changes."""
    return {}


class Window:
    """A program in a window of ``size``, columns and lines. ``pid`` is that of the program."""

    def __init__(
        self, typed: Sequence[str], env: Mapping[str, str], cwd: Path, size: tuple[int, int], passing: Passing = nowhere
    ) -> None:
        from ptyprocess import PtyProcess  # Windows has none

        width, height = size
        self._process = PtyProcess.spawn(
            typed,
            cwd=str(cwd),
            env={**env, "TERM": "xterm-256color", "COLUMNS": str(width), "LINES": str(height)},
            dimensions=(height, width),
        )
        self.pid: int = self._process.pid
        self._passing = passing
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._rows: dict[int, list[Char]] = {}
        self._unfinished = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill(signal.SIGKILL)
        self._process.wait()
        self._process.close()

    def wait_for(self, text: str) -> None:
        """Read until ``text`` is on the screen."""
        deadline = time.perf_counter() + LONG
        while not any(text in line for line in self._screen.display):
            if time.perf_counter() > deadline:
                raise TimeoutError("\n".join([f"not on the screen: {text}", *self._screen.display]))
            self.rest(0.05)

    def send(self, key: str) -> None:
        """Press a key, and wait for nothing."""
        self._process.write(KEYS.get(key, key).encode())

    def press(self, key: str) -> float:
        """Return the seconds from pressing a key to the end of the last frame that shows something of its effect."""
        pressed = time.perf_counter()
        self.send(key)
        until, painted = pressed + SHORT, 0.0
        while time.perf_counter() < until:
            painted = max([painted, *self._painted(until)])
            # Something may follow on what came late, or nothing has come yet.
            if not painted or painted > until - SHORT / 2:
                until += SHORT
            if until - pressed > LONG:
                raise TimeoutError("\n".join([f"{key} did nothing", *self._screen.display]))
        return painted - pressed

    def rest(self, seconds: float) -> None:
        """Wait for some seconds, and read what comes."""
        for _ in self._painted(time.perf_counter() + seconds):
            pass

    def _painted(self, until: float) -> Iterator[float]:
        """Read what comes until then; yield when each frame ended that shows more than that time passes."""
        came = list(self._come(until))
        for at, chunk in came:
            *frames, self._unfinished = (self._unfinished + chunk).split(_END)
            yield from (at for frame in frames if self._shows(frame))

    def _come(self, until: float) -> Iterator[tuple[float, bytes]]:
        while select.select([self._process.fd], [], [], max(until - time.perf_counter(), 0))[0]:
            chunk = os.read(self._process.fd, 65536)
            yield time.perf_counter(), chunk
            if _ASKED in chunk:
                self._process.write(_ABLE)

    def _shows(self, frame: bytes) -> bool:
        """Draw a frame; return whether it shows more than that time passes."""
        self._stream.feed(_UNREAD.sub(b"", frame))
        passing, changed = self._passing(self._screen.display), list[tuple[Char, Char]]()
        for number in self._screen.dirty:
            line = self._screen.buffer[number]
            row = [line[column] for column in range(self._screen.columns)]
            before, self._rows[number] = self._rows.get(number, [_BLANK] * len(row)), row
            end = passing.get(number)
            changed += [pair for pair in zip(before[:end], row[:end], strict=True) if pair[0] != pair[1]]
        self._screen.dirty.clear()
        return bool(changed) and not _blinks(changed)


def _blinks(changed: Sequence[tuple[Char, Char]]) -> bool:
    """Return whether it is no more than a cursor that comes or goes: one character, in other colours."""
    return len(changed) == 1 and changed[0][0].data == changed[0][1].data
