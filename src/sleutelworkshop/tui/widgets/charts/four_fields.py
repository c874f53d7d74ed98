"""Four fields on two axes: who stands where, and what is wise for them."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from msgspec import Struct
from textual.content import Content
from textual.geometry import Region

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.widgets.charts.drawing import cut, widest
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks, gutter, lit

LEAST_BESIDE: Final = 60
"""Cells from which two fields stand beside one another."""


Place: TypeAlias = tuple[bool, bool]
"""Where a field is on the two axes."""


class Standing(Struct, frozen=True):
    """One of the four fields with who stands in it: pairs of a name and the team that named it."""

    title: str
    advice: str
    across: bool
    up: bool
    names: tuple[tuple[str, str], ...] = ()


class FourFieldsChart(Struct, frozen=True):
    """Two by two: yes is to the right on the axis ``across`` and above on the axis ``up``."""

    across: str
    up: str
    fields: tuple[Standing, ...]
    accent: str

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return the fields. One in which somebody stands has a line in words that can be taken over."""
        # Lines are offered in the order of the fields, and only of those in which somebody stands.
        taken_from = [_place(each) for each in self.fields if each.names]
        lines = dict(zip(taken_from, range(len(marks.lines)), strict=False))
        if width < LEAST_BESIDE:
            return self._stacked(lines, width, marks)
        return self._crossed(sorted(self.fields, key=lambda each: (not each.up, each.across)), lines, width, marks)

    def _stacked(self, lines: Mapping[Place, int], width: int, marks: Marks) -> Drawn:
        rows: list[Content] = []
        regions: dict[int, Region] = {}
        for each in self.fields:
            axes = f"{_axis_text(self.across, yes=each.across)} · {_axis_text(self.up, yes=each.up)}"
            drawn = [
                Content.assemble(Content.blank(GUTTER), cut(axes, width - GUTTER, "$quiet")),
                *self._field(each, lines.get(_place(each), -1), width, marks),
                Content(),
            ]
            if _place(each) in lines:
                regions[lines[_place(each)]] = Region(0, len(rows), width, len(drawn) - 1)
            rows += drawn
        return Drawn(tuple(rows[:-1]), tuple(regions[index] for index in sorted(regions)))

    def _crossed(self, fields: Sequence[Standing], lines: Mapping[Place, int], width: int, marks: Marks) -> Drawn:
        sides = [_axis_text(self.up, yes=True), _axis_text(self.up, yes=False)]
        side = widest([word for text in sides for word in text.split()], 12) + 2
        left = (width - side - 3) // 2
        wide = width - side - 3 - left
        head = Content.assemble(
            Content.blank(side + GUTTER),
            cut(_axis_text(self.across, yes=False), left + GUTTER),
            cut(_axis_text(self.across, yes=True), wide - GUTTER),
        ).stylize("bold $quiet")
        rows = [head.truncate(width)]
        regions: dict[int, Region] = {}
        for number, pair in enumerate((fields[:2], fields[2:])):
            if number:
                rule = "─" * (side + left) + "─┼─" + "─" * wide
                rows.append(Content.styled(rule[side:].rjust(width), "$line"))
            drawn = [
                self._field(each, lines.get(_place(each), -1), (left, wide)[n], marks) for n, each in enumerate(pair)
            ]
            words = [row.pad_left(1) for row in Content(sides[number]).wrap(max(side - 2, 2))]
            height = max(len(words), *map(len, drawn))
            for n, each in enumerate(pair):
                if _place(each) in lines:
                    at = side + n * (left + 3)
                    regions[lines[_place(each)]] = Region(at, len(rows), (left, wide)[n], height)
            rows += [
                Content.assemble(
                    _at(words, row, side).stylize("bold $quiet"),
                    _at(drawn[0], row, left),
                    (" │ ", "$line"),
                    _at(drawn[1], row, wide),
                )
                for row in range(height)
            ]
        return Drawn(tuple(rows), tuple(regions[index] for index in sorted(regions)))

    def _field(self, field: Standing, index: int, width: int, marks: Marks) -> list[Content]:
        blank, room = Content.blank(GUTTER), max(width - GUTTER, 2)
        title = [row.stylize(f"bold {self.accent}") for row in Content(field.title).wrap(room)]
        rows = [
            Content.assemble(gutter(marks, index) if not n and index >= 0 else blank, row)
            for n, row in enumerate(title)
        ]
        if index >= 0 and index == marks.cursor:
            rows = [lit(row, width) for row in rows]
        rows += [Content.assemble(blank, row.stylize("$quiet")) for row in Content(field.advice).wrap(room)]
        for name, team in field.names:
            wrapped = Content.assemble((name, "bold"), (f"  {team}", "$quiet")).wrap(max(room - 2, 2))
            rows += [Content.assemble(blank, "  " if n else ("• ", self.accent), row) for n, row in enumerate(wrapped)]
        return rows


def _place(field: Standing) -> Place:
    return field.across, field.up


def _at(rows: Sequence[Content], number: int, width: int) -> Content:
    return rows[number].truncate(width, pad=True) if number < len(rows) else Content.blank(width)


def _axis_text(title: str, *, yes: bool) -> str:
    return f"{title.rstrip('?').strip()}: {_('ja') if yes else _('nee')}"
