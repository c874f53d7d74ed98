"""The session on the table: its history, its clock and what keeps it on the disk. Screens act through it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from msgspec import Struct
from textual.app import App
from textual.signal import Signal

from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.saver import Saver
from sleutelworkshop.store.sessionfile import SessionFile

_PATIENCE: Final = 5.0
"""Seconds to wait for a disk before saying that something is not saved."""

Clock: TypeAlias = Callable[[], dt.datetime]
"""Returns the moment it is now, with its time zone."""

Happening: TypeAlias = Callable[[Session], Session]
"""Something that can happen in the room."""


def local_time() -> dt.datetime:
    """Return the moment it is now, in the time zone of this computer."""
    return dt.datetime.now().astimezone()


class SaveState(Struct, frozen=True):
    """When the session was last on the disk, and what stands in the way of saving it now."""

    saved_at: dt.datetime
    fault: str = ""


class Desk:
    """One open session. ``changed`` and ``saved`` tell the screens; every change is handed to the saver."""

    def __init__(self, app: App[Any], file: SessionFile, clock: Clock = local_time) -> None:
        self.path = file.path
        self.clock = clock
        self.changed: Signal[Session] = Signal(app, "session changed")
        self.saved: Signal[SaveState] = Signal(app, "session saved")
        self.save_state = SaveState(file.seen_at)
        self._app = app
        self._file = file
        self._history = History(file.session)
        self._resumed = False
        self._saver = Saver(file, saved=self._on_saved, failed=self._on_failed, clock=clock)

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._history.now

    def now(self) -> dt.datetime:
        """Return the moment it is now."""
        return self.clock()

    def record(self, label: str, happening: Happening, *, merge: str = "") -> None:
        """Let something happen; raises what ``happening`` raises, and then nothing has changed."""
        self._adopt(self._history.record(happening(self.session), label, merge=merge))

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

    def resume(self, happening: Happening) -> None:
        """Go on after the program was away. That is no change that can be undone: the time has passed."""
        before = self.session
        self._history = History(happening(before))
        self._resumed = True
        if self.session is not before:
            self._saver.put(self.session)

    def touch(self) -> None:
        """Save that the program is alive, so that a timer running in a crash is known to have run until then."""
        # Before it is known what to do with the time away, that time must not look like time at work.
        if self._resumed:
            self._saver.put(self.session)

    def close(self) -> None:
        """Save what is unsaved, as far as that goes, and let go of the file. Blocks."""
        self.touch()
        self._saver.flush(timeout=_PATIENCE)
        self._saver.close()
        self._file.close()

    def flush(self) -> bool:
        """Save what is unsaved; return whether all of it is on the disk. Blocks, five seconds at most."""
        self.touch()
        return self._saver.flush(timeout=_PATIENCE)

    def _adopt(self, history: History) -> None:
        changed = history.now is not self._history.now
        self._history = history
        if changed:
            self._saver.put(history.now)
            self.changed.publish(history.now)

    # The saver calls these two from its own thread: only the app may pass it on to widgets.

    def _on_saved(self, saved_at: dt.datetime) -> None:
        self._app.call_later(self._publish, SaveState(saved_at))

    def _on_failed(self, fault: StoreError) -> None:
        self._app.call_later(self._publish, SaveState(self.save_state.saved_at, fault=str(fault)))

    def _publish(self, state: SaveState) -> None:
        self.save_state = state
        self.saved.publish(state)
