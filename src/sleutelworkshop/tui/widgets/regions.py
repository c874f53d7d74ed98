"""Setting out children by arithmetic, where containers within containers would each be asked for their size."""

from collections.abc import Callable, Sequence

from textual.geometry import Offset, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget


class Regions(Layout):
    """Sets the children where ``regions`` tells that they stand in a width, each in its turn."""

    name = "regions"

    def __init__(self, regions: Callable[[int], Sequence[Region]]) -> None:
        self._regions = regions

    def arrange(
        self,
        parent: Widget,  # noqa: ARG002 - Textual's signature
        children: list[Widget],
        size: Size,
        greedy: bool = True,  # noqa: ARG002
    ) -> ArrangeResult:
        regions = self._regions(size.width)
        return [
            WidgetPlacement(region, Offset(), Spacing(), child) for child, region in zip(children, regions, strict=True)
        ]

    def get_content_height(self, widget: Widget, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return max((region.bottom for region in self._regions(width)), default=0)
