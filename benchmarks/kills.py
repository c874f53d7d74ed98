"""A thousand kills of a program that is saving, and as many of one that saves with what TinyDB comes with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.measuring import Line, passing_folder
from killing import LARGE, SMALL, Left, kill

SEED: Final = 20260916

OURS: Final[tuple[tuple[str, int, dict[str, Any]], ...]] = (
    (f"saves, of {SMALL:,}", 500, {"answers": SMALL}),
    (f"saves, of {LARGE:,}", 300, {"answers": LARGE}),
    (f"first saves, of {SMALL:,}", 200, {"answers": SMALL, "anew": True}),
)

THEIRS: Final = {"stock": "stock TinyDB", "caching": "TinyDB with CachingMiddleware"}


def lines() -> Iterator[Line]:
    """Kill, and count. Nothing of ours may be lost; that the others lose something shows that it would be seen."""
    for what, kills, scene in OURS:
        with passing_folder() as folder:
            left = kill(folder, kills, seed=SEED, **scene)
        yield _line(what, left, goal=True)
    for keeper, name in THEIRS.items():
        with passing_folder() as folder:
            yield _line(name, _many(folder, keeper), goal=False)


def _many(folder: Path, keeper: str) -> Left:
    return kill(folder, sum(kills for _, kills, _ in OURS), seed=SEED, keeper=keeper)


def _line(what: str, left: Left, *, goal: bool) -> Line:
    found = f"{left.unreadable} unreadable, {left.lost} lost, {left.halves} half, {left.leftovers} left behind"
    return Line(
        what=f"{left.kills} kills, {what}",
        ours=found if goal else "",
        against="" if goal else found,
        goal="0 of each" if goal else "",
        met=left.harm == 0 if goal else None,
    )
