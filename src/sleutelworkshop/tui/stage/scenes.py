"""The shapes of a picture for the room: words over a large clock, words beside a clock over pages, or words alone."""

from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct
from textual.content import Content

from sleutelworkshop.tui.stage.rows import Block, Rows, beside, high, indented, joined, paged
from sleutelworkshop.tui.stage.time import StageTime, bar, digits, digits_width, large
from sleutelworkshop.tui.stage.words import that_fits
from sleutelworkshop.tui.widgets.block_digits import TIME

WIDEST: Final = 100
"""Cells of a row of words: longer ones are tiring to read."""

_GAP: Final = 4


class Scene(Protocol):
    """A picture, but for its head and its foot."""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        ...

    @property
    def page(self) -> int:
        """Which of them this is, counted from 0."""
        ...

    def rows(self, time: StageTime) -> Rows:
        """Return it as it is when it stands so with the time."""
        ...


class Words(Struct, frozen=True):
    """Words in the middle, without a clock."""

    words: tuple[Content, ...]
    height: int
    pages: int = 1
    page: int = 0

    def rows(self, time: StageTime) -> Rows:  # noqa: ARG002 - as Scene
        """Return the words."""
        return high(self.words, self.height, middle=True)


class Stacked(Struct, frozen=True):
    """Words with under them the time, as large as the rest of the place allows."""

    words: tuple[Content, ...]
    width: int
    height: int
    pages: int = 1
    page: int = 0

    def rows(self, time: StageTime) -> Rows:
        """Return the words, and the time under them."""
        return [*self.words, *large(time, self.width, max(self.height - len(self.words), 0))]


class Banded(Struct, frozen=True):
    """A band of words with the time beside them, and under it a page."""

    band: tuple[Content, ...]
    beneath: tuple[Content, ...]
    width: int
    clock: tuple[int, int]
    airy: bool
    pages: int
    page: int

    def rows(self, time: StageTime) -> Rows:
        """Return the band, a bar, and the page."""
        wide, tall = self.clock
        clock = [row.pad_left(wide - row.cell_length) for row in digits(time, wide, tall)]
        clock = [*high(clock, tall), time.words.pad_left(max(wide - time.words.cell_length, 0))]
        left = self.width - wide - _GAP
        band = beside(high(self.band, max(len(self.band), len(clock))), clock, left, _GAP)
        return [*band, bar(time, self.width), *([Content()] if self.airy else []), *self.beneath]


class Place(Struct, frozen=True):
    """The place of the page under a band, and the band itself."""

    band: tuple[Content, ...]
    width: int
    height: int
    clock: tuple[int, int]
    airy: bool

    def scene(self, pages: Sequence[Rows], page: int) -> Banded:
        """Return the scene with one of the pages."""
        page = min(max(page, 0), max(len(pages) - 1, 0))
        beneath = high(pages[page] if pages else [], self.height)
        return Banded(self.band, tuple(beneath), self.width, self.clock, self.airy, max(len(pages), 1), page)

    def paged(self, blocks: Sequence[Block], page: int | None, about: str = "") -> Banded:
        """Return the scene with a page of the blocks: the one asked for, else the first one ``about`` something."""
        pages = paged(blocks, self.height)
        if page is None:
            page = next((n for n, each in enumerate(pages) if any(block.about == about for block in each)), 0)
        return self.scene([joined(each) for each in pages], page)


def stacked(wordings: Sequence[Rows], width: int, height: int) -> Stacked:
    """Return the fullest of the wordings that leaves the time large enough to read from the back."""
    least = max(height * 2 // 5, 9)
    inner = min(width, WIDEST)
    words = that_fits(wordings, height - least, inner)
    return Stacked(tuple(indented(words, (width - inner) // 2)), width, height)


def words_width(width: int) -> int:
    """Return the cells of a row of words over a large clock."""
    return min(width, WIDEST)


def band_width(width: int, height: int) -> int:
    """Return the cells of a row of words in a band."""
    return min(width - _clock(width, height)[0] - _GAP, WIDEST)


def place_under(wordings: Sequence[Rows], width: int, height: int) -> Place:
    """Return the band with the fullest of the wordings that leaves most of the height, and the place under it."""
    clock = _clock(width, height)
    band = that_fits(wordings, max(height * 3 // 8, clock[1] + 1), band_width(width, height))
    airy = height >= 26
    left = height - max(len(band), clock[1] + 1) - 1 - airy
    return Place(tuple(band), width, max(left, 0), clock, airy)


def _clock(width: int, height: int) -> tuple[int, int]:
    """Return the cells and the rows of the digits in a band."""
    tall = 8 if width >= 150 and height >= 44 else 5 if width >= 90 and height >= 26 else 3
    return digits_width(TIME, tall), tall
