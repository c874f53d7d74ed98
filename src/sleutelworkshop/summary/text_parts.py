"""Rich renderables that the summary as text is laid out with."""

from collections.abc import Iterable, Mapping
from itertools import zip_longest
from typing import Final

from rich.box import Box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table as RichTable
from rich.text import Text

from sleutelworkshop.session.changed_words import Kind, Piece
from sleutelworkshop.session.planning import share
from sleutelworkshop.summary.blocks import Bar, Table

CROSS: Final = Box("    \n  │ \n    \n  │ \n ─┼ \n    \n  │ \n    \n")
"""Lines of a table that has only a cross inside."""

UNDERLINED: Final = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
"""Lines of a table that has only a line below its head."""

_SIGNS: Final = {Kind.SAME: ("", ""), Kind.GONE: ("[-", "-]"), Kind.CAME: ("{+", "+}")}
"""What stands around words that went or came: a text on paper has no colours, and often no strokes either."""

_GAP: Final = 3
"""Columns from one column of a table to the next."""

_FEW: Final = 8
"""Rows that can stand beside each other when a table is turned on its side."""


def literal(text: str, style: str = "") -> Text:
    """Return a text that is shown as it is, its long words folded."""
    return Text(text, style=style, overflow="fold")


def reworded(pieces: Iterable[Piece], styles: Mapping[Kind, str]) -> Text:
    """Return changed words as one text, with a sign around what went and what came."""
    shown = literal("")
    for piece in pieces:
        (opens, closes), words = _SIGNS[piece.kind], piece.text.rstrip()
        shown.append(f"{opens}{words}{closes}", styles.get(piece.kind, ""))
        shown.append(piece.text[len(words) :])
    return shown


def marked(mark: str, text: Text, style: str) -> RenderableType:
    """Return a text with a mark before it, its further lines below its first."""
    return Beside(literal(mark, style), len(mark) + 1, text)


class Beside:
    """Something with a text to the left of it, in a column of ``width``. Much lighter than a table of two cells."""

    def __init__(self, left: Text, width: int, right: RenderableType) -> None:
        self._left, self._width, self._right = left, width, right

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        right = Measurement.get(console, options.update_width(max(options.max_width - self._width, 1)), self._right)
        return Measurement(right.minimum + self._width, right.maximum + self._width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - self._width
        left = console.render_lines(self._left, options.update_width(self._width - 1))
        right = console.render_lines(self._right, options.update_width(room), pad=False)
        empty = [Segment(" " * (self._width - 1))]
        for first, second in zip_longest(left, right):
            yield from first or empty
            yield Segment(" ")
            yield from second or ()
            yield Segment.line()


class DrawnBar:
    """A bar of block characters, as long as there is room for."""

    def __init__(self, bar: Bar, style: str, track: str) -> None:
        self._bar, self._style, self._track = bar, style, track

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        length = 20 if options.max_width >= 60 else 10
        return Measurement(length, length)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = options.max_width
        full = self._bar.filled(width)
        yield Text.assemble(("█" * full, self._style), ("░" * (width - full), self._track))


class Tabled:
    """A table, or where its words would have to be broken to fit beside each other, its rows one below the other."""

    def __init__(self, table: Table, heading: str, quiet: str, *, is_turned: bool = False) -> None:
        self._table, self._heading, self._quiet, self._is_turned = table, heading, quiet, is_turned

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        columns = list(zip(self._table.columns, *self._table.rows, strict=True))
        least = [max(cell_len(word) for cell in cells for word in (cell.split() or [""])) for cells in columns]
        most = [max(map(cell_len, cells)) for cells in columns]
        room = options.max_width - sum(least) - _GAP * (len(columns) - 1)
        if room < 0:
            turned = None if self._is_turned else self._turned()
            yield turned or self._below_each_other()
            return
        # Worked out here, as Rich cuts words off when it has to make columns narrower by itself.
        extra = [top - low for top, low in zip(most, least, strict=True)]
        shares = share(min(room, sum(extra)), extra)
        yield self._side_by_side([low + more for low, more in zip(least, shares, strict=True)])

    def _turned(self) -> "Tabled | None":
        """Return a table of nothing but figures on its side, where there are few enough rows to stand as columns."""
        if self._table.figures != 1 or len(self._table.rows) > _FEW:
            return None
        first, *others = zip(self._table.columns, *self._table.rows, strict=True)
        turned = Table(first, tuple(others), figures=1)
        return Tabled(turned, self._heading, self._quiet, is_turned=True)

    def _side_by_side(self, widths: list[int]) -> RenderableType:
        drawn = RichTable(
            box=UNDERLINED,
            show_edge=False,
            pad_edge=False,
            padding=(0, _GAP - 1, 0, 0),
            header_style=self._heading,
        )
        for number, (column, width) in enumerate(zip(self._table.columns, widths, strict=True)):
            justify: JustifyMethod = "right" if self._table.is_figure(number) else "left"
            drawn.add_column(literal(column), width=width, overflow="fold", justify=justify)
        for row in self._table.rows:
            drawn.add_row(*map(literal, row))
        return drawn

    def _below_each_other(self) -> RenderableType:
        rows: list[RenderableType] = []
        for row in self._table.rows:
            cells = RichTable.grid(padding=(0, 2, 0, 0))
            cells.add_column(style=self._quiet, max_width=20, overflow="fold")
            cells.add_column(overflow="fold")
            for column, cell in zip(self._table.columns, row, strict=True):
                if cell:
                    cells.add_row(literal(column), literal(cell))
            rows.append(Padding(cells, (1 if rows else 0, 0, 0, 0)))
        return Group(*rows)


class Railed:
    """What was agreed, with a line along its left side: it is what people look for."""

    def __init__(self, inner: RenderableType, style: str) -> None:
        self._inner, self._style = inner, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        style = console.get_style(self._style)
        for line in console.render_lines(self._inner, options.update_width(options.max_width - 2), pad=False):
            yield Segment("┃ ", style)
            yield from line
            yield Segment.line()


class Underlined:
    """A heading with a line below it, as wide as itself, so that it is a heading without bold letters too."""

    def __init__(self, text: Text, line: str, style: str) -> None:
        self._text, self._line, self._style = text, line, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._text, options, pad=False)
        for line in lines:
            yield from line
            yield Segment.line()
        width = max(Segment.get_line_length(line) for line in lines)
        yield Segment(self._line * width, console.get_style(self._style))
        yield Segment.line()
