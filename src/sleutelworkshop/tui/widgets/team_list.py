"""The teams under each other: how far each of them is, and which one is at hand."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.session.answering import Progress
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.team_strip import SIGNS


class TeamMark(Struct, frozen=True):
    """A team as it stands in the list. ``present`` is false for one set aside."""

    id: str
    name: str
    progress: Progress
    present: bool = True


class TeamLine(Static):
    """One team."""

    DEFAULT_CSS: ClassVar[str] = """
    TeamLine {
        pointer: pointer;
        padding: 0 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        border-left: thick $background;
        &.-at-hand { border-left: thick $primary; text-style: bold; background: $panel; }
        &.-aside { color: $quiet; }
        &:hover { background: $panel; }
    }
    """

    _shown: tuple[TeamMark, bool] | None = None

    class Chosen(Message):
        """The person chose a team."""

        def __init__(self, team_id: str) -> None:
            super().__init__()
            self.team_id = team_id

    def show(self, mark: TeamMark, *, at_hand: bool) -> None:
        """Show a team in this line."""
        if self._shown == (mark, at_hand):
            return
        self._shown = (mark, at_hand)
        sign = Content.styled(SIGNS[mark.progress], "$success" if mark.progress is Progress.READY else "$quiet")
        put(self, Content.assemble(sign, human(f" {mark.name}")), layout=False)
        self.set_class(at_hand, "-at-hand")
        self.set_class(not mark.present, "-aside")

    def on_click(self, event: Click) -> None:
        event.stop()
        if self._shown:
            self.post_message(self.Chosen(self._shown[0].id))


class TeamList(VerticalScroll, can_focus=False):
    """How many are ready, and the teams; the ones set aside come last, under a quiet heading."""

    DEFAULT_CSS: ClassVar[str] = """
    TeamList {
        scrollbar-size-vertical: 1;
        .teams-count { padding: 0 2; margin-bottom: 1; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; }
        .teams-aside { padding: 0 2; margin-top: 1; color: $quiet; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._count = Static(classes="teams-count")
        self._aside = Static(human(_("doen even niet mee")), classes="teams-aside")
        self._lines: dict[str, TeamLine] = {}
        self._shown: tuple[tuple[TeamMark, ...], str] | None = None
        self._order: tuple[tuple[str, bool], ...] = ()

    def compose(self) -> ComposeResult:
        yield self._count
        yield self._aside

    def show(self, marks: Sequence[TeamMark], at_hand: str) -> None:
        """Show the teams, those present first, with the one at hand in sight."""
        if (tuple(marks), at_hand) == self._shown:
            return
        self._shown = (tuple(marks), at_hand)
        order = tuple((mark.id, mark.present) for mark in marks)
        for mark in marks:
            if mark.id not in self._lines:
                self._lines[mark.id] = TeamLine()
            self._lines[mark.id].show(mark, at_hand=mark.id == at_hand)
        if order != self._order:
            self._order = order
            self._arrange(marks)
        present = [mark for mark in marks if mark.present]
        ready = sum(mark.progress is Progress.READY for mark in present)
        put(self._count, human(_("{n} van {total} klaar").format(n=ready, total=len(present))), layout=False)
        self._aside.display = len(present) < len(marks)
        line = self._lines[at_hand]
        self.call_after_refresh(self.scroll_to_widget, line, animate=False)

    def _arrange(self, marks: Sequence[TeamMark]) -> None:
        self.mount_all([line for line in self._lines.values() if not line.is_attached])
        for mark in marks:
            if mark.present:
                self.move_child(self._lines[mark.id], before=self._aside)
            else:
                self.move_child(self._lines[mark.id], after=self.children[-1])
