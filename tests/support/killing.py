"""Kills a program that is saving, at any moment, and looks what is left: for the tests and for the benchmarks.

A kill is not a power cut: what the system was given it still writes. A kill shows that at no moment the file is half
and that nothing is told too early; that the bytes reach the disk before the name does is seen in the order of the
calls (``tests/store/test_store_faults.py``).
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from typing import Final, Self

import msgspec
from msgspec import Struct

from killed import DEAD, FORKS, PAIR, READY, Order
from large import number_of
from sleutelworkshop.store import versions
from sleutelworkshop.store.errors import DamagedError, NotFoundError
from sleutelworkshop.store.sessionfile import SessionFile
from starting import PATIENCE, surroundings

SMALL: Final = 100
LARGE: Final = 1_000

_SPAN: Final = 0.01
"""Seconds within which is killed, from when the first save may begin: some saves, and so at any moment of one."""

_PROGRAM: Final = Path(__file__).with_name("killed.py")


class Left(Struct, kw_only=True):
    """What so many kills left: files that do not open, answers that were told and are not there, halves of a save.

    ``leftovers`` are files that still stand beside the session after it was opened again.
    """

    seed: int
    kills: int = 0
    unreadable: int = 0
    lost: int = 0
    halves: int = 0
    leftovers: int = 0

    @property
    def harm(self) -> int:
        """How often something was not as was promised."""
        return self.unreadable + self.lost + self.halves + self.leftovers


def kill(
    folder: Path,
    kills: int,
    *,
    seed: int,
    keeper: str = "ours",
    answers: int = SMALL,
    anew: bool = False,
    until_harm: bool = False,
    forks: bool = FORKS,
) -> Left:
    """Kill so many times who saves a session of so many answers, and count what was not as promised.

    ``anew`` makes the file anew each time, so that the kill falls in its very first write. ``until_harm`` stops as
    soon as something was found: enough to know that it can be found.
    """
    moments, left = random.Random(seed), Left(seed=seed)  # noqa: S311  # the same moments each time
    path = folder / f"{keeper}.json"
    there: int | None = None  # the number of the last save that is surely in the file
    with Victims(folder) as victims:
        while left.kills < kills and not (until_harm and left.harm):
            first = 0 if there is None else there + 1
            order = Order(keeper, str(path), first, answers, make=there is None, forks=forks)
            told = victims.kill(order, moments.uniform(0, _SPAN))
            left.kills += 1
            try:
                numbers = _LOOKS[keeper](path)
            except (DamagedError, ValueError):
                left.unreadable += 1
                path.unlink()
                there = None
                continue
            # The save that was under way when it died may be there besides, and may be the first there is.
            left.lost += not numbers <= ({there, first} if told is None else {told, told + 1})
            left.halves += len(numbers) > 1
            left.leftovers += _stand_beside(path) if path.exists() else 0
            there = None if anew else max(numbers, key=lambda number: -1 if number is None else number)
            if anew:
                path.unlink(missing_ok=True)
    return left


class Victims:
    """A program that carries out orders until it is killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def kill(self, order: Order, after: float) -> int | None:
        """Have an order carried out, kill who does it ``after`` seconds, and return the last number told, if any."""
        assert self._process.stdin is not None
        self._process.stdin.write(msgspec.json.encode(order) + b"\n")
        self._process.stdin.flush()
        victim = int(self._heard())
        assert self._heard() == READY
        told = [int(word) for word in self._until(time.perf_counter() + after)]
        os.kill(victim, getattr(signal, "SIGKILL", signal.SIGTERM))  # Windows ends a program at once for either
        while (word := self._heard()) != DEAD:
            told.append(int(word))
        if not order.forks:
            self._end()
            self._start()
        return told[-1] if told else None

    def _start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=surroundings(self._folder),
        )
        self._words: Queue[str] = Queue()
        # A thread, as Windows cannot wait for a pipe and a clock at the same time.
        self._listener = threading.Thread(target=_listen, args=(self._process, self._words), daemon=True)
        self._listener.start()

    def _end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.kill()
        self._process.wait(PATIENCE)
        self._listener.join(PATIENCE)

    def _heard(self) -> str:
        return self._words.get(timeout=PATIENCE)

    def _until(self, moment: float) -> Iterator[str]:
        while (left := moment - time.perf_counter()) > 0:
            try:
                yield self._words.get(timeout=left)
            except Empty:
                return


def _listen(process: "subprocess.Popen[bytes]", words: "Queue[str]") -> None:
    assert process.stdout is not None
    with process.stdout as out:
        for line in out:
            words.put(line.decode().rstrip())
    words.put(DEAD)  # who carried out the order itself cannot say so


def _look_at_ours(path: Path) -> set[int | None]:
    """Return the numbers of the saves that the file holds something of; raises DamagedError."""
    try:
        file = SessionFile.open(path)  # and not only read: the dead program's lock may not stand in the way
    except NotFoundError:
        return {None}
    file.close()
    return {number_of(file.session, each) for each in PAIR}


def _look_at_stock(path: Path) -> set[int | None]:
    if not path.exists() or not path.stat().st_size:  # TinyDB makes an empty file before it has anything to put in it
        return {None}
    document = json.loads(path.read_bytes())["answers"]["1"]
    return {int(document["text"].split()[0])}


_LOOKS: Final = {"ours": _look_at_ours, "stock": _look_at_stock, "caching": _look_at_stock}


def _stand_beside(path: Path) -> int:
    """Return how many files stand beside a session that are not its own."""
    own = {path, path.with_name(f".{path.name}.lock"), versions.folder_of(path).parent}
    return len(set(path.parent.iterdir()) - own)
