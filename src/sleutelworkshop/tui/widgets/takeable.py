"""What has lines that can be taken over: a card with a team's answer, or a chart of what all teams answered."""

from typing import Final, Protocol

from msgspec import Struct
from textual.content import Content
from textual.geometry import Region

GUTTER: Final = 3
"""Cells before a line that can be taken over: where the cursor is, and whether it was taken."""


class Drawn(Struct, frozen=True):
    """Rows, all of them as wide as what they were drawn for or less, and where each line that can be taken stands."""

    rows: tuple[Content, ...]
    regions: tuple[Region, ...]


class Marks(Struct, frozen=True):
    """The lines that can be taken, which were, and which one the cursor is at (-1: it is elsewhere)."""

    lines: tuple[str, ...]
    taken: tuple[bool, ...]
    cursor: int = -1


class Drawable(Protocol):
    """A value that can draw itself at any width."""

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return what it looks like."""
        ...


class Takeables(Struct, frozen=True):
    """Lines, and what shows them. ``key`` tells who offers the lines: a question, and a team or all teams."""

    key: tuple[str, str]
    lines: tuple[str, ...]
    taken: tuple[bool, ...]
    body: Drawable


def gutter(marks: Marks, index: int, *, bullet: bool = True) -> Content:
    """Return what stands before the first row of a line: the cursor, and a tick when it was taken."""
    here = ("▸", "bold $primary") if index == marks.cursor else " "
    sign = ("✓", "bold $success") if marks.taken[index] else ("–", "$quiet") if bullet else " "
    return Content.assemble(here, sign, " ")


def line_rows(marks: Marks, index: int, width: int, *, bullet: bool = True, style: str = "") -> list[Content]:
    """Return a line that can be taken as rows that hang behind its gutter; bright where the cursor is."""
    body = Content(marks.lines[index]).wrap(max(width - GUTTER, 2))
    if style and index != marks.cursor:
        body = [row.stylize(style) for row in body]
    blank = Content.blank(GUTTER)
    rows = [Content.assemble(blank if n else gutter(marks, index, bullet=bullet), row) for n, row in enumerate(body)]
    return [lit(row, width) for row in rows] if index == marks.cursor else rows


def lit(row: Content, width: int) -> Content:
    """Return a row as it looks under the cursor, over its whole width."""
    return row.truncate(width, pad=True).stylize("bold $foreground on $line")
