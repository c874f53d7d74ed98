"""``sleutelworkshop list`` from the prompt, beside a Python that starts and does nothing."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measuring import Line, Times, compared, felt, in_turns, passing_folder
from large import NOW, session_with
from sleutelworkshop.store.sessionfile import SessionFile
from starting import PATIENCE, command, surroundings

ROUNDS: Final = 20
FOLDERS: Final = (10, 100, 1_000)
ANSWERS: Final = 84
"""What six teams answer to fourteen questions."""

HALF_A_SECOND: Final = 0.5


def lines() -> Iterator[Line]:
    """Measure. No list is kept between two times, so the first is as fast as the others."""
    for size in FOLDERS:
        with passing_folder() as folder:
            times = _listed(folder, size)
        what = f"a list of {size:,}"
        yield compared(what, times["ours"], "bare Python", times["python"])
        if size == max(FOLDERS):
            yield felt(what, times["ours"], under=HALF_A_SECOND)


def _listed(folder: Path, size: int) -> dict[str, Times]:
    environment = surroundings(folder)
    _fill(Path(environment["SLEUTELWORKSHOP_SESSIONS"]), size)

    def run(*typed: str) -> None:
        subprocess.run(typed, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=PATIENCE)

    ours = command("list")
    return in_turns(ROUNDS, {"ours": lambda _: run(*ours), "python": lambda _: run(sys.executable, "-c", "")})


def _fill(folder: Path, sessions: int) -> None:
    folder.mkdir()
    first = folder / "2026-09-16-school-1.json"
    SessionFile.create(first, session_with(ANSWERS, teams=6), NOW).close()
    for number in range(2, sessions + 1):
        shutil.copyfile(first, folder / f"2026-09-16-school-{number}.json")
