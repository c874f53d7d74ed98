"""An open session as the screens see it: one to work on, or one that is open elsewhere and only shown here."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from textual.signal import Signal

from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.tui.clock import Clock
from sleutelworkshop.tui.safe import SaveState

Happening: TypeAlias = Callable[[Session], Session]
"""Something that can happen in the room."""


class Desk(Protocol):
    """What :class:`~.session_controller.SessionController` and :class:`~.readonly_session.ReadonlySession` both are."""

    clock: Clock

    changed: Signal[Session]
    """Published with the session when it is another one than before."""

    saved: Signal[SaveState]
    """Published when there is news of the disk."""

    muted: bool
    """Whether the facilitator wants no sound."""

    @property
    def is_read_only(self) -> bool:
        """Whether the session can only be looked at: another program has it, or it cannot be written here."""
        ...

    @property
    def path(self) -> Path:
        """The file of the session."""
        ...

    @property
    def session(self) -> Session:
        """The session as it is now."""
        ...

    @property
    def save_state(self) -> SaveState:
        """How it stands with saving."""
        ...

    @property
    def running(self) -> bool:
        """Whether the timer of the step runs."""
        ...

    def now(self) -> dt.datetime:
        """Return the moment it is now."""
        ...

    def record(self, label: str, happening: Happening, *, merge: str = "") -> None:
        """Let something happen; raises RefusedError when it cannot, and then nothing has changed."""
        ...

    def amend(self, happening: Happening) -> None:
        """Change what undo leaves alone, such as that a draft is none any more."""
        ...

    def bookmark(self, place: Bookmark | None) -> None:
        """Keep where the facilitator is at work; no screen shows it."""
        ...

    def keep_draft(self, form: str, texts: dict[str, str] | None) -> None:
        """Keep what stands in a form that was not kept yet, or with None nothing of it; no screen shows it."""
        ...

    def undo(self) -> str:
        """Undo the last change and return what it was called, or an empty text when there is none."""
        ...

    def redo(self) -> str:
        """Do the last undone change again and return what it was called, or an empty text."""
        ...

    def flush(self) -> bool:
        """Save what is unsaved; return whether all of it is on the disk. Blocks, five seconds at most."""
        ...

    def close(self) -> bool:
        """Save what is unsaved and let go of the file; return whether all of it is on the disk.

        Blocks, five seconds at most.
        """
        ...
