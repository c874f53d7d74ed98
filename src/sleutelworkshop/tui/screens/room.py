"""The room's view in the facilitator's own window, for who has one screen: what is on it is for everyone."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.revealing import RoomView, for_the_room
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.screens.steering import SteeringScreen
from sleutelworkshop.tui.widgets.room_view import RoomDisplay


class RoomScreen(SteeringScreen):
    """Shows what the room sees. The time and the steps are steered here as well; no key but the way back is told."""

    DEFAULT_CSS: ClassVar[str] = """
    RoomScreen #way-back { dock: bottom; height: 1; width: 1fr; padding: 0 2; text-align: right; color: $quiet; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "dismiss", _("Terug naar jouw scherm"), priority=True),
        Binding("escape", "dismiss", _("Terug naar jouw scherm"), show=False),
        Binding("pagedown", "turn(1)", _("Volgende bladzijde"), show=False),
        Binding("pageup", "turn(-1)", _("Vorige bladzijde"), show=False),
    ]

    picture = getters.query_one(RoomDisplay)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._seen: tuple[Session, RoomView] | None = None

    def compose(self) -> ComposeResult:
        yield RoomDisplay()
        yield Static(human(_("F4 jouw scherm")), id="way-back")

    @property
    def place(self) -> Bookmark | None:
        """Where the facilitator was at work: looking at what the room sees is no other place."""
        return self.desk.session.bookmark

    def tick(self) -> None:
        session = self.desk.session
        if self._seen is None or self._seen[0] is not session:
            self._seen = (session, for_the_room(session))
        self.picture.show(self._seen[1], self.desk.now())

    def draw(self, session: Session) -> None:  # noqa: ARG002 - what tick shows is the same session
        self.tick()
        self.refresh_bindings()

    def action_turn(self, pages: int) -> None:
        self.picture.turn(pages)
