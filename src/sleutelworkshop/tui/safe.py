"""What keeps a session on the disk while it is on the table: its file, the thread that saves, and how that goes."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from textual.app import App
from textual.signal import Signal

from sleutelworkshop import log
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import Meddling, StoreError
from sleutelworkshop.store.saver import Saver
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import Clock

PATIENCE: Final = 5.0
"""Seconds to wait for a disk before saying that something is not saved."""


SLOW: Final = 0.8
"""Seconds that a save may take before the screen says so: that is there within a second, and not at every letter."""


class SaveState(Struct, frozen=True):
    """When the session was last on the disk, and what stands in the way of saving it now.

    ``meddling`` is what another program did to the file, when that is it: a person has to say what is to be done.
    ``waiting`` is for how many seconds something waits to be saved. ``versions_fault`` is what keeps an earlier version
    from being kept, of a session that itself is saved.
    """

    saved_at: dt.datetime
    fault: str = ""
    waiting: float = 0.0
    versions_fault: str = ""
    meddling: Meddling | None = None

    @property
    def unsaved(self) -> bool:
        """Whether its place does not take it, or does not answer."""
        return bool(self.fault) or self.waiting >= SLOW


class Safe:
    """Keeps the latest state that was put in it on the disk; ``saved`` tells how that goes."""

    def __init__(self, app: App[Any], file: SessionFile, clock: Clock) -> None:
        self.saved: Signal[SaveState] = Signal(app, "session saved")
        self._app, self._clock = app, clock
        self._pulsing = False
        self._take_up(file)

    def _take_up(self, file: SessionFile) -> None:
        self._file = file
        _aside(partial(file.announce, self._clock()))
        self._state = SaveState(file.seen_at)
        self._unsaved_since: float | None = None
        # The saver calls these two from its own thread: only the app may pass the news on to widgets.
        self._saver = Saver(
            file,
            saved=lambda saved_at: self._app.call_later(self._saved_now, file, saved_at),
            failed=lambda fault: self._app.call_later(self._failed_now, file, fault),
            clock=self._clock,
        )

    @property
    def path(self) -> Path:
        """The file of the session."""
        return self._file.path

    @property
    def state(self) -> SaveState:
        """How it stands with saving."""
        since = self._unsaved_since
        waiting = 0.0 if since is None else time.monotonic() - since
        state, conflict = replace(self._state, waiting=waiting), self._file.conflict
        return replace(state, fault=str(conflict), meddling=conflict.meddling) if conflict else state

    def put(self, session: Session) -> None:
        """Have this state saved. Never blocks. Once this was closed it is not saved, and its state says so."""
        if self._unsaved_since is None:
            self._unsaved_since = time.monotonic()
        self._saver.put(session)

    def pulse(self, now: dt.datetime) -> None:
        """Note that the program is alive at ``now``, without waiting for the disk."""
        if not self._pulsing:  # a disk that hangs is not asked twice
            self._pulsing = True
            _aside(partial(self._pulse, self._file, now))

    def _pulse(self, file: SessionFile, now: dt.datetime) -> None:
        file.pulse(now)
        self._pulsing = False

    async def move(self, path: Path, session: Session) -> None:
        """Put the session in another file, and keep it there from now on; raises StoreError when that is refused."""
        file = await asyncio.to_thread(SessionFile.create, path, session, self._clock())
        before, saver = self._file, self._saver
        self._take_up(file)
        saver.abandon()
        # The old disk may never answer again: nobody waits for it.
        _aside(before.release)
        self.saved.publish(self.state)

    async def overrule(self, session: Session) -> None:
        """Save over what another program left in the file, which is kept; raises StoreError when that cannot be."""
        await asyncio.to_thread(self._file.overrule)
        self.put(session)

    async def let_go(self) -> None:
        """Save nothing more, and let go of the file as it is: within five seconds, or once its disk answers."""
        self._saver.abandon()
        await asyncio.to_thread(_aside(self._file.release).join, PATIENCE)

    def flush(self) -> bool:
        """Save what is unsaved; return whether all of it is on the disk. Blocks, five seconds at most."""
        return self._saver.flush(timeout=PATIENCE)

    def close(self) -> bool:
        """Save what is unsaved and let go of the file; return whether all of it is on the disk.

        Blocks, five seconds at most: a disk that does not answer by then is left to a thread that nobody waits for.
        """
        deadline = time.monotonic() + PATIENCE
        saved = self.flush()
        if saved and self._saver.close(_until(deadline)):
            _aside(self._file.close).join(_until(deadline))
        else:
            self._saver.abandon()
            _aside(self._file.release)
        return saved

    def _saved_now(self, file: SessionFile, saved_at: dt.datetime) -> None:
        if file is self._file:  # else it is news of a file that was left
            self._unsaved_since = time.monotonic() if self._saver.behind else None
            self._tell(SaveState(saved_at, versions_fault=file.versions_fault))

    def _failed_now(self, file: SessionFile, fault: StoreError) -> None:
        if file is self._file:
            if not self._state.fault:
                log.error("saving failed", fault.__cause__ or fault)
            self._tell(SaveState(self._state.saved_at, fault=str(fault)))

    def _tell(self, state: SaveState) -> None:
        self._state = state
        self.saved.publish(self.state)


def _aside(work: Callable[[], object]) -> Thread:
    """Do something that may take for ever, such as asking a disk that is gone; the program ends without it."""
    thread = Thread(target=work, daemon=True)
    thread.start()
    return thread


def _until(deadline: float) -> float:
    """Return the seconds that are left."""
    return max(deadline - time.monotonic(), 0.0)
