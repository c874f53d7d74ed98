"""One row of a list or a table: its number, its cells, and what each of them is typed or chosen in."""

from collections.abc import Sequence
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalGroup
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.script.model import AnyColumn, ChoiceColumn, TextColumn, YesNoColumn
from sleutelworkshop.session.values import Cell, Row
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.picker import Picker, YesNoPicker

Editor: TypeAlias = LineField | Picker
"""What one cell is typed or chosen in."""


def editor_for(column: AnyColumn) -> Editor:
    """Return a new editor for the cells of a column."""
    match column:
        case TextColumn():
            return LineField(several=True)
        case ChoiceColumn(options=options):
            return Picker([(option.id, option.title) for option in options])
        case YesNoColumn():
            return YesNoPicker()


def read(editor: Editor) -> Cell:
    """Return the cell that stands in an editor; "" when it is open."""
    if isinstance(editor, YesNoPicker):
        return "" if editor.answer is None else editor.answer
    return editor.chosen if isinstance(editor, Picker) else editor.value


def fill(editor: Editor, cell: Cell) -> None:
    """Put a cell into an editor; posts nothing."""
    if isinstance(editor, YesNoPicker):
        editor.show(cell if isinstance(cell, bool) else None)
    elif isinstance(editor, Picker):
        editor.chosen = str(cell)
    else:
        editor.show(str(cell))


def is_blank(cell: Cell) -> bool:
    """Return whether nothing was filled in."""
    return isinstance(cell, str) and not cell.strip()


class EntryRow(Horizontal):
    """One row: its number, its cells and, under them, what can be read from them."""

    DEFAULT_CSS: ClassVar[str] = """
    EntryRow {
        height: auto;
        margin-bottom: 1;
        .row-body { width: 1fr; }
        .row-cells { layout: horizontal; height: 1; }
        .row-cell { height: 1; padding-right: 2; }
        .row-cell LineField { width: 1fr; }
        .cell-title { display: none; width: auto; color: $quiet; padding: 0 1; text-wrap: nowrap; }
        .row-reading { color: $quiet; padding: 0 1; height: 1; }
    }
    """

    def __init__(self, number: int, columns: Sequence[AnyColumn], *, reads: bool = False) -> None:
        super().__init__(classes="entry-row")
        self._number = number
        self._columns = columns
        self.editors: dict[str, Editor] = {column.id: editor_for(column) for column in columns}
        self.cells = [Horizontal(classes="row-cell") for _column in columns]
        self.table = Container(classes="row-cells")
        self._reading = Static(classes="row-reading") if reads else None

    def compose(self) -> ComposeResult:
        yield Static(human(str(self._number)), classes="entry-number")
        with VerticalGroup(classes="row-body"):
            with self.table:
                for column, cell in zip(self._columns, self.cells, strict=True):
                    with cell:
                        yield Static(human(column.title), classes="cell-title")
                        yield self.editors[column.id]
            if self._reading:
                yield self._reading

    @property
    def content(self) -> Row:
        """The cells that were filled in."""
        return {key: cell for key, editor in self.editors.items() if not is_blank(cell := read(editor))}

    @property
    def fields(self) -> list[Widget]:
        """The editors that can be reached."""
        return [editor for editor in self.editors.values() if editor.visible]

    def show(self, content: Row) -> None:
        """Show other cells; posts nothing."""
        for key, editor in self.editors.items():
            fill(editor, content.get(key, ""))

    def show_at_hand(self, at_hand: bool) -> None:
        """Show whether the focus is in this row."""
        if at_hand != self.has_class("-at-hand"):
            self.set_class(at_hand, "-at-hand", update=False)
            self.app.stylesheet.update_nodes([self])  # not its cells: they look the same, and each is slow to style

    def show_reading(self, text: str) -> None:
        """Show what can be read from the cells."""
        if self._reading:
            put(self._reading, human(text), layout=False)
