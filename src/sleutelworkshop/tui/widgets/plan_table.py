"""The plan as a table: when each step starts, and the minutes it gets now and would get."""

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import put

MINUTES: Final = 14
"""Cells for what a step gets: ``10 → 8 min.``"""


class PlanLine(Struct, frozen=True, kw_only=True):
    """One step: when it would start, and its minutes ``before`` and ``after``; after is 0 where it is left out."""

    accent: int
    time: str
    title: str
    before: int
    after: int
    protected: bool = False


class PlanTable(VerticalScroll, can_focus=False):
    """Shows the lines of a plan; those that would change are bright."""

    DEFAULT_CSS: ClassVar[str] = """
    PlanTable {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > Static { width: 1fr; height: auto; }
    }
    """

    _lines: tuple[PlanLine, ...] = ()

    def __init__(self) -> None:
        super().__init__(Static())

    def show(self, lines: Sequence[PlanLine]) -> None:
        """Show these lines."""
        self._lines = tuple(lines)
        self._draw()

    def on_resize(self, _event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if width:
            put(self.query_one(Static), Content("\n").join(_row(line, width) for line in self._lines))


def _row(line: PlanLine, width: int) -> Content:
    style = "$quiet" if line.before == line.after else "bold $primary"
    title_style = style if line.before == line.after else "bold"
    left = Content.assemble((f"{line.time:>5}  ", style), ("▌ ", f"$tip-{line.accent}"))
    room = max(width - left.cell_length - MINUTES, 1)
    gone = line.before != line.after and not line.after
    title = Content.styled(line.title, f"{title_style} strike" if gone else title_style)
    return left + title.truncate(room, ellipsis=True, pad=True) + Content.styled(f"{_minutes(line):>{MINUTES}}", style)


def _minutes(line: PlanLine) -> str:
    if line.before == line.after:
        return _("{n} min.").format(n=line.after) if line.after else _("vervalt")
    if not line.after:
        return _("{n} → vervalt").format(n=line.before)
    return _("{before} → {after} min.").format(before=line.before or "–", after=line.after)
