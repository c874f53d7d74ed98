"""How often each option was chosen, or each label given: bars with numbers."""

from typing import Final

from msgspec import Struct
from textual.content import Content

from sleutelworkshop.session.tally import CountTally
from sleutelworkshop.tui.widgets.charts.drawing import bar, closing_lines, cut, widest
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks

MOST_BAR: Final = 60


class CountsChart(Struct, frozen=True):
    """A bar for each option, in their order. ``accent`` is the colour of the bars."""

    tallies: tuple[CountTally, ...]
    accent: str

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return the bars, and under them the same in words."""
        titles = widest([each.option.title for each in self.tallies], max(width * 2 // 5, 12))
        most = max((each.count for each in self.tallies), default=0)
        room = max(min(width - GUTTER - titles - 6, 8 * most, MOST_BAR), 1)
        rows = [
            Content.assemble(
                Content.blank(GUTTER),
                cut(each.option.title, titles),
                "  ",
                bar(each.count, most, room, self.accent).rstrip(),
                (f" {each.count}" if each.count else "·", "bold" if each.count else "$quiet"),
            )
            for each in self.tallies
        ]
        words, regions = closing_lines(marks, width, len(rows))
        return Drawn((*rows, *words), regions)
