"""A new session: for whom, when, which teams, how long. What is typed is read back beside each field."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, Static, TextArea

from sleutelworkshop.i18n import _
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Script
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.tui.background import has_gone, in_front, run_in_thread
from sleutelworkshop.tui.home import home_of
from sleutelworkshop.tui.human import human, tell
from sleutelworkshop.tui.new_form import Typed, notes_on, planned_minutes, session_of
from sleutelworkshop.tui.screens.dialog import dismiss_or_ask
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.line_field import LineField, Refused
from sleutelworkshop.tui.widgets.text_field import TextField

FIELDS: Final = Typed.__struct_fields__

AT_ONCE: Final = {"teams", "minutes"}
"""The fields whose faults are told while typing; of the others half a word is no fault yet."""


class Casus(TextField):
    """A text that wraps, in which enter goes on as it does in the lines around it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "app.focus_next", show=False, priority=True)]


class NewSessionScreen(Screen[Path | None]):
    """Makes a session and returns where it is, or None when it was left."""

    CSS_PATH = "new_session.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "make", _("sessie maken"), key_display="ctrl+s", priority=True),
        Binding("tab", "app.focus_next", _("volgende veld"), key_display="tab"),
        Binding("escape", "leave", _("terug"), key_display="esc"),
    ]

    fault = getters.query_one("#new-fault", Static)

    def __init__(
        self, script: Script | None = None, *, made_late: Callable[[str], object] = lambda _path: None
    ) -> None:
        """``script``: the workshop to run; the one that comes with the program unless another is given.

        ``made_late`` is called with the path of a session that was only there when this screen had been left.
        """
        super().__init__()
        self._made_late = made_late
        self._script = script or load_shipped(DEFAULT_SCRIPT)
        self._tried = False
        self._making = False
        self._refusals: dict[str, str] = {}
        self._at_first = Typed(date=_("vandaag"), minutes=str(planned_minutes(self._script)))

    def compose(self) -> ComposeResult:
        first = self._at_first
        with VerticalScroll(id="new", can_focus=False):
            yield Static(Content.assemble((_("Nieuwe sessie"), "bold $primary")), id="new-title")
            yield from _row("organisation", _("Organisatie"), LineField(placeholder=_("De naam van de school")))
            yield from _row("facilitator", _("Begeleider"), LineField(placeholder=_("Jouw naam")))
            yield from _row("date", _("Datum"), LineField(first.date, placeholder=_("12-1, vrijdag, over 2 weken")))
            yield from _row(
                "casus", _("Casus"), Casus(placeholder=_("Het leertraject waar het om gaat, als je dat al weet"))
            )
            yield from _row("teams", _("Teams"), TextField(placeholder=_("Blauw\nRood\nGeel")))
            yield from _row("minutes", _("Minuten"), LineField(first.minutes, placeholder=first.minutes))
            yield Static(id="new-fault")
            with Horizontal(id="new-answers"):
                yield Button(
                    Content.assemble((_("Sessie maken  "), "bold"), "ctrl+s"),
                    id="make",
                    variant="primary",
                    compact=True,
                )
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#organisation").focus()
        self.read()

    @property
    def typed(self) -> Typed:
        """What stands in the fields."""
        return Typed(*(self._text(name) for name in FIELDS))

    def _text(self, name: str) -> str:
        field = self.query_one(f"#{name}")
        return field.text if isinstance(field, TextArea) else field.value if isinstance(field, Input) else ""

    # Reading back.

    @on(Input.Changed)
    @on(TextArea.Changed)
    def on_typed(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self.read()

    def on_refused(self, event: Refused) -> None:
        """Say it beside a field when not all of a paste fits."""
        event.stop()
        self._refusals[event.field.id or ""] = event.text
        self.read()

    def on_descendant_focus(self) -> None:
        for name in FIELDS:
            self.query_one(f"#{name}-row").set_class(self.query_one(f"#{name}").has_focus, "-here")
        self.read()

    def read(self) -> str:
        """Say beside each field what is understood or wrong; returns the first in which something is wrong."""
        typed = self.typed
        notes = notes_on(typed, self._script, home_of(self).clock())
        for name, note in notes.items():
            text = getattr(typed, name)
            fault = self._refusal(name, text) or (note.fault if self._tells(name, text) else "")
            place = self.query_one(f"#{name}-note", Static)
            place.update(human(f"▲ {fault}" if fault else note.text))
            place.set_class(bool(fault), "-wrong")
        return next((name for name, note in notes.items() if note.fault), "")

    def _tells(self, name: str, text: str) -> bool:
        """Whether it is time to name a fault: half a word is none yet."""
        if self._tried:
            return True
        left = not self.query_one(f"#{name}").has_focus
        return bool(text.strip()) and (left or name in AT_ONCE)

    def _refusal(self, name: str, text: str) -> str:
        """Return what did not fit in a field, as long as the field is full."""
        field = self.query_one(f"#{name}")
        full = isinstance(field, LineField | TextField) and len(text) >= field.limit
        return self._refusals.get(name, "") if full else ""

    # Moving on.

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_make()

    @work(group="make")
    async def action_make(self) -> None:
        """Make the session, or go to the first field in which something is wrong."""
        self._tried = True
        if wrong := self.read():
            self.query_one(f"#{wrong}").focus()
            return
        if self._making:  # a second press makes no second session
            return
        self._making = True
        home = home_of(self)
        now = home.clock()
        session = session_of(self.typed, self._script, now)
        try:
            path = await run_in_thread(self, partial(home.folder.create, session, now), done=self._made)
        except StoreError as fault:
            self._making = False
            self.fault.update(human(f"▲ {fault}"))
            self.fault.add_class("-wrong")
            self.fault.scroll_visible()
        else:
            await in_front(self)
            self.dismiss(path)

    def _made(self, path: Path) -> None:
        if has_gone(self):
            tell(self.app, _("Deze sessie was al gemaakt: hij staat in je lijst."))
            self._made_late(str(path))

    @property
    def unkept(self) -> bool:
        """Whether something was typed."""
        return self.typed != self._at_first

    def action_leave(self) -> None:
        """Go back; ask first when something was typed."""
        dismiss_or_ask(self, _("Wat je hebt ingevuld weggooien?"), unkept=self.unkept)


def _row(name: str, label: str, field: LineField | TextField) -> ComposeResult:
    field.id = name
    with Horizontal(id=f"{name}-row", classes="new-row"):
        yield Static(Content(label), classes="new-label")
        yield field
        yield Static(id=f"{name}-note", classes="new-note")
