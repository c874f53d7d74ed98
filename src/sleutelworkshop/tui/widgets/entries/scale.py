"""The entry for marks: a row per statement; a digit marks it and goes on to the next."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalGroup
from textual.events import DescendantFocus, Key
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Option, ScaleQuestion
from sleutelworkshop.session.values import ScaleValue, Value
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.entries.base import Entry
from sleutelworkshop.tui.widgets.picker import MarkPicker, Picker


class Marks(MarkPicker):
    """The marks of one statement; a digit is for the entry, which goes on to the next statement."""

    class Typed(Message):
        """A digit was typed."""

        def __init__(self, mark: int) -> None:
            super().__init__()
            self.mark = mark

    def on_key(self, event: Key) -> None:
        if event.character and event.character.isascii() and event.character.isdecimal():
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(int(event.character)))


class ScaleRow(VerticalGroup):
    """One statement and its mark."""

    DEFAULT_CSS: ClassVar[str] = """
    ScaleRow {
        Horizontal { height: auto; }
        .scale-title { width: 1fr; padding: 0 1; }
        Marks { width: 23; }
        &.-marked .scale-title { text-style: bold; }
    }
    """

    def __init__(self, statement: Option) -> None:
        super().__init__(classes="entry-row")
        self.statement = statement
        self.picker = Marks()

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(human(self.statement.title), classes="scale-title")
            yield self.picker
        if self.statement.description:
            yield Static(human(self.statement.description), classes="entry-detail")

    @property
    def mark(self) -> int | None:
        """The mark, or None while there is none."""
        return self.picker.mark

    def show(self, mark: int | None) -> None:
        """Show a mark; posts nothing."""
        self.picker.show(mark)
        self.set_class(mark is not None, "-marked")


class ScaleEntry(Entry):
    """A row per statement; what the ends mean stands above the marks."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    .-medium ScaleEntry .entry-row { margin-bottom: 1; }
    .-tall ScaleEntry .entry-whisper { visibility: hidden; }
    ScaleEntry {
        .entry-body { max-width: 90; }
        ScaleRow:focus-within { background: $panel; border-left: thick $primary; }
        .scale-ends { color: $quiet; text-align: right; padding: 0 2; margin-bottom: 1; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down,enter", "move(1)", show=False),
    ]

    question: ScaleQuestion

    def __init__(self, question: ScaleQuestion) -> None:
        super().__init__(question)
        self._rows = [ScaleRow(statement) for statement in question.statements]
        self._at = 0

    def compose_body(self) -> ComposeResult:
        ends = _("1 {low}   …   5 {high}").format(low=self.question.low, high=self.question.high)
        yield Static(human(ends), classes="scale-ends")
        yield from self._rows

    @property
    def value(self) -> ScaleValue:
        """The marks by statement."""
        return ScaleValue({row.statement.id: row.mark for row in self._rows if row.mark is not None})

    def fill(self, value: Value) -> None:
        marks = value.marks if isinstance(value, ScaleValue) else {}
        for row in self._rows:
            row.show(marks.get(row.statement.id))

    @property
    def fields(self) -> list[Widget]:
        """The marks."""
        return [row.picker for row in self._rows]

    def is_open(self, field: Widget) -> bool:
        return isinstance(field, MarkPicker) and field.mark is None

    def on_marks_typed(self, event: "Marks.Typed") -> None:
        event.stop()
        if not 1 <= event.mark <= 5:
            self.fault(_("Een cijfer loopt van 1 tot en met 5."))
            return
        # Where we are is known here, and not only by the focus, so that digits typed in one breath all find their row.
        self._rows[self._at].picker.choose(str(event.mark))
        if self._at + 1 < len(self._rows):
            self.action_move(1)

    def on_picker_changed(self, event: Picker.Changed) -> None:
        event.stop()
        row = next(row for row in self._rows if row.picker is event.picker)
        row.show(row.mark)
        self.changed(row.statement.id)

    def action_move(self, by: int) -> None:
        at = self._at + by
        if at >= len(self._rows):
            self.leave()
        elif at >= 0:
            self._at = at
            self.go_to(self._rows[at].picker)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        for number, row in enumerate(self._rows):
            if row.picker is event.widget is self.screen.focused:
                self._at = number
                self.whisper(row.statement.description)
