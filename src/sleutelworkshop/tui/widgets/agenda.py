"""The rail with the agenda: what is done, where the room is, what comes next, and how long each takes."""

from collections.abc import Sequence
from typing import ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click, Resize
from textual.message import Message
from textual.widgets import Static

from sleutelworkshop.session.overview import PartOverview, Standing, StepOverview
from sleutelworkshop.tui.human import put

SIGNS = {Standing.DONE: "✓", Standing.NOW: "▸", Standing.NEXT: " ", Standing.LATER: " ", Standing.DROPPED: "–"}

STYLES = {Standing.DONE: "$quiet", Standing.DROPPED: "$quiet strike"}


class Agenda(VerticalScroll, can_focus=False):
    """Shows the parts and, of the part that is looked at, the steps; all steps when there is room for them."""

    DEFAULT_CSS: ClassVar[str] = """
    Agenda {
        width: 30;
        padding: 0 1 0 0;
        scrollbar-size-vertical: 0;
        & > Static { width: 1fr; height: auto; }
    }
    """

    class Chosen(Message):
        """A step was clicked."""

        def __init__(self, step_id: str) -> None:
            self.step_id = step_id
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(Static(), id=id)
        self._parts: Sequence[PartOverview] = ()
        self._looking = ""
        self._step_ids: list[str] = []

    def show(self, parts: Sequence[PartOverview], looking: str) -> None:
        """Draw the parts, with the step called ``looking`` as the one that is looked at."""
        if (parts, looking) != (self._parts, self._looking):
            self._parts, self._looking = parts, looking
            self._draw()

    def on_resize(self, _event: Resize) -> None:
        self._draw()

    def on_click(self, event: Click) -> None:
        line = event.screen_y - self.query_one(Static).region.y
        if 0 <= line < len(self._step_ids):
            self.post_message(self.Chosen(self._step_ids[line]))

    def _draw(self) -> None:
        width = self.content_size.width
        if not (width and self._parts):
            return
        open_all = sum(len(part.steps) + 1 for part in self._parts) <= self.size.height
        lines: list[Content] = []
        before, self._step_ids = len(self._step_ids), []
        looked_at = 0
        for part in self._parts:
            lines.append(_part_line(part, width))
            self._step_ids.append(part.steps[0].step.id)
            if open_all or any(each.step.id == self._looking for each in part.steps):
                for each in part.steps:
                    if each.step.id == self._looking:
                        looked_at = len(lines)
                    lines.append(_step_line(part, each, width, looked_at=each.step.id == self._looking))
                    self._step_ids.append(each.step.id)
        put(self.query_one(Static), Content("\n").join(lines), layout=len(lines) != before)
        if looked_at >= self.size.height:
            self.scroll_to(y=looked_at - self.size.height // 2, animate=False)


def _part_line(part: PartOverview, width: int) -> Content:
    accent = f"$tip-{part.part.accent}"
    style = f"bold {accent}" if part.is_now else "$quiet" if part.is_done else ""
    sign = "✓ " if part.is_done else f"{part.starts_at:%H:%M} " if part.starts_at else ""
    left = Content.assemble(("▌ " if part.is_now else "  ", accent), (part.part.label, style))
    return _two_ends(left, Content.assemble((sign, "$quiet"), (f"{part.minutes:>4}", style)), width)


def _step_line(part: PartOverview, each: StepOverview, width: int, *, looked_at: bool) -> Content:
    here = each.standing is Standing.NOW
    style = "bold" if here else "reverse" if looked_at else STYLES.get(each.standing, "")
    rail = Content.styled("▌ ", f"$tip-{part.part.accent}") if part.is_now else Content("  ")
    text = Content(f"{SIGNS[each.standing]} {each.step.title}")
    minutes = Content("" if each.standing is Standing.DROPPED else f"{each.minutes:>4}")
    line = _two_ends(text, minutes, width - rail.cell_length)
    return rail + (line.stylize(style) if style else line)


def _two_ends(left: Content, right: Content, width: int) -> Content:
    """Return a line with one text at its beginning, cut where needed, and one at its end."""
    return left.truncate(max(width - right.cell_length - 1, 1), ellipsis=True, pad=True) + Content(" ") + right
