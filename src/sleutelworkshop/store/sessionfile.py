"""One session file: opened by one program at a time, read by anyone."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import versions
from sleutelworkshop.store.errors import NameTakenError, NotFoundError, StoreError, disk_explained, explain, shown
from sleutelworkshop.store.migrating import is_current
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.tables import load
from sleutelworkshop.store.versions import Reason

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
        raise not_there(path)
    return session_of(tables, shown(path))[0]


class SessionFile:
    """An open session file. ``session`` is what was last put on the disk, ``seen_at`` when that was.

    Made by :meth:`open` or :meth:`create`. Used by one thread at a time, but for :meth:`pulse`.
    """

    def __init__(self, database: "Database", session: Session, seen_at: dt.datetime, *, on_disk: bool) -> None:
        self.path = database.path
        self.session = session
        self.seen_at = seen_at
        """The last moment at which the program was surely at work on it."""
        self.versions_fault = ""
        """What kept an earlier version from being kept; the session itself is on the disk."""
        self._database = database
        self._on_disk = session if on_disk else None
        self._version: tuple[Session, dt.datetime] = (session, seen_at)
        self._at_work = False

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing session for writing.

        One that an earlier version of the program wrote is put in the schema of today, after a copy of it as it
        was is kept among its earlier versions.

        Raises:
            StoreError: it is not there, in use elsewhere, cannot be read, damaged, or from a newer version.
        """
        if not _exists(path):  # before the lock: no lock files for what is not there
            raise not_there(path)
        with _kept_open(path) as database:
            tables = database.read()
            if tables is None:
                raise not_there(path)
            session, saved_at = session_of(tables, shown(path))
            file = cls(database, session, _last_seen(database, saved_at), on_disk=is_current(tables))
            if not is_current(tables):
                versions.keep(path, path.read_bytes(), saved_at, Reason.MIGRATED)
                file.save(session, file.seen_at)
            return file

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

        Also a session that did not change is saved, as being seen at ``now``. Now and then a copy of it is kept among
        its earlier versions; what stands in the way of that is in ``versions_fault`` and is no reason to raise.

        Raises:
            DiskError: the disk refused; the file is still whole.
            DamagedError: the file was spoilt by someone else; it is left as it is.
        """
        # After a failure nobody knows which of two states the disk has, and then all is written anew.
        before, self._on_disk = self._on_disk, None
        with disk_explained(self.path):
            self._database.write(before, session, now)
        self.session, self.seen_at, self._on_disk = session, now, session
        self._at_work = True
        kept, kept_at = self._version
        if (session.position, session.finished_at) != (kept.position, kept.finished_at):
            self._keep_version(Reason.STEP)
        elif abs(now - kept_at) >= versions.AFTER and session is not kept:
            self._keep_version(Reason.WORK)

    def announce(self, now: dt.datetime) -> None:
        """Note that this program has the session, for who is kept out; not that it is at work on it."""
        self._database.lock.pulse(now, self.seen_at)

    def pulse(self, now: dt.datetime) -> None:
        """Note that the program lives, and has the session: less than :meth:`save`, but never waited for."""
        self._at_work = True
        self._database.lock.pulse(now)

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        if self._on_disk is not None and self.session != self._version[0]:
            self._keep_version(Reason.CLOSED)
        self.release()

    def release(self) -> None:
        """Let go of the file as it is, without keeping a version of it: its disk may not answer any more."""
        # Opened and closed, and no more: when a program died that had it before is still to be asked about then.
        self._database.lock.release(forget=self._at_work)
        self._database.close()

    def _keep_version(self, reason: Reason) -> None:
        # Whatever comes of it: a disk that has no room for it is not asked again at every letter.
        self._version = (self.session, self.seen_at)
        try:
            versions.keep(self.path, self.path.read_bytes(), self.seen_at, reason)
        except OSError as error:
            self.versions_fault = explain(error, versions.folder_of(self.path))
        except StoreError as fault:
            self.versions_fault = str(fault)
        else:
            self.versions_fault = ""


def _last_seen(database: "Database", seen_at: dt.datetime) -> dt.datetime:
    """Return when the program was last at work: a program that died may have lived on after its last save."""
    left = database.lock.left
    return max(seen_at, left.seen_at) if left else seen_at


@contextmanager
def _kept_open(path: Path) -> Iterator["Database"]:
    """Yield the file as a database that stays open, unless the block fails; what the disk refuses is explained."""
    from sleutelworkshop.store.database import Database  # with TinyDB: 20 ms that a list or a summary can do without

    database = Database(path)
    try:
        with disk_explained(path):
            yield database
    except BaseException:
        database.lock.release(forget=False)  # what the note says holds for the next who tries
        database.close()
        raise


def _exists(path: Path) -> bool:
    with disk_explained(path):
        try:
            path.lstat()
        except FileNotFoundError:
            return False
    return True


def not_there(path: Path) -> NotFoundError:
    """Return what is told of a session that is not there."""
    return NotFoundError(_("De sessie “{name}” is er niet (meer).").format(name=shown(path)))
