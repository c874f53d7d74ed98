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

_HALVES: Final = {("#", "#"): "█", ("#", " "): "▀", (" ", "#"): "▄", (" ", " "): " "}
"""What a cell shows, by its upper and its lower half."""


TIME: Final = "00:00"
"""As wide as a time mostly is: what has room for it does not change its size from one second to the next."""


def block_rows(text: str, unit: int) -> list[str]:
    """Return digits, ``:`` and ``+`` as rows of blocks, each ``3 * unit`` cells wide and ``5 * unit`` half rows high.

    Half a row is as high as a cell is wide, so the digits have the same shape with every unit.
    """
    pixels = [" ".join(_GLYPHS[mark][row] for mark in text) for row in range(5) for _ in range(unit)]
    pixels.append(" " * len(pixels[0]))  # an odd number of half rows leaves half a row empty
    return [
        "".join(_HALVES[upper, lower] * unit for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(pixels[0:-1:2], pixels[1::2], strict=True)
    ]


def block_unit(text: str, width: int, height: int) -> int:
    """Return the largest unit with which the text fits, or 0; also as wide as a time of minutes mostly is."""
    columns = max(len(" ".join(_GLYPHS[mark][0] for mark in each)) for each in (text, TIME))
    return max(min(width // columns, height * 2 // 5), 0)


def block_text(text: str, scale: int = 1) -> str:
    """Return digits, ``:`` and ``+`` as ``5 * scale`` lines of blocks, each twice as wide as high: cells are tall."""
    return "\n".join(block_rows(text, 2 * scale))


class BlockDigits(Static):
    """A time in blocks, as large as its height allows: five lines, or ten."""

    _text = ""

    def show(self, text: str) -> None:
        """Show a time such as ``9:05`` or ``+0:12``."""
        self._text = text
        put(self, Content(block_text(text, max(self.size.height // 5, 1))), layout=False)

    def on_resize(self) -> None:
        self.show(self._text)
