"""The entry for a table: rows of typed cells, and the field in which a row stands as soon as it is known."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.script.model import TableQuestion
from sleutelworkshop.session.tally import field_of
from sleutelworkshop.session.values import TableValue, Value
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.entries.columns import table_places
from sleutelworkshop.tui.widgets.entries.row import EntryRow
from sleutelworkshop.tui.widgets.entries.rows import RowsEntry
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.rows import Spread, Words


class TableEntry(RowsEntry):
    """Cells under short headings; where those would get too narrow, the cells of a row stand under each other."""

    DEFAULT_CSS: ClassVar[str] = """
    TableEntry {
        .table-headings { padding: 0 1 0 5; }
        .table-advice { padding: 0 1; min-height: 3; margin-top: 1; max-width: 100; }
        .entry-whisper, .entry-fault { min-height: 2; }
    }
    """

    question: TableQuestion

    def __init__(self, question: TableQuestion) -> None:
        self._advice = Static(classes="table-advice")
        places = partial(table_places, question.columns)
        super().__init__(question, question.columns, question.most, places, reads=question.four_fields is not None)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        if self.question.four_fields:
            yield self._advice

    def compose_body(self) -> ComposeResult:
        yield Static(Spread(self._headings, under=1), classes="table-headings")
        yield from super().compose_body()

    @property
    def value(self) -> TableValue:
        """The rows, without the empty ones."""
        return TableValue(tuple(self.contents))

    def fill(self, value: Value) -> None:
        self.put(value.rows if isinstance(value, TableValue) else ())
        self._show_advice(self.screen.focused if self.is_attached else None)

    def _headings(self, width: int) -> list[Words]:
        """Return the titles over the cells, unless the rows hold them."""
        return [
            Words(line, place.left + 1, words)
            for column, place in zip(self.columns, self.places(width), strict=True)
            if not place.title
            for line, words in enumerate(human(column.title, "$quiet").wrap(place.width))
        ]

    def prepare_row(self, row: EntryRow) -> None:
        fields = self.question.four_fields
        field = field_of(fields, row.content) if fields else None
        row.show_reading(f"→ {field.title}" if field else "")
        for column in self.columns:
            editor = row.editors[column.id]
            if isinstance(editor, LineField):
                editor.placeholder = "…"
        if self.is_attached and self.screen.focused in row.editors.values():
            self._show_advice(self.screen.focused)

    def come_to(self, field: Widget) -> None:
        row = self.rows[self.row_of(field)]
        column = next((each for each in self.columns if row.editors[each.id] is field), None)
        hint = Content.assemble(human(f"{column.title}  ", "bold"), human(column.hint)) if column else Content()
        put(self._whisper, hint if column and column.hint else Content())
        self._show_advice(field)

    def _show_advice(self, focused: Widget | None) -> None:
        fields = self.question.four_fields
        if not fields:
            return
        row = next((row for row in self.rows if focused in row.editors.values()), None)
        field = field_of(fields, row.content) if row else None
        advice = Content.assemble(human(f"{field.title}. ", "bold"), human(field.advice)) if field else Content()
        put(self._advice, advice)
