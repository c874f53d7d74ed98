"""Saves in the background, so that a screen never waits for a disk."""

import contextlib
import datetime as dt
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread
from typing import Final, Protocol

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import ChangedElsewhereError, StoreError

RETRY_AFTER: Final = 1.0
"""Seconds between two attempts while a disk refuses."""

VERIFY_AFTER: Final = 1.0
"""Seconds without anything to save after which is looked whether what was saved is still there."""


class SavesSessions(Protocol):
    """What a saver needs of a :class:`~.sessionfile.SessionFile`."""

    @property
    def session(self) -> Session:
        """What was last put on the disk."""
        ...

    def save(self, session: Session, now: dt.datetime) -> None:
        """Put the session on the disk, or raise StoreError."""
        ...

    def verify(self, now: dt.datetime) -> None:
        """Raise StoreError when the session that was last put on the disk is not there any more."""
        ...


class Saver:
    """Puts the latest state of a session on the disk, on a thread of its own.

    What arrives while a state is being written goes together in the next write. While the disk refuses it tries
    again every ``retry_after`` seconds, and at once when something new arrives. When there is nothing to save, it looks
    every ``verify_after`` seconds whether what was saved is still there; when it is not, that is unsaved again.

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
        verify_after: float = VERIFY_AFTER,
    ) -> None:
        self._file = file
        self._saved, self._failed = saved, failed
        self._clock = clock
        self._retry_after, self._verify_after = retry_after, verify_after
        self._changed = Condition()
        # Guarded by _changed:
        self._waiting: Session | None = None
        self._writing = False
        self._hurry = False
        self._closing = False
        self._overtaken = False
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

    def put(self, session: Session) -> bool:
        """Have this state saved, in place of any that still waits. Never blocks.

        Return whether it will be: once the saver was closed or abandoned, nothing more is saved.
        """
        with self._changed:
            if self._closing:
                return False
            self._waiting = session
            self._hurry, self._overtaken = True, False
            self._changed.notify_all()
            return True

    def flush(self, timeout: float) -> bool:
        """Wait until everything is on the disk, at most ``timeout`` seconds; return whether it is.

        Another program that changed the file is not waited for: only a person can say what is to be done.
        """
        with self._changed:
            self._hurry, self._overtaken = True, False
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy() or self._overtaken, timeout)
            return not self._busy()

    def close(self, timeout: float) -> bool:
        """End the thread, after one last attempt at what still waits. The file stays open.

        Return whether it ended within ``timeout`` seconds; a disk that does not answer keeps it, and then the file is
        still being used.
        """
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def abandon(self) -> None:
        """End the thread without waiting for it: the disk may never answer, and the session goes on elsewhere."""
        with self._changed:
            self._closing, self._waiting = True, None
            self._changed.notify_all()

    def _busy(self) -> bool:
        return self._waiting is not None or self._writing

    def _run(self) -> None:
        while self._wait():
            session = self._take()
            fault = self._verify() if session is None else self._save(session)
            if not self._goes_on(session, fault):
                return

    def _wait(self) -> bool:
        """Wait until there is something to do; return False when there will be nothing more."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None or self._closing, self._verify_after)
            return self._waiting is not None or not self._closing

    def _take(self) -> Session | None:
        """Return the state to save; None when there is none."""
        with self._changed:
            session, self._waiting = self._waiting, None
            self._writing = session is not None
            self._hurry = False
            return session

    def _goes_on(self, session: Session | None, fault: StoreError | None) -> bool:
        """Take stock after an attempt. After a failed one wait before the next, or give up when closing."""
        with self._changed:
            self._writing = False
            if fault is not None:
                self._overtaken = isinstance(fault, ChangedElsewhereError) and self._waiting is None
                self._waiting = self._waiting or session or self._file.session  # what arrived meanwhile is newer
            self._changed.notify_all()
            if fault is None:
                return True
            if self._closing:
                return False
            self._changed.wait_for(lambda: self._hurry or self._closing, self._retry_after)
            return True

    def _verify(self) -> StoreError | None:
        return self._tried(self._file.verify, told=False)

    def _save(self, session: Session) -> StoreError | None:
        return self._tried(partial(self._file.save, session), told=True)

    def _tried(self, attempt: Callable[[dt.datetime], None], *, told: bool) -> StoreError | None:
        """Return what stood in the way of an attempt, and tell it; when ``told``, tell as well that it went well."""
        now = self._clock()
        try:
            attempt(now)
        except StoreError as error:
            fault = error
        except Exception as error:  # noqa: BLE001  # the thread must live: what is in the room is only in memory
            fault = StoreError(
                _("Opslaan lukt niet door een fout in het programma ({kind}).").format(kind=type(error).__name__)
            )
            fault.__cause__ = error
        else:
            if told:
                self._tell(lambda: self._saved(now))
            return None
        self._tell(lambda: self._failed(fault))
        return fault

    @staticmethod
    def _tell(news: Callable[[], object]) -> None:
        # A screen that has gone must not keep the next state from being saved.
        with contextlib.suppress(Exception):
            news()
