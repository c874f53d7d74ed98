"""A session file as a TinyDB database, held open and locked: every change of a session is a few documents."""

import datetime as dt
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document

from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic, records
from sleutelworkshop.store.lock import SessionLock
from sleutelworkshop.store.storage import AtomicStorage
from sleutelworkshop.store.tables import Tables


class Database:
    """Has the lock of one session file from when it is made until :meth:`close`.

    Making one raises InUseError or NotLockableError. It need not hold a session: there may be no file yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = atomic.real(path)
        self.lock = SessionLock(self.path)
        self._storage = AtomicStorage(self.path)
        self._tinydb = TinyDB(storage=lambda: self._storage)

    def read(self) -> Tables | None:
        """Return what stands in the file, or None when there is no file; raises OSError or DamagedError."""
        return self._storage.read()

    def write(self, before: Session | None, session: Session, now: dt.datetime) -> None:
        """Turn what the file holds of ``before`` into ``session``, and write the file once.

        Without ``before``, all of it is put there anew. Raises OSError, DamagedError or ChangedElsewhereError, and then
        the file is whole.
        """
        self._check_held()
        with self._storage.batch():
            self._tinydb.table("meta").upsert(Document(records.meta_document(now), doc_id=1))
            for change in records.changes(before, session):
                table = self._tinydb.table(change.table)
                if before is None:
                    table.truncate()
                # However many documents change; upsert goes through the table up to twice for each of them.
                if change.remove:
                    table.remove(doc_ids=change.remove)
                if change.insert:
                    table.insert_multiple(Document(document, doc_id) for doc_id, document in change.insert.items())

    def verify(self) -> None:
        """Raise ChangedElsewhereError when another program changed the file, or took the lock; OSError as above."""
        self._check_held()
        self._storage.verify()

    def replace(self, found: bytes | None) -> None:
        """Let the next :meth:`write` go over a file that holds ``found``, whatever that is; with no ``before``."""
        self._storage.replace(found)
        self._tinydb = TinyDB(storage=lambda: self._storage)

    def _check_held(self) -> None:
        self._storage.check_disk()  # first: no lock is to be made where the stick was
        self.lock.check_held()

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        self._tinydb.close()
        self.lock.release()
