"""Opening a session for writing, all that is in it checked: beside TinyDB, which reads the same file unchecked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tinydb import TinyDB

from benchmarks.measuring import Line, Times, compared, felt, in_turns, passing_folder
from large import NOW, session_with
from sleutelworkshop.store.sessionfile import SessionFile

ROUNDS: Final = 30
SIZES: Final = (100, 1_000, 10_000)
GOAL_AT: Final = 1_000
SOON: Final = 0.05


def lines() -> Iterator[Line]:
    """Measure."""
    for size in SIZES:
        with passing_folder() as folder:
            times = _opened(folder / "s.json", size)
        what = f"opening {size:,} answers"
        yield compared(what, times["ours"], "stock TinyDB", times["stock"])
        if size == GOAL_AT:
            yield felt(what, times["ours"], under=SOON)


def _opened(path: Path, size: int) -> dict[str, Times]:
    SessionFile.create(path, session_with(size), NOW).close()

    def ours(_: int) -> None:
        SessionFile.open(path).close()

    def stock(_: int) -> None:
        with TinyDB(path) as database:
            database.storage.read()

    return in_turns(ROUNDS, {"ours": ours, "stock": stock})
