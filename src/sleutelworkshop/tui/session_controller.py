"""Controller of an open session: undo history, clock and autosave. Screens act through it."""

import datetime as dt
from pathlib import Path
from typing import Any

from textual.app import App
from textual.signal import Signal

from sleutelworkshop.session import drafts, moving
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.ringing import Moment, ring
from sleutelworkshop.session.watch import Jump, Reading, jump_between
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import Clock, Passed, local_time
from sleutelworkshop.tui.desk import Happening
from sleutelworkshop.tui.safe import Safe, SaveState


class SessionController:
    """One open session that this program may change: a :class:`~.desk.Desk`. Every change is handed to the saver.

    Without ``passed`` nobody watches whether the clock jumps.
    """

    def __init__(
        self, app: App[Any], file: SessionFile, clock: Clock = local_time, passed: Passed | None = None
    ) -> None:
        self.clock = clock
        self.muted = False
        self.changed: Signal[Session] = Signal(app, "session changed")
        self._safe = Safe(app, file, clock)
        self.saved = self._safe.saved
        self._passed = passed
        self._reading: Reading | None = None
        self._history = History(file.session)
        self._resumed = False

    @property
    def is_read_only(self) -> bool:
        """Whether the session can only be looked at: never, this program has it."""
        return False

    @property
    def path(self) -> Path:
        """The file of the session."""
        return self._safe.path

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._history.now

    @property
    def save_state(self) -> SaveState:
        """How it stands with saving."""
        return self._safe.state

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

    def come_in(self, happening: Happening) -> None:
        """Let something come in that nobody here did: whatever undo goes to, it stays."""
        self._adopt(self._history.mapped(happening))

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
            self._safe.put(history.now)
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

    def ring(self) -> Moment | None:
        """Return what is to be heard now. That it was, is noted before it sounds: it never sounds twice."""
        if not self._resumed:
            return None
        session, moment = ring(self.session, self.now())
        self._adopt(self._history.amend(session), told=False)
        return moment

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
            self._safe.put(self.session)

    def pulse(self) -> None:
        """Note that the program is alive: after a crash a timer is known to have run until then."""
        if self._resumed:
            self._safe.pulse(self.now())

    # The disk.

    async def save_elsewhere(self, path: Path) -> None:
        """Put the session in another file, and go on in that one; raises StoreError when that one cannot be made."""
        await self._safe.move(path, self.session)
        self._safe.put(self.session)  # what happened while it was written

    async def overrule(self) -> None:
        """Go on with this session where another program changed its file; raises StoreError when that cannot be."""
        await self._safe.overrule(self.session)

    async def let_go(self) -> None:
        """Let go of the file as another program left it; nothing that happens from here on is saved."""
        await self._safe.let_go()

    def flush(self) -> bool:
        """Save what is unsaved; return whether all of it is on the disk. Blocks, five seconds at most."""
        self.touch()
        return self._safe.flush()

    def close(self) -> bool:
        """Save what is unsaved and let go of the file; return whether all of it is on the disk.

        Blocks, five seconds at most.
        """
        self.touch()
        return self._safe.close()
