"""One team's answer to one question, as a card: its name, and its lines to take over."""

from msgspec import Struct
from textual.content import Content
from textual.geometry import Region

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks, line_rows


class Answer(Struct, frozen=True):
    """Whose answer it is, and whether that team has told it to the others."""

    name: str
    presented: bool = False

    def draw(self, width: int, marks: Marks) -> Drawn:
        """Return the card: the name over the lines."""
        told = _("heeft verteld") if self.presented else ""
        name = Content(self.name)
        beside = bool(told) and name.cell_length + len(told) + GUTTER + 3 <= width
        head = [row.stylize("bold") for row in name.wrap(max(width - GUTTER, 2))]
        if beside:
            head[-1] = Content.assemble(head[-1], (f"  {told}", "$success"))
        elif told:
            head.append(Content.styled(told, "$success").truncate(max(width - GUTTER, 2), ellipsis=True))
        rows = [row.pad_left(GUTTER) for row in head]
        regions = []
        for index in range(len(marks.lines)):
            lines = line_rows(marks, index, width, bullet=len(marks.lines) > 1)
            regions.append(Region(0, len(rows), width, len(lines)))
            rows += lines
        return Drawn(tuple(rows), tuple(regions))
