"""Writes a whole file or nothing.

What is promised once :func:`write` has returned: the new bytes are on the disk under their name, also after a
power cut. While it runs, and when it fails or the program is killed, the file is whole: the old one or the new one.

- POSIX: the bytes reach the disk (``fsync``) before the name does (``rename``, which is atomic), and the folder is
  synced after it, so that the new name lasts. macOS only empties the cache of the disk itself when it is asked
  with ``F_FULLFSYNC``. A network or FUSE file system that cannot sync a folder is taken as it is.
- Windows: ``os.replace`` is ``MoveFileExW`` with ``MOVEFILE_REPLACE_EXISTING``. On NTFS that swaps the names in the
  journal, so the file is never half; but a folder cannot be synced, so after a power cut the *old* file may
  be the one that is there for the last moment before it. A virus scanner that holds the file makes it fail with
  PermissionError; the saver tries again.
"""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from sleutelworkshop.store.plain_file import NotPlainError

PRIVATE: Final = 0o600
"""For what holds what people said: only the owner reads it."""

SHARED: Final = 0o666
"""For what a person saves to pass on: whatever their umask leaves of it."""

_CANNOT_SYNC_FOLDER: Final = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}


class NoFilesError(FileNotFoundError):
    """The folder is there, but its file system lets nobody make a file in it, as ``/proc``."""


def write(path: Path, data: bytes, *, mode: int = PRIVATE, before_replacing: Callable[[], None] = lambda: None) -> None:
    """Make ``data`` the contents of ``path``, on the disk. An existing file keeps its mode; a new one gets ``mode``.

    ``before_replacing`` is called when the new bytes are on the disk and the old file still has the name; when it
    raises, the old file stays.

    Raises:
        OSError: it could not be done, and nothing has changed. A file that is marked read-only or is no plain
            file is never replaced.
    """
    path = real(path)
    kept = _mode_of(path)
    temporary = _temporary(path)
    with _opened(path.parent) as folder:
        try:
            _fill(temporary, data, mode if kept is None else kept, exact=kept is not None)
            before_replacing()
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(folder)


def make_folder(folder: Path, mode: int) -> None:
    """Make a folder in one that is there, on the disk; nothing when there is one already. Raises OSError."""
    try:
        folder.mkdir(mode)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return
    with _opened(folder.parent) as parent:  # else a power cut takes the folder, and all that was put in it since
        _sync_folder(parent)


def sweep(path: Path) -> None:
    """Remove what a killed program left behind beside ``path``. Only for who may write it."""
    with contextlib.suppress(OSError):
        _temporary(real(path)).unlink()


def real(path: Path) -> Path:
    """Return where a path really is. A link stays a link: what it points at is locked and replaced."""
    return Path(os.path.realpath(path))  # Path.resolve raises RuntimeError on links that go in a circle


def _temporary(path: Path) -> Path:
    # One fixed name, so that a kill never leaves more than one behind; the dot keeps it out of every list.
    return path.with_name(f".{path.name}.tmp")


def _mode_of(path: Path) -> int | None:
    """Return the mode of the file to be replaced, or None when there is none; raises OSError when it must stay."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NotPlainError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    # Replacing asks leave of the folder, not of the file: without this a protected file would silently go.
    if not os.access(path, os.W_OK):
        os.close(os.open(path, os.O_WRONLY))  # raises, and says why: the file may not be written, or no file here may
    if not status.st_mode & stat.S_IWUSR:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return stat.S_IMODE(status.st_mode)


def create(path: Path, flags: int, mode: int) -> int:
    """Open a file as ``os.open`` does, and make it when it is not there; raises NoFilesError when none can be made."""
    try:
        return os.open(path, flags | os.O_CREAT, mode)
    except FileNotFoundError as error:
        if _takes_no_files(path.parent):
            raise NoFilesError(*error.args) from error
        raise


def _takes_no_files(folder: Path) -> bool:
    """Return whether a folder is there, and may be written by nobody: not by root either, who could on a disk."""
    try:
        return not folder.stat().st_mode & 0o222
    except OSError:
        return False


def _fill(temporary: Path, data: bytes, mode: int, *, exact: bool) -> None:
    temporary.unlink(missing_ok=True)
    # O_EXCL: never through a link that someone put under the name in a shared folder.
    descriptor = create(temporary, os.O_WRONLY | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        if exact and sys.platform != "win32":
            os.fchmod(descriptor, mode)
        left = memoryview(data)
        while left:  # a disk that is nearly full takes a part, and refuses the rest
            left = left[os.write(descriptor, left) :]
        _sync(descriptor)
    finally:
        os.close(descriptor)  # a network disk may only say here that it is full


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # not every file system on macOS knows it
            os.fsync(descriptor)
    elif sys.platform == "linux":
        os.fdatasync(descriptor)  # the bytes and the length; leaves out only the time, as SQLite does
    else:
        os.fsync(descriptor)


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """Open a folder before anything is written in it: one that cannot be synced has to say so while nothing changed."""
    if sys.platform == "win32":
        yield None
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _sync_folder(descriptor: int | None) -> None:
    if descriptor is None:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDER:
            raise
