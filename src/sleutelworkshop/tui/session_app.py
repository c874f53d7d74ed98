"""Opening a session, going on where it was, watching its clock and its file, looking on, saving elsewhere."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import work
from textual.timer import Timer

from sleutelworkshop import log
from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import InUseError, Meddling, NotLockableError, StoreError
from sleutelworkshop.store.folder import SessionsFolder, is_example
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui.clock import Clock, Passed
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.leaving import Answer, LeavingApp
from sleutelworkshop.tui.screens.dialog import DialogScreen

if TYPE_CHECKING:
    from sleutelworkshop.session.model import Bookmark
    from sleutelworkshop.store.sessionfile import SessionFile
    from sleutelworkshop.tui.attention import Attention
    from sleutelworkshop.tui.desk import Desk
    from sleutelworkshop.tui.readonly_session import ReadonlySession
    from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
    from sleutelworkshop.tui.session_controller import SessionController

_SCREENS: Final = Path(__file__).parent / "screens"

# What only a session needs is imported where it is used: the first screen is painted before any of it is read.

WATCH: Final = 0.25
"""Seconds between two looks at the clock, and between two looks at a session that is open elsewhere."""

PULSE: Final = 1.0
"""Seconds between two signs of life while a timer runs: what a crash can cost of it at most."""

HEARTBEAT: Final = 5.0
"""Seconds between two signs of life on the disk while a timer runs: what a power cut can cost of it at most."""


class SessionApp(LeavingApp):
    """An app that opens sessions in ``folder``. Without ``passed`` nobody watches whether the clock jumps."""

    def __init__(self, folder: SessionsFolder, clock: Clock, settings: Settings, passed: Passed | None) -> None:
        super().__init__()
        self.folder, self.clock, self.settings = folder, clock, settings
        self.documents_folder = ""
        self._passed = passed
        self.farewell = ""
        """What the terminal is to say once the program has ended: where a version lies that was left unsaved."""
        self._opening = False
        self._unsaved = False
        self._conflict_asked = False
        self._may_let_go_asked = False
        self._reopening: Path | None = None
        self._looks_on = False
        self._watchers: list[Timer] = []

    def open_session(self, path: Path) -> None:
        """Open a session where it was left, and show the room. A second click while that happens does nothing."""
        if not self._opening:
            self._opening = True
            self.hold_keys()
            self._run_session(path)

    @work(group="session")
    async def _run_session(self, path: Path) -> None:
        wanted: Path | None = path
        try:
            while wanted is not None:
                self._reopening = None
                self.desk = await self._desk_for(wanted)
                self._looks_on = False
                if self.desk is not None:
                    log.event("session opened", session=log.tag(self.desk.path), teams=len(self.desk.session.teams))
                    await self._run_room(self.desk)
                await self._close_room()
                wanted = self._reopening
        except StoreError as fault:
            tell(self, str(fault), "error")
        finally:
            self._opening = False
            await self._close_room()
        self.show_sessions()
        if self.screen_stack:  # else the program is leaving
            # A screen that comes up releases the keys too, but the one that is there may have been in front all along.
            self.screen.call_after_refresh(self.release_keys)

    def show_sessions(self) -> None:
        """Show the sessions there are, once the session is closed that the app was opened with."""

    async def _close_room(self) -> None:
        for timer in self._watchers:
            timer.stop()
        await self.close_desk()

    async def _run_room(self, desk: "Desk") -> None:
        from sleutelworkshop.tui import resuming
        from sleutelworkshop.tui.readonly_session import ReadonlySession
        from sleutelworkshop.tui.session_controller import SessionController

        if isinstance(desk, SessionController):
            await resuming.go_on_from(self, desk, desk.save_state.saved_at)
            self._watchers = self._watching(desk)
        elif isinstance(desk, ReadonlySession):
            self._watchers = [self.set_interval(WATCH, partial(self._follow, desk))]
        self._read_styles()
        await self.push_screen_wait(self._room_screen(desk, desk.session.bookmark))
        while self._reopening is None:
            if await self.may_let_go() or self._reopening is not None:  # it may have been let go of meanwhile
                return
            await self.push_screen_wait(self._room_screen(desk))

    def _read_styles(self) -> None:
        """Read the style sheets of all screens: a screen that brings its own along has Textual parse all anew."""
        for path in sorted(_SCREENS.glob("*.tcss")):
            if not self.stylesheet.has_source(str(path)):
                self.stylesheet.read(path)
        self.stylesheet.parse()

    def _room_screen(self, desk: "Desk", bookmark: "Bookmark | None" = None) -> "FacilitateScreen":
        """Return the screen from which the room is run."""
        from sleutelworkshop.tui.screens.facilitate import FacilitateScreen

        return FacilitateScreen(desk, notes_shown=self.settings.notes, bookmark=bookmark)

    async def _desk_for(self, path: Path) -> "Desk | None":
        """Open a session; return None when that cannot be done for writing, and is left so."""
        from sleutelworkshop.tui.session_controller import SessionController

        while True:
            try:
                file = await asyncio.to_thread(self._open_file, path)
            except (InUseError, NotLockableError) as fault:
                choice = "look" if self._looks_on else await self._ask_about_reading(fault, path)
                if choice == "look":
                    return await self._readonly_session(path)
                if choice != "copy":
                    return None
                path = await asyncio.to_thread(self.folder.copy_file, path, self.clock())
            else:
                if file.made_private:
                    tell(self, _("Anderen op deze computer konden deze sessie lezen. Nu kun alleen jij dat nog."))
                return SessionController(self, file, self.clock, self._passed)

    async def _ask_about_reading(self, fault: InUseError | NotLockableError, path: Path) -> str:
        in_use = isinstance(fault, InUseError)
        look = _("Meekijken, zonder iets te veranderen") if in_use else _("Bekijken, zonder iets te veranderen")
        answers = [("look", look), ("copy", _("Verder met een kopie")), ("back", _("Terug"))]
        if not in_use and path.parent == self.folder.path:
            del answers[1]  # where this one cannot be written, a copy cannot either
        question = _("Deze sessie is al open") if in_use else _("In deze sessie kan hier niets worden bewaard")
        return await self.push_screen_wait(DialogScreen(question, answers, str(fault)))

    def _open_file(self, path: Path) -> "SessionFile":
        from sleutelworkshop.store.sessionfile import SessionFile

        # The example stays as it is for the next one who looks.
        return SessionFile.open(self.folder.open_example(self.clock()) if is_example(path) else path)

    async def _readonly_session(self, path: Path) -> "ReadonlySession | None":
        from sleutelworkshop.store.following import Follower
        from sleutelworkshop.tui.readonly_session import ReadonlySession

        follower = Follower(path)
        seen = await asyncio.to_thread(follower.look)
        return ReadonlySession(self, follower, seen, self.clock) if seen else None

    # While a session is on the table.

    def _watching(self, desk: "SessionController") -> list[Timer]:
        from sleutelworkshop.tui.attention import Attention

        desk.muted = not self.settings.sound
        attention = Attention(self, desk)
        self._unsaved = self._conflict_asked = False  # the session before may have been left so
        desk.pulse()  # from now on it is known who has the session
        return [
            self.set_interval(WATCH, lambda: self._watch(desk, attention)),
            self.set_interval(PULSE, lambda: desk.pulse() if desk.running else None),
            self.set_interval(HEARTBEAT, lambda: desk.touch() if desk.running else None),
        ]

    @work(group="follow")  # not exclusive: a read that is cancelled goes on in its thread, and what it finds is lost
    async def _follow(self, desk: "ReadonlySession") -> None:
        await desk.follow()

    def _watch(self, desk: "SessionController", attention: "Attention") -> None:
        if not self.screen_stack:  # the program is leaving: its screens go before its timers
            return
        self._watch_clock(desk)  # first: what is heard depends on whether the time jumped
        self._watch_disk(desk)
        attention.look()

    def _watch_clock(self, desk: "SessionController") -> None:
        from sleutelworkshop.tui import resuming

        jump = desk.jump()
        if jump is None:
            return
        if jump.shift:
            tell(self, _("De klok van je laptop is verzet. De tijd van de stap loopt gewoon door."))
        if jump.away and desk.running:
            desk.hold()
            self._close_gap(desk, jump.away)
        elif jump.away:
            resuming.close_quietly(desk, jump.away)

    @work(group="gap")
    async def _close_gap(self, desk: "SessionController", away: float) -> None:
        from sleutelworkshop.tui import resuming

        await resuming.close_gap(self, desk, away)

    def _watch_disk(self, desk: "SessionController") -> None:
        """Say it when saving stops working and when it works again; the key for another place comes and goes."""
        from sleutelworkshop.tui.screens.room import RoomScreen

        state = desk.save_state
        if state.meddling is None:
            self._conflict_asked = False
        elif not (
            self._conflict_asked or self._may_let_go_asked or self.is_typing or isinstance(self.screen, RoomScreen)
        ):
            self._conflict_asked = True
            self._settle(desk)
        if state.unsaved == self._unsaved:
            return
        self._unsaved = state.unsaved
        log.event("saving", unsaved=int(state.unsaved))
        self.screen.refresh_bindings()
        if state.meddling is not None:
            return  # which is asked about
        if state.unsaved:
            why = state.fault or _("De schijf antwoordt niet.")
            told = _(
                "NIET opgeslagen. {why} Alles blijft in het geheugen; het programma blijft het proberen. F8: elders."
            )
            tell(self, told.format(why=why), "error")
        else:
            tell(self, _("Alles is opgeslagen, in {path}.").format(path=desk.path))

    @property
    def is_unsaved(self) -> bool:
        """Whether the head says that something of the session is not saved."""
        return self.desk is not None and not self.desk.is_read_only and self.desk.save_state.unsaved

    async def action_quit_unsaved(self) -> None:
        """Leave, by the name that it has while something is not saved."""
        await self.action_quit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"save_elsewhere", "quit_unsaved"}:
            return self.is_unsaved
        if action == "quit":
            return not self.is_unsaved
        if action in {"arrangement", "show_room"}:
            return self.desk is not None
        return super().check_action(action, parameters)

    def action_show_room(self) -> None:
        """Show in this window what the room sees, over whatever is being done here."""
        from sleutelworkshop.tui.screens.room import RoomScreen

        if self.desk is not None:
            self.push_screen(RoomScreen(self.desk))

    def action_arrangement(self) -> None:
        """Show the arrangement as it stands now, in front of whatever is being done, which waits as it is."""
        from sleutelworkshop.tui.screens.base import WorkshopScreen
        from sleutelworkshop.tui.screens.closing import ClosingScreen

        if self.desk is not None:
            below = [screen for screen in self.screen_stack if isinstance(screen, WorkshopScreen)]
            at = below[-1].component_at_hand if below else ""
            self.push_screen(ClosingScreen(self.desk.session, self.desk.path.stem, self.desk.clock, at))

    @work(group="elsewhere")
    async def action_save_elsewhere(self) -> None:
        """Ask where the session can be saved, while its own place does not take it; or whose version is to go on."""
        from sleutelworkshop.tui import elsewhere
        from sleutelworkshop.tui.session_controller import SessionController

        if not isinstance(self.desk, SessionController):
            return
        if self.desk.save_state.meddling is not None:
            self._settle(self.desk)
        else:
            await elsewhere.save_elsewhere(self, self.desk)

    @work(group="leaving")
    async def action_leave_session(self) -> None:
        """Go back to the sessions as when the program stops: what is half typed stays so until it is opened again."""
        if await self.may_discard_typed() and await self.may_let_go():
            await self._close_room()  # before its screens go: leaving one settles what is typed in it
            self._leave_room()

    # Another program changed the file.

    @work(exclusive=True, group="conflict")
    async def _settle(self, desk: "SessionController") -> None:
        """Ask what is to be done now that another program changed the session, and do it."""
        from sleutelworkshop.tui import conflict

        choice = await conflict.settle(self, desk)
        if choice is conflict.Choice.OTHER:
            self._looks_on = desk.save_state.meddling is Meddling.TAKEN
            self._reopening, self.desk = desk.path, None
            self.hold_keys()
            await desk.let_go()
            self._leave_room()

    def _leave_room(self) -> None:
        """Leave all screens of the session, whatever is being asked on them."""
        from sleutelworkshop.tui.screens.facilitate import FacilitateScreen

        while any(isinstance(screen, FacilitateScreen) for screen in self.screen_stack):
            self.screen.dismiss(None)

    async def may_let_go(self) -> bool:
        """Return whether the session may be closed: it is on the disk, or its loss was accepted."""
        self._may_let_go_asked = True  # a conflict that is found from here on is asked about here, and not by the watch
        try:
            return await super().may_let_go()
        finally:
            self._may_let_go_asked = False

    async def ask_about_unsaved(self, desk: "SessionController") -> Answer:
        """Ask as any app does; but when another program changed the file, whose version is to stay."""
        from sleutelworkshop.tui import conflict

        if desk.save_state.meddling is None:
            return await super().ask_about_unsaved(desk)
        self._conflict_asked = True
        choice = await conflict.settle(self, desk, leaving=True)
        if choice is conflict.Choice.OTHER:
            self.farewell = await asyncio.to_thread(conflict.farewell, desk.path)
            return Answer.LEAVE
        return Answer.STAY if choice is None else Answer.SAVE
