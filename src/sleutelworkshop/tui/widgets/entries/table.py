"""The entry for a table: rows of typed cells, and the field in which a row stands as soon as it is known."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.script.model import TableQuestion, TextColumn
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import TableValue, Value
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.entries.columns import GAP, column_widths
from sleutelworkshop.tui.widgets.entries.row import EntryRow
from sleutelworkshop.tui.widgets.entries.rows import RowsEntry
from sleutelworkshop.tui.widgets.line_field import LineField

_BESIDE_CELLS = 6  # the row's rail, its number and the room at its end


class TableEntry(RowsEntry):
    """Cells under short headings; where those would get too narrow, the cells of a row stand under each other."""

    DEFAULT_CSS: ClassVar[str] = """
    TableEntry {
        .table-headings { height: auto; padding-left: 5; margin-bottom: 1; }
        .table-heading { color: $quiet; padding: 0 1; }
        .table-advice { padding: 0 1; min-height: 3; margin-top: 1; max-width: 100; }
        .entry-whisper, .entry-fault { min-height: 2; }
        &.-flowing {
            .table-headings { display: none; }
            .row-cells { layout: grid; grid-size: 2; grid-rows: 1; height: auto; }
            .row-cell { width: 1fr; padding-right: 0; }
            .row-cell.-text { column-span: 2; }
            .cell-title { display: block; }
            .row-cell.-text .cell-title { width: 14; }
        }
    }
    """

    question: TableQuestion

    def __init__(self, question: TableQuestion) -> None:
        self._advice = Static(classes="table-advice")
        self._headings = [Static(human(column.title), classes="table-heading") for column in question.columns]
        self._widths: list[int] | None = None
        self._laid_out: dict[EntryRow, list[int] | None] = {}
        super().__init__(question, question.columns, question.most, reads=question.four_fields is not None)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.question.four_fields:
            yield self._advice

    def compose_body(self) -> ComposeResult:
        with Horizontal(classes="table-headings"):
            yield from self._headings
        yield from super().compose_body()

    @property
    def value(self) -> TableValue:
        """The rows, without the empty ones."""
        return TableValue(tuple(self.contents))

    def fill(self, value: Value) -> None:
        self.put(value.rows if isinstance(value, TableValue) else ())
        self._show_advice(self.screen.focused if self.is_attached else None)

    def on_resize(self, event: Resize) -> None:
        self._widths = column_widths(self.columns, event.size.width - _BESIDE_CELLS)
        self.set_class(self._widths is None, "-flowing")
        for heading, width in zip(self._headings, self._widths or (), strict=False):
            heading.styles.width = width + GAP
        for row in self._rows:
            self._lay_out(row)

    def _lay_out(self, row: EntryRow) -> None:
        if self._laid_out.get(row, ()) == self._widths:
            return  # Textual lays the screen out for a width that is the same as well
        self._laid_out[row] = self._widths
        for number, (column, cell) in enumerate(zip(self.columns, row.cells, strict=True)):
            cell.set_class(isinstance(column, TextColumn), "-text")
            cell.styles.width = self._widths[number] + GAP if self._widths else None

    def prepare_row(self, row: EntryRow) -> None:
        self._lay_out(row)
        fields = self.question.four_fields
        field = field_of(fields, row.content) if fields else None
        row.show_reading(f"→ {field.title}" if field else "")
        for column in self.columns:
            editor = row.editors[column.id]
            if isinstance(editor, LineField):
                editor.placeholder = "…"
        if self.is_attached and self.screen.focused in row.fields:
            self._show_advice(self.screen.focused)

    def come_to(self, field: Widget) -> None:
        row = self.rows[self.row_of(field)]
        column = next((each for each in self.columns if row.editors[each.id] is field), None)
        hint = Content.assemble(human(f"{column.title}  ", "bold"), human(column.hint)) if column else Content()
        put(self._whisper, hint if column and column.hint else Content())
        self._show_advice(field)

    def _show_advice(self, focused: Widget | None) -> None:
        fields = self.question.four_fields
        row = next((row for row in self.rows if focused in row.fields), None)
        field = field_of(fields, row.content) if fields and row else None
        advice = Content.assemble(human(f"{field.title}. ", "bold"), human(field.advice)) if field else Content()
        put(self._advice, advice)
