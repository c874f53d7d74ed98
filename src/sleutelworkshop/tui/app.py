"""Boots the screens: themes, the keys that work everywhere, opening and leaving a session. Nothing else."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import work
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Input, TextArea

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import settings as remembered
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.folder import SessionsFolder, is_example
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui import resuming, signals
from sleutelworkshop.tui.desk import Clock, Desk, local_time
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.keys import commands_of, key_name
from sleutelworkshop.tui.leaving import LeavingApp
from sleutelworkshop.tui.palette import Commands
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.screens.too_small import TooSmallScreen, fits
from sleutelworkshop.tui.theme import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from sleutelworkshop.tui.screens.facilitate import FacilitateScreen


class WorkshopApp(LeavingApp):
    """The program on the screen. ``open_path`` is a session to open at once."""

    TITLE = "sleutelworkshop"
    CSS_PATH = "app.tcss"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"sessions": SessionsScreen}
    DEFAULT_MODE = "sessions"
    COMMAND_PALETTE_BINDING = "ctrl+o"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Stoppen; alles is bewaard"), show=False, priority=True),
        Binding("f1,question_mark", "help", _("toetsen"), key_display="?"),
        Binding("ctrl+o", "command_palette", _("Zoeken in alle opdrachten"), show=False, priority=True),
        Binding("ctrl+t", "turn_theme", _("Donker of licht"), show=False, priority=True),
    ]

    def __init__(
        self,
        folder: SessionsFolder,
        open_path: Path | None = None,
        *,
        clock: Clock = local_time,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.folder, self.clock = folder, clock
        self.settings = settings or Settings()
        self._opening = False
        self._open_path = open_path
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else DARK.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of our own names, for a theme that does not know them."""
        return DARK.variables

    def on_mount(self) -> None:
        signals.leave_in_order(self.leave)
        self.screen_change_signal.subscribe(self, lambda _screen: self._cover(self.size))
        if self._open_path is not None:
            self.open_session(self._open_path)

    def on_resize(self, event: Resize) -> None:
        self._cover(event.size)

    def _cover(self, size: Size) -> None:
        """Cover whatever is in front while the window is too small; the cover leaves by itself."""
        if not fits(size) and not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    def open_session(self, path: Path) -> None:
        """Open a session where it was left, and show the room. A second click while that happens does nothing."""
        if not self._opening:
            self._opening = True
            self._run_session(path)

    @work(group="session")
    async def _run_session(self, path: Path) -> None:
        # Imported here: the first screen is painted before what only a session needs is read.
        from sleutelworkshop.tui.screens.facilitate import FacilitateScreen

        try:
            file = await asyncio.to_thread(self._open_file, path)
            self.desk = Desk(self, file, self.clock)
            await resuming.go_on_from(self, self.desk, file.seen_at)
            await self.push_screen_wait(FacilitateScreen(self.desk, notes_shown=self.settings.notes))
            while not await self.may_let_go():
                await self.push_screen_wait(FacilitateScreen(self.desk, notes_shown=self.settings.notes))
        except StoreError as fault:
            tell(self, str(fault), "error")
        finally:
            self._opening = False
            await self.close_desk()

    def _open_file(self, path: Path) -> SessionFile:
        # The example stays as it is for the next one who looks.
        return SessionFile.open(self.folder.open_example(self.clock()) if is_example(path) else path)

    @work(exclusive=True, group="summary")
    async def show_summary(self, path: Path) -> None:
        """Show the arrangement of a session without opening it."""
        try:
            session = await asyncio.to_thread(read, path)
        except StoreError as fault:
            tell(self, str(fault), "error")
        else:
            self.show_arrangement(session, path.stem)

    def show_arrangement(self, session: Session, name: str) -> None:
        """Show the arrangement as it will be printed."""
        from sleutelworkshop.tui.screens.closing import ClosingScreen

        self.push_screen(ClosingScreen(session, name, self.clock))

    def action_help(self) -> None:
        """Show the keys that work on the screen in front, and whose ideas the workshop stands on."""
        if isinstance(self.screen, HelpScreen):
            return
        keys = [(self.get_key_display(each.binding), each.binding.description) for each in commands_of(self.screen)]
        source = self.desk.session.script.source if self.desk else None
        self.push_screen(HelpScreen(keys, f"{source.author}, {source.title}\n{source.address}" if source else ""))

    def action_turn_theme(self) -> None:
        """Turn dark to light or back, and remember it."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        self.settings = replace(self.settings, theme=self.theme)
        self.remember(self.settings)

    def on_facilitate_screen_notes_turned(self, event: "FacilitateScreen.NotesTurned") -> None:
        """Remember whether the notes are shown: hidden on a projector, they must not come back by themselves."""
        self.settings = replace(self.settings, notes=event.shown)
        self.remember(self.settings)

    @work(exclusive=True, group="settings")
    async def remember(self, settings: Settings) -> None:
        """Keep settings for the next time."""
        try:
            await asyncio.to_thread(remembered.save, settings)
        except StoreError as fault:
            tell(self, _("Deze keuze wordt niet onthouden. {why}").format(why=fault), "warning")

    def action_command_palette(self) -> None:
        """Open the command palette, in Dutch."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Wat wil je doen?")))

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c; it is Textual that calls it, and would say it in English."""
        tell(self, _("Stoppen gaat met ctrl+q; alles is bewaard."))

    def get_key_display(self, binding: Binding) -> str:
        """Return how a key is called in the footer."""
        if binding.action == "help" and isinstance(self.focused, Input | TextArea):
            return key_name("f1")  # a question mark is a part of the text there
        return binding.key_display or key_name(binding.key)


def run(folder: SessionsFolder, open_path: Path | None = None) -> int:
    """Open the program on the screen; returns its exit code."""
    app = WorkshopApp(folder, open_path, settings=remembered.load())
    app.run()
    return app.return_code or 0
