"""Looking on with a session that is open elsewhere: reads its file anew whenever it changed, and never writes."""

import datetime as dt
from pathlib import Path
from typing import Final, TypeAlias

from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import disk_explained, shown
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.sessionfile import not_there
from sleutelworkshop.store.tables import load

_Mark: TypeAlias = tuple[int, int, int]

_NEVER: Final[_Mark] = (-1, -1, -1)


class Follower:
    """Follows one session file. Takes no lock. Used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = _NEVER

    def look(self) -> tuple[Session, dt.datetime] | None:
        """Return the session and when it was last saved, or None when the file is as it was at the last look.

        Raises:
            StoreError: it is not there, cannot be read, is damaged, or comes from a newer version.
        """
        # After a failure it is read anew, also when it is the very same file: a stick that is in again.
        seen, self._mark = self._mark, _NEVER
        with disk_explained(self.path):
            mark = self._mark_now()
            if mark == seen:
                self._mark = seen
                return None
            tables = load(self.path)
        if tables is None:
            raise not_there(self.path)
        found = session_of(tables, shown(self.path))
        self._mark = mark  # taken before it was read: a change in between is seen at the next look
        return found

    def _mark_now(self) -> _Mark:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            raise not_there(self.path) from None
        return status.st_mtime_ns, status.st_ino, status.st_size  # a replaced file is another one
