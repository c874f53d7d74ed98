"""Steering the room: its timer, and the way from step to step."""

import datetime as dt
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step
from sleutelworkshop.session import moving
from sleutelworkshop.session.answering import teams_not_ready
from sleutelworkshop.session.model import RefusedError, Session, Team
from sleutelworkshop.session.timing import still_seconds
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen

MINUTE = Binding.Group(_("minuut"), compact=True)


class SteeringScreen(WorkshopScreen[None]):
    """A screen from which the room is moved. What moves it is only ever one of these keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "start", _("start")),
        Binding("space", "pause", _("stilzetten")),
        Binding("plus,equals_sign", "minutes(1)", _("Een minuut meer"), group=MINUTE),
        Binding("minus", "minutes(-1)", _("Een minuut minder"), group=MINUTE),
        Binding("n", "go_on", _("verder")),
        Binding("v", "start_earlier", _("We zijn al eerder begonnen"), show=False),
        Binding("m", "app.turn_sound", _("Geluid aan of uit"), show=False),
        Binding("b", "go_back", _("Een stap terug"), show=False),
        Binding("u", "undo", _("Ongedaan maken"), show=False),
    ]

    changing = frozenset({"start_earlier", "minutes", "go_on", "go_back", "jump"})

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "start_earlier" and self.desk.session.finished_at is not None:
            return False  # as to start: it would begin the workshop again
        return super().check_action(action, parameters)

    def finished(self) -> None:
        """Do what follows the last step."""

    def action_minutes(self, minutes: int) -> None:
        label = _("een minuut meer") if minutes > 0 else _("een minuut minder")
        self.act(label, partial(moving.add_minutes, minutes=minutes))

    @work
    async def action_start_earlier(self) -> None:
        """Ask how long ago the step really began, and let its time count from then."""
        now, run, step = self.desk.now(), self.desk.session.run, self.desk.session.step
        still = 0 if run.has_begun else int(still_seconds(run, now) // 60)
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Hoeveel minuten geleden zijn jullie begonnen?")
                if run.started_at is None
                else _("Hoeveel minuten eerder zijn jullie begonnen?"),
                [FormField("minutes", _("Minuten"), str(still or ""), _("de tijd loopt dan vanaf dat moment"))],
                check=lambda texts: _check_minutes(self.desk.session, step, texts["minutes"], now),
                details=_("Bij “{step}”.").format(step=step.title),
                draft=FormDraft(self.desk, f"begun/{step.id}"),
            )
        )
        if texts is not None:
            happening = partial(moving.start_earlier, minutes=_minutes(texts["minutes"]), now=now)
            self.act(_("eerder begonnen"), happening)

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
            self.finished()

    def action_go_back(self) -> None:
        self.act(_("een stap terug"), partial(moving.go_back, now=self.desk.now()))

    def jump_to(self, step_id: str) -> None:
        """Take the room to any step."""
        self.act(_("naar een andere stap"), partial(moving.jump, step_id=step_id, now=self.desk.now()))


def _minutes(typed: str) -> int:
    text = typed.strip()
    if not text.isdecimal():
        raise RefusedError(_("Typ een aantal minuten, zoals 3."))
    return int(text[:6])


def _check_minutes(session: Session, step: Step, typed: str, now: dt.datetime) -> None:
    if session.position != step.id:  # the steps can be steered behind the form, on what the room sees
        raise RefusedError(_("De groep is niet meer bij “{step}”. Ga terug met esc.").format(step=step.title))
    moving.start_earlier(session, _minutes(typed), now)
