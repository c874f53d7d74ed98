"""A board with answers as it is drawn: one widget, that draws what is in sight, and knows where its cursor is.

With a widget for each card, forty teams would have to be waited for at every key.
"""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from sleutelworkshop.tui.widgets.board_layout import Layout, Place, Section, Words, arrange
from sleutelworkshop.tui.widgets.takeable import Drawn, Marks, Takeables

_RAIL = "█"


class _Picture(Struct, frozen=True):
    """How something to take from looks at a width, with the cursor at a line of it; the strips that were in sight."""

    value: Takeables
    width: int
    at: int
    drawn: Drawn
    strips: dict[int, Strip]

    def is_as_high(self, value: Takeables, width: int) -> bool:
        """Return whether another value is as high at a width: a tick before a line makes nothing higher."""
        return (self.value.body, self.value.lines, self.width) == (value.body, value.lines, width)


class BoardView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows sections. The cursor is at a line of something to take from; it is seen while the board has the focus."""

    DEFAULT_CSS: ClassVar[str] = """
    BoardView {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        padding-left: 2;
        & > .board--card { background: $surface; }
        & > .board--rail { color: $primary; }
    }
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"board--card", "board--rail"}

    ALLOW_SELECT = False

    def __init__(self, accent: str) -> None:
        super().__init__()
        self._accent = accent
        self._sections: tuple[Section, ...] = ()
        self._values: dict[tuple[str, str], Takeables] = {}
        self._arranged = Layout()
        self._page = ""
        self._left: dict[str, tuple[tuple[str, str] | None, int]] = {}
        self._here: tuple[str, str] | None = None
        self._lines: dict[tuple[str, str], int] = {}
        self._pictures: dict[tuple[str, str], _Picture] = {}
        self._texts: dict[Region, list[Strip]] = {}

    def show(self, page: str, sections: Sequence[Section]) -> None:
        """Show the answers as they are now; on a page that was left before, with the cursor where it was left."""
        if (page, tuple(sections)) == (self._page, self._sections):
            return
        self._sections, self._values = tuple(sections), _by_key(sections)
        if page == self._page:
            self._arrange()
            return
        self._left[self._page] = self._here, self.scroll_offset.y
        self._page, (self._here, scrolled) = page, self._left.get(page, (None, 0))
        self._arrange()
        self.scroll_to(y=scrolled, animate=False, force=True)

    # Where the cursor is.

    @property
    def takeables(self) -> list[Takeables]:
        """All that can be taken from, in order."""
        return list(self._values.values())

    @property
    def at_hand(self) -> Takeables | None:
        """What the cursor is at: the first of all, until it was moved."""
        return self._values.get(self._here or ("", ""), next(iter(self._values.values()), None))

    @property
    def line(self) -> int:
        """The number of the line that the cursor is at."""
        value = self.at_hand
        return min(self._lines.get(value.key, 0), max(len(value.lines) - 1, 0)) if value else 0

    def go_to(self, value: Takeables, line: int | None = None) -> None:
        """Put the cursor at something, at a line of it or where it was there before."""
        self._refresh_at_hand()
        is_card = self._is_card(self.at_hand)
        self._here = value.key
        if line is not None:
            self._lines[value.key] = line
        self._refresh_at_hand()
        if self._is_card(value) != is_card:
            self.refresh_bindings()

    def on_focus(self) -> None:
        self._refresh_at_hand()

    def on_blur(self) -> None:
        self._refresh_at_hand()

    def _is_card(self, value: Takeables | None) -> bool:
        return value is not None and all(value is not section.chart for section in self._sections)

    # Where everything stands.

    @property
    def places(self) -> list[Place]:
        """Where all that can be taken from stands, as far as the board has a size."""
        return list(self._arranged.places)

    def place_of(self, value: Takeables) -> Place | None:
        """Return where something stands."""
        return next((place for place in self._arranged.places if place.value.key == value.key), None)

    def region_of(self, place: Place, line: int) -> Region:
        """Return where a line stands on the board."""
        regions = self._picture(place.value, place.width).drawn.regions
        return regions[line].translate((place.region.x + 1, place.region.y)) if line < len(regions) else place.region

    def on_resize(self) -> None:
        self._arrange()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._pictures.clear()
        self._texts.clear()

    def _arrange(self) -> None:
        width = self.scrollable_content_region.width
        if width > 0:
            before, spaced = self._arranged, not self.screen.has_class("-short")
            self._arranged = arrange(self._sections, width, self._accent, self._height_of, spaced=spaced)
            self.virtual_size = Size(width, self._arranged.height)
            self._refresh_changed(before, self._arranged)

    def _refresh_changed(self, before: Layout, after: Layout) -> None:
        if [band.region for band in before.bands] != [band.region for band in after.bands]:
            self._texts.clear()
            self.refresh()
            return
        for was, now in zip(before.bands, after.bands, strict=True):
            if was != now:
                self._texts.pop(now.region, None)
                self.refresh(now.region.translate(-self.scroll_offset))

    def _height_of(self, value: Takeables, width: int) -> int:
        known = self._pictures.get(value.key)
        return len((known if known and known.is_as_high(value, width) else self._picture(value, width)).drawn.rows)

    # How it looks.

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        blank = self.visual_style.rich_style
        band, strips, x = self._arranged.band_at(row), list[Strip](), 0
        for item in band.items if band else ():
            strips.append(Strip.blank(item.region.x - x, blank))
            at = row - item.region.y
            strips.append(self._text(item)[at] if isinstance(item, Words) else self._framed(item, at))
            x = item.region.right
        return Strip.join(strips).adjust_cell_length(self.scrollable_content_region.width, blank)

    def _refresh_at_hand(self) -> None:
        if self.at_hand and (place := self.place_of(self.at_hand)):
            self.refresh(place.region.translate(-self.scroll_offset))

    def _picture(self, value: Takeables, width: int) -> _Picture:
        at = self.line if self.has_focus and value == self.at_hand else -1
        known = self._pictures.get(value.key)
        if known is None or (known.value, known.width, known.at) != (value, width, at):
            drawn = value.body.draw(width, Marks(value.lines, value.taken, at))
            known = self._pictures[value.key] = _Picture(value, width, at, drawn, {})
        return known

    def _text(self, words: Words) -> list[Strip]:
        if words.region not in self._texts:
            self._texts[words.region] = self._strips(words.text, words.region.width, self.visual_style)
        return self._texts[words.region]

    def _framed(self, place: Place, row: int) -> Strip:
        picture = self._picture(place.value, place.width)
        if row not in picture.strips:
            style = self.get_visual_style("board--card") if place.is_card else self.visual_style
            lit = self.get_visual_style("board--rail").foreground if picture.at >= 0 else style.background
            rail = Strip([Segment(_RAIL, Style(background=style.background, foreground=lit).rich_style)], 1)
            inside = self._strips(picture.drawn.rows[row], place.width, style) if row < len(picture.drawn.rows) else []
            strip = Strip.join([rail, *inside[:1]])
            picture.strips[row] = strip.adjust_cell_length(place.region.width, style.rich_style)
        return picture.strips[row]

    def _strips(self, text: Content, width: int, style: Style) -> list[Strip]:
        return Visual.to_strips(self, text, width, None, style, pad=True, apply_selection=False)


def _by_key(sections: Sequence[Section]) -> dict[tuple[str, str], Takeables]:
    return {value.key: value for section in sections for value in section.takeables}
