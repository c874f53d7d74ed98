"""Boots the screens: themes, settings, and the keys that work everywhere. Nothing else."""

import asyncio
import contextlib
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from sleutelworkshop.i18n import _
from sleutelworkshop.session.watch import seconds_passed
from sleutelworkshop.store import settings as remembered
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.settings import Settings
from sleutelworkshop.tui import base_app
from sleutelworkshop.tui.background import run_in_thread
from sleutelworkshop.tui.clock import Clock, Passed, local_time
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.keys import commands_of, key_name, keys_of
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from sleutelworkshop.tui.session_app import SessionApp
from sleutelworkshop.tui.sizes import fits
from sleutelworkshop.tui.theme import DARK, LIGHT, THEMES

if TYPE_CHECKING:
    from sleutelworkshop.session.model import Session
    from sleutelworkshop.tui.screens.facilitate import FacilitateScreen


# What the first paint can do without is imported where it is used.


def _commands() -> type[Provider]:
    """Return what the command palette finds commands with."""
    from sleutelworkshop.tui.palette import Commands

    return Commands


class WorkshopApp(SessionApp):
    """The program on the screen. ``open_path`` is a session to open at once; ``passed`` as the desk has it."""

    TITLE = "sleutelworkshop"
    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/sessions.tcss"]
    COMMAND_PALETTE_BINDING = "ctrl+o"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", _("Stoppen; alles is bewaard"), show=False, priority=True),
        Binding("ctrl+q", "quit_unsaved", _("Stoppen; nog niet alles is bewaard"), show=False, priority=True),
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
        passed: Passed | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(folder, clock, settings or Settings(), passed)
        self._open_path = open_path
        self._remembering = asyncio.Lock()
        for theme in THEMES:
            self.register_theme(theme)
        self._begin_in(self.settings.theme if self.settings.theme in self.available_themes else DARK.name)

    def _begin_in(self, theme: str) -> None:
        """Begin in a theme. To change to it, which comes to the same, parses every style sheet twice more."""
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.update_classes({"-dark-mode": dark, "-light-mode": not dark, f"-theme-{theme}": True}, update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> Screen[None]:
        """Return the list of sessions, or a blank screen where a session is opened at once: it is there sooner."""
        return SessionsScreen() if self._open_path is None else Screen()

    def show_sessions(self) -> None:
        """Put the list of sessions over the blank screen, where there is only that."""
        if not (self._exit or any(isinstance(screen, SessionsScreen) for screen in self.screen_stack)):
            self.push_screen(SessionsScreen())  # Textual 8.2 cannot switch a default screen: it has no callback to pop

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of our own names, for a theme that does not know them."""
        return DARK.variables

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._on_screen_change)
        if self._open_path is not None:
            self.hold_keys()
            self.call_after_refresh(self.open_session, self._open_path)

    def _on_screen_change(self, screen: Screen[Any]) -> None:
        self._cover(self.size)
        if type(screen) is not Screen:  # nothing is typed on the blank one: the list of sessions is on its way
            # Not before it is there: a key is lost on what has no widgets yet.
            screen.call_after_refresh(self.release_keys)

    def on_resize(self, event: Resize) -> None:
        self._cover(event.size)

    def _cover(self, size: Size) -> None:
        """Cover whatever is in front while the window is too small; the cover leaves by itself."""
        if fits(size):
            return
        from sleutelworkshop.tui.screens.too_small import TooSmallScreen

        if not isinstance(self.screen, TooSmallScreen):
            self.push_screen(TooSmallScreen())

    @work(exclusive=True, group="summary")
    async def show_summary(self, path: Path) -> None:
        """Show the arrangement of a session without opening it."""
        from sleutelworkshop.store.sessionfile import read

        asked_from = self.screen
        try:
            session = await run_in_thread(asked_from, partial(read, path))
        except StoreError as fault:
            tell(self, str(fault), "error")
        else:
            if asked_from.is_active:  # else something was opened meanwhile, and that stays in front
                self.show_arrangement(session, path.stem)

    def show_arrangement(self, session: "Session", name: str) -> None:
        """Show the arrangement as it will be printed."""
        from sleutelworkshop.tui.screens.closing import ClosingScreen

        self.push_screen(ClosingScreen(session, name, self.clock))

    def action_help(self) -> None:
        """Show the keys that work on the screen in front, and whose ideas the workshop stands on."""
        from sleutelworkshop.tui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            return
        keys = [
            (" · ".join(map(self.get_key_display, keys_of(self.screen, each))), each.binding.description)
            for each in commands_of(self.screen)
        ]
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

    def action_turn_sound(self) -> None:
        """Turn the sounds off or on, and remember it."""
        self.settings = replace(self.settings, sound=not self.settings.sound)
        if self.desk is not None:
            self.desk.muted = not self.settings.sound
        tell(self, _("Het geluid staat aan.") if self.settings.sound else _("Het geluid staat uit."))
        self.remember(self.settings)

    def remember_documents(self, formats: tuple[str, ...], folder: str) -> None:
        """Remember which documents were chosen; for the time of this run, in which folder as well."""
        self.documents_folder = folder
        if formats and formats != self.settings.formats:
            self.settings = replace(self.settings, formats=formats)
            self.remember(self.settings)

    @work(group="settings")
    async def remember(self, settings: Settings) -> None:
        """Keep settings for the next time; one after the other, so that the last ones stay."""
        try:
            async with self._remembering:
                await run_in_thread(self, partial(remembered.save, settings))
        except StoreError as fault:
            tell(self, _("Deze keuze wordt niet onthouden. {why}").format(why=fault), "warning")

    def action_command_palette(self) -> None:
        """Open the command palette, in Dutch."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=_("Wat wil je doen?")))

    def action_help_quit(self) -> None:
        """Say how to leave to who presses ctrl+c; it is Textual that calls it, and would say it in English."""
        if self.is_unsaved:
            tell(self, _("Stoppen gaat met ctrl+q. Nog niet alles is bewaard: dan vraag ik eerst wat je wilt."))
        else:
            tell(self, _("Stoppen gaat met ctrl+q; alles is bewaard."))

    def get_key_display(self, binding: Binding) -> str:
        """Return how a key is called in the footer."""
        if (
            binding.action in {"help", "app.help"}
            and self.focused
            and self.focused.check_consume_key("question_mark", "?")
        ):
            return key_name("f1")  # a question mark is a part of the text there
        return binding.key_display or key_name(binding.key)


def run(folder: SessionsFolder, open_path: Path | None = None) -> int:
    """Open the program on the screen; returns its exit code."""
    app = WorkshopApp(folder, open_path, passed=seconds_passed, settings=remembered.load())
    code = base_app.run(app)
    if app.farewell:
        with contextlib.suppress(OSError):  # the window is closed
            print(app.farewell, file=sys.stderr)
    return code
