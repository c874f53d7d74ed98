"""The doors of the facilitating screen: to the answers, the harvest, and all that is done on a screen of its own."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step, StepKind
from sleutelworkshop.session.model import Bookmark
from sleutelworkshop.session.overview import exercise_at, harvest_at
from sleutelworkshop.session.replanning import is_offered
from sleutelworkshop.tui.screens.actions import ActionsScreen
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.harvest import HarvestScreen
from sleutelworkshop.tui.screens.plan import PlanScreen
from sleutelworkshop.tui.screens.review import ReviewScreen
from sleutelworkshop.tui.screens.teams import TeamsScreen

WORK = {
    StepKind.EXERCISE: "answers",
    StepKind.HARVEST: "harvest",
    StepKind.CONSENT: "consent",
    StepKind.ACTIONS: "actions",
}
"""Where Enter leads in a step of each kind; in any other it shows the arrangement so far."""


class DoorsScreen(WorkshopScreen[None]):
    """A screen from which each other one is a key away; Enter leads to the one where the work of the step is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "work('answers')", _("antwoorden")),
        Binding("enter", "work('harvest')", _("oogst")),
        Binding("enter", "work('consent')", _("instemming")),
        Binding("enter", "work('actions')", _("acties")),
        Binding("enter", "work('closing')", _("Het arrangement lezen, bewaren, afdrukken"), show=False),
        Binding("p", "plan(True)", _("nieuw plan")),
        Binding("p", "plan(False)", _("Nieuw plan, andere eindtijd"), show=False),
        Binding("a", "answers", _("Antwoorden van de teams"), show=False),
        Binding("o", "harvest", _("Oogst en afspraak"), show=False),
        Binding("i", "consent", _("Instemming"), show=False),
        Binding("c", "actions", _("Acties"), show=False),
        Binding("l", "closing", _("Het arrangement lezen, bewaren, afdrukken"), show=False),
        Binding("t", "teams", _("Teams"), show=False),
        Binding("w", "review", _("terugblik")),
    ]

    @property
    def shown(self) -> Step:
        """The step that is looked at: its work is what Enter leads to."""
        return self.desk.session.step

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "work":
            return parameters == (WORK.get(self.shown.kind, "closing"),)
        if action == "plan":  # on the key bar only when it is late: there is little room on it
            return parameters == (is_offered(self.desk.session, self.desk.now()),)
        if action == "review":
            return self.desk.session.previous is not None
        return super().check_action(action, parameters)

    async def action_work(self, door: str) -> None:
        """Go to where the work of the step is done."""
        await self.run_action(door)

    def return_to(self, place: Bookmark) -> None:
        """Go back to where the facilitator was at work when the program stopped."""
        step = self.desk.session.script.step(place.step) if place.step else self.desk.session.step
        match place.screen:
            case AnswersScreen.place_name:
                self.app.push_screen(
                    AnswersScreen(
                        self.desk, step, place.team, place.question, by_question=place.by_question, resumed=True
                    )
                )
            case HarvestScreen.place_name:
                self.app.push_screen(HarvestScreen(self.desk, step, component=place.question))
            case ConsentScreen.place_name:
                self.app.push_screen(ConsentScreen(self.desk, component=place.question if place.step else None))
            case ActionsScreen.place_name:
                self.app.push_screen(ActionsScreen(self.desk, place.question))
            case TeamsScreen.place_name:
                self.action_teams()
            case ReviewScreen.place_name if self.desk.session.previous:
                self.action_review()

    def action_answers(self) -> None:
        """Enter the answers to the exercise that is looked at, or to the last one before."""
        if step := exercise_at(self.desk.session, self.shown.id):
            self.app.push_screen(AnswersScreen(self.desk, step))

    def action_harvest(self) -> None:
        """Go to the harvest that is looked at, or to the first one after."""
        if step := harvest_at(self.desk.session, self.shown.id):
            self.app.push_screen(HarvestScreen(self.desk, step))

    def action_consent(self) -> None:
        self.app.push_screen(ConsentScreen(self.desk))

    def action_actions(self) -> None:
        self.app.push_screen(ActionsScreen(self.desk))

    def action_closing(self) -> None:
        self.app.push_screen(ClosingScreen(self.desk.session, self.desk.path.stem, self.desk.clock))

    def action_plan(self, _offered: bool) -> None:
        self.app.push_screen(PlanScreen(self.desk))

    def action_teams(self) -> None:
        self.app.push_screen(TeamsScreen(self.desk))

    def action_review(self) -> None:
        self.app.push_screen(ReviewScreen(self.desk))
