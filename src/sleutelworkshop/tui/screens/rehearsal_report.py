"""The end of a rehearsal: what each step was to take and took, and the checklist for the real day."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sleutelworkshop import sound
from sleutelworkshop.i18n import _
from sleutelworkshop.sound import Sound
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui.background import run_in_thread
from sleutelworkshop.tui.checklist import (
    MARKS,
    Check,
    Checklist,
    Point,
    Standing,
    check_folder,
    check_printer,
    more_of,
    words_of,
)
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.rehearsed import Report, Row, about, heads, how_far, rows
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.sizes import HEIGHTS, WIDTHS
from sleutelworkshop.tui.widgets.key_bar import KeyBar

COLOURS = {Standing.OPEN: "$quiet", Standing.FINE: "$success", Standing.WRONG: "$error"}

WORDS_WIDTH = 30
"""Columns for the name of a step; a longer one is cut off."""

CELL_WIDTH = 9


class RehearsalReportScreen(Screen[bool]):
    """Shows how a rehearsal went, and lets the facilitator go along the ``checklist``. Returns whether it is over."""

    CSS_PATH = "rehearsal_report.tcss"
    AUTO_FOCUS = "#rehearsed-times"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "hear", _("geluid")),
        Binding("z", "seen", _("zaal gezien")),
        Binding("k", "look", _("kijk opnieuw")),
        Binding("escape", "dismiss(False)", _("terug")),
        Binding("enter,f10", "dismiss(True)", _("klaar"), key_display="enter"),
    ]

    def __init__(self, report: Report, checklist: Checklist, sessions: SessionsFolder) -> None:
        """``sessions`` is the folder where real sessions are kept."""
        super().__init__()
        self._report, self._checklist, self._sessions = report, checklist, sessions

    def compose(self) -> ComposeResult:
        with Container(id="rehearsed"):
            with Vertical(id="rehearsed-side"):
                yield Static(human(_("Zo ging de oefening"), "bold $primary"), id="rehearsed-title")
                yield Static(human(about(self._report), "$quiet"))
                yield Static(human(how_far(self._report)), id="rehearsed-far")
                yield Static(human(_("Voor de dag zelf"), "bold"))
                for point in Point:
                    yield Static(id=f"check-{point}")
                    yield Static(id=f"more-{point}", classes="check-more")
            with VerticalScroll(id="rehearsed-times"):
                yield Static(_table(self._report))
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()
        self.action_look()

    def _draw(self) -> None:
        for check in self._checklist.checks:
            mark = (f"{MARKS[check.standing]} ", f"bold {COLOURS[check.standing]}")
            put(self.query_one(f"#check-{check.point}", Static), Content.assemble(mark, words_of(check)))
            more = _to_do(check.point) if check.standing is Standing.OPEN else more_of(check)
            put(self.query_one(f"#more-{check.point}", Static), human(more))

    def _put(self, check: Check) -> None:
        self._checklist.put(check)
        self._draw()

    @work(exclusive=True, group="look")
    async def action_look(self) -> None:
        """Look whether there is a printer and whether sessions can be kept, off the event loop."""
        checks: tuple[Callable[[], Check], ...] = (lambda: check_folder(self._sessions), check_printer)
        for check in checks:
            self._put(await run_in_thread(self, check))

    @work(exclusive=True, group="hear")
    async def action_hear(self) -> None:
        """Let the sound be heard that tells the room that its time is up, and ask whether it was."""
        while True:
            if not sound.play(Sound.END):
                self._put(Check(Point.SOUND, Standing.WRONG, _("Er is geen programma dat geluid kan afspelen.")))
                return
            answers = [("again", _("Nog een keer")), ("heard", _("Ja, goed te horen")), ("silent", _("Nee"))]
            details = _("Zo klinkt het als de tijd om is. Luister achter in de zaal, met het geluid van je laptop aan.")
            answer = await self.app.push_screen_wait(DialogScreen(_("Hoorde je het geluid?"), answers, details))
            if answer != "again":
                break
        if answer == "heard":
            self._put(Check(Point.SOUND, Standing.FINE, _("goed te horen")))
        elif answer == "silent":
            self._put(Check(Point.SOUND, Standing.WRONG, _("Kijk of het geluid van je laptop aanstaat.")))

    def action_seen(self) -> None:
        """Tick off by hand that the screen for the room was seen, such as on a second display; or not after all."""
        seen = self._checklist.standing(Point.ROOM) is Standing.FINE
        self._put(Check(Point.ROOM) if seen else Check(Point.ROOM, Standing.FINE, _("zelf aangevinkt")))


def _to_do(point: Point) -> str:
    return {
        Point.SOUND: _("druk op g en luister"),
        Point.ROOM: _("F4, of in een tweede venster “sleutelworkshop screen”; z: gezien"),
    }.get(point, _("even kijken …"))


def _table(report: Report) -> Content:
    head = Content("").pad_right(WORDS_WIDTH) + Content("").join(map(_cell, heads()))
    return Content("\n").join([head.stylize("$quiet"), *(_row(row) for row in rows(report))])


def _row(row: Row) -> Content:
    words = human(row.words if row.sums else f"  {row.words}").truncate(WORDS_WIDTH, ellipsis=True, pad=True)
    planned, used, more = map(_cell, row.cells)
    if row.more > 0:
        more = more.stylize("$warning")
    line = Content.assemble(words, planned, used, more)
    return line.stylize("bold") if row.sums else line


def _cell(text: str) -> Content:
    return Content(text.rjust(CELL_WIDTH))
