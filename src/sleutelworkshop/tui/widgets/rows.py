"""Rows that follow the width there is, where a text alone could only wrap: one widget in place of many."""

from collections.abc import Callable, Sequence

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


def hanging(sign: Content, text: Content) -> Rows:
    """Return a text that wraps beside a sign, and not under it."""
    blank = Content.blank(sign.cell_length)

    def draw(width: int) -> list[Content]:
        lines = text.wrap(max(width - sign.cell_length, 2))
        return [Content.assemble(blank if at else sign, line) for at, line in enumerate(lines)]

    return Rows(draw)
