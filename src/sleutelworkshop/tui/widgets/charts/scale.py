"""Marks from 1 to 5: on each statement where every team stands, the mean, and how far they are apart."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region

from sleutelworkshop.i18n import _
from sleutelworkshop.session.sentences import mean_text, range_text
from sleutelworkshop.session.tally import ScaleTally
from sleutelworkshop.tui.widgets.charts.drawing import cut, short_names
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks, gutter, lit

FAR_APART: Final = 3
"""The difference between the highest and the lowest mark from which teams have something to talk about."""

VALUES: Final = range(1, 6)


class ScaleChart(Struct, frozen=True):
    """An axis for each statement. ``low`` and ``high`` say what its ends mean."""

    tallies: tuple[ScaleTally, ...]
    low: str
    high: str
    accent: str

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return the axes; the head of each is its line in words that can be taken over."""
        axis = max(min(width - GUTTER, 100), 20)
        cell = axis // len(VALUES)
        blank = Content.blank(GUTTER)
        rows = [Content.assemble(blank, self._ends(axis, cell)), Content.assemble(blank, _digits(axis, cell))]
        shown = self._names_that_fit(axis, cell)
        regions, index = [], 0
        for tally in self.tallies:
            top, here = len(rows), index if tally.marks and index < len(marks.lines) else -1
            head = _head(tally, axis)
            if here >= 0:
                head = Content.assemble(gutter(marks, here), head)
                rows.append(lit(head, width) if here == marks.cursor else head)
                index += 1
            else:
                rows.append(Content.assemble(blank, head))
            rows.append(Content.assemble(blank, _axis(tally, axis, cell, self.accent)))
            rows.append(Content.assemble(blank, _names(tally, shown, axis, cell) if shown else Content()))
            if here >= 0:
                regions.append(Region(0, top, width, len(rows) - top))
        return Drawn(tuple(row.truncate(width) for row in rows), tuple(regions))

    def _ends(self, axis: int, cell: int) -> Content:
        high = Content(self.high).truncate(axis // 2 - 2, ellipsis=True)
        start = min(cell * (len(VALUES) - 1), axis - high.cell_length)
        low = Content(self.low).truncate(start - 2, ellipsis=True)
        return Content.assemble(low, Content.blank(start - low.cell_length), high).stylize("$quiet")

    def _names_that_fit(self, axis: int, cell: int) -> Mapping[str, str]:
        """Return names by team id, as long as all fit under their marks; none when not even short ones do."""
        teams = {team.id: team.name for tally in self.tallies for team, _mark in tally.marks}
        for width in (14, 10, 6, 3):
            names = dict(zip(teams, short_names(list(teams.values()), width), strict=True))
            if all(_fits(tally, names, axis, cell) for tally in self.tallies):
                return names
        return {}


def _digits(axis: int, cell: int) -> Content:
    digits = Content("".join(str(value).ljust(cell) for value in VALUES).rstrip())
    legend = Content(_("◆ gemiddeld"))
    room = axis - digits.cell_length - legend.cell_length
    return (digits + legend.pad_left(room) if room >= 2 else digits).stylize("$quiet")


def _head(tally: ScaleTally, width: int) -> Content:
    if tally.mean is None:
        return Content.assemble((tally.statement.title, "bold"), ("  ", ""), (_("nog geen cijfers"), "$quiet"))
    parts = [Content.styled(_("ver uit elkaar"), "bold $warning")] if tally.spread >= FAR_APART else []
    parts.append(Content(_("gemiddeld {mean}").format(mean=mean_text(tally.mean))))
    parts.append(Content.styled(f"({range_text(tally)})".ljust(5), "$quiet"))
    said = Content("  ").join(parts)
    return Content.assemble(cut(tally.statement.title, width - said.cell_length - 2, "bold"), "  ", said)


def _axis(tally: ScaleTally, axis: int, cell: int, accent: str) -> Content:
    """Return the axis: thick from the lowest to the highest mark, a dot at each mark given, ◆ at the mean."""
    length = cell * (len(VALUES) - 1) + 1
    counts = {value: sum(mark == value for _team, mark in tally.marks) for value in VALUES}
    given = [value for value in VALUES if counts[value]]
    cells: list[tuple[str, str]] = [("─", "$line")] * min(length + 4, axis)
    cells[length:] = [(" ", "")] * (len(cells) - length)
    for value in VALUES:
        cells[(value - 1) * cell] = ("┼", "$quiet")
    if given:
        for place in range((given[0] - 1) * cell, (given[-1] - 1) * cell + 1):
            cells[place] = ("━", accent)
    taken = set()
    for value in given:
        many = f"●×{counts[value]}" if counts[value] > 1 else "●"
        for offset, sign in enumerate(many[: len(cells) - (value - 1) * cell]):
            cells[(value - 1) * cell + offset] = (sign, f"bold {accent}" if offset == 0 else "bold")
            taken.add((value - 1) * cell + offset)
    if tally.mean is not None and len(tally.marks) > 1:
        at = round((tally.mean - 1) * cell)
        free = [place for place in range(length) if place not in taken]
        cells[min(free, key=lambda place: abs(place - at))] = ("◆", "bold")
    return Content.assemble(*cells)


def _places(tally: ScaleTally, names: Mapping[str, str], axis: int, cell: int) -> list[tuple[int, str]]:
    """Return where the teams stand under their marks, moved to the left as far as the marks after them need."""
    places: list[tuple[int, str]] = []
    limit = axis
    for value in reversed(VALUES):
        text = " ".join(names[team.id] for team, mark in tally.marks if mark == value)
        if text:
            start = min((value - 1) * cell, limit - cell_len(text))
            places.insert(0, (start, text))
            limit = start - 2
    return places


def _fits(tally: ScaleTally, names: Mapping[str, str], axis: int, cell: int) -> bool:
    return all(start >= 0 for start, _text in _places(tally, names, axis, cell))


def _names(tally: ScaleTally, names: Mapping[str, str], axis: int, cell: int) -> Content:
    row = Content()
    for start, text in _places(tally, names, axis, cell):
        row = Content.assemble(row, Content.blank(start - row.cell_length), (text, "$quiet"))
    return row
