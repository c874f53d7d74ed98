"""What every screen of an open session has: the desk, the head, undo, help, and a tick for what time changes."""

from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, ScreenResume, ScreenSuspend
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from sleutelworkshop.i18n import _
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Bookmark, RefusedError, Session
from sleutelworkshop.text import TextTooLongError
from sleutelworkshop.tui.desk import Desk, Happening
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.room import room_state
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.room_bar import RoomBar

ResultT = TypeVar("ResultT")


class WorkshopScreen(Screen[ResultT]):
    """A screen of an open session.

    A subclass composes its own body in :meth:`compose_body` and shows the session in :meth:`draw`, which is
    called when the session changes and when the screen comes (back) to the front; :meth:`tick` is called four
    times a second while it is in front.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", _("Ongedaan maken"), show=False),
        Binding("ctrl+y", "redo", _("Opnieuw doen"), show=False),
        Binding("f5", "start", _("De tijd starten"), show=False, priority=True),
        Binding("f5", "pause", _("De tijd stilzetten"), show=False, priority=True),
        Binding("f3", "app.arrangement", _("Het arrangement zoals het nu is"), show=False, priority=True),
        Binding("f8", "app.save_elsewhere", _("elders opslaan"), priority=True),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
    ]

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    changing: ClassVar[frozenset[str]] = frozenset({"undo", "redo", "start", "pause"})
    """The actions that change the session: they are not there for who only looks on."""

    place_name: ClassVar[str] = ""
    """What a bookmark calls this screen; without it, one returns to where it was opened from."""

    large_countdown: ClassVar[bool] = False
    """Whether the body shows the countdown itself, so that the head need not."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but for painting the whole screen again when the focus moves: widgets show it themselves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield RoomBar(countdown=not self.large_countdown)
        yield from self.compose_body()
        yield KeyBar()

    def compose_body(self) -> ComposeResult:
        """Yield what stands between the head and the foot."""
        yield from ()

    def draw(self, session: Session) -> None:
        """Show the session; called when it changed and when the screen comes to the front."""

    @property
    def place(self) -> Bookmark | None:
        """Where the facilitator is at work: there the session goes on after a crash."""
        return Bookmark(self.place_name) if self.place_name else None

    @property
    def component_at_hand(self) -> str:
        """The component that is worked on: where the arrangement opens."""
        return ""

    def tick(self) -> None:
        """Show what changes with time alone."""
        desk = self.desk
        self.query_one(RoomBar).state = room_state(
            desk.session, desk.save_state, desk.now(), is_read_only=desk.is_read_only, muted=desk.muted
        )

    def on_mount(self) -> None:
        self._ticking = self.set_interval(0.25, self.tick)

    def on_screen_resume(self, _event: ScreenResume) -> None:
        self._ticking.resume()
        self._listen()
        self.desk.bookmark(self.place)
        self.tick()
        self.draw(self.desk.session)

    def on_screen_suspend(self, _event: ScreenSuspend) -> None:
        self._ticking.pause()
        if not self.app.screen.is_modal:
            self._turn_away()
        if self not in self.app.screen_stack:
            # It is left for good, and Textual keeps the painted lines of a thousand widgets more: megabytes a screen.
            for widget in self.walk_children(Widget):
                widget.refresh()

    def _listen(self) -> None:
        """Follow the session and the disk; not from behind another screen: Textual would paint both at every change."""
        self._turn_away()
        self.desk.changed.subscribe(self, self._redraw)
        self.desk.saved.subscribe(self, lambda _state: self.tick())

    def _turn_away(self) -> None:
        self.desk.changed.unsubscribe(self)
        self.desk.saved.unsubscribe(self)

    def _redraw(self, session: Session) -> None:
        self.tick()
        self.draw(session)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.desk.is_read_only and self._changes(action):
            return False
        if action == "start":
            return not self.desk.running and self.desk.session.finished_at is None
        if action == "pause":
            return self.desk.running
        return super().check_action(action, parameters)

    def _changes(self, action: str) -> bool:
        return any(action in vars(each).get("changing", ()) for each in type(self).__mro__)

    def on_key(self, event: Key) -> None:
        """Say that one only looks on, to who presses a key that would change something, or types."""
        if not self.desk.is_read_only or event.key in self.active_bindings:
            return
        bound = (
            each for cls in type(self).__mro__ for each in vars(cls).get("BINDINGS", ()) if isinstance(each, Binding)
        )
        changes = any(event.key in each.key.split(",") and self._changes(each.action.split("(")[0]) for each in bound)
        if changes or (event.is_printable and self.query("Input, TextArea")):
            tell(self, _("Je kijkt alleen mee: veranderen kan waar de sessie open is."))

    def act(self, label: str, happening: Happening, *, merge: str = "") -> bool:
        """Let something happen in the room; when it cannot, say why and return false."""
        try:
            self.desk.record(label, happening, merge=merge)
        except (RefusedError, TextTooLongError) as refusal:
            tell(self, str(refusal), "warning")
            return False
        return True

    def action_start(self) -> None:
        self.act(_("de tijd starten"), partial(moving.start, now=self.desk.now()))

    def action_pause(self) -> None:
        self.act(_("de tijd stilzetten"), partial(moving.pause, now=self.desk.now()))

    def action_undo(self) -> None:
        label = self.desk.undo()
        tell(self, _("Ongedaan gemaakt: {what}").format(what=label) if label else _("Er valt niets ongedaan te maken."))

    def action_redo(self) -> None:
        label = self.desk.redo()
        tell(self, _("Opnieuw gedaan: {what}").format(what=label) if label else _("Er is niets om opnieuw te doen."))
