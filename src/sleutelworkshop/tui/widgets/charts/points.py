"""Points spread over options: how much each got in all, and what each team gave."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content

from sleutelworkshop.i18n import _
from sleutelworkshop.session.tally import PointsTally
from sleutelworkshop.tui.widgets.charts.drawing import bar, closing_lines, cut, right, short_names, widest
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks

LEAST_BAR: Final = 12
MOST_BAR: Final = 60
LEAST_TEAM: Final = 4
MOST_TEAM: Final = 11
"""Cells for the column of a team, the space before it included."""


class PointsChart(Struct, frozen=True):
    """A bar for each option with its total, and a number for each team: beside the bars, or else under them."""

    tallies: tuple[PointsTally, ...]
    accent: str

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return bars and numbers, and under the bars the totals in words."""
        names = [team.name for team, _points in self.tallies[0].by_team] if self.tallies else []
        titles = widest([each.option.title for each in self.tallies], max(width * 2 // 5, 12))
        room = width - GUTTER - titles - 2
        total = 1 + max((len(str(each.total)) for each in self.tallies), default=1)
        beside = (room - total - 2 - LEAST_BAR) // len(names) if names else MOST_TEAM
        if beside >= LEAST_TEAM:
            column = min(beside, MOST_TEAM, 1 + max(map(cell_len, short_names(names, MOST_TEAM - 1)), default=3))
            column = max(column, LEAST_TEAM)
            length = min(room - total - 2 - column * len(names), MOST_BAR)
            rows, blocks = self._beside(names, titles, column, length, total), []
        else:
            rows = self._bars(titles, min(room - total, MOST_BAR), total)
            blocks = self._blocks(names, titles, room)
        words, regions = closing_lines(marks, width, len(rows))
        return Drawn((*rows, *words, *blocks), regions)

    def _bars(self, titles: int, length: int, total: int) -> list[Content]:
        most = max((each.total for each in self.tallies), default=0)
        return [
            Content.assemble(
                Content.blank(GUTTER),
                cut(each.option.title, titles),
                "  ",
                _bar_with_total(each.total, most, max(length, 1), total, self.accent),
            )
            for each in self.tallies
        ]

    def _beside(self, names: Sequence[str], titles: int, column: int, length: int, total: int) -> list[Content]:
        indent = GUTTER + titles + 2
        heads = [right(name, column) for name in short_names(names, column - 1)]
        together = right(_("samen"), length + total, "$quiet") if length + total > 12 else Content.blank(length + total)
        head = Content.assemble(Content.blank(indent), together.truncate(length + total), "  ", *heads).stylize(
            "$quiet"
        )
        bars = self._bars(titles, length, total)
        return [head] + [
            Content.assemble(drawn, "  ", *(_points(given, column) for _team, given in each.by_team))
            for drawn, each in zip(bars, self.tallies, strict=True)
        ]

    def _blocks(self, names: Sequence[str], titles: int, room: int) -> list[Content]:
        """Return the numbers of the teams in blocks under one another, as many teams in each as fit."""
        # As few blocks as can be, all about as long; the columns take what room that leaves.
        blocks = -(-len(names) // max(room // LEAST_TEAM, 1))
        many = -(-len(names) // max(blocks, 1)) or 1
        column = max(min(room // many, 1 + widest(short_names(names, MOST_TEAM - 1), MOST_TEAM)), LEAST_TEAM)
        shorts, rows = short_names(names, column - 1), []
        for first in range(0, len(names), many):
            rows.append(Content())
            heads = [right(name, column) for name in shorts[first : first + many]]
            rows.append(Content.assemble(Content.blank(GUTTER + titles + 2), *heads).stylize("$quiet"))
            for each in self.tallies:
                numbers = [_points(given, column) for _team, given in each.by_team[first : first + many]]
                rows.append(Content.assemble(Content.blank(GUTTER), cut(each.option.title, titles), "  ", *numbers))
        return rows


def _points(given: int, column: int) -> Content:
    return right(str(given), column, "bold") if given else right("·", column, "$quiet")


def _bar_with_total(amount: int, most: int, length: int, total: int, accent: str) -> Content:
    drawn = bar(amount, most, length, accent).rstrip()
    number = Content.styled(f"{' ' if drawn else ''}{amount}", "bold" if amount else "$quiet")
    return (drawn + number).truncate(length + total, pad=True)
