"""Where the cells of a row stand: beside each other, and where texts would get too narrow, on several lines."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from sleutelworkshop.script.model import AnyColumn, ChoiceColumn, Option, TextColumn, YesNoColumn
from sleutelworkshop.tui.human import human

GAP: Final = 2
"""Cells between two columns."""

_YES_NO: Final = 11
_YES_NO_ARROWS: Final = 7
_CHOICE_NARROW: Final = 20
_TEXT_LEAST: Final = 20
_TEXT_TITLE: Final = 14

_LABEL_MOST: Final = 36
"""Hundredths of the width of a list that labels get at most."""


class Place(Struct, frozen=True):
    """Where in a row a cell stands.

    Of its ``width`` the first ``title`` are for the title of its column, or 0 where that stands above all rows.
    """

    line: int
    left: int
    width: int
    title: int = 0


def table_places(columns: Sequence[AnyColumn], width: int) -> tuple[Place, ...]:
    """Return where the cells of a table stand: beside each other, or on several lines where they must."""
    widths = column_widths(columns, width)
    return tuple(_flowing(columns, width) if widths is None else _beside(widths))


def list_places(labels: Sequence[Option], width: int) -> tuple[Place, ...]:
    """Return where an item of a list and its label stand; the label gets no more than it takes to read it."""
    if not labels:
        return tuple(_beside([width - GAP]))
    label = min(_choice_width(labels), width * _LABEL_MOST // 100 - GAP)
    return tuple(_beside([width - label - 2 * GAP, label]))


def column_widths(columns: Sequence[AnyColumn], width: int) -> list[int] | None:
    """Return the width of each column, or None when texts would get too little to read what is typed."""
    for narrow in (False, True):
        fixed = [_fixed(column, narrow=narrow) for column in columns]
        texts = fixed.count(0)
        rest = width - sum(fixed) - GAP * len(columns)
        if texts == 0 and rest >= 0:
            return fixed
        if texts and rest // texts >= _TEXT_LEAST:
            share, extra = divmod(rest, texts)
            widths = [size or share for size in fixed]
            widths[fixed.index(0)] += extra
            return widths
    return None


def _beside(widths: Sequence[int]) -> Iterator[Place]:
    """Yield the places of cells of these widths on one line."""
    left = 0
    for width in widths:
        yield Place(0, left, width)
        left += width + GAP


def _flowing(columns: Sequence[AnyColumn], width: int) -> Iterator[Place]:
    """Yield the places of cells behind their titles: two choices on a line, and what is left of one for a text."""
    line, left = 0, 0
    for column in columns:
        if isinstance(column, TextColumn):
            yield Place(line, left, width - left, _TEXT_TITLE)
            left = width
        else:
            end = width if left else width // 2
            yield Place(line, left, end - left, human(column.title).cell_length + 2)
            left = end
        if left == width:
            line, left = line + 1, 0


def _choice_width(options: Sequence[Option]) -> int:
    """Return the width that it takes to show each of these options between arrows."""
    return 4 + max(human(option.title).cell_length for option in options)


def _fixed(column: AnyColumn, *, narrow: bool) -> int:
    """Return the width of a column of choices, or 0 for texts."""
    word = max(human(part).cell_length for part in column.title.split())
    match column:
        case YesNoColumn():
            return max(_YES_NO_ARROWS if narrow else _YES_NO, word)
        case ChoiceColumn(options=options):
            widest = _choice_width(options)
            return max(min(widest, _CHOICE_NARROW) if narrow else widest, word)
        case _:
            return 0
