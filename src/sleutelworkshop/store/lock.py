"""One writer: who has a session open, has its lock.

The lock is a file beside the session, ``.<name>.lock``, locked by the system itself: when the program dies, however it
dies, the system lets go of it. The file stays behind, empty; taking it away under someone who waits for it would
let two in. When a cleaner or a sync program does so all the same, that is found before the next write. Locks of one
folder do not stand in the way of a session that was moved or mailed.

Beside it ``.<name>.open`` says who that is, for who is kept out, and when that program last lived: after a crash a
timer is known to have run until then. It is only a note, written without waiting for the disk, and believed in
nothing else.
"""

import contextlib
import datetime as dt
import errno
import os
import platform
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias

import msgspec
from msgspec import Meta, Struct

from sleutelworkshop.i18n import _
from sleutelworkshop.store.atomic import create, real
from sleutelworkshop.store.errors import (
    ChangedElsewhereError,
    InUseError,
    Meddling,
    NotLockableError,
    explain,
    shown,
    told,
)
from sleutelworkshop.store.heading import check_moment

if TYPE_CHECKING:
    from filelock import BaseFileLock

_Identity: TypeAlias = tuple[int, int]
"""The device and the number of a file."""

_PATIENCE: Final = 0.04
"""Seconds for which a lock is tried that another program holds."""

_NOTE_LIMIT: Final = 10_000
"""Bytes of a note that are read: it comes from a folder in which anything may stand."""

_FLAGS: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""For the same reason: never waits for a pipe, and goes through no link."""


class Holder(Struct, frozen=True):
    """Who has a session open: the name of the computer, the process, from when, and when it last lived."""

    machine: str
    process: Annotated[int, Meta(ge=0, lt=2**32)]
    since: dt.datetime
    seen_at: dt.datetime

    @property
    def is_here(self) -> bool:
        """Whether it is a program on this computer."""
        return self.machine == platform.node()


class SessionLock:
    """Holds the lock of one session from when it is made until :meth:`release`.

    ``left`` is the note of who had it before and never let go of it: a program that died.

    Raises:
        InUseError: another program, or another window of this one, has it.
        NotLockableError: the folder does not let a lock be made.
    """

    def __init__(self, path: Path) -> None:
        path = real(path)  # a session under two names is still one session
        self._file = path.with_name(f".{path.name}.lock")
        self._note = _note_of(path)
        self._since: dt.datetime | None = None
        self._session = path
        self._lock, self._identity = _acquired(self._file, path)
        self.left = holder_of(path)

    @property
    def _is_held(self) -> bool:
        """Whether the file that is locked still has the name of the lock, so that it keeps others out."""
        return self._lock.is_locked and self._identity is not None and _identity_of(self._file) == self._identity

    def check_held(self) -> None:
        """Make sure that the lock still keeps others out; takes it again when its file was removed or replaced.

        Raises:
            ChangedElsewhereError: another program has taken it meanwhile.
            NotLockableError: it cannot be taken again.
        """
        if self._is_held:
            return
        try:
            lock, identity = _acquired(self._file, self._session)
        except InUseError as fault:
            raise ChangedElsewhereError(shown(self._session), Meddling.TAKEN) from fault
        self._lock.release(force=True)
        self._lock, self._identity = lock, identity

    def pulse(self, now: dt.datetime, seen_at: dt.datetime | None = None) -> None:
        """Write down who has the session since the first pulse, and that it lives at ``now``.

        With ``seen_at`` only what it says of that moment counts. What the disk refuses here is no harm.
        """
        self._since = self._since or now
        holder = Holder(platform.node(), os.getpid(), self._since, seen_at or now)
        if not self._is_held:
            return  # the note is of who has it now
        # In one go, and over what stood there: a kill leaves the old note or the new one.
        line = msgspec.json.encode(holder).ljust(512) + b"\n"
        with contextlib.suppress(OSError):
            descriptor = os.open(self._note, os.O_WRONLY | os.O_CREAT | _FLAGS, 0o600)
            try:
                os.write(descriptor, line)
            finally:
                os.close(descriptor)

    def release(self, *, forget: bool = True) -> None:
        """Let go of the lock; more than once does no harm.

        Without ``forget`` the note of who had it before stays, for who has more luck with the session.
        """
        if forget and self._is_held:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
        self._lock.release(force=True)

    def release_and_remove(self) -> None:
        """Let go of the lock of a session that is no longer here, and take its file away with it."""
        # First the name and then the lock: whoever opened the file in between gets a lock on nothing, and
        # then finds no session to open. Windows removes no open file, and keeps an empty one.
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self.release()


def holder_of(path: Path) -> Holder | None:
    """Return who has, or last had, a session open; None when nobody says so."""
    try:
        descriptor = os.open(_note_of(real(path)), os.O_RDONLY | _FLAGS)
        try:
            line, *_rest = os.read(descriptor, _NOTE_LIMIT).split(b"\n")
        finally:
            os.close(descriptor)
        holder = msgspec.json.decode(line, type=Holder)
        for moment in (holder.since, holder.seen_at):
            check_moment(moment, "")
    except (OSError, ValueError, msgspec.MsgspecError, RecursionError):
        return None
    return holder


def _note_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.open")


def is_held(path: Path) -> bool:
    """Return whether a program has the session open now, as the system itself says; leaves nothing behind."""
    path = real(path)
    file = path.with_name(f".{path.name}.lock")
    if _identity_of(file) is None:
        return False
    try:
        lock, _identity = _acquired(file, path)
    except InUseError:
        return True
    except NotLockableError:
        return False
    lock.release(force=True)
    return False


def _acquired(file: Path, path: Path) -> "tuple[BaseFileLock, _Identity | None]":
    from filelock import FileLock, Timeout  # 70 ms, and a list or a summary needs no lock

    # Saving happens on another thread than opening and closing, so the lock belongs to them all. It is tried for a
    # moment, since `is_held` takes it for as long as it looks.
    # A soft lock is a file that a killed program leaves behind, and then nobody opens the session any more.
    lock = FileLock(
        file,
        timeout=_PATIENCE,
        mode=0o600,
        thread_local=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )
    try:
        if not stat.S_ISDIR(file.parent.stat().st_mode):  # FileLock would make a folder that is gone
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(file.parent))
        lock.acquire(poll_interval=_PATIENCE / 4)
    except Timeout:  # an OSError too, but one that says something else
        _check_makeable(file, path)  # FileLock takes a folder in which no file can be made for a lock that is held
        raise InUseError(_in_use(path)) from None
    except OSError as error:
        raise NotLockableError(explain(error, path)) from error
    # While it is open the file keeps its number, also when it has no name any more: no other file gets it.
    return lock, _identity_of(file)


def _check_makeable(file: Path, path: Path) -> None:
    """Raise NotLockableError when the file of the lock cannot be made."""
    try:
        os.close(create(file, os.O_RDWR, 0o600))
    except OSError as error:
        raise NotLockableError(explain(error, path)) from error


def _identity_of(file: Path) -> _Identity | None:
    try:
        status = file.lstat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _in_use(path: Path) -> str:
    holder = holder_of(path)
    machine = told(holder.machine, 60) if holder else ""
    if holder is None or not machine:
        return _("“{name}” is al open in een ander venster: sluit het daar eerst.").format(name=shown(path))
    where = _("in een ander venster") if holder.is_here else _("op {machine}").format(machine=machine)
    return _("“{name}” is al open {where}, sinds {time} (proces {process}): sluit het daar eerst.").format(
        name=shown(path), where=where, time=f"{holder.since.astimezone():%H:%M}", process=holder.process
    )
