"""One session file: opened by one program at a time, read by anyone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import NameTakenError, NotFoundError, disk_explained, shown
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.tables import load

if TYPE_CHECKING:
    from sleutelworkshop.store.database import Database


def read(path: Path) -> Session:
    """Return the session in a file. Takes no lock and changes nothing, so also while it is open elsewhere.

    Raises:
        StoreError: it is not there, cannot be read, is damaged, or comes from a newer version.
    """
    with disk_explained(path):
        tables = load(path)
    if tables is None:
        raise _not_there(path)
    return session_of(tables, shown(path))[0]


class SessionFile:
    """An open session file. ``session`` is what was last put on the disk, ``seen_at`` when that was.

    Made by :meth:`open` or :meth:`create`. Used by one thread at a time.
    """

    def __init__(self, database: "Database", session: Session, seen_at: dt.datetime, *, on_disk: bool) -> None:
        self.path = database.path
        self.session = session
        self.seen_at = seen_at
        """When the session was last saved: until then the program was surely at work."""
        self._database = database
        self._on_disk = session if on_disk else None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing session for writing.

        Raises:
            StoreError: it is not there, in use elsewhere, cannot be read, damaged, or from a newer version.
        """
        if not _exists(path):  # before the lock: no lock files for what is not there
            raise _not_there(path)
        with _kept_open(path) as database:
            tables = database.read()
            if tables is None:
                raise _not_there(path)
            session, seen_at = session_of(tables, shown(path))
            return cls(database, session, seen_at, on_disk=True)

    @classmethod
    def create(cls, path: Path, session: Session, now: dt.datetime) -> Self:
        """Put a new session in a new file and keep it open.

        Raises:
            NameTakenError: there is a file of that name already.
            StoreError: it cannot be written.
        """
        with _kept_open(path) as database:
            if _exists(path):
                raise NameTakenError(_("Er is al een sessie die “{name}” heet.").format(name=shown(path)))
            file = cls(database, session, now, on_disk=False)
            file.save(session, now)
            return file

    def save(self, session: Session, now: dt.datetime) -> None:
        """Put the session on the disk: when this returns, it is there.

        Also a session that did not change is saved, as being seen at ``now``.

        Raises:
            DiskError: the disk refused; the file is still whole.
            DamagedError: the file was spoilt by someone else; it is left as it is.
        """
        # After a failure nobody knows which of two states the disk has, and then all is written anew.
        before, self._on_disk = self._on_disk, None
        with disk_explained(self.path):
            self._database.write(before, session, now)
        self.session, self.seen_at, self._on_disk = session, now, session

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        self._database.close()


@contextmanager
def _kept_open(path: Path) -> Iterator["Database"]:
    """Yield the file as a database that stays open, unless the block fails; what the disk refuses is explained."""
    from sleutelworkshop.store.database import Database  # with TinyDB: 20 ms that a list or a summary can do without

    database = Database(path)
    try:
        with disk_explained(path):
            yield database
    except BaseException:
        database.close()
        raise


def _exists(path: Path) -> bool:
    with disk_explained(path):
        try:
            path.lstat()
        except FileNotFoundError:
            return False
    return True


def _not_there(path: Path) -> NotFoundError:
    return NotFoundError(_("De sessie “{name}” is er niet (meer).").format(name=shown(path)))
