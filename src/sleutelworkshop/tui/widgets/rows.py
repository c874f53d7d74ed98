"""What follows the width there is, where a text alone could only wrap: one widget in place of many."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Rows(Visual):
    """What ``draw`` returns for a width."""

    def __init__(self, draw: Callable[[int], Sequence[Content]]) -> None:
        self._draw = draw

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return Content("\n").join(self._draw(width)).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's signature
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return len(self._draw(width))


class Words(Struct, frozen=True):
    """Words that stand on a line from ``left`` on."""

    line: int
    left: int
    content: Content


class Spread(Visual):
    """The words that ``place`` returns for a width, on each line from left to right; ``under`` blank lines follow."""

    def __init__(self, place: Callable[[int], Sequence[Words]], *, under: int = 0) -> None:
        self._place = place
        self._under = under

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        blank = Style(background=style.background).rich_style  # as Textual has it around words
        strips = [Strip([], 0)] * max(self._height(width), height or 0)
        for words in self._place(width):
            before, length = strips[words.line], words.content.cell_length
            gap = Strip.blank(words.left - before.cell_length, blank)
            strips[words.line] = Strip.join([before, gap, *words.content.render_strips(length, 1, style, options)])
        return strips[:height]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual's signature
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual's signature
        return self._height(width)

    def _height(self, width: int) -> int:
        return max((words.line + 1 + self._under for words in self._place(width)), default=0)


def hanging(sign: Content, text: Content) -> Rows:
    """Return a text that wraps beside a sign, and not under it."""
    blank = Content.blank(sign.cell_length)

    def draw(width: int) -> list[Content]:
        lines = text.wrap(max(width - sign.cell_length, 2))
        return [Content.assemble(blank if at else sign, line) for at, line in enumerate(lines)]

    return Rows(draw)
