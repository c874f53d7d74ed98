"""Something with lines that can be taken over: a card with a team's answer, or a chart of what all teams answered."""

from collections.abc import Callable
from typing import ClassVar, Final, Protocol

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from sleutelworkshop.i18n import _

GUTTER: Final = 3
"""Cells before a line that can be taken over: where the cursor is, and whether it was taken."""


class Drawn(Struct, frozen=True):
    """Rows, all of them as wide as what they were drawn for or less, and where each line that can be taken stands."""

    rows: tuple[Content, ...]
    regions: tuple[Region, ...]


class Marks(Struct, frozen=True):
    """The lines that can be taken, which were, and which one the cursor is at (-1: it is elsewhere)."""

    lines: tuple[str, ...]
    taken: tuple[bool, ...]
    cursor: int = -1


class Drawable(Protocol):
    """A value that can draw itself at any width."""

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return what it looks like."""
        ...


class Takeables(Struct, frozen=True):
    """What a :class:`Takeable` shows. ``key`` tells who offers the lines: a question, and a team or all teams."""

    key: tuple[str, str]
    lines: tuple[str, ...]
    taken: tuple[bool, ...]
    body: Drawable


class _Nothing(Struct, frozen=True):
    def draw(self, width: int, marks: Marks) -> Drawn:  # noqa: ARG002 - as Drawable
        return Drawn((), ())


NOTHING = Takeables(("", ""), (), (), _Nothing())


class WidthAware(Visual):
    """Draws rows of content for the width it gets, where Content alone could only wrap."""

    def __init__(self, draw: Callable[[int], Drawn]) -> None:
        self._draw = draw

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return Content("\n").join(self._draw(width).rows).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's signature
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._draw(width).rows)


class Takeable(Widget, can_focus=True):
    """Lines with a cursor. It takes nothing over itself: it says that it was asked to."""

    DEFAULT_CSS: ClassVar[str] = """
    Takeable { width: 1fr; height: auto; padding: 0 1 0 0; border-left: thick $background; }
    Takeable:focus { border-left: thick $primary; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "take", _("overnemen"), key_display="enter"),
        Binding("O", "take_all", _("Alles van deze kaart overnemen"), show=False),
    ]

    value: reactive[Takeables] = reactive(lambda: NOTHING, init=False)
    cursor: reactive[int] = reactive(0, init=False)

    class TakeOver(Message):
        """A line (or, without ``index``, every line) is to be taken over, or out again."""

        def __init__(self, takeable: "Takeable", index: int | None) -> None:
            super().__init__()
            self.takeable = takeable
            self.index = index

        @property
        def control(self) -> "Takeable":
            """What it is to be taken from."""
            return self.takeable

    class Moved(Message):
        """The cursor is at another line."""

        def __init__(self, takeable: "Takeable") -> None:
            super().__init__()
            self.takeable = takeable

        @property
        def control(self) -> "Takeable":
            """Where the cursor is."""
            return self.takeable

    def __init__(self, value: Takeables) -> None:
        super().__init__()
        self._drawn: tuple[int, Takeables, int, Drawn] | None = None
        self.set_reactive(Takeable.value, value)

    def render(self) -> Visual:
        return WidthAware(self.drawn)

    def drawn(self, width: int) -> Drawn:
        """Return the rows for a width; kept until something changes."""
        at = self.cursor if self.has_focus else -1
        if self._drawn is None or self._drawn[0] != width or self._drawn[1] is not self.value or self._drawn[2] != at:
            marks = Marks(self.value.lines, self.value.taken, at)
            self._drawn = (width, self.value, at, self.value.body.draw(width, marks))
        return self._drawn[3]

    def watch_value(self, before: Takeables, value: Takeables) -> None:
        self.cursor = max(min(self.cursor, len(value.lines) - 1), 0)
        # A tick in the gutter moves nothing: only other words need a new layout, and forty cards a long one.
        changed = before.body != value.body or before.lines != value.lines
        self.refresh(layout=changed)

    def watch_cursor(self) -> None:
        self.post_message(self.Moved(self))

    def on_focus(self) -> None:
        self.post_message(self.Moved(self))
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    @property
    def line_region(self) -> Region:
        """Where the line at the cursor stands, from the top left of the widget."""
        regions = self.drawn(self.content_size.width).regions
        whole = Region(0, 0, self.size.width, self.outer_size.height)
        return regions[self.cursor].translate(self.content_offset) if self.cursor < len(regions) else whole

    def move(self, step: int) -> bool:
        """Move the cursor by lines; false when there is no line there."""
        if not 0 <= self.cursor + step < len(self.value.lines):
            return False
        self.cursor += step
        return True

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        regions = self.drawn(self.content_size.width).regions
        hit = next((index for index, region in enumerate(regions) if region.contains_point(at)), None)
        if hit is not None:
            self.cursor = hit
            # One click in the gutter, where the tick is, or two anywhere.
            if event.chain == 2 or (event.chain == 1 and at.x < regions[hit].x + GUTTER):
                self.action_take()

    def action_take(self) -> None:
        """Ask for the line at the cursor to be taken over, or out again."""
        if self.value.lines:
            self.post_message(self.TakeOver(self, self.cursor))

    def action_take_all(self) -> None:
        """Ask for every line to be taken over, or out again."""
        if self.value.lines:
            self.post_message(self.TakeOver(self, None))


def gutter(marks: Marks, index: int, *, bullet: bool = True) -> Content:
    """Return what stands before the first row of a line: the cursor, and a tick when it was taken."""
    here = ("▸", "bold $primary") if index == marks.cursor else " "
    sign = ("✓", "bold $success") if marks.taken[index] else ("–", "$quiet") if bullet else " "
    return Content.assemble(here, sign, " ")


def line_rows(marks: Marks, index: int, width: int, *, bullet: bool = True, style: str = "") -> list[Content]:
    """Return a line that can be taken as rows that hang behind its gutter; bright where the cursor is."""
    body = Content(marks.lines[index]).wrap(max(width - GUTTER, 2))
    if style and index != marks.cursor:
        body = [row.stylize(style) for row in body]
    blank = Content.blank(GUTTER)
    rows = [Content.assemble(blank if n else gutter(marks, index, bullet=bullet), row) for n, row in enumerate(body)]
    return [lit(row, width) for row in rows] if index == marks.cursor else rows


def lit(row: Content, width: int) -> Content:
    """Return a row as it looks under the cursor, over its whole width."""
    return row.truncate(width, pad=True).stylize("bold $foreground on $line")
