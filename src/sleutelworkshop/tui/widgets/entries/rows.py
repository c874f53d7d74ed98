"""What a list and a table share: rows of cells that grow by themselves, with an empty one at the end."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import AnyColumn, Question
from sleutelworkshop.session.values import Row
from sleutelworkshop.tui.widgets.entries.base import Entry
from sleutelworkshop.tui.widgets.entries.columns import Place
from sleutelworkshop.tui.widgets.entries.row import EntryRow, is_blank, read
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.picker import Picker


class RowsEntry(Entry):
    """Rows of cells, ``places`` tells where in a width; a new row comes by itself, until there are ``most``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", _("Regel omhoog"), show=False),
        Binding("down", "move(1)", _("Regel omlaag"), show=False),
        Binding("enter", "go_on", _("Verder"), show=False),
    ]

    def __init__(
        self,
        question: Question,
        columns: Sequence[AnyColumn],
        most: int,
        places: Callable[[int], Sequence[Place]],
        *,
        reads: bool = False,
    ) -> None:
        super().__init__(question)
        self.columns = columns
        self._most = most
        self._reads = reads
        self.places = cache(places)
        self._rows = [self._new_row(0)]

    def compose_body(self) -> ComposeResult:
        yield from self._rows

    def on_mount(self) -> None:
        self.settle()
        self.watch(self.screen, "focused", self._focus_moved)

    def _focus_moved(self, focused: Widget | None) -> None:
        """Show where the focus is, in the frame in which it moves: a word of it afterwards would make that two."""
        for row in self._rows:
            row.show_at_hand(row.has_focus_within)
        if focused is not None and self in focused.ancestors:
            self.come_to(focused)

    def go_to(self, field: Widget) -> None:
        super().go_to(field)
        if not field.is_mounted:  # made a moment ago: once its row stands there, it is seen that the focus is in it
            self.call_after_refresh(self._focus_moved, field)

    def come_to(self, field: Widget) -> None:
        """Say what the field in focus is about."""

    @property
    def contents(self) -> list[Row]:
        """The rows in which something was filled in."""
        return [content for row in self.rows if (content := row.content)]

    @property
    def rows(self) -> list[EntryRow]:
        """The rows in sight."""
        return [row for row in self._rows if row.display]

    @property
    def fields(self) -> list[Widget]:
        """The cells, row by row."""
        return [field for row in self.rows for field in row.fields]

    @property
    def lasting_fields(self) -> list[Widget]:
        """The cells without those of empty rows: these are not kept."""
        rows = [row for row in self.rows if row.content or row.has_focus_within]
        return [field for row in rows for field in row.fields]

    def is_open(self, field: Widget) -> bool:
        return isinstance(field, LineField | Picker) and is_blank(read(field))

    def first_open(self) -> Widget:
        """Return where to go on: the first cell of the empty row at the end, or else the first open cell."""
        last = self.rows[-1]
        return super().first_open() if last.content else last.fields[0]

    def prepare_row(self, row: EntryRow) -> None:
        """Make a row fit what stands in it; called after each change."""

    def put(self, contents: Sequence[Row]) -> None:
        """Show these rows, and an empty one behind them where one more fits."""
        contents = contents[: self._most]
        shown = min(len(contents) + 1, self._most)
        while len(self._rows) < shown:
            self._add_row()
        for number, row in enumerate(self._rows):
            row.display = number < shown
            row.show(contents[number] if number < len(contents) else {})
        self.settle()
        focused = self.screen.focused if self.is_attached else None
        if any(not row.display for row in self._rows if focused and row in focused.ancestors):
            self.go_to(self.rows[-1].fields[0])

    def settle(self) -> None:
        """See to it that an empty row stands at the end, where one more fits."""
        shown = self.rows
        if shown[-1].content and len(shown) < self._most:
            if len(self._rows) == len(shown):
                self._add_row()
            self._rows[len(shown)].display = True
        for row in self.rows:
            self.prepare_row(row)
        self.call_after_refresh(self._keep_spare)

    def _new_row(self, at: int) -> EntryRow:
        return EntryRow(at + 1, self.columns, self.places, reads=self._reads)

    def _add_row(self) -> None:
        row = self._new_row(len(self._rows))
        self._rows.append(row)
        if self._body.is_attached:
            self._body.mount(row)

    def _keep_spare(self) -> None:
        """Make the next row before it is needed: whoever fills in the last one must not wait for it."""
        if self.is_attached and len(self._rows) == len(self.rows) < self._most:
            self._add_row()
            self._rows[-1].display = False
            self.prepare_row(self._rows[-1])

    def row_of(self, widget: Widget | None) -> int:
        """Return the number of the row in which a widget stands; 0 when it stands in none."""
        return next((at for at, row in enumerate(self.rows) if widget and row in widget.ancestors), 0)

    def _insert(self, at: int, contents: Sequence[Row]) -> None:
        """Put rows before the row ``at`` and go to the last of them."""
        standing = [row.content for row in self.rows]
        if not standing[-1]:
            standing.pop()
        left_out = len(standing) + len(contents) - self._most
        contents = contents[: self._most - len(standing)]
        self.put([*standing[:at], *contents, *standing[at:]])
        self.go_to(self.rows[min(at + max(len(contents), 1) - 1, len(self.rows) - 1)].fields[0])
        if left_out > 0:
            self.fault(
                ngettext(
                    "Er passen {most} regels; {n} regel past er niet meer bij.",
                    "Er passen {most} regels; {n} regels passen er niet meer bij.",
                    left_out,
                ).format(most=self._most, n=left_out)
            )

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._after_change(event.input)

    def on_picker_changed(self, event: Picker.Changed) -> None:
        event.stop()
        self._after_change(event.picker)

    def _after_change(self, editor: Widget) -> None:
        at = self.row_of(editor)
        key = next((key for key, each in self.rows[at].editors.items() if each is editor), "")
        self.settle()
        self.changed(f"{at}.{key}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Go to the next cell; from the last one to a new row, and from an empty row out of the entry."""
        focused, rows = self.screen.focused, self.rows
        at = self.row_of(focused)
        fields = rows[at].fields
        column = fields.index(focused) if focused in fields else 0
        if not rows[at].content:
            self.leave()
        elif column + 1 < len(fields):
            self.go_to(fields[column + 1])
        else:
            self.next_row(at)

    def next_row(self, at: int) -> None:
        """Go to the empty row after ``at``, made for it if there is none."""
        rows = self.rows
        if at + 1 < len(rows) and not rows[at + 1].content:
            self.go_to(rows[at + 1].fields[0])
        else:
            self._insert(at + 1, [{}])

    def on_line_field_lines_pasted(self, event: LineField.LinesPasted) -> None:
        event.stop()
        at = self.row_of(event.field)
        key = next(key for key, each in self.rows[at].editors.items() if each is event.field)
        self.fault("")
        self._insert(at + 1, [{key: line[: event.field.limit]} for line in event.lines])
        self.post_message(self.Changed(self, self.value, f"{at}.{key}"))

    def on_line_field_emptied(self, event: LineField.Emptied) -> None:
        event.stop()
        at, contents = self.row_of(event.field), [row.content for row in self.rows]
        if len(contents) == 1 or contents[at]:
            return
        del contents[at]
        self.put(contents if contents[-1] else contents[:-1])
        before = self.rows[max(at - 1, 0)].editors
        self.go_to(next(iter(before.values())))

    def action_move(self, by: int) -> None:
        focused, rows = self.screen.focused, self.rows
        at = self.row_of(focused)
        key = next((key for key, each in rows[at].editors.items() if each is focused), "")
        if 0 <= at + by < len(rows):
            to = rows[at + by]
            wanted = to.editors.get(key)
            self.go_to(wanted if wanted in to.fields and wanted else to.fields[0])
