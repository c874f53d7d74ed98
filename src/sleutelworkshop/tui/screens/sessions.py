"""The start: the sessions there are, newest first, and a welcome for who has none yet."""

from pathlib import Path
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalGroup
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.tui.background import run_in_thread, tried
from sleutelworkshop.tui.home import home_of
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.screens.copying import CopyingScreen
from sleutelworkshop.tui.session_rows import fitting, rows_of
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.session_list import SessionList, SessionRow

EMPTY, NO_HITS, FAULT = "-empty", "-no-hits", "-fault"


class Filter(LineField):
    """What is looked for; arrows and enter go on to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.focus_next", _("naar de lijst"), key_display="enter"),
        Binding("down,up", "app.focus_next", show=False),
    ]


class SessionsScreen(CopyingScreen):
    """The sessions in the folder. They are read after the first paint, and again each time this screen comes back."""

    CSS_PATH = "sessions.tcss"
    AUTO_FOCUS = "#sessions-list"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", _("nieuw")),
        Binding("s", "summary", _("samenvatting")),
        Binding("k", "copy", _("kopie")),
        Binding("e", "versions", _("eerdere versies")),
        Binding("p", "bin", _("prullenbak")),
        Binding("d,delete", "remove", _("weghalen"), key_display="d"),
        Binding("v", "example", _("voorbeeld"), show=False),
        Binding("slash", "find", _("zoeken"), key_display="/", show=False),
        Binding("escape", "clear", _("alles tonen"), key_display="esc"),
    ]

    sessions = getters.query_one("#sessions-list", SessionList)
    looked_for = getters.query_one("#sessions-filter", LineField)
    message = getters.query_one("#sessions-message", Static)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[SessionRow, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="sessions"):
            yield Static(Content("sleutelworkshop"), id="sessions-name")
            yield Static(Content(_("Van welkom tot een afgesproken leerarrangement.")), id="sessions-promise")
            with VerticalGroup(id="sessions-looked-for"):
                yield Filter(placeholder=_("/  zoek op school, datum of stap"), id="sessions-filter")
            yield Static(id="sessions-message")
            yield SessionList(id="sessions-list")
        yield KeyBar()

    async def _furnish(self) -> None:
        """Bring what the first paint can do without, so that it is there sooner."""
        from sleutelworkshop.tui.screens.welcome import Welcome, choice

        if not self.query("#welcome"):
            example = Button(choice("v", _("rondkijken in het voorbeeld")), id="sessions-example", compact=True)
            await self.query_one("#sessions").mount(Welcome(id="welcome"), example)

    def on_screen_resume(self) -> None:
        """Read what is there, once this screen is painted."""
        self.call_after_refresh(self.read)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        if action == "clear":
            return self.looked_for.has_focus or bool(self.looked_for.value)
        if action in {"new", "example", "bin"}:
            return not self.looked_for.has_focus
        if action in {"summary", "copy", "versions", "remove"}:
            if self.looked_for.has_focus or self.has_class(EMPTY):
                return False
            row = self.sessions.row
            return True if row and (not row.fault or action in {"versions", "remove"}) else None
        return super().check_action(action, parameters)

    @property
    def row(self) -> SessionRow | None:
        return self.sessions.row

    # What is there.

    @work(exclusive=True, group="read")
    async def read(self, wanted: str = "") -> None:
        """Read the folder, off the event loop, and show it; ``wanted`` is the key of the row to go to."""
        home = home_of(self)
        await self._furnish()
        try:
            entries = await run_in_thread(self, home.folder.entries)
        except StoreError as fault:
            self._rows = ()
            self._show_state(FAULT, human(str(fault)))
            return
        self._rows = rows_of(entries, home.clock())
        self._show(wanted)

    def _show(self, wanted: str = "") -> None:
        rows = fitting(self._rows, self.looked_for.value)
        self.sessions.show(rows, wanted)
        if not self._rows:
            self._show_state(EMPTY)
        elif not rows:
            self._show_state(NO_HITS, Content(_("Geen sessie gevonden. Met esc zie je ze allemaal weer.")))
        else:
            self._show_state()

    def _show_state(self, state: str = "", message: Content | None = None) -> None:
        was_empty = self.has_class(EMPTY)
        for each in (EMPTY, NO_HITS, FAULT):
            self.set_class(each == state, each)
        self.message.update(message or Content())
        if state == EMPTY and not was_empty:
            self.query_one("#welcome-new").focus()
        elif not state and not self.looked_for.has_focus:
            self.sessions.focus()
        self.refresh_bindings()

    # Looking for one.

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._show()

    def action_find(self) -> None:
        """Go to the field in which to type what is looked for."""
        self.looked_for.focus()

    def action_clear(self) -> None:
        """Show all sessions again, and go to the list."""
        self.looked_for.value = ""
        self.sessions.focus()

    # What can be done.

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open a session, or say why that cannot be done and what can."""
        row = self.sessions.row
        if row and row.fault:
            self.offer_way_back(row)
        elif event.option_id:
            home_of(self).open_session(Path(event.option_id))

    def on_option_list_option_highlighted(self) -> None:
        self.refresh_bindings()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "welcome-new":
            self.action_new()
        else:
            self.action_example()

    def action_new(self) -> None:
        """Ask what a new session needs, and open it."""
        from sleutelworkshop.tui.screens.new_session import NewSessionScreen  # here: reading dates takes a while

        def made(path: Path | None) -> None:
            if path is not None:
                home_of(self).open_session(path)

        self.app.push_screen(NewSessionScreen(made_late=self.read), made)

    def action_summary(self) -> None:
        """Show what the highlighted session leads to."""
        if row := self.sessions.row:
            home_of(self).show_summary(Path(row.key))

    @work(exclusive=True, group="example")
    async def action_example(self) -> None:
        """Open a copy of the example."""
        home = home_of(self)
        if path := await tried(self, lambda: home.folder.open_example(home.clock())):
            home.open_session(path)
