"""The teams during the workshop: one more, another name, set aside and taken back. No answer is ever lost."""

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session import teams
from sleutelworkshop.session.answering import Progress, progress
from sleutelworkshop.session.model import Session, Team
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen


class TeamOptions(OptionList):
    """The teams; enter gives the highlighted one another name."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("andere naam"), key_display="enter")]


class TeamsScreen(WorkshopScreen[None]):
    """The teams, and how many questions each of them has answered."""

    CSS_PATH = "teams.tcss"
    AUTO_FOCUS = "#teams-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", _("team erbij")),
        Binding("w", "rename", _("Een andere naam"), show=False),
        Binding("space,z", "turn", _("wel of niet mee"), key_display=_("spatie")),
        Binding("escape", "back", _("terug"), key_display="esc"),
    ]

    place_name = "teams"
    changing = frozenset({"add", "rename", "turn"})

    listed = getters.query_one("#teams-list", TeamOptions)

    _wanted = ""

    def compose_body(self) -> ComposeResult:
        with Vertical(id="teams-body"):
            yield Static(Content.styled(_("Teams"), "bold $primary"), id="teams-title")
            yield Static(
                Content(_("Een team dat even niet meedoet, houdt zijn antwoorden; niemand wacht er nog op.")),
                id="teams-more",
            )
            yield TeamOptions(id="teams-list")

    def draw(self, session: Session) -> None:
        ids = [team.id for team in session.teams]
        here = ids.index(self._wanted) if self._wanted in ids else min(self.listed.highlighted or 0, len(ids) - 1)
        self._wanted = ""
        width = max(len(team.name) for team in session.teams)
        self.listed.clear_options()
        self.listed.add_options([Option(_line(session, team, width), id=team.id) for team in session.teams])
        self.listed.highlighted = here

    @property
    def team(self) -> Team:
        """The highlighted team."""
        return self.desk.session.teams[self.listed.highlighted or 0]

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_rename()

    def action_add(self) -> None:
        """Ask for the name of a team that joins."""
        field = FormField("name", _("Naam"), hint=_("hoogstens {n} tekens").format(n=teams.NAME_LIMIT))
        draft = FormDraft(self.desk, "team")
        self.app.push_screen(
            FormScreen(_("Een team erbij"), [field], check=self._check_new, keep=_("Erbij"), draft=draft), self._add
        )

    def action_rename(self) -> None:
        """Ask for another name for the highlighted team."""
        team = self.team
        field = FormField("name", _("Naam"), value=team.name)

        def rename(texts: Mapping[str, str] | None) -> None:
            if texts is not None and texts["name"] != team.name:
                self.act(_("naam van een team"), partial(teams.rename_team, team_id=team.id, name=texts["name"]))

        def check(texts: Mapping[str, str]) -> None:
            teams.rename_team(self.desk.session, team.id, texts["name"])

        draft = FormDraft(self.desk, f"team/{team.id}")
        self.app.push_screen(FormScreen(_("Hoe heet dit team?"), [field], check=check, draft=draft), rename)

    def action_turn(self) -> None:
        """Set the highlighted team aside, or take it back."""
        team = self.team
        if team.present:
            self.act(_("team even niet mee"), partial(teams.set_aside, team_id=team.id))
        else:
            self.act(_("team terug"), partial(teams.take_back, team_id=team.id))

    def action_back(self) -> None:
        """Go back to the room."""
        self.dismiss(None)

    def _check_new(self, texts: Mapping[str, str]) -> None:
        teams.add_team(self.desk.session, texts["name"])

    def _add(self, texts: Mapping[str, str] | None) -> None:
        if texts is not None and self.act(_("team erbij"), partial(teams.add_team, name=texts["name"])):
            # Drawn only once the form is gone: then this is the team to go to.
            self._wanted = self.desk.session.teams[-1].id


def answered(session: Session, team_id: str) -> int:
    """Return how many questions the team has answered."""
    given = ((question, session.answer(team_id, question.id)) for question in session.script.questions())
    return sum(answer is not None and progress(question, answer.value) is Progress.READY for question, answer in given)


def _line(session: Session, team: Team, width: int) -> Content:
    questions, given = len(list(session.script.questions())), answered(session, team.id)
    count = ngettext("{n} van {all} vraag beantwoord", "{n} van {all} vragen beantwoord", questions).format(
        n=given, all=questions
    )
    sign, style = ("✓", "") if team.present else ("–", "$quiet")
    name = human(team.name, style)
    return Content.assemble(
        (f"{sign} ", "$success" if team.present else "$quiet"),
        name.pad_right(max(width - name.cell_length, 0) + 3) if name.cell_length <= width else name,
        (count, "$quiet"),
        ("" if team.present else "   " + _("doet even niet mee"), "$warning"),
    )
