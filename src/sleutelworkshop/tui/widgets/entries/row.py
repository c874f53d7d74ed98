"""One row of a list or a table: its number, its cells, and what each of them is typed or chosen in."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, TypeAlias

from textual.app import ComposeResult
from textual.geometry import Region, Size
from textual.layout import Layout
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.script.model import AnyColumn, ChoiceColumn, TextColumn, YesNoColumn
from sleutelworkshop.session.values import Cell, Row
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.entries.columns import Place
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.picker import Picker, YesNoPicker
from sleutelworkshop.tui.widgets.regions import Regions
from sleutelworkshop.tui.widgets.rows import Spread, Words

Editor: TypeAlias = LineField | Picker
"""What one cell is typed or chosen in."""

BESIDE: Final = 4
"""Columns for the number of a row, before its cells."""


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


class EntryRow(Widget):
    """One row: its number, its cells and, under them, what can be read from them.

    It draws the number and the titles itself: with a widget for each of them, and containers to set them out, a table
    would come to a hundred widgets, and each of those is looked at whenever the screen is laid out.

    ``places`` tells where the cells stand in the width beside the number.
    """

    DEFAULT_CSS: ClassVar[str] = """
    EntryRow {
        height: auto;
        overflow: hidden;
        margin-bottom: 1;
        .row-reading { color: $quiet; padding: 0 1; }
    }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """As Textual has it, but for laying out the whole screen again when the row has come: it never scrolls."""

    def __init__(
        self,
        number: int,
        columns: Sequence[AnyColumn],
        places: Callable[[int], Sequence[Place]],
        *,
        reads: bool = False,
    ) -> None:
        super().__init__(classes="entry-row")
        self._number = number
        self._columns = columns
        self._places = places
        self._regions = Regions(self._regions_in)
        self.editors: dict[str, Editor] = {column.id: editor_for(column) for column in columns}
        self._reading = Static(classes="row-reading") if reads else None

    @property
    def layout(self) -> Layout:
        """How what stands in the row is set out."""
        return self._regions

    def compose(self) -> ComposeResult:
        yield from self.editors.values()
        if self._reading:
            yield self._reading

    def _regions_in(self, width: int) -> list[Region]:
        """Return where the editors stand, and what can be read from them."""
        room = max(width - BESIDE, 0)
        regions = [
            Region(BESIDE + place.left + place.title, place.line, max(place.width - place.title, 0), 1)
            for place in self._places(room)
        ]
        if self._reading:
            regions.append(Region(BESIDE, regions[-1].bottom, room, 1))
        return regions

    def render(self) -> Spread:
        return Spread(self._words_in)

    def _words_in(self, width: int) -> list[Words]:
        """Return the number and, where they do not stand above all rows, the titles."""
        number = human(str(self._number), "$quiet")
        words = [Words(0, BESIDE - 1 - number.cell_length, number)]
        for column, place in zip(self._columns, self._places(max(width - BESIDE, 0)), strict=True):
            if place.title:
                title = human(column.title, "$quiet").truncate(max(min(place.title, place.width) - 2, 0))
                words.append(Words(place.line, BESIDE + place.left + 1, title))
        return words

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
