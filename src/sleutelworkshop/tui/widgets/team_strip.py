"""Which teams are in: a sign and a name each, and how many of how many."""

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.visual import Visual
from textual.widget import Widget

from sleutelworkshop.i18n import _
from sleutelworkshop.session.answering import Progress
from sleutelworkshop.tui.widgets.rows import Rows

GAP = "   "
SIGNS = {Progress.READY: "●", Progress.PARTLY: "◐", Progress.NOTHING: "○"}
STYLES = {Progress.READY: "bold $success", Progress.PARTLY: "$warning", Progress.NOTHING: "$quiet"}


class TeamStrip(Widget):
    """The teams in a row that wraps; ``show`` takes pairs of a name and how far that team is."""

    DEFAULT_CSS: ClassVar[str] = """
    TeamStrip { height: auto; max-height: 6; width: 1fr; text-align: center; }
    """

    _teams: tuple[Content, ...] = ()

    def show(self, teams: Sequence[tuple[str, Progress]], ready: str) -> None:
        """Show the teams; ``ready`` says what it means to be ready (“binnen”, “aan het woord geweest”)."""
        names = [Content.styled(f"{SIGNS[far]} {name}", STYLES[far]) for name, far in teams]
        count = sum(far is Progress.READY for _name, far in teams)
        total = Content(_("{n} van {total} {ready}").format(n=count, total=len(teams), ready=ready))
        standing, self._teams = self._teams, (*names, total)
        if len(standing) != len(self._teams) or not all(map(Content.is_same, standing, self._teams)):
            self.refresh(layout=True)

    def render(self) -> Visual:
        return Rows(lambda width: in_rows(self._teams, width))


def in_rows(pieces: Sequence[Content], width: int) -> list[Content]:
    """Put the pieces in rows: a sign never stands at the end of one with its name on the next."""
    rows: list[list[Content]] = [[]]
    for piece in pieces:
        taken = sum(each.cell_length + len(GAP) for each in rows[-1])
        if rows[-1] and taken + piece.cell_length > width:
            rows.append([])
        rows[-1].append(piece)
    return [Content(GAP).join(row) for row in rows]
