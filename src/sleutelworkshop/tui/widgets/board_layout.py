"""Where everything stands on a board with answers, in cells from its top left: arithmetic, and no widgets."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct
from textual.content import Content
from textual.geometry import Region

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.takeable import Takeables

CARD_WIDTH: Final = 33
"""Cells that a card needs to be read; how many stand side by side follows from it."""

_BESIDE: Final = 2
"""Cells between two cards."""

_FRAME: Final = 2
"""Cells of something to take from that are not for its text: the rail before it and a blank behind it."""

HeightOf: TypeAlias = Callable[[Takeables, int], int]
"""Returns how many rows something takes at a width."""


class Section(Struct, frozen=True):
    """One question: its chart, if people would rather look than read, the cards of the teams, and who is missing.

    ``seen`` is whether the room sees the answers now.
    """

    question: str
    heading: str
    chart: Takeables | None
    cards: tuple[Takeables, ...]
    missing: str
    seen: bool = False

    @property
    def takeables(self) -> tuple[Takeables, ...]:
        """All that can be taken from, in order."""
        return (self.chart, *self.cards) if self.chart else self.cards


class Words(Struct, frozen=True):
    """A text on the board, and where."""

    text: Content
    region: Region


class Place(Struct, frozen=True):
    """Something to take from, and where. ``over`` is the row of what is read before it: the question, or itself."""

    value: Takeables
    region: Region
    over: int
    is_card: bool

    @property
    def width(self) -> int:
        """The cells for its text."""
        return self.region.width - _FRAME


class Band(Struct, frozen=True):
    """What stands side by side, as high as the highest of it."""

    region: Region
    items: tuple[Words | Place, ...]


class Layout(Struct, frozen=True):
    """The bands from top to bottom."""

    bands: tuple[Band, ...] = ()
    height: int = 0

    def band_at(self, row: int) -> Band | None:
        """Return what stands in a row of the board."""
        at = bisect_right(self.bands, row, key=lambda band: band.region.y) - 1
        band = self.bands[at] if at >= 0 else None
        return band if band and row < band.region.bottom else None

    @property
    def places(self) -> Iterator[Place]:
        """All that can be taken from, in order."""
        return (item for band in self.bands for item in band.items if isinstance(item, Place))


def arrange(sections: Sequence[Section], width: int, accent: str, height_of: HeightOf, *, spaced: bool) -> Layout:
    """Return where everything stands; ``spaced``: with a blank row under the questions."""
    bands: list[Band] = []
    top = 0
    for section in sections:
        over = top
        bands.append(_words(_head(section, accent), top, width))
        top = bands[-1].region.bottom + int(spaced)
        for row in ([section.chart] if section.chart else [], *_rows(section.cards, width - 1)):
            if row:
                bands.append(_beside(row, top, over, width - 1, height_of, section))
                top, over = bands[-1].region.bottom + 1, bands[-1].region.bottom + 1
        if section.missing:
            bands.append(_words(human(section.missing, "$quiet"), top, width))
            top = bands[-1].region.bottom
        top += 1
    return Layout(tuple(bands), top)


def _head(section: Section, accent: str) -> Content:
    """Return the question, and whether the room sees what was answered to it."""
    seen = (_("● in de zaal"), "bold $success") if section.seen else (_("○ niet in de zaal"), "$quiet")
    return Content.assemble((section.heading, f"bold {accent}"), "   ", seen)


def _words(text: Content, top: int, width: int) -> Band:
    region = Region(1, top, width - 2, len(text.wrap(width - 2)))
    return Band(region, (Words(text, region),))


def _columns(cards: int, width: int) -> int:
    return min(max((width + 1) // (CARD_WIDTH + 1), 1), cards)


def _rows(cards: Sequence[Takeables], width: int) -> Iterator[Sequence[Takeables]]:
    many = _columns(len(cards), width)
    return (cards[first : first + many] for first in range(0, len(cards), max(many, 1)))


def _beside(row: Sequence[Takeables], top: int, over: int, width: int, height_of: HeightOf, section: Section) -> Band:
    is_card = row[0] is not section.chart
    many = _columns(len(section.cards), width) if is_card else 1
    room = width - _BESIDE * (many - 1)
    edges = [(room * at // many + _BESIDE * at, room * (at + 1) // many + _BESIDE * at) for at in range(len(row))]
    height = max(height_of(value, end - start - _FRAME) for value, (start, end) in zip(row, edges, strict=True))
    items = tuple(
        Place(value, Region(start, top, end - start, height), over, is_card)
        for value, (start, end) in zip(row, edges, strict=True)
    )
    return Band(Region(0, top, width, height), items)
