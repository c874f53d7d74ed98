"""The TinyDB storage that never leaves half a file."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from tinydb import Storage

from sleutelworkshop.i18n import _
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.tables import SIZE_LIMIT, Table, Tables, load


class AtomicStorage(Storage):
    """Keeps the tables in memory and writes them whole, through a temporary file.

    It reads the file once. After any failure the memory is dropped and the file read again: TinyDB changes the
    tables in place, so from then on only the file is known to be true. A file that could not be read is
    never written. Raises OSError and StoreError; only one storage at a time may have the file open.

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
        atomic.sweep(path)

    def read(self) -> Tables | None:
        """Return the tables, or None when there is no file yet."""
        if self._tables is None:
            self._tables = load(self._path)
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

    def _write_out(self) -> None:
        if not self._changed:
            return
        try:
            raw = self._serialise(self._tables or {})
            self._check(raw)
            atomic.write(self._path, raw)
        except BaseException:
            self._forget()
            raise
        self._changed = False

    def _check(self, raw: bytes) -> None:
        """Raise what stands in the way of writing ``raw`` before anything is written."""
        if len(raw) > SIZE_LIMIT:  # what could not be opened again is not saved
            raise StoreError(_("De sessie is te groot geworden om te bewaren: haal lange teksten weg."))
        # A stick that was pulled out can leave the folder behind in which it was mounted: what is written there is
        # not on the stick.
        if self._path.parent.stat().st_dev != self._disk:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(self._path))

    def _serialise(self, tables: Tables) -> bytes:
        """Return the tables as JSON that a person can read."""
        self._serialised = {name: (table, self._bytes_of(name, table)) for name, table in tables.items()}
        pieces = [piece for _table, raw in self._serialised.values() for piece in (b",\n", raw)]
        return b"".join((b"{\n", *pieces[1:], b"\n}\n"))

    def _bytes_of(self, name: str, table: Table) -> bytes:
        known, raw = self._serialised.get(name, (None, b""))
        if known is table:
            return raw
        return b"%b: %b" % (msgspec.json.encode(name), msgspec.json.format(msgspec.json.encode(table), indent=1))

    def _forget(self) -> None:
        self._tables = None
        self._changed = False
