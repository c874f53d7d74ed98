"""The heart: where the room is, what it does now, how much time is left, and who has answered."""

from functools import partial
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step, StepKind
from sleutelworkshop.session import moving, overview
from sleutelworkshop.session.answering import Progress, team_progress, teams_not_ready
from sleutelworkshop.session.model import Session, Team
from sleutelworkshop.session.timing import clock_text, seconds_left, urgency
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.widgets.agenda import Agenda
from sleutelworkshop.tui.widgets.countdown import Countdown, time_of
from sleutelworkshop.tui.widgets.step_view import NotesView, StepView
from sleutelworkshop.tui.widgets.team_strip import TeamStrip

MINUTE = Binding.Group(_("minuut"), compact=True)
LOOK = Binding.Group(_("vooruitkijken"), compact=True)

HEARTBEAT = 5.0
"""Seconds between two signs of life on the disk while a timer runs: what a crash can cost of it at most."""

WORK = {
    StepKind.EXERCISE: "answers",
    StepKind.HARVEST: "harvest",
    StepKind.CONSENT: "consent",
    StepKind.ACTIONS: "actions",
}


class FacilitateScreen(WorkshopScreen[None]):
    """The screen from which the facilitator runs the room.

    ``looking`` is the step that is looked at: the step where the room is, unless the facilitator looks ahead
    or back in the agenda. Looking never moves the room.
    """

    CSS_PATH = "facilitate.tcss"
    large_countdown = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "start", _("start"), key_display=_("spatie")),
        Binding("space", "pause", _("pauze"), key_display=_("spatie")),
        Binding("plus,equals_sign", "minutes(1)", _("Een minuut meer"), key_display="+", group=MINUTE),
        Binding("minus", "minutes(-1)", _("Een minuut minder"), key_display="−", group=MINUTE),
        Binding("enter", "work('answers')", _("antwoorden"), key_display="enter"),
        Binding("enter", "work('harvest')", _("oogst"), key_display="enter"),
        Binding("enter", "work('consent')", _("instemming"), key_display="enter"),
        Binding("enter", "work('actions')", _("acties"), key_display="enter"),
        Binding("enter", "work('closing')", _("leerarrangement"), key_display="enter"),
        Binding("n", "go_on", _("verder")),
        Binding("g", "jump", _("hierheen")),
        Binding("escape", "look_here", _("terug naar nu"), key_display="esc"),
        Binding("b", "go_back", _("Een stap terug"), show=False),
        Binding("down", "look(1)", _("Vooruitkijken"), show=False),
        Binding("up", "look(-1)", _("Terugkijken"), show=False),
        Binding("a", "answers", _("Antwoorden van de teams"), show=False),
        Binding("o", "harvest", _("Oogst en afspraak"), show=False),
        Binding("i", "consent", _("Instemming"), show=False),
        Binding("c", "actions", _("Acties"), show=False),
        Binding("l", "closing", _("Het arrangement lezen, bewaren, afdrukken"), show=False),
        Binding("t", "teams", _("Teams"), show=False),
        Binding("h", "notes", _("Jouw notities tonen of verbergen"), show=False),
        Binding("u", "undo", _("Ongedaan maken"), show=False),
        Binding("pagedown", "scroll_step(1)", _("Tekst omlaag"), show=False),
        Binding("pageup", "scroll_step(-1)", _("Tekst omhoog"), show=False),
        Binding("f10", "leave", _("Terug naar de sessies"), show=False),
    ]

    class NotesTurned(Message):
        """The notes were shown or hidden."""

        def __init__(self, *, shown: bool) -> None:
            super().__init__()
            self.shown = shown

    looking: reactive[str] = reactive("", init=False)
    notes_shown: reactive[bool] = reactive(True, init=False)

    agenda = getters.query_one("#agenda", Agenda)
    step_view = getters.query_one(StepView)
    notes_view = getters.query_one(NotesView)
    countdown = getters.query_one(Countdown)
    team_strip = getters.query_one(TeamStrip)
    elsewhere = getters.query_one("#elsewhere", Static)

    def __init__(self, desk: Desk, *, notes_shown: bool = True) -> None:
        """``notes_shown``: whether the facilitator's notes are on the screen at first."""
        super().__init__(desk)
        self._position = desk.session.position
        self.set_reactive(FacilitateScreen.looking, self._position)
        self.set_reactive(FacilitateScreen.notes_shown, notes_shown)

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="facilitate"):
            yield Agenda(id="agenda")
            with Vertical(id="room"):
                yield Static(id="elsewhere")
                yield StepView()
                yield Countdown()
                yield TeamStrip()
                yield NotesView()

    def on_mount(self) -> None:
        self.notes_view.display = self.notes_shown
        self.set_interval(HEARTBEAT, self.desk.touch)

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
        left = seconds_left(session.run, now)
        self.countdown.time = time_of(
            session.run, clock_text(left), left, urgency(session.run, now), finished=session.finished_at is not None
        )
        self.agenda.show(overview.agenda(session, now), self.looking)

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
            self.elsewhere.update(Content(_("Je kijkt rond. De groep is bij: {step}").format(step=here)))

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
        running = self.desk.session.run.started_at is not None
        away = self.looking != self.desk.session.position
        match action:
            case "start":
                return not running and self.desk.session.finished_at is None
            case "pause":
                return running
            case "jump" | "look_here":
                return away
            case "work":
                return parameters == (WORK.get(self.shown.kind, "closing"),)
            case _:
                return super().check_action(action, parameters)

    def action_start(self) -> None:
        self.act(_("de tijd starten"), partial(moving.start, now=self.desk.now()))

    def action_pause(self) -> None:
        self.act(_("pauze"), partial(moving.pause, now=self.desk.now()))

    def action_minutes(self, minutes: int) -> None:
        label = _("een minuut meer") if minutes > 0 else _("een minuut minder")
        self.act(label, partial(moving.add_minutes, minutes=minutes))

    def action_go_on(self) -> None:
        """Go to the next step; ask first while teams have not answered."""
        session = self.desk.session
        waiting = teams_not_ready(session, session.step) if session.step.questions else ()
        if waiting:
            self._ask_to_go_on(session.step, waiting)
        else:
            self._go_on()

    @work
    async def _ask_to_go_on(self, step: Step, waiting: tuple[Team, ...]) -> None:
        teams = ", ".join(team.name for team in waiting)
        question = DialogScreen(
            _("Nog niet iedereen is klaar met “{step}”").format(step=step.title),
            [("stay", _("Hier blijven")), ("go", _("Toch verder"))],
            _("Hier ontbreekt nog iets: {teams}. Je kunt later altijd terug.").format(teams=teams),
        )
        if await self.app.push_screen_wait(question) == "go":
            self._go_on()

    def _go_on(self) -> None:
        self.act(_("naar de volgende stap"), partial(moving.go_on, now=self.desk.now()))
        if self.desk.session.finished_at is not None:
            self.action_closing()

    def action_go_back(self) -> None:
        self.act(_("een stap terug"), partial(moving.go_back, now=self.desk.now()))

    def action_jump(self) -> None:
        self.act(_("naar een andere stap"), partial(moving.jump, step_id=self.looking, now=self.desk.now()))

    def action_look(self, offset: int) -> None:
        self.looking = overview.neighbour(self.desk.session, self.looking, offset).id

    def action_look_here(self) -> None:
        self.looking = self.desk.session.position

    def on_agenda_chosen(self, event: Agenda.Chosen) -> None:
        self.looking = event.step_id

    def action_scroll_step(self, pages: int) -> None:
        self.step_view.scroll_relative(y=pages * max(self.step_view.size.height - 1, 1), animate=False)

    async def action_work(self, what: str) -> None:
        """Go to what is done in the step that is looked at."""
        await self.run_action(what)

    def action_answers(self) -> None:
        """Go and enter the teams' answers to the exercise that is looked at, or the last one before."""
        from sleutelworkshop.tui.screens.answers import AnswersScreen

        if step := overview.exercise_at(self.desk.session, self.looking):
            self.app.push_screen(AnswersScreen(self.desk, step))

    def action_harvest(self) -> None:
        """Go to the harvest that is looked at, or the first one after."""
        from sleutelworkshop.tui.screens.harvest import HarvestScreen

        if step := overview.harvest_at(self.desk.session, self.looking):
            self.app.push_screen(HarvestScreen(self.desk, step))

    def action_consent(self) -> None:
        from sleutelworkshop.tui.screens.consent import ConsentScreen

        self.app.push_screen(ConsentScreen(self.desk))

    def action_actions(self) -> None:
        from sleutelworkshop.tui.screens.actions import ActionsScreen

        self.app.push_screen(ActionsScreen(self.desk))

    def action_teams(self) -> None:
        from sleutelworkshop.tui.screens.teams import TeamsScreen

        self.app.push_screen(TeamsScreen(self.desk))

    def action_closing(self) -> None:
        from sleutelworkshop.tui.screens.closing import ClosingScreen

        self.app.push_screen(ClosingScreen(self.desk.session, self.desk.path.stem, self.desk.clock))

    def action_notes(self) -> None:
        self.notes_shown = not self.notes_shown
        self.post_message(self.NotesTurned(shown=self.notes_shown))

    def watch_notes_shown(self, shown: bool) -> None:
        self.notes_view.display = shown

    def action_leave(self) -> None:
        self.dismiss()
