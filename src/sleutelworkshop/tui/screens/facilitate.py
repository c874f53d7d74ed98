"""The heart: where the room is, what it does now, how much time is left, and who has answered."""

import datetime as dt
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step, StepKind
from sleutelworkshop.session import overview
from sleutelworkshop.session.answering import Progress, team_progress
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.replanning import is_offered
from sleutelworkshop.session.timing import minutes_behind
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.screens.doors import DoorsScreen
from sleutelworkshop.tui.screens.steering import SteeringScreen
from sleutelworkshop.tui.widgets.agenda import Agenda
from sleutelworkshop.tui.widgets.countdown import Countdown, time_of
from sleutelworkshop.tui.widgets.step_view import NotesView, StepView
from sleutelworkshop.tui.widgets.team_strip import TeamStrip


class FacilitateScreen(DoorsScreen, SteeringScreen):
    """The screen from which the facilitator runs the room.

    ``looking`` is the step that is looked at: the step where the room is, unless the facilitator looks ahead
    or back in the agenda. Looking never moves the room.
    """

    CSS_PATH = "facilitate.tcss"
    large_countdown = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "jump", _("groep hierheen")),
        Binding("escape", "look_here", _("terug naar nu")),
        Binding("down", "look(1)", _("Vooruitkijken"), show=False),
        Binding("up", "look(-1)", _("Terugkijken"), show=False),
        Binding("h", "notes", _("Jouw notities tonen of verbergen"), show=False),
        Binding("pagedown", "scroll_step(1)", _("Tekst omlaag"), show=False),
        Binding("pageup", "scroll_step(-1)", _("Tekst omhoog"), show=False),
        Binding("f10", "dismiss", _("Terug naar de sessies"), show=False),
    ]

    class NotesTurned(Message):
        """The notes were shown or hidden."""

        def __init__(self, *, shown: bool) -> None:
            super().__init__()
            self.shown = shown

    looking: reactive[str] = reactive("", init=False, repaint=False)
    notes_shown: reactive[bool] = reactive(True, init=False, repaint=False)

    agenda = getters.query_one("#agenda", Agenda)
    step_view = getters.query_one(StepView)
    notes_view = getters.query_one(NotesView)
    countdown = getters.query_one(Countdown)
    team_strip = getters.query_one(TeamStrip)
    offer = getters.query_one("#offer", Static)
    elsewhere = getters.query_one("#elsewhere", Static)

    def __init__(self, desk: Desk, *, notes_shown: bool = True, bookmark: Bookmark | None = None) -> None:
        """``notes_shown``: whether the facilitator's notes are on the screen at first; ``bookmark``: where to go on."""
        super().__init__(desk)
        self._bookmark = bookmark
        self._position = desk.session.position
        self.set_reactive(FacilitateScreen.looking, self._position)
        self.set_reactive(FacilitateScreen.notes_shown, notes_shown)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="facilitate"):
            with Vertical(id="rail"):
                yield Agenda(id="agenda")
                yield Static(id="offer")
            with Vertical(id="room"):
                yield Static(id="elsewhere")
                yield StepView()
                yield Countdown()
                yield TeamStrip()
                yield NotesView()

    def on_mount(self) -> None:
        self.notes_view.display = self.notes_shown
        if self._bookmark is not None:
            self.call_after_refresh(self.return_to, self._bookmark)

    def return_to(self, place: Bookmark) -> None:
        super().return_to(place)
        self._bookmark = None

    @property
    def place(self) -> Bookmark | None:
        """Where to return to; nowhere else once that is done."""
        return self._bookmark

    @property
    def shown(self) -> Step:
        """The step that is looked at."""
        return self.desk.session.script.step(self.looking)

    def draw(self, session: Session) -> None:
        if session.position != self._position:
            self._position = session.position
            self.looking = session.position
        self._draw_step()
        self._draw_teams(session)
        self.refresh_bindings()

    def tick(self) -> None:
        super().tick()
        session, now = self.desk.session, self.desk.now()
        self.countdown.time = time_of(session, now, is_read_only=self.desk.is_read_only)
        self.agenda.show(overview.agenda(session, now), self.looking)
        self._draw_offer(session, now)

    def watch_looking(self) -> None:
        self.tick()
        self._draw_step()
        self._draw_teams(self.desk.session)
        self.refresh_bindings()

    def _draw_step(self) -> None:
        session, step = self.desk.session, self.shown
        self.step_view.show(session.script.part_of(step.id), step)
        self.notes_view.show(step.notes)
        away = step.id != session.position
        self.elsewhere.display = away
        if away:
            here = session.step.title
            self.elsewhere.update(human(_("Je kijkt rond. De groep is bij: {step}").format(step=here)))

    def _draw_offer(self, session: Session, now: dt.datetime) -> None:
        offered = is_offered(session, now)
        if offered:
            late = _("{n} min. te laat klaar").format(n=minutes_behind(session, now))
            put(self.offer, Content.assemble((late, "bold"), "\n", (_("p  nieuw plan"), "bold reverse")))
        if self.offer.display != offered:
            self.offer.display = offered
            self.refresh_bindings()

    def _draw_teams(self, session: Session) -> None:
        step, teams = self.shown, session.present_teams
        self.team_strip.display = step.kind in {StepKind.EXERCISE, StepKind.HARVEST}
        if step.kind is StepKind.HARVEST:
            presented = session.runs[step.id].presented
            far = {team.id: Progress.READY if team.id in presented else Progress.NOTHING for team in teams}
        else:
            far = {team.id: team_progress(session, step, team.id) for team in teams}
        ready = _("aan het woord geweest") if step.kind is StepKind.HARVEST else _("binnen")
        self.team_strip.show([(team.name, far[team.id]) for team in teams], ready)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"jump", "look_here"}:
            return self.looking != self.desk.session.position
        return super().check_action(action, parameters)

    def finished(self) -> None:
        """Show what the group came for."""
        self.action_closing()

    def action_jump(self) -> None:
        self.jump_to(self.looking)

    def action_look(self, offset: int) -> None:
        self.looking = overview.neighbour(self.desk.session, self.looking, offset).id

    def action_look_here(self) -> None:
        self.looking = self.desk.session.position

    def on_agenda_chosen(self, event: Agenda.Chosen) -> None:
        self.looking = event.step_id

    def action_scroll_step(self, pages: int) -> None:
        self.step_view.scroll_relative(y=pages * max(self.step_view.size.height - 1, 1), animate=False)

    def action_notes(self) -> None:
        self.notes_shown = not self.notes_shown
        self.post_message(self.NotesTurned(shown=self.notes_shown))

    def watch_notes_shown(self, shown: bool) -> None:
        self.notes_view.display = shown
