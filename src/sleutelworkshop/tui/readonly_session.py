"""A session that is open elsewhere, or cannot be written here: shown as its file has it, and followed."""

# ruff: noqa: ARG002  # what it refuses or leaves undone, it need not look at

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

from textual.app import App
from textual.signal import Signal

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Bookmark, RefusedError, Session
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.tui.clock import Clock, local_time
from sleutelworkshop.tui.desk import Happening
from sleutelworkshop.tui.safe import SaveState


class ReadonlySession:
    """A :class:`~.desk.Desk` that shows a session as its file has it. Nothing that is asked of it changes anything.

    Made with what ``follower`` saw at its first look.
    """

    def __init__(
        self,
        app: App[Any],
        follower: Follower,
        seen: tuple[Session, dt.datetime],
        clock: Clock = local_time,
    ) -> None:
        self.clock = clock
        self.muted = True
        self.changed: Signal[Session] = Signal(app, "session changed")
        self.saved: Signal[SaveState] = Signal(app, "session saved")
        self._follower = follower
        self._session = seen[0]
        self._state = SaveState(seen[1])
        self._reading = False

    @property
    def is_read_only(self) -> bool:
        """Whether the session can only be looked at: always."""
        return True

    @property
    def path(self) -> Path:
        """The file of the session."""
        return self._follower.path

    @property
    def session(self) -> Session:
        """The session as the file had it at the last look."""
        return self._session

    @property
    def running(self) -> bool:
        """Whether the timer of the step runs."""
        return self._session.run.started_at is not None

    def now(self) -> dt.datetime:
        """Return the moment it is now."""
        return self.clock()

    @property
    def save_state(self) -> SaveState:
        """When the session was last saved where it is open."""
        return self._state

    async def follow(self) -> None:
        """Show what the file holds now; a file that cannot be read is said, and looked at again the next time.

        Does nothing while the file is still being read for an earlier call: what that finds is not to be dropped.
        """
        if self._reading:
            return
        self._reading = True
        try:
            seen = await asyncio.to_thread(self._follower.look)
        except StoreError as fault:
            self._state = SaveState(self._state.saved_at, fault=str(fault))
            self.saved.publish(self._state)
            return
        finally:
            self._reading = False
        if seen is not None:
            self._session, saved_at = seen
            self._state = SaveState(saved_at)
            self.changed.publish(self._session)

    def record(self, label: str, happening: Happening, *, merge: str = "") -> None:
        """Refuse it: raises RefusedError."""
        raise RefusedError(_("Je kijkt mee: veranderen kan alleen waar de sessie open is."))

    def amend(self, happening: Happening) -> None:
        """Do nothing."""

    def bookmark(self, place: Bookmark | None) -> None:
        """Do nothing."""

    def keep_draft(self, form: str, texts: dict[str, str] | None) -> None:
        """Do nothing."""

    def undo(self) -> str:
        """Return that there is nothing to undo."""
        return ""

    def redo(self) -> str:
        """Return that there is nothing to do again."""
        return ""

    def flush(self) -> bool:
        """Return that nothing is unsaved."""
        return True

    def close(self) -> bool:
        """Return that nothing is unsaved: no file was opened."""
        return True
