"""From pressing a key to the end of the frame that shows what it did, with forty teams that have answered everything.

In a real terminal, beside the least app that Textual can make, key by key in turns.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from benchmarks import minimal_app
from benchmarks.crowd import crowd_at
from benchmarks.measuring import Line, Times, compared, passing_folder, told
from benchmarks.window import Passing, Window
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import local_time
from starting import command, surroundings

KEYS: Final = 100
SIZES: Final = ((120, 36), (200, 60))
SOON: Final = 0.05

HOME: Final = "\x1b[H"

PAINTED: Final = "Team 40"
"""What is on the screen when the room is."""

WAIT: Final = 1.5
"""Seconds that a screen gets to be there wholly, before the first key is timed."""

_DIGITS: Final = 12
"""Lines over the bar of the time in which its digits may stand; one under it says how long the step takes."""


def _head(_lines: Sequence[str]) -> Mapping[int, int]:
    """Return that the head tells the time, and when everything was saved."""
    return {0: 0, 1: 0}


def _room(lines: Sequence[str]) -> Mapping[int, int]:
    """Return that the head does, and the large countdown beside the agenda."""
    beside = 31 if len(lines[0]) < 160 else 43
    bar = next((row for row, line in enumerate(lines) if row > 1 and line[beside:].strip()[:3] in {"━━━", "───"}), 0)
    return dict.fromkeys(range(max(bar - _DIGITS, 2), bar + 2), beside) | dict(_head(lines))


class Scene(Struct, frozen=True):
    """A screen, the step at which the room is, the keys that lead to it, and the keys that are pressed on it."""

    name: str
    step: str
    way: tuple[str, ...]
    keys: tuple[str, ...]
    passing: Passing = _head


SCENES: Final = (
    Scene("the room", "omgeving", (), (*["down"] * 6, *["up"] * 6, *["+"] * 3, *["-"] * 3), _room),
    Scene("answers: texts", "waarom", ("enter",), (*"endan", "ctrl+n", "ctrl+n")),
    Scene("answers: a table", "omgeving", ("enter",), (*"endan", *["tab"] * 4, "ctrl+n", "ctrl+n")),
    Scene(
        "the harvest",
        "oogst-tip-1",
        ("enter",),
        (
            *(*["down"] * 6, "right", "right", "enter", "enter", "pagedown", "down", "right", "enter"),
            *("pagedown", "down", "enter", "pageup", "down", "pageup", HOME),
        ),
    ),
)


def lines() -> Iterator[Line]:
    """Measure."""
    if sys.platform == "win32":
        yield Line(what="painting", ours="not measured: it takes a pseudo-terminal as POSIX has it")
        return
    for size in SIZES:
        for scene in SCENES:
            times = _painted(scene, size)
            what = f"{scene.name}, {size[0]} × {size[1]}"
            yield compared(what, times["ours"], "minimal Textual", times["minimal"])
            yield Line(
                what=f"{what}, and the worst",
                ours=f"{told(times['ours'], worst=True)} ({_slowest(scene, times['ours'])})",
                against=f"minimal Textual {told(times['minimal'], worst=True)}",
                goal=f"p99 < {SOON * 1000:g} ms",
                met=times["ours"].p99 < SOON,
            )


def _slowest(scene: Scene, times: Times) -> str:
    """Return which key was the slowest, and where in the row of keys it stands."""
    at = times.seconds.index(times.worst) % len(scene.keys)
    return f"key {at + 1}, {scene.keys[at]!r}"


def _painted(scene: Scene, size: tuple[int, int]) -> dict[str, Times]:
    with passing_folder() as folder, _ours(folder, scene, size) as ours, minimal_window(folder, size) as minimal:
        pressed = {number: scene.keys[number % len(scene.keys)] for number in range(KEYS)}
        taken: dict[str, list[float]] = {"ours": [], "minimal": []}
        for number, key in pressed.items():
            taken["ours"].append(ours.press(key))
            taken["minimal"].append(minimal.press("ab"[number % 2]))
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}


def _ours(folder: Path, scene: Scene, size: tuple[int, int]) -> Window:
    path, now = folder / "s.json", local_time()
    SessionFile.create(path, crowd_at(scene.step, now), now).close()
    window = Window(command("open", path), surroundings(folder), folder, size, scene.passing)
    window.wait_for(PAINTED)
    for key in ("space", *scene.way):
        window.rest(WAIT)
        window.send(key)
    window.rest(WAIT)
    return window


def minimal_window(folder: Path, size: tuple[int, int]) -> Window:
    """Return the least app in a window, when it is there."""
    window = Window([sys.executable, minimal_app.__file__], surroundings(folder), folder, size)
    window.wait_for(minimal_app.PAINTED)
    window.rest(WAIT)
    return window
