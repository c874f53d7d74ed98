"""Saves in the background, so that a screen never waits for a disk."""

import contextlib
import datetime as dt
from collections.abc import Callable
from threading import Condition, Thread
from typing import Final, Protocol

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import StoreError

RETRY_AFTER: Final = 1.0
"""Seconds between two attempts while a disk refuses."""


class SavesSessions(Protocol):
    """What a saver needs of a :class:`~.sessionfile.SessionFile`."""

    def save(self, session: Session, now: dt.datetime) -> None:
        """Put the session on the disk, or raise StoreError."""
        ...


class Saver:
    """Puts the latest state of a session on the disk, on a thread of its own.

    What arrives while a state is being written goes together in the next write. While the disk refuses it tries
    again every ``retry_after`` seconds, and at once when something new arrives.

    ``saved`` (with the moment that was saved) and ``failed`` are called from that thread, so they may only pass
    the news on.
    """

    def __init__(
        self,
        file: SavesSessions,
        *,
        saved: Callable[[dt.datetime], object],
        failed: Callable[[StoreError], object],
        clock: Callable[[], dt.datetime],
        retry_after: float = RETRY_AFTER,
    ) -> None:
        self._file = file
        self._saved, self._failed = saved, failed
        self._clock = clock
        self._retry_after = retry_after
        self._changed = Condition()
        # Guarded by _changed:
        self._waiting: Session | None = None
        self._writing = False
        self._hurry = False
        self._closing = False
        self._thread = Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    @property
    def unsaved(self) -> bool:
        """Whether there is something that is not on the disk yet."""
        with self._changed:
            return self._busy()

    @property
    def behind(self) -> bool:
        """Whether something newer waits than what is being written."""
        with self._changed:
            return self._waiting is not None

    def put(self, session: Session) -> None:
        """Have this state saved, in place of any that still waits. Never blocks."""
        with self._changed:
            self._waiting = session
            self._hurry = True
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until everything is on the disk, at most ``timeout`` seconds; return whether it is."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._busy(), timeout)

    def close(self) -> None:
        """End the thread, after one last attempt at what still waits. The file stays open."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def abandon(self) -> None:
        """End the thread without waiting for it: the disk may never answer, and the session goes on elsewhere."""
        with self._changed:
            self._closing, self._waiting = True, None
            self._changed.notify_all()

    def _busy(self) -> bool:
        return self._waiting is not None or self._writing

    def _run(self) -> None:
        while (session := self._next()) is not None:
            fault = self._save(session)
            if not self._goes_on(session, fault):
                return

    def _next(self) -> Session | None:
        """Wait for a state to save; None when there will be no more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None or self._closing)
            session, self._waiting = self._waiting, None
            self._writing = session is not None
            self._hurry = False
            return session

    def _goes_on(self, session: Session, fault: StoreError | None) -> bool:
        """Take stock after an attempt. After a failed one wait before the next, or give up when closing."""
        with self._changed:
            self._writing = False
            if fault is not None:
                self._waiting = self._waiting or session  # what arrived meanwhile is newer
            self._changed.notify_all()
            if fault is None:
                return True
            if self._closing:
                return False
            self._changed.wait_for(lambda: self._hurry or self._closing, self._retry_after)
            return True

    def _save(self, session: Session) -> StoreError | None:
        now = self._clock()
        try:
            self._file.save(session, now)
        except StoreError as error:
            fault = error
        except Exception as error:  # noqa: BLE001  # the thread must live: what is in the room is only in memory
            fault = StoreError(
                _("Opslaan lukt niet door een fout in het programma ({kind}).").format(kind=type(error).__name__)
            )
            fault.__cause__ = error
        else:
            self._tell(lambda: self._saved(now))
            return None
        self._tell(lambda: self._failed(fault))
        return fault

    @staticmethod
    def _tell(news: Callable[[], object]) -> None:
        # A screen that has gone must not keep the next state from being saved.
        with contextlib.suppress(Exception):
            news()
