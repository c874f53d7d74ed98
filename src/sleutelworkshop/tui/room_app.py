"""The second window, for the projector: follows a session that is open elsewhere, and shows what the room may see.

It takes no lock and writes nothing. When the file cannot be read it keeps the last picture, with the time running on,
and goes on by itself.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from sleutelworkshop.i18n import _
from sleutelworkshop.session.revealing import RoomView, for_the_room
from sleutelworkshop.store import settings as remembered
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui import base_app
from sleutelworkshop.tui.clock import Clock, clock_of, local_time
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.theme import DARK, LIGHT, THEMES
from sleutelworkshop.tui.widgets.room_view import RoomDisplay

LOOK: Final = 0.05
"""Seconds between two looks at the file, so that the room follows well within a quarter of a second."""

TICK: Final = 0.25
"""Seconds between two looks at the clock."""


class Lookout:
    """Looks at a file on a thread of its own, for a disk may never answer; tells what it saw, and what went wrong."""

    def __init__(self, follower: Follower, seen: Callable[[RoomView], object], lost: Callable[[], object]) -> None:
        self._follower, self._seen, self._lost = follower, seen, lost
        self._ended = Event()
        self._found = True

    def start(self) -> None:
        """Begin to look."""
        Thread(target=self._look_on, daemon=True).start()

    def stop(self) -> None:
        """Look no more. Waits for nothing."""
        self._ended.set()

    def _look_on(self) -> None:
        while not self._ended.is_set():
            self._look()
            self._ended.wait(LOOK)

    def _look(self) -> None:
        try:
            found = self._follower.look()
        except StoreError:
            if self._found:
                self._found = False
                self._lost()
        else:
            if found is not None:
                self._found = True
                # What is not for the room comes no further than this.
                self._seen(for_the_room(found[0]))


class RoomApp(base_app.BaseApp[int]):
    """The window for the room: shows what ``follower`` finds."""

    TITLE = "sleutelworkshop"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q,q", "quit", _("Dit scherm sluiten"), priority=True),
        Binding("ctrl+t", "turn_theme", _("Donker of licht"), priority=True),
        Binding("pagedown,space", "turn(1)", _("Volgende bladzijde")),
        Binding("pageup", "turn(-1)", _("Vorige bladzijde")),
    ]

    def __init__(self, follower: Follower, *, clock: Clock = local_time, settings: Settings | None = None) -> None:
        super().__init__()
        self._clock = clock
        self._view: RoomView | None = None
        self._lost_at: dt.datetime | None = None
        self._lookout = Lookout(
            follower,
            seen=lambda view: self.call_later(self._show, view),
            lost=lambda: self.call_later(self._lose),
        )
        for theme in THEMES:
            self.register_theme(theme)
        chosen = (settings or Settings()).theme
        self.theme = chosen if chosen in {theme.name for theme in THEMES} else DARK.name

    def compose(self) -> ComposeResult:
        yield RoomDisplay()

    def on_mount(self) -> None:
        self._lookout.start()
        self.set_interval(TICK, self.tick)

    def on_unmount(self) -> None:
        self._lookout.stop()

    def _show(self, view: RoomView) -> None:
        self._view, self._lost_at = view, None
        self.tick()

    def _lose(self) -> None:
        """Keep the last picture: the time of the step runs on, whatever became of the file."""
        self._lost_at = self._clock()
        self.tick()

    def tick(self) -> None:
        """Show what changes with time alone."""
        if self._view is None:
            return
        rehearsal = self._view.session.rehearsal
        clock = clock_of(rehearsal, self._clock) if rehearsal is not None else self._clock
        for picture in self.query(RoomDisplay):  # while the window opens or closes, there is none
            picture.show(self._view, clock(), self._notice)

    @property
    def _notice(self) -> str:
        if self._lost_at is None:
            return ""
        return _("geen nieuws sinds {time}").format(time=f"{self._lost_at:%H:%M:%S}")

    def action_turn(self, pages: int) -> None:
        """Turn to another page, where there is more than fits."""
        self.query_one(RoomDisplay).turn(pages)

    def action_turn_theme(self) -> None:
        """Turn dark to light or back, for as long as this window is open."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_quit(self) -> None:
        """Leave; nothing has to be saved."""
        self.exit(0)

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c; it is Textual that calls it, and would say it in English."""
        tell(self, _("Dit scherm sluiten gaat met q."))


def run(path: Path) -> int:
    """Open the window for the room; returns its exit code."""
    return base_app.run(RoomApp(Follower(path), settings=remembered.load()))
