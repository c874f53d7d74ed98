"""One team's answer to one question, as a card: its name, and its lines to take over."""

from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.widgets.takeable import GUTTER, Drawn, Marks, Takeable, line_rows


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


class AnswerCard(Takeable):
    """The card of a team, on a ground of its own: no line around it."""

    DEFAULT_CSS: ClassVar[str] = """
    AnswerCard { background: $surface; border-left: thick $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("v", "present", _("heeft verteld"))]

    class Presented(Message):
        """The team has told its answer to the others, or has not after all."""

        def __init__(self, card: "AnswerCard") -> None:
            super().__init__()
            self.card = card

        @property
        def control(self) -> "AnswerCard":
            """The card of the team."""
            return self.card

    def action_present(self) -> None:
        """Ask for the team to be marked as having told its answer, or not."""
        self.post_message(self.Presented(self))
