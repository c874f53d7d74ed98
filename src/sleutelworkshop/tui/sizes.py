"""The sizes of terminal for which the style sheets differ: a class on the screen from that many columns or rows on."""

from typing import Final

WIDTHS: Final[list[tuple[int, str]]] = [(0, "-narrow"), (100, "-normal"), (160, "-wide")]
HEIGHTS: Final[list[tuple[int, str]]] = [(0, "-short"), (30, "-medium"), (48, "-tall")]
