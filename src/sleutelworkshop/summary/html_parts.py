"""Making HTML of which no part can be mistaken: whatever is no :class:`Html` is text, and is shown literally."""

import html
from typing import Final

from sleutelworkshop.lettering import printable
from sleutelworkshop.summary.blocks import Bar

_HEIGHT: Final = 10
"""Units that a bar is high; it is a hundred wide."""

_VOID: Final = frozenset({"meta", "img", "hr", "br"})
"""Elements that have no end."""


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def el(name: str, /, *children: str, **attributes: str) -> Html:
    """Return an element with what is in it, in that order.

    ``class_`` is the attribute class and ``data_x`` is data-x; one without a value is left out.
    """
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(printable(value))}"'
        for key, value in attributes.items()
        if value
    )
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """Return pieces one after the other; a piece that is no HTML is escaped."""
    return Html(
        "".join(child if isinstance(child, Html) else html.escape(printable(child), quote=False) for child in children)
    )


def words(name: str, text: str, class_: str = "") -> Html:
    """Return an element with what a person wrote: its lines stay, and Arabic runs from right to left."""
    return el(name, text, class_=f"words {class_}".strip(), dir="auto")


def drawn(bar: Bar) -> Html:
    """Return a bar as a drawing; what it says stands beside it, so that who cannot see it misses nothing."""
    shapes = [_rect("track", 0, 100, 0), _rect("fill", 0, _share(bar, bar.value), 0)]
    if bar.lowest is not None and bar.highest is not None:
        low, high = _share(bar, bar.lowest), _share(bar, bar.highest)
        shapes.append(_rect("reach", max(low - 0.5, 0), high - low + 1, _HEIGHT * 0.4))
    return el(
        "svg",
        *shapes,
        viewBox=f"0 0 100 {_HEIGHT}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def _share(bar: Bar, value: float) -> float:
    return 100 * value / bar.of if bar.of else 0


def _rect(class_: str, x: float, width: float, inset: float) -> Html:
    return el(
        "rect", class_=class_, x=f"{x:.4g}", y=f"{inset:g}", width=f"{width:.4g}", height=f"{_HEIGHT - 2 * inset:g}"
    )
