"""The entry for spreading points: a row per option, and a total that can never be over-spent."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalGroup
from textual.content import Content
from textual.events import Blur, Click, DescendantFocus, Key, Resize
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Option, PointsQuestion
from sleutelworkshop.session.values import PointsValue, Value
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.entries.base import Entry

_BAR: Final = 30
"""The most cells that a bar takes."""

_BESIDE_BAR: Final = 10
"""Cells in a row that are for neither its title nor its bar: the rail, the number and the room between them."""

_WIDEST: Final = 100
"""Beyond this a row gets no wider: its number would stand too far from its title."""


class PointsRow(VerticalGroup, can_focus=True):
    """One option and its points. Asks for points; the entry decides how many there are to give."""

    DEFAULT_CSS: ClassVar[str] = """
    PointsRow {
        Horizontal { height: 1; }
        .points-title { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        .points-count { width: 5; text-align: right; color: $quiet; padding: 0 1; }
        .points-bar { width: 1fr; color: $primary; margin-left: 2; text-wrap: nowrap; }
        &.-given .points-count { color: $foreground; text-style: bold; }
        &.-given .points-title { text-style: bold; }
        &:focus { background: $panel; }
        &:focus .points-count { color: $block-cursor-foreground; background: $block-cursor-background; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,plus", "ask_more(1)", _("Punt erbij"), show=False),
        Binding("left,minus", "ask_more(-1)", _("Punt eraf"), show=False),
        Binding("backspace,delete", "ask(0)", _("Punten wissen"), show=False),
    ]

    points: reactive[int] = reactive(0)

    class Asked(Message):
        """The person wants ``points`` for this option."""

        def __init__(self, row: "PointsRow", points: int) -> None:
            super().__init__()
            self.row = row
            self.points = points

    def __init__(self, option: Option, budget: int) -> None:
        super().__init__(classes="entry-row")
        self.option = option
        self._budget = budget
        self._typed = ""
        self._bar_width = 1
        self._bar = Static(classes="points-bar")
        self._title = Static(human(option.title), classes="points-title")
        self._count = Static("0", classes="points-count")

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._title
            yield self._count
            yield self._bar
        if self.option.description:
            yield Static(human(self.option.description), classes="entry-detail")

    def lay_out(self, title: int, room: int) -> None:
        """Give the title so many cells, and the bar at most the rest of ``room``: whole cells for each point."""
        rest = max(min(room - title - _BESIDE_BAR, _BAR), 1)
        self._bar_width = self._budget * (rest // self._budget) or rest
        self._title.styles.width = title
        self.watch_points(self.points)

    def watch_points(self, points: int) -> None:
        width = self._bar_width
        full = -(-points * width // self._budget)
        put(self._bar, Content.assemble("━" * full, human("┄" * (width - full), "$quiet")))
        put(self._count, human(str(points)))
        self.set_class(points > 0, "-given")

    def on_key(self, event: Key) -> None:
        if not (event.character and event.character.isascii() and event.character.isdecimal()):
            return
        event.stop()
        # Digits in a row make one number as long as the budget has room for it: 1, 0 is ten of ten.
        typed = self._typed + event.character
        self._typed = typed if int(typed) <= self._budget and self._typed != "0" else event.character
        self.post_message(self.Asked(self, int(self._typed)))

    def action_ask(self, points: int) -> None:
        self._typed = ""
        self.post_message(self.Asked(self, points))

    def action_ask_more(self, by: int) -> None:
        self.action_ask(self.points + by)

    def on_blur(self, _event: Blur) -> None:
        self._typed = ""

    def on_click(self, event: Click) -> None:
        event.stop()
        self.focus()


class PointsEntry(Entry):
    """A row per option; what is left to give stands above them."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    .-medium PointsEntry .entry-row { margin-bottom: 1; }
    .-tall PointsEntry .entry-whisper { visibility: hidden; }
    PointsEntry {
        .entry-whisper, .entry-fault { min-height: 3; margin-top: 1; }
        .entry-body { max-width: 100; }
        .points-total { padding: 0 1; margin-bottom: 1; }
        &.-spent .points-total { color: $success; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down,enter", "move(1)", show=False),
    ]

    question: PointsQuestion

    def __init__(self, question: PointsQuestion) -> None:
        super().__init__(question)
        self._rows = [PointsRow(option, question.budget) for option in question.options]
        self._total = Static(classes="points-total")

    def compose_body(self) -> ComposeResult:
        yield self._total
        yield from self._rows

    def on_mount(self) -> None:
        self._show_total()

    def on_resize(self, event: Resize) -> None:
        room = min(event.size.width, _WIDEST)
        widest = 2 + max(human(row.option.title).cell_length for row in self._rows)
        for row in self._rows:
            row.lay_out(min(widest, room // 2), room)

    @property
    def value(self) -> PointsValue:
        """The points by option."""
        return PointsValue({row.option.id: row.points for row in self._rows if row.points})

    def fill(self, value: Value) -> None:
        points = value.points if isinstance(value, PointsValue) else {}
        for row in self._rows:
            row.points = points.get(row.option.id, 0)
        self._show_total()

    @property
    def fields(self) -> list[Widget]:
        """The rows."""
        return [*self._rows]

    def is_open(self, field: Widget) -> bool:
        return isinstance(field, PointsRow) and not field.points

    def on_points_row_asked(self, event: PointsRow.Asked) -> None:
        event.stop()
        row, others = event.row, self._given - event.row.points
        most = self.question.budget - others
        before, row.points = row.points, max(0, min(event.points, most))
        self._show_total()
        if row.points != before:
            self.changed(row.option.id)
        if event.points > most:
            self.fault(self._spent_text(most))

    def action_move(self, by: int) -> None:
        rows = self._rows
        at = next((number for number, row in enumerate(rows) if row.has_focus), 0) + by
        if at >= len(rows):
            self.leave()
        elif at >= 0:
            self.go_to(rows[at])

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        if isinstance(event.widget, PointsRow):
            self.whisper(event.widget.option.description)

    @property
    def _given(self) -> int:
        return sum(row.points for row in self._rows)

    def _spent_text(self, most: int) -> str:
        if most == 0:
            return _("Alle {budget} punten zijn al verdeeld. Haal er eerst ergens een weg.").format(
                budget=self.question.budget
            )
        return ngettext(
            "Hier past nog {most} punt: de rest is al verdeeld.", "Hier passen er {most}: de rest is al verdeeld.", most
        ).format(most=most)

    def _show_total(self) -> None:
        given, budget = self._given, self.question.budget
        text = _("{given} van {budget} verdeeld").format(given=given, budget=budget)
        rest = _(", nog {left}").format(left=budget - given) if given < budget else " ✓"
        put(self._total, human(text + rest))
        self.set_class(given == budget, "-spent")
