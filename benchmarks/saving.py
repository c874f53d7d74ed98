"""One durable answer, and a hundred at once: beside TinyDB with the storage it comes with, and beside SQLite."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
from tinydb import TinyDB
from tinydb.table import Document

from benchmarks.measuring import Line, Times, compared, felt, in_turns, passing_folder
from large import NOW, answered, question_id, session_with, words_of
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.saver import Saver
from sleutelworkshop.store.sessionfile import SessionFile

ROUNDS: Final = 300
SIZES: Final = (100, 1_000, 10_000)
AT_ONCE: Final = 100
PATIENCE: Final = 60.0
FRAME: Final = 0.016
"""Seconds in which a screen that is drawn sixty times a second is drawn once."""

LOOK: Final = 0.0001
"""Seconds that a look may take at whether another program changed the file, at a thousand answers."""

Save: TypeAlias = Callable[[int], None]
"""Saves one answer; which one, and what is in it, follows from the number of the round."""


def lines() -> Iterator[Line]:
    """Measure."""
    for size in SIZES:
        session = session_with(size)
        with (
            passing_folder() as folder,
            _looks() as looks,
            _ours(folder, session) as ours,
            _sqlite(folder, session) as sqlite,
        ):
            times = in_turns(ROUNDS, {"ours": ours, "stock": _stock(folder, session), "sqlite": sqlite})
        yield from _one_answer(size, times)
        yield felt(
            f"looking before writing, of {size:,}",
            Times(tuple(looks)),
            under=LOOK if size <= 1_000 else LOOK * size / 1_000,
        )
        with passing_folder() as folder, _saver(folder, session) as saver, _sqlite(folder, session) as sqlite:
            times = in_turns(ROUNDS // 3, {"ours": saver, "sqlite": sqlite})
        each = Times(tuple(seconds / AT_ONCE for seconds in times["ours"].seconds))
        yield compared(f"each of {AT_ONCE} at once, of {size:,}", each, "SQLite", times["sqlite"], at_most=1)


def _one_answer(size: int, times: dict[str, Times]) -> Iterator[Line]:
    what = f"one answer, of {size:,}"
    # With a hundred answers all of it is the disk, which SQLite asks for less: nobody feels it.
    yield compared(what, times["ours"], "stock TinyDB", times["stock"], at_most=0.35 if size == 1_000 else None)
    yield compared(what, times["ours"], "SQLite", times["sqlite"])
    if size == max(SIZES):
        yield felt(what, times["ours"], under=FRAME, p99=True)


@contextmanager
def _looks() -> Iterator[list[float]]:
    """Yield how long each look took that was had at the file before it was replaced."""
    taken: list[float] = []

    def write(path: Path, data: bytes, *, before_replacing: Callable[[], None] = lambda: None, **options: int) -> None:
        def timed() -> None:
            begun = time.perf_counter()
            before_replacing()
            taken.append(time.perf_counter() - begun)

        as_it_is(path, data, before_replacing=timed, **options)

    as_it_is, atomic.write = atomic.write, write
    try:
        yield taken
    finally:
        atomic.write = as_it_is


@contextmanager
def _ours(folder: Path, session: Session) -> Iterator[Save]:
    file = SessionFile.create(folder / "ours.json", session, NOW)
    yield lambda number: file.save(_changed(file.session, number), NOW)
    file.close()


@contextmanager
def _saver(folder: Path, session: Session) -> Iterator[Save]:
    """Save a hundred answers that arrive at once, most of them while the first is being written."""
    file = SessionFile.create(folder / "ours.json", session, NOW)
    saver = Saver(file, saved=lambda _: None, failed=lambda _: None, clock=lambda: NOW)
    now = session

    def save(number: int) -> None:
        nonlocal now
        for each in range(AT_ONCE):
            now = _changed(now, number * AT_ONCE + each)
            saver.put(now)
        if not saver.flush(PATIENCE):
            raise TimeoutError

    yield save
    saver.close(PATIENCE)
    file.close()


def _stock(folder: Path, session: Session) -> Save:
    """Save in TinyDB as it comes, with the answers in one table as anyone would lay them; the rest is the same.

    It puts one answer over the one that stood there, found by its number, which is the fastest that it can.
    """
    path = folder / "stock.json"
    rest = {name: table for name, table in tables_of(session, NOW).items() if not name.startswith("answers/")}
    answers = {str(number + 1): _document(session, number, number) for number in range(_answers_in(session))}
    path.write_bytes(msgspec.json.encode(rest | {"answers": answers}))
    table = TinyDB(path).table("answers")

    def save(number: int) -> None:
        which = _which(session, number)
        table.upsert(Document(_document(session, which, number), doc_id=which + 1))

    return save


@contextmanager
def _sqlite(folder: Path, session: Session) -> Iterator[Save]:
    """Save in SQLite, set to be as safe as ours, with the same answers in it: one new row, and it is on the disk."""
    connection = sqlite3.connect(folder / "answers.sqlite")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE answers (team TEXT, question TEXT, document TEXT)")

    def put(number: int) -> None:
        document = _document(session, _which(session, number), number)
        row = (document["team"], document["question"], msgspec.json.encode(document).decode())
        connection.execute("INSERT INTO answers VALUES (?, ?, ?)", row)

    def save(number: int) -> None:
        put(number)
        connection.commit()

    for number in range(_answers_in(session)):
        put(number)
    connection.commit()
    yield save
    connection.close()


def _changed(session: Session, number: int) -> Session:
    return answered(session, _which(session, number), words_of(number))


def _document(session: Session, which: int, number: int) -> dict[str, object]:
    question, team = divmod(which, len(session.teams))
    value = {"kind": "text", "text": words_of(number)}
    return {
        "team": session.teams[team].id,
        "question": question_id(question),
        "value": value,
        "at": NOW.isoformat(),
        "draft": False,
    }


def _which(session: Session, number: int) -> int:
    """Return which answer is changed in a round: another each time, everywhere in the session."""
    return number * 7919 % _answers_in(session)


def _answers_in(session: Session) -> int:
    return sum(map(len, session.answers.values()))
