"""Showing what people typed. Textual reads a plain string as markup, so human text always goes through here."""

from typing import TypeAlias

from textual.content import Content
from textual.dom import DOMNode
from textual.notifications import SeverityLevel
from textual.widget import Widget
from textual.widgets import Static

Message: TypeAlias = tuple[str, SeverityLevel]
"""What :func:`tell` is given: a text, and how severe it is."""


def human(text: str, style: str = "") -> Content:
    """Return a text to show exactly as it stands, whatever brackets are in it."""
    return Content(text).stylize(style) if style else Content(text)


def put(static: Static, text: Content, *, layout: bool = True) -> None:
    """Give a widget its text, unless it has it already: each update lays the whole screen out again.

    ``layout=False`` where the size of the widget does not follow its text.
    """
    standing = static.content
    if not (isinstance(standing, Content) and standing.is_same(text)):
        static.update(text, layout=layout)


def tell(node: Widget | DOMNode, text: str, severity: SeverityLevel = "information") -> None:
    """Show a short message at the edge of the screen, in place of the one before, without reading markup in it."""
    node.app.clear_notifications()  # they would pile up over what the room must see
    focused, above = node.app.focused, False
    if focused is not None:
        cursor = getattr(focused, "cursor_screen_offset", focused.region.offset)
        above = cursor.y >= node.app.size.height // 2
    for rack in node.app.screen.query("ToastRack"):  # never over the line that one types in
        rack.set_class(above, "-above")
    node.app.notify(text, severity=severity, markup=False, timeout=4)
