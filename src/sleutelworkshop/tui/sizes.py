"""The sizes of terminal: the least that the screens fit in, and those for which the style sheets differ."""

from typing import Final

from textual.geometry import Size

LEAST: Final = Size(80, 24)

WIDTHS: Final[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
HEIGHTS: Final[list[tuple[int, str]]] = [(0, "-short"), (30, "-medium"), (48, "-tall")]
"""A class on the screen from that many columns or rows on."""


def fits(size: Size) -> bool:
    """Return whether the screens fit in a window of this size."""
    return size.width >= LEAST.width and size.height >= LEAST.height
