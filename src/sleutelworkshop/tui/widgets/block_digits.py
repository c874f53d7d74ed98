"""Digits of full blocks, for a window that is large enough to read the time from the back of the room."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

_GLYPHS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}


def block_text(text: str) -> str:
    """Return digits, ``:`` and ``+`` as five lines of blocks; every block is two columns wide, as cells are tall."""
    rows = (" ".join(_GLYPHS[mark][row] for mark in text) for row in range(5))
    return "\n".join(row.replace(" ", "  ").replace("#", "██") for row in rows)


class BlockDigits(Static):
    """A time in blocks, five lines high."""

    def show(self, text: str) -> None:
        """Show a time such as ``9:05`` or ``+0:12``."""
        self.update(Content(block_text(text)))
