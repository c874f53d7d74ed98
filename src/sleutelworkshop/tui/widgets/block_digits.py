"""Digits of full blocks, for a window that is large enough to read the time from the back of the room."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from sleutelworkshop.tui.human import put

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


def block_text(text: str, scale: int = 1) -> str:
    """Return digits, ``:`` and ``+`` as ``5 * scale`` lines of blocks, each twice as wide as high: cells are tall."""
    rows = (" ".join(_GLYPHS[mark][row] for mark in text) for row in range(5))
    wide = (row.replace(" ", "  " * scale).replace("#", "██" * scale) for row in rows)
    return "\n".join(row for row in wide for _ in range(scale))


class BlockDigits(Static):
    """A time in blocks, as large as its height allows: five lines, or ten."""

    _text = ""

    def show(self, text: str) -> None:
        """Show a time such as ``9:05`` or ``+0:12``."""
        self._text = text
        put(self, Content(block_text(text, max(self.size.height // 5, 1))), layout=False)

    def on_resize(self) -> None:
        self.show(self._text)
