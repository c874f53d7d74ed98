"""The TinyDB storage that never leaves half a file."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from tinydb import Storage

from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import ChangedElsewhereError, DamagedError, Meddling, StoreError, shown
from sleutelworkshop.store.tables import Table, Tables, decode, encode_table, is_too_large, join, read_bytes

_Identity: TypeAlias = tuple[int, int, int, int]

_NO_FILE: Final = (0, 0, 0, 0)


class AtomicStorage(Storage):
    """Keeps the tables in memory and writes them whole, through a temporary file.

    It reads the file once. After any failure the memory is dropped and the file read again: TinyDB changes the
    tables in place, so from then on only the file is known to be true. A file that could not be read is
    never written, nor is one that holds something else than was last read or written here: another program changed
    it. Raises OSError and StoreError; only one storage at a time may have the file open.

    Another program can still slip in between the last look at the file and the system call that replaces it, some
    microseconds later: no system that this runs on offers both in one.

    TinyDB makes a new dict of every table that it changes. So a table that is still the same dict is not
    serialised again, which is most of the work in a large session.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._tables: Tables | None = None
        self._in_batch = False
        self._changed = False
        self._serialised: dict[str, tuple[Table, bytes]] = {}
        self._disk = path.parent.stat().st_dev
        # What the file may hold without another program having been at it: after a write that failed, the old or the
        # new. None for no file; empty before the first look.
        self._expected: tuple[bytes | None, ...] = ()
        self._seen: _Identity | None = None
        atomic.sweep(path)

    def read(self) -> Tables | None:
        """Return the tables, or None when there is no file yet."""
        if self._tables is None:
            self.check_disk()
            raw = self._unchanged() if self._expected else read_bytes(self._path)
            self._tables = None if raw is None else decode(self._path, raw)
            self._expected = (raw,)
        return self._tables

    def write(self, data: Tables) -> None:
        """Put the tables on the disk; inside :meth:`batch` only in memory."""
        self.read()  # raises when the file cannot be read, and then it stays as it is
        self._tables = data
        self._changed = True
        if not self._in_batch:
            self._write_out()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write the file once, when the block ends well; when it fails the file stays as it was."""
        self._in_batch = True
        try:
            yield
            self._write_out()
        except BaseException:
            self._forget()
            raise
        finally:
            self._in_batch = False

    def verify(self) -> None:
        """Raise ChangedElsewhereError when another program changed the file since it was last read or written here.

        Cheaper than what is done before writing: it reads the file only when its identity, size or time changed.
        """
        self.check_disk()
        identity = self._identity()
        if identity != self._seen:
            self._unchanged()
            self._seen = identity

    def replace(self, found: bytes | None) -> None:
        """Begin anew with no tables, over a file that now holds ``found`` (None: there is none), whatever that is."""
        self._tables, self._serialised = {}, {}
        self._expected, self._seen = (found,), None

    def _write_out(self) -> None:
        if not self._changed:
            return
        try:
            raw = self._serialise(self._tables or {})
            self._check_size(raw)
            self.check_disk()
            atomic.write(self._path, raw, before_replacing=partial(self._expect, raw))
        except BaseException:
            self._forget()
            raise
        self._expected = (raw,)
        self._seen = None
        self._changed = False

    @staticmethod
    def _check_size(raw: bytes) -> None:
        if is_too_large(raw):  # what could not be opened again is not saved
            raise StoreError(_("De sessie is te groot geworden om te bewaren: haal lange teksten weg."))

    def _expect(self, raw: bytes) -> None:
        """Look one last time whether the file is as it was left; from here on it may hold ``raw`` as well."""
        self._expected = (self._unchanged(), raw)

    def check_disk(self) -> None:
        """Raise OSError when the folder is gone, or on another disk than when this was made.

        A stick that was pulled out can leave the folder behind in which it was mounted: what is written there is not on
        the stick, and that nothing stands in it says nothing.
        """
        if self._path.parent.stat().st_dev != self._disk:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(self._path))

    def _unchanged(self) -> bytes | None:
        """Return what the file holds; raises ChangedElsewhereError when that is not what was left in it."""
        try:
            found = read_bytes(self._path)
        except (DamagedError, IsADirectoryError) as fault:
            raise ChangedElsewhereError(shown(self._path), Meddling.NO_FILE) from fault
        if found in self._expected:
            return found
        if found is None:
            raise ChangedElsewhereError(shown(self._path), Meddling.GONE)
        try:
            decode(self._path, found)
        except DamagedError as fault:
            raise ChangedElsewhereError(shown(self._path), Meddling.UNREADABLE, found) from fault
        raise ChangedElsewhereError(shown(self._path), Meddling.CHANGED, found)

    def _identity(self) -> _Identity:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return _NO_FILE
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns

    def _serialise(self, tables: Tables) -> bytes:
        self._serialised = {name: (table, self._bytes_of(name, table)) for name, table in tables.items()}
        return join(raw for _table, raw in self._serialised.values())

    def _bytes_of(self, name: str, table: Table) -> bytes:
        known, raw = self._serialised.get(name, (None, b""))
        return raw if known is table else encode_table(name, table)

    def _forget(self) -> None:
        self._tables = None
        self._changed = False
