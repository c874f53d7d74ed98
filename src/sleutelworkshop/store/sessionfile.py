"""One session file: opened by one program at a time, read by anyone."""

import contextlib
import datetime as dt
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import versions
from sleutelworkshop.store.errors import (
    ChangedElsewhereError,
    Meddling,
    NameTakenError,
    NotFoundError,
    StoreError,
    disk_explained,
    shown,
)
from sleutelworkshop.store.migrating import is_current
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.tables import encode, load
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


class _Conflict(Struct):
    """What another program did to the file, and where both versions are kept; ``ours`` is what was kept of ours."""

    fault: ChangedElsewhereError
    ours: Session | None = None
    our_version: Path | None = None
    overruled: bool = False


class SessionFile:
    """An open session file. ``session`` is what was last put on the disk, ``seen_at`` when that was.

    Made by :meth:`open` or :meth:`create`.

    When another program changes the file, it is written no more until :meth:`overrule`. What the other left, and the
    session as it is here, are then both kept among the earlier versions.
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
        self.made_private = False
        """Whether others on this computer could read it until it was opened."""
        self._busy = Lock()
        self._released = False
        self._conflict: _Conflict | None = None

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
            made_private = _make_private(database.path)
            file = cls(database, session, _last_seen(database, saved_at), on_disk=is_current(tables))
            file.made_private = made_private
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
            ChangedElsewhereError: another program changed the file. It is left as it is, and both are kept.
        """
        with self._busy:
            self._check_open()
            # After a failure nobody knows which of two states the disk has, and then all is written anew.
            before, self._on_disk = self._on_disk, None
            with disk_explained(self.path), self._conflict_kept(session, now):
                if self._conflict is not None and self._conflict.overruled:  # at each attempt: the disk may refuse some
                    self._database.replace(self._conflict.fault.found)
                    before = None
                self._database.write(before, session, now)
            self.session, self.seen_at, self._on_disk = session, now, session
            self._at_work = True
            kept, kept_at = self._version
            if (session.position, session.finished_at) != (kept.position, kept.finished_at):
                self._keep_version(Reason.STEP)
            elif abs(now - kept_at) >= versions.AFTER and session is not kept:
                self._keep_version(Reason.WORK)

    def verify(self, now: dt.datetime) -> None:
        """Raise as :meth:`save` does when the session that is on the disk is not there any more."""
        with self._busy, disk_explained(self.path), self._conflict_kept(self.session, now):
            self._check_open()
            self._database.verify()

    @property
    def conflict(self) -> ChangedElsewhereError | None:
        """What another program did to the file, as long as nobody has said what is to be done about that."""
        conflict = self._conflict
        return conflict.fault if conflict is not None and not conflict.overruled else None

    def overrule(self) -> None:
        """Let the next :meth:`save` replace what another program left, as it was when that was last kept.

        Raises:
            StoreError: what it left could not be kept, so it is not replaced either.
        """
        with self._busy:
            conflict = self._conflict
            if conflict is None:
                return
            if conflict.fault.meddling in {Meddling.TAKEN, Meddling.NO_FILE} or conflict.our_version is None:
                raise StoreError(_("Dat kan hier niet: sla de sessie onder een andere naam op."))
            conflict.overruled = True

    def announce(self, now: dt.datetime) -> None:
        """Note that this program has the session, for who is kept out; not that it is at work on it."""
        self._database.lock.pulse(now, self.seen_at)

    def pulse(self, now: dt.datetime) -> None:
        """Note that the program lives, and has the session: less than :meth:`save`, but never waited for."""
        self._at_work = True
        self._database.lock.pulse(now)

    def close(self) -> None:
        """Let go of the file; more than once does no harm."""
        with self._busy:
            if self._on_disk is not None and self.session != self._version[0]:
                self._keep_version(Reason.CLOSED)
        self.release()

    def release(self) -> None:
        """Let go of the file as it is, without keeping a version of it. Waits for a save that is under way.

        On a disk that does not answer any more that never ends: have it done on a thread that nobody waits for.
        """
        with self._busy:  # a save that still hangs could end up over what the next who opens it writes
            # Opened and closed, and no more: when a program died that had it before is still to be asked about then.
            self._database.lock.release(forget=self._at_work)
            self._database.close()
            self._released = True

    def _check_open(self) -> None:
        # A save that was on its way when the file was let go of would take the lock again, and keep it.
        if self._released:
            raise StoreError(_("“{name}” is hier al gesloten.").format(name=shown(self.path)))

    @contextmanager
    def _conflict_kept(self, session: Session, now: dt.datetime) -> Iterator[None]:
        """When the block finds that another program changed the file: keep what that left, and ``session``."""
        try:
            yield
        except ChangedElsewhereError as fault:
            self._on_disk = None
            self._keep_both(fault, session, now)
            raise
        else:
            self._conflict = None

    def _keep_both(self, fault: ChangedElsewhereError, session: Session, now: dt.datetime) -> None:
        known = self._conflict
        if known is None or (known.fault.meddling, known.fault.found) != (fault.meddling, fault.found):
            if fault.found is not None:
                versions.keep(self.path, fault.found, now, Reason.OTHER)
            self._conflict = known = _Conflict(fault)
        if known.ours is not session:
            # Until a person has chosen, this is where it is saved: once kept, the same version is written again.
            known.our_version = versions.keep(
                self.path, encode(tables_of(session, now)), now, Reason.OURS, known.our_version
            )
            known.ours = session

    def _keep_version(self, reason: Reason) -> None:
        # Whatever comes of it: a disk that has no room for it is not asked again at every letter.
        self._version = (self.session, self.seen_at)
        try:
            with disk_explained(self.path):
                raw = self.path.read_bytes()
            versions.keep(self.path, raw, self.seen_at, reason)
        except StoreError as fault:
            self.versions_fault = str(fault)
        else:
            self.versions_fault = ""


def _make_private(path: Path) -> bool:
    """Take the file away from everyone but its owner, who has it open; return whether others could read it."""
    if sys.platform == "win32":  # where a person's own folders are theirs alone
        return False
    with contextlib.suppress(OSError):  # a stick knows no owners
        status = path.stat()
        if status.st_uid == os.geteuid() and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            path.chmod(stat.S_IMODE(status.st_mode) & stat.S_IRWXU)
            return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    return False


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
