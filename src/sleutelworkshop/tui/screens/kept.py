"""What the screens have in common that list what is kept of sessions: a title, a word of explanation, the list."""

from functools import partial
from typing import Final

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.tui.background import run_in_thread
from sleutelworkshop.tui.home import Home, home_of
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.session_list import SessionList, SessionRow

BACK: Final = Binding("escape", "dismiss(None)", _("terug"), key_display="esc")
"""The way back, after the other keys of such a screen."""


class KeptScreen(Screen[None]):
    """Shows ``rows``, which it reads off the event loop whenever it comes to the front, or that there are none."""

    CSS_PATH = "kept.tcss"
    AUTO_FOCUS = "#kept-list"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    listed = getters.query_one("#kept-list", SessionList)
    message = getters.query_one("#kept-message", Static)

    def rows(self, home: Home) -> tuple[SessionRow, ...]:
        """Return what there is; called on a thread of its own.

        Raises:
            StoreError: it cannot be read.
        """
        raise NotImplementedError

    def head(self) -> Content:
        """Return the title."""
        raise NotImplementedError

    def words(self) -> tuple[str, str]:
        """Return what is explained above the list, and what is said when there is nothing in it."""
        raise NotImplementedError

    def make_list(self) -> SessionList:
        """Return the list, with what enter does in it."""
        raise NotImplementedError

    def chosen(self, row: SessionRow) -> None:
        """Do what enter does on a row."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="kept"):
            yield Static(self.head(), id="kept-title")
            yield Static(Content(self.words()[0]), id="kept-more")
            yield Static(id="kept-message")
            yield self.make_list()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        """Read what is there, once this screen is painted."""
        self.call_after_refresh(self.read)

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Read what is there, and show it."""
        try:
            rows = await run_in_thread(self, partial(self.rows, home_of(self)))
        except StoreError as fault:
            self._show((), human(str(fault)))
        else:
            self._show(rows, Content(self.words()[1]))

    def _show(self, rows: tuple[SessionRow, ...], nothing: Content) -> None:
        self.listed.show(rows)
        self.message.update(nothing)
        self.set_class(not rows, "-nothing")
        if rows:
            self.listed.focus()
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if row := self.listed.row:
            self.chosen(row)
