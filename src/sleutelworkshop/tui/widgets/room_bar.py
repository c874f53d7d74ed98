"""The head of a screen: where we are, what time it is, when it ends, and that everything is saved."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.room import RoomState

WAITING: Final = "bold $background on $warning"


class RoomBar(Horizontal):
    """One line with a rule under it: it says what the room sees, and at its end when the session was last saved."""

    DEFAULT_CSS: ClassVar[str] = """
    RoomBar {
        dock: top;
        height: 2;
        padding: 0 1;
        border-bottom: solid $line;
        border-subtitle-color: $quiet;
        border-subtitle-background: $background;
        &.-unsaved { border-subtitle-color: $error; border-subtitle-style: bold; }
        #room-title { width: auto; color: $primary; text-style: bold; }
        #room-group { width: 1fr; padding: 0 2; text-align: center; text-wrap: nowrap; text-overflow: ellipsis; }
        #room-times { width: auto; color: $foreground; }
    }
    """

    state: reactive[RoomState | None] = reactive(None, init=False)

    def __init__(self, *, countdown: bool = True) -> None:
        """``countdown``: whether it shows the time left; not where the screen itself shows it large."""
        super().__init__()
        self._countdown = countdown

    def compose(self) -> ComposeResult:
        yield Static(id="room-title")
        yield Static(id="room-group")
        yield Static(id="room-times")

    def watch_state(self, state: RoomState | None) -> None:
        if state is None:
            return
        put(self.query_one("#room-title", Static), human(state.title))
        put(self.query_one("#room-group", Static), human(state.group))
        times, text = self.query_one("#room-times", Static), self._times(state)
        put(times, text, layout=text.cell_length != times.size.width)  # each second it is another, hardly ever a wider
        self.border_subtitle = self._rule(state)
        self.set_class(state.unsaved, "-unsaved")

    def on_resize(self) -> None:
        if self.state is not None:
            self.border_subtitle = self._rule(self.state)

    def _rule(self, state: RoomState) -> Content:
        """Return the words on the rule, which has one place for them: so what is between them is drawn here too."""
        saved = human(state.saved)
        free = self.size.width - 2 - saved.cell_length
        room = Content(state.room).truncate(max(free - 4, 0), ellipsis=True)
        if room.cell_length < 12:  # too little of it to say anything; what is not saved is never cut short for it
            return saved
        line = "─" * (free - room.cell_length)
        return Content.assemble(room.stylize("not bold $quiet"), (line, "not bold $line"), saved)

    def _times(self, state: RoomState) -> Content:
        parts = [Content(state.clock), Content(state.end)]
        if state.behind:
            parts.append(Content.styled(state.behind, "bold $warning" if state.late else "$success"))
        if self._countdown:
            sign = "▶" if state.running else "Ⅱ"
            left = Content.styled(f"{sign} {state.left}", f"bold $time-{state.urgency}")
            hint = _(" {how_long} ") if state.is_read_only else _(" {how_long} · F5 start ")
            waiting = Content.styled(hint.format(how_long=state.waiting), WAITING)
            parts.insert(0, waiting if state.waiting else left)
        return Content("   ").join(parts)
