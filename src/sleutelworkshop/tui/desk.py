"""The session on the table: its history, its clock and what keeps it on the disk. Screens act through it."""

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar, Final, TypeAlias

from msgspec import Struct
from textual.app import App
from textual.signal import Signal

from sleutelworkshop.session import drafts, moving
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.watch import Jump, Reading, jump_between
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.saver import Saver
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import Clock as Clock  # from here too, for who has a desk
from sleutelworkshop.tui.clock import Passed as Passed
from sleutelworkshop.tui.clock import local_time as local_time

_PATIENCE: Final = 5.0
"""Seconds to wait for a disk before saying that something is not saved."""

Happening: TypeAlias = Callable[[Session], Session]
"""Something that can happen in the room."""


class SaveState(Struct, frozen=True):
    """When the session was last on the disk, and what stands in the way of saving it now.

    ``waiting`` is for how many seconds something waits to be saved. ``versions_fault`` is what keeps an earlier version
    from being kept, of a session that itself is saved.
    """

    saved_at: dt.datetime
    fault: str = ""
    waiting: float = 0.0
    versions_fault: str = ""


class Desk:
    """One open session. ``changed`` and ``saved`` tell the screens; every change is handed to the saver.

    Without ``passed`` nobody watches whether the clock jumps.
    """

    looking_on: ClassVar[bool] = False
    """Whether another program has the session, and this one only shows it."""

    def __init__(
        self, app: App[Any], file: SessionFile, clock: Clock = local_time, passed: Passed | None = None
    ) -> None:
        self.clock = clock
        self.changed: Signal[Session] = Signal(app, "session changed")
        self.saved: Signal[SaveState] = Signal(app, "session saved")
        self._app = app
        self._passed = passed
        self._reading: Reading | None = None
        self._history = History(file.session)
        self._resumed = False
        self._pulsing = False
        self._take_up(file)

    def _take_up(self, file: SessionFile) -> None:
        self._file = file
        _aside(partial(file.announce, self.clock()))
        self.path = file.path
        self._state = SaveState(file.seen_at)
        self._unsaved_since: float | None = None
        # The saver calls these two from its own thread: only the app may pass the news on to widgets.
        self._saver = Saver(
            file,
            saved=lambda saved_at: self._app.call_later(self._saved_now, file, saved_at),
            failed=lambda fault: self._app.call_later(self._failed_now, file, fault),
            clock=self.clock,
        )

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._history.now

    @property
    def save_state(self) -> SaveState:
        """How it stands with saving."""
        since = self._unsaved_since
        waiting = 0.0 if since is None else time.monotonic() - since
        return SaveState(self._state.saved_at, self._state.fault, waiting, self._state.versions_fault)

    @property
    def running(self) -> bool:
        """Whether the timer of the step runs."""
        return self.session.run.started_at is not None

    def now(self) -> dt.datetime:
        """Return the moment it is now."""
        return self.clock()

    # What happens.

    def record(self, label: str, happening: Happening, *, merge: str = "") -> None:
        """Let something happen; raises what ``happening`` raises, and then nothing has changed."""
        self._adopt(self._history.record(happening(self.session), label, merge=merge))

    def amend(self, happening: Happening) -> None:
        """Change what undo leaves alone, such as that a draft is none any more."""
        self._adopt(self._history.amend(happening(self.session)))

    def bookmark(self, place: Bookmark | None) -> None:
        """Keep where the facilitator is at work; no screen shows it."""
        self._adopt(self._history.amend(drafts.bookmarked(self.session, place)), told=False)

    def keep_draft(self, form: str, texts: dict[str, str] | None) -> None:
        """Keep what stands in a form that was not kept yet, or with None nothing of it; no screen shows it."""
        if texts is None:
            after = drafts.drop_draft(self.session, form)
        else:
            after = drafts.keep_draft(self.session, form, texts, self.now())
        self._adopt(self._history.amend(after), told=False)

    def undo(self) -> str:
        """Undo the last change and return what it was called, or an empty text when there is none."""
        label = self._history.past[-1].label if self._history.past else ""
        self._adopt(self._history.undo())
        return label

    def redo(self) -> str:
        """Do the last undone change again and return what it was called, or an empty text."""
        label = self._history.future[-1].label if self._history.future else ""
        self._adopt(self._history.redo())
        return label

    def _adopt(self, history: History, *, told: bool = True) -> None:
        changed = history.now is not self._history.now
        self._history = history
        if changed:
            self._put()
            if told:
                self.changed.publish(history.now)

    # Time, and being away from it.

    def jump(self) -> Jump | None:
        """Return how time jumped since this was last asked; a clock that was set is put right already."""
        if self._passed is None:
            return None
        before, self._reading = self._reading, Reading(self.now(), self._passed())
        jump = jump_between(before, self._reading) if before else None
        if jump is not None and jump.shift:
            shift = jump.shift
            self._adopt(self._history.mapped(lambda session: moving.set_clock(session, shift)))
        return jump

    def hold(self) -> None:
        """Save no sign of life until :meth:`resume`: what to do with the time away is not known yet."""
        self._resumed = False

    def resume(self, happening: Happening) -> None:
        """Go on after the program was away. That is no change that can be undone: the time has passed."""
        self._resumed = True
        self._adopt(self._history.mapped(happening))

    def touch(self) -> None:
        """Save that the program is alive, so that a timer running in a power cut is known to have run until then."""
        # Before it is known what to do with the time away, that time must not look like time at work.
        if self._resumed:
            self._put()

    def pulse(self) -> None:
        """Note that the program is alive: after a crash a timer is known to have run until then."""
        if self._resumed and not self._pulsing:  # a disk that hangs is not asked twice
            self._pulsing = True
            _aside(partial(self._pulse, self._file, self.now()))

    def _pulse(self, file: SessionFile, now: dt.datetime) -> None:
        file.pulse(now)
        self._pulsing = False

    # The disk.

    async def save_elsewhere(self, path: Path) -> None:
        """Put the session in another file, and go on in that one; raises StoreError when that one cannot be made."""
        file = await asyncio.to_thread(SessionFile.create, path, self.session, self.now())
        before, saver = self._file, self._saver
        self._take_up(file)
        self._put()  # what happened while it was written
        saver.abandon()
        _aside(before.release)
        self.saved.publish(self.save_state)

    def flush(self) -> bool:
        """Save what is unsaved; return whether all of it is on the disk. Blocks, five seconds at most."""
        self.touch()
        return self._saver.flush(timeout=_PATIENCE)

    def close(self) -> None:
        """Save what is unsaved, as far as that goes, and let go of the file. Blocks."""
        self.touch()
        if self._saver.flush(timeout=_PATIENCE):
            self._saver.close()
            self._file.close()
        else:
            self._saver.abandon()
            _aside(self._file.release)

    def _put(self) -> None:
        if self._unsaved_since is None:
            self._unsaved_since = time.monotonic()
        self._saver.put(self.session)

    def _saved_now(self, file: SessionFile, saved_at: dt.datetime) -> None:
        if file is self._file:  # else it is news of a file that was left
            self._unsaved_since = time.monotonic() if self._saver.behind else None
            self._tell(SaveState(saved_at, versions_fault=file.versions_fault))

    def _failed_now(self, file: SessionFile, fault: StoreError) -> None:
        if file is self._file:
            self._tell(SaveState(self._state.saved_at, fault=str(fault)))

    def _tell(self, state: SaveState) -> None:
        self._state = state
        self.saved.publish(self.save_state)


def _aside(work: Callable[[], object]) -> None:
    """Do something that may take for ever, such as asking a disk that is gone; the program never waits for it."""
    Thread(target=work, daemon=True).start()
