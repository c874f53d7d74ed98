"""One writer: who has a session open, has its lock.

The lock is a file beside the session, ``.<name>.lock``, locked by the system itself: when the program dies, however it
dies, the system lets go of it. The file stays behind, empty; taking it away under someone who waits for it would
let two in. Locks of one folder do not stand in the way of a session that was moved or mailed.
"""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from sleutelworkshop.i18n import _
from sleutelworkshop.store.atomic import real
from sleutelworkshop.store.errors import DiskError, InUseError, explain, shown

if TYPE_CHECKING:
    from filelock import BaseFileLock


class SessionLock:
    """Holds the lock of one session from when it is made until :meth:`release`.

    Raises:
        InUseError: another program, or another window of this one, has it.
        DiskError: the folder does not let a lock be made.
    """

    def __init__(self, path: Path) -> None:
        path = real(path)  # a session under two names is still one session
        self._file = path.with_name(f".{path.name}.lock")
        self._lock = _acquired(self._file, path)

    def release(self) -> None:
        """Let go of the lock; more than once does no harm."""
        self._lock.release(force=True)

    def release_and_remove(self) -> None:
        """Let go of the lock of a session that is no longer here, and take its file away with it."""
        # First the name and then the lock: whoever opened the file in between gets a lock on nothing, and
        # then finds no session to open. Windows removes no open file, and keeps an empty one.
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self.release()


def _acquired(file: Path, path: Path) -> "BaseFileLock":
    from filelock import FileLock, Timeout  # 70 ms, and a list or a summary needs no lock

    # Saving happens on another thread than opening and closing, so the lock belongs to them all.
    lock = FileLock(file, timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:  # an OSError too, but one that says something else
        raise InUseError(
            _("“{name}” is al open in een ander venster: sluit het daar eerst.").format(name=shown(path))
        ) from None
    except OSError as error:
        raise DiskError(explain(error, path)) from error
    return lock
