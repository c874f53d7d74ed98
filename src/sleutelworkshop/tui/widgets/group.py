"""A group of widgets under each other, for what grows and shrinks while a key waits."""

from textual.containers import VerticalGroup
from textual.geometry import Size
from textual.reactive import Reactive


class Group(VerticalGroup):
    """As Textual has it, but for laying out the whole screen again once its height has changed: it never scrolls."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
