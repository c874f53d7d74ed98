"""The program that is killed: saves answers in a loop, and tells each one on standard output once it is saved.

It reads orders from standard input, one a line. Where there is ``fork`` it has everything imported and then lets a
child carry out each order, so that a thousand kills cost a thousand forks and not a thousand starts. Elsewhere
it carries out one order itself and is started anew for the next.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
from filelock import FileLock
from msgspec import Struct
from tinydb import JSONStorage, Storage, TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.table import Document

from large import NOW, answered, session_with, words_of
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.database import Database
from sleutelworkshop.store.sessionfile import SessionFile

PRELOADED: Final = (Database, FileLock)
"""What a session file imports when it is opened: here once, and not in every child."""

READY: Final = "ready"
"""Told when the first save is about to begin."""

DEAD: Final = "dead"
"""Told of who carried out an order, by who let it be carried out."""

FORKS: Final = hasattr(os, "fork")

PAIR: Final = (0, 1)
"""The numbers of the two answers that are changed in every save, and that must stay equal."""


class Order(Struct, frozen=True):
    """What to do: ``keeper`` saves to ``path`` in a loop, and numbers its saves from ``first``.

    With ``make`` the file is not there yet, and its making is the first save.
    """

    keeper: str
    path: str
    first: int
    answers: int
    make: bool = False
    forks: bool = FORKS


def main() -> None:
    """Carry out the orders on standard input."""
    for line in sys.stdin:
        order = msgspec.json.decode(line, type=Order)
        if order.forks:
            _session_of(order.answers)  # made once, and not by every child
            _in_a_child(order)
        else:
            _carry_out(order)


def _in_a_child(order: Order) -> None:
    if sys.platform == "win32":
        raise NotImplementedError
    child = os.fork()
    if not child:
        try:
            _carry_out(order)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    _tell(DEAD)


def _carry_out(order: Order) -> None:
    _tell(str(os.getpid()))
    for number in _KEEPERS[order.keeper](order):
        _tell(str(number))


def _tell(word: str) -> None:
    os.write(sys.stdout.fileno(), f"{word}\n".encode())  # in one go, so that a kill leaves no half a line


@cache
def _session_of(answers: int) -> Session:
    return session_with(answers)


def _ours(order: Order) -> Iterator[int]:
    path, first = Path(order.path), order.first
    if order.make:
        session = _changed(_session_of(order.answers), first)
        _tell(READY)
        file = SessionFile.create(path, session, NOW)
        yield first
        first += 1
    else:
        file = SessionFile.open(path)
        _tell(READY)
    for number in count(first):
        file.save(_changed(file.session, number), NOW)
        yield number


def _changed(session: Session, number: int) -> Session:
    for each in PAIR:
        session = answered(session, each, words_of(number))
    return session


def _stock(order: Order, storage: Callable[[str], Storage] = JSONStorage) -> Iterator[int]:
    """TinyDB as it comes, with the same answers in one table."""
    table = TinyDB(order.path, storage=storage).table("answers")
    if order.make:
        table.insert_multiple({"text": words_of(order.first)} for _ in range(order.answers))
    _tell(READY)
    for number in count(order.first):
        table.upsert(Document({"text": words_of(number)}, doc_id=1))
        yield number


def _caching(order: Order) -> Iterator[int]:
    """The same with the middleware that saves now and then: known to lose what was told."""
    return _stock(order, storage=CachingMiddleware(JSONStorage))  # type: ignore[no-untyped-call]


_KEEPERS: Final[dict[str, Callable[[Order], Iterator[int]]]] = {"ours": _ours, "stock": _stock, "caching": _caching}

if __name__ == "__main__":
    main()
