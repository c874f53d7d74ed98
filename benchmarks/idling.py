"""What the program takes while nobody touches it and the timer runs, and whether its memory stays what it is.

The afternoon is a session of forty teams, walked through by a clock that goes sixty times as fast. How many hours
of it, ``BENCHMARK_HOURS`` says.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

from benchmarks import afternoon
from benchmarks.crowd import crowd_at
from benchmarks.measuring import Line, passing_folder
from benchmarks.painting import minimal_window
from benchmarks.window import Window
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import local_time
from starting import command, surroundings

SIZE: Final = (120, 36)
SECONDS: Final = 30
"""For which the processor time of doing nothing is added up."""

HOURS: Final = float(os.environ.get("BENCHMARK_HOURS", "4"))

MOST_CPU: Final = 3.0
"""Per cent of one core."""

MOST_MEMORY: Final = 120.0
"""MiB."""

FLAT: Final = 1.05
"""How much more there may be in the last quarter of the afternoon than in the second: in the first, all is new."""

PACE: Final = 0.25
"""Seconds between two keys."""

WALK: Final = (
    *("space", "down", "up", "+", "-", "enter", "x", "tab", "x", "ctrl+n", "x", "ctrl+z", "escape"),
    *("o", "down", "right", "enter", "pagedown", "enter", "e", "x", "escape", "pageup", "escape"),
    *("t", "escape", "escape", "i", "escape", "escape", "n", "space", "b"),
)
"""Through the room, the answers, the harvest, the teams and the consent, and a step on and back."""


def lines() -> Iterator[Line]:
    """Measure."""
    if not sys.platform.startswith("linux"):
        yield Line(what="idling", ours="not measured: it reads what Linux tells of a process")
        return
    with (
        passing_folder() as folder,
        minimal_window(folder, SIZE) as minimal,
        _opened(folder, *command("open")) as ours,
    ):
        yield from _nothing(ours, minimal)
    with passing_folder() as folder, _opened(folder, sys.executable, afternoon.__file__) as ours:
        yield _afternoon(ours)


def _opened(folder: Path, *typed: str) -> Window:
    path, now = folder / "s.json", local_time()
    SessionFile.create(path, crowd_at("omgeving", now), now).close()
    window = Window([*typed, str(path)], surroundings(folder), folder, SIZE)
    window.wait_for("Team 40")
    window.rest(1)
    window.send("space")
    window.rest(1)
    return window


def _nothing(ours: Window, minimal: Window) -> Iterator[Line]:
    before = _worked(ours.pid), _worked(minimal.pid), time.perf_counter()
    ours.rest(SECONDS)
    took = time.perf_counter() - before[2]
    busy, theirs = ((_worked(pid) - was) / took * 100 for pid, was in ((ours.pid, before[0]), (minimal.pid, before[1])))
    minimal.rest(0.1)
    yield Line(
        what="a running timer: of one core",
        ours=f"{busy:.2f} %",
        against=f"minimal Textual {theirs:.2f} %",
        goal=f"< {MOST_CPU:g} %",
        met=busy < MOST_CPU,
    )
    held, theirs = _memory(ours.pid), _memory(minimal.pid)
    yield Line(
        what="a running timer: memory",
        ours=f"{held:.1f} MiB",
        against=f"minimal Textual {theirs:.1f} MiB",
        ratio=f"{held / theirs:.2f}",
        goal=f"< {MOST_MEMORY:g} MiB",
        met=held < MOST_MEMORY,
    )


def _afternoon(ours: Window) -> Line:
    """Walk through the screens until the afternoon is over; the memory is looked at after each walk, in the room."""
    over, held = time.perf_counter() + HOURS * 3600 / afternoon.SPEED, [_memory(ours.pid)]
    for key in cycle(WALK):
        ours.send(key)
        ours.rest(PACE)
        if key == WALK[-1]:
            held.append(_memory(ours.pid))
            if time.perf_counter() > over:
                break
    quarter = max(len(held) // 4, 1)
    early, late = statistics.median(held[quarter : 2 * quarter] or held), statistics.median(held[-quarter:])
    return Line(
        what=f"{HOURS:g} hours at {afternoon.SPEED}×, {len(held) - 1} walks: memory",
        ours=f"{held[0]:.1f}, {early:.1f}, {late:.1f} MiB",
        against="at the beginning, in the second and the last quarter",
        ratio=f"{late / early:.3f}",
        goal=f"ratio ≤ {FLAT:g}, < {MOST_MEMORY:g} MiB",
        met=late / early <= FLAT and max(held) < MOST_MEMORY,
    )


def _worked(pid: int) -> float:
    """Return the seconds of processor time that a process took, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    """Return the MiB that a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
