"""Measures in turns, and puts what was measured beside its goal in a table."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct

_BESIDE: Final = Path(__file__).parents[1] / "build"
"""Where the files are made: on the disk that the project is on, as a folder for passing things may be in memory."""


Action: TypeAlias = Callable[[int], Callable[[], object] | None]
"""Something that is measured. What it returns is done afterwards, outside the time."""


class Times(Struct, frozen=True):
    """How long each of many rounds took, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """What half of them took at most."""
        return statistics.median(self.seconds)

    @property
    def p99(self) -> float:
        """What all but one in a hundred took at most."""
        return sorted(self.seconds)[max(-(-len(self.seconds) * 99 // 100) - 1, 0)]

    @property
    def worst(self) -> float:
        """What the slowest took."""
        return max(self.seconds)


class Line(Struct, frozen=True, kw_only=True):
    """One line of the table. ``goal`` is what was promised, ``met`` whether it was kept; empty and None for neither."""

    what: str
    ours: str
    against: str = ""
    ratio: str = ""
    goal: str = ""
    met: bool | None = None


def in_turns(rounds: int, actions: Mapping[str, Action]) -> dict[str, Times]:
    """Do all actions once a round, each with the number of the round, so that a slow moment is slow for all of them."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds):
        for name, action in actions.items():
            begun = time.perf_counter()
            clear_up = action(number)
            taken[name].append(time.perf_counter() - begun)
            if clear_up:
                clear_up()
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}


def compared(what: str, ours: Times, name: str, theirs: Times, *, at_most: float | None = None) -> Line:
    """Return the line that sets ours beside theirs. The goal is about the median."""
    ratio = ours.median / theirs.median
    return Line(
        what=what,
        ours=told(ours),
        against=f"{name} {told(theirs)}",
        ratio=f"{ratio:.2f} / {ours.p99 / theirs.p99:.2f}",
        goal="" if at_most is None else f"ratio ≤ {at_most:g}",
        met=None if at_most is None else ratio <= at_most,
    )


def felt(what: str, ours: Times, *, under: float, p99: bool = False) -> Line:
    """Return the line of something that a person waits for: its median, or all but one in a hundred, in seconds."""
    return Line(
        what=what,
        ours=told(ours),
        goal=f"{'p99' if p99 else 'median'} < {under * 1000:g} ms",
        met=(ours.p99 if p99 else ours.median) < under,
    )


def told(times: Times, *, worst: bool = False) -> str:
    """Return the median and the p99, and if asked the worst, in milliseconds."""
    shown = (times.median, times.p99, times.worst) if worst else (times.median, times.p99)
    return f"{' / '.join(map(_milliseconds, shown))} ms"


def table(lines: Sequence[Line]) -> str:
    """Return the lines under each other, with what the columns mean above them."""
    rows = [("median / p99", "ours", "against", "ratio", "goal", ""), *map(_cells, lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Yield a folder that is gone afterwards."""
    _BESIDE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_BESIDE) as folder:
        yield Path(folder)


def _cells(line: Line) -> tuple[str, ...]:
    met = {True: "met", False: "NOT MET", None: ""}[line.met]
    return line.what, line.ours, line.against, line.ratio, line.goal, met


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.{3 if seconds < 0.001 else 2 if seconds < 0.1 else 0}f}"
