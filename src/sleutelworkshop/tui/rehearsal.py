"""A rehearsal: the same program and the same screens, with a fast clock and made-up teams; it keeps nothing."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.timer import Timer

from sleutelworkshop.i18n import _
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.rehearsing import arrivals, with_arrivals
from sleutelworkshop.store import settings as remembered
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.open_now import REHEARSAL
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui import base_app
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.checklist import Check, Checklist, Point, Standing
from sleutelworkshop.tui.clock import Clock, clock_of, local_time
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.rehearsed import Report, report_on, speed_words
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.rehearsal_report import RehearsalReportScreen
from sleutelworkshop.tui.screens.rehearsed_room import RehearsedRoomScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.session_app import WATCH
from sleutelworkshop.tui.widgets.rehearsal_mark import RehearsalMark

if TYPE_CHECKING:
    from sleutelworkshop.tui.desk import Desk
    from sleutelworkshop.tui.session_controller import SessionController


class RehearsalApp(WorkshopApp):
    """The program for a rehearsal of the session in ``path``. It puts the mark of it on every screen that comes up.

    ``sessions`` is where real sessions are kept: whether that works is a point on the checklist. ``report`` is how the
    rehearsal went, once it is over; None when it never began.
    """

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Stoppen met oefenen"), show=False, priority=True),
        *WorkshopApp.BINDINGS[1:],
    ]

    def __init__(
        self,
        path: Path,
        rehearsed: Session,
        *,
        sessions: SessionsFolder,
        clock: Clock,
        settings: Settings | None = None,
    ) -> None:
        # Nobody watches whether the clock jumps: it does, as seen by the one that nobody sets.
        super().__init__(SessionsFolder(path.parent), path, clock=clock, settings=settings)
        self.sessions = sessions
        self.report: Report | None = None
        self._checklist = Checklist()
        self._speed = speed_words(rehearsed)

    def show_sessions(self) -> None:
        """Show no list: there is nothing to choose before or after a rehearsal."""

    def on_mount(self) -> None:
        self._put_mark_on(self.screen)
        # At once, before a screen is composed: so it is never painted without.
        self.screen_change_signal.subscribe(self, self._put_mark_on, immediate=True)

    def _on_screen_change(self, screen: Screen[Any]) -> None:
        if isinstance(screen, RoomScreen):
            self._checklist.put(Check(Point.ROOM, Standing.FINE, _("geopend in deze oefening")))
        super()._on_screen_change(screen)

    def _put_mark_on(self, screen: Screen[Any]) -> None:
        if screen.is_attached and not any(isinstance(each, RehearsalMark) for each in screen.children):
            screen.mount(RehearsalMark(self._speed))

    # While it goes on.

    def _room_screen(self, desk: "Desk", bookmark: Bookmark | None = None) -> FacilitateScreen:
        return RehearsedRoomScreen(desk, notes_shown=self.settings.notes, bookmark=bookmark)

    def _watching(self, desk: "SessionController") -> list[Timer]:
        return [*super()._watching(desk), self.set_interval(WATCH, lambda: self._let_answer(desk))]

    def _watch_disk(self, desk: "SessionController") -> None:
        """Say nothing of it: what is lost here is lost anyway."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action not in {"save_elsewhere", "leave_session"} and super().check_action(action, parameters)

    @property
    def is_unsaved(self) -> bool:
        """Never: nothing of a rehearsal is to be kept."""
        return False

    def _let_answer(self, desk: "SessionController") -> None:
        now = desk.now()
        if coming := arrivals(desk.session, now):
            desk.come_in(partial(with_arrivals, coming=coming, now=now))

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c."""
        tell(self, _("Stoppen gaat met ctrl+q."))

    # When it is over.

    async def _run_room(self, desk: "Desk") -> None:
        await super()._run_room(desk)
        await self.leave()

    async def may_let_go(self) -> bool:
        """Show how it went, and return whether the rehearsal is really over."""
        desk = self.desk
        if desk is None or any(isinstance(screen, RehearsalReportScreen) for screen in self.screen_stack):
            return True
        if desk.running:  # else the reading would count as well, and at this speed
            desk.record(_("de tijd stilzetten"), partial(moving.pause, now=desk.now()))
        report = report_on(desk.session, self._checklist.checks, desk.now())
        return await self.push_screen_wait(RehearsalReportScreen(report, self._checklist, self.sessions))

    async def leave(self) -> None:
        """Leave at once, with the report as it is by now."""
        if self.desk is not None:
            self.report = report_on(self.desk.session, self._checklist.checks, self.desk.now())
        await super().leave()


def rehearse(session: Session, sessions: SessionsFolder, clock: Clock = local_time) -> tuple[int, Report | None]:
    """Rehearse on the screen; return the exit code and how it went. What was in the session is gone afterwards.

    Raises:
        StoreError: there is no place for temporary files.
    """
    if session.rehearsal is None:
        raise ValueError
    clock = clock_of(session.rehearsal, clock)
    with _place() as place:
        path = SessionsFolder(place).create(session, clock())
        app = RehearsalApp(path, session, sessions=sessions, clock=clock, settings=remembered.load())
        return base_app.run(app), app.report


@contextmanager
def _place() -> Iterator[Path]:
    """Yield a folder that is there as long as the rehearsal."""
    try:
        place = tempfile.mkdtemp(prefix=REHEARSAL)
    except OSError as fault:
        raise StoreError(_("Er is geen plek voor tijdelijke bestanden: maak ruimte vrij op je schijf.")) from fault
    try:
        yield Path(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)
        # A last sign of life, written aside, may just have come in between. And Windows keeps what a window that shows
        # the room still has open: the system clears that away with its other temporary files.
        shutil.rmtree(place, ignore_errors=True)
