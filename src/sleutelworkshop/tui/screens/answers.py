"""Entering what the teams answer: team by team, or question by question, while they talk."""

from functools import partial
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Step
from sleutelworkshop.session.answering import answer, empty, settle_answer
from sleutelworkshop.session.earlier import earlier_answers
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.wording import lines_of
from sleutelworkshop.tui.background import has_gone
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human, put, tell
from sleutelworkshop.tui.round import (
    Place,
    answers_of,
    changed_place,
    first_place,
    place_after,
    place_words,
    progress_at,
    teams_in_order,
)
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.earlier import EarlierScreen, EarlierValue
from sleutelworkshop.tui.widgets.answer_sheet import AnswerSheet, QuestionBlock
from sleutelworkshop.tui.widgets.entries import Cursor, Entry
from sleutelworkshop.tui.widgets.team_list import TeamLine, TeamList, TeamMark


class AnswersScreen(WorkshopScreen[None]):
    """The questions of ``step`` for one team at a time, beginning with ``team_id`` or the first that is not ready.

    What stands in the fields is what counts: it is kept at each change for the team in sight, and once more before
    another team comes in sight, so that a key pressed in haste never lands with the wrong team.
    """

    CSS_PATH = "answers.tcss"
    AUTO_FOCUS = ""  # the first open field, once the answers are there

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "app.leave_session", _("Terug naar de sessies"), show=False),
        Binding("ctrl+n", "go(1)", _("volgend team"), priority=True),
        Binding("ctrl+p", "go(-1)", _("vorige"), priority=True),
        Binding("tab", "app.focus_next", _("verder")),
        Binding("ctrl+g", "turn(True)", _("per vraag"), priority=True),
        Binding("ctrl+g", "turn(False)", _("per team"), priority=True),
        Binding("f9", "earlier", _("eerder"), priority=True),
        Binding("pagedown", "go(1)", show=False, priority=True),
        Binding("pageup", "go(-1)", show=False, priority=True),
        Binding("escape", "leave", _("terug")),
    ]

    place_name = "answers"
    changing = frozenset({"earlier"})

    by_question: reactive[bool] = reactive(False, init=False, bindings=True, repaint=False)
    """Whether the round goes question by question; else each team gets all questions at once."""

    teams = getters.query_one(TeamList)
    heading = getters.query_one("#answers-team", Static)
    sheet = getters.query_one(AnswerSheet)

    def __init__(
        self,
        desk: Desk,
        step: Step,
        team_id: str | None = None,
        question: int = 0,
        *,
        by_question: bool = False,
        resumed: bool = False,
    ) -> None:
        """``resumed``: whether to go on at the letter where somebody was typing when the program stopped."""
        super().__init__(desk)
        self._resumed = resumed
        self._cursor = FormDraft(desk, "cursor")
        self._step = step
        question = min(question, max(len(step.questions) - 1, 0))
        self._place = Place(team_id, question) if team_id else first_place(desk.session, step)
        self.set_reactive(AnswersScreen.by_question, by_question)
        self._accent = desk.session.script.part_of(step.id).accent

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="answers", classes=f"accent-{self._accent}"):
            yield TeamList()
            with Vertical(id="answers-room"):
                title = human(self._step.title, f"bold $tip-{self._accent}")
                yield Static(
                    Content.assemble(title, human(f"   {' '.join(self._step.prompt.split())}", "$quiet")),
                    id="answers-step",
                )
                yield Static(id="answers-team")
                yield AnswerSheet(self._step.questions)

    def on_mount(self) -> None:
        self.sheet.disabled = self.desk.is_read_only
        self._bring()
        if self._resumed:
            self._put_cursor()

    @property
    def place(self) -> Bookmark:
        """The team and the question at hand."""
        return Bookmark(self.place_name, self._step.id, self._place.team, self._place.question, self.by_question)

    def draw(self, session: Session) -> None:
        # The newest, not what was published: letters may have been typed since. The fields stay as they are.
        session = self.desk.session
        if self._place.team not in {team.id for team in session.teams}:  # it was added, and that was undone
            self._place = first_place(session, self._step)
            self._bring()
            return
        place = self._place
        if self.desk.is_read_only:  # nobody types here: what another typed may take its place
            self.sheet.put_right(answers_of(session, self._step, place.team))
        only = place.question if self.by_question else None
        self.teams.show(
            [
                TeamMark(team.id, team.name, progress_at(session, self._step, team.id, only), team.present)
                for team in teams_in_order(session)
            ],
            place.team,
        )
        name = human(f" {session.team(place.team).name} ", f"bold $background on $tip-{self._accent}")
        words = place_words(session, place)
        if any(given.draft for question in self._step.questions if (given := session.answer(place.team, question.id))):
            words = _("{place} · concept").format(place=words)
        put(self.heading, Content.assemble(name, human(f"   {words}", "$quiet")), layout=False)

    def tick(self) -> None:
        super().tick()
        self._keep_cursor()

    def _keep_cursor(self) -> None:
        """Keep where somebody is typing: half a row is gone on with, and not left as one of its own."""
        cursor = self.sheet.cursor
        if has_gone(self) or not self.is_active or cursor is None:
            return
        self._cursor.keep(
            {
                "team": self._place.team,
                "question": cursor.question,
                "field": str(cursor.field),
                "letters": str(cursor.letters),
            }
        )

    def _put_cursor(self) -> None:
        match self._cursor.texts:
            case {"team": team, "question": question, "field": field, "letters": letters} if (
                team == self._place.team and field.isdecimal() and letters.isdecimal()
            ):
                self.sheet.put_cursor(Cursor(question, int(field[:6]), int(letters[:6])))

    def on_entry_changed(self, event: Entry.Changed) -> None:
        event.stop()
        if block := self.sheet.block_of(event.entry):
            self._keep(block, event.place)
            self._keep_cursor()

    def on_entry_left(self, event: Entry.Left) -> None:
        """Let what was typed count, now that the facilitator has gone on from it."""
        event.stop()
        if block := self.sheet.block_of(event.entry):
            self._settle(block)

    def _keep(self, block: QuestionBlock, where: str = "") -> None:
        """Keep what stands in the fields of a question as the answer of the team in sight, a draft until it is left."""
        if self.desk.is_read_only:
            return
        question, team = block.question, self.desk.session.team(self._place.team)
        standing = self.desk.session.answer(team.id, question.id)
        value = block.answer()
        if value is None or value == (standing.value if standing else empty(question)):
            return
        happening = partial(
            answer, team_id=team.id, question_id=question.id, value=value, now=self.desk.now(), draft=True
        )
        # An item or a text is taken back whole, and not with all else that the team answered.
        self.act(_("antwoord van {team}").format(team=team.name), happening, merge=f"{team.id}/{question.id}/{where}")

    def _settle(self, block: QuestionBlock) -> None:
        self._keep(block)
        team_id, question_id = self._place.team, block.question.id
        self.desk.amend(partial(settle_answer, team_id=team_id, question_id=question_id))

    def _keep_all(self) -> None:
        for block in self.sheet.shown:
            self._settle(block)

    def _bring(self) -> None:
        """Bring the team at hand in sight."""
        self.sheet.bring(
            answers_of(self.desk.session, self._step, self._place.team),
            self._place.question if self.by_question else None,
        )
        self.draw(self.desk.session)
        self.desk.bookmark(self.place)

    def _go_to(self, place: Place) -> None:
        self._keep_all()
        self._place = place
        self._bring()

    def action_go(self, by: int) -> None:
        """Go to the next or previous team."""
        place = place_after(self.desk.session, self._step, self._place, by, by_question=self.by_question)
        if place is not None:
            self._go_to(place)
        else:
            tell(self, _("Dit is het laatste team.") if by > 0 else _("Dit is het eerste team."))

    def on_team_line_chosen(self, event: TeamLine.Chosen) -> None:
        event.stop()
        self._go_to(Place(event.team_id, self._place.question))

    def action_turn(self, by_question: bool) -> None:
        """Go round question by question, from the one at hand, or team by team."""
        self._keep_all()
        self.by_question = by_question
        self._place = Place(self._place.team, max(self.sheet.at, 0))
        self._bring()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return len(self._step.questions) > 1 and parameters != (self.by_question,)
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        self._keep_all()
        self._cursor.drop()
        self.dismiss()

    def action_undo(self) -> None:
        self._keep_all()
        before = self.desk.session
        super().action_undo()
        self._show_difference(before)

    def action_redo(self) -> None:
        self._keep_all()
        before = self.desk.session
        super().action_redo()
        self._show_difference(before)

    @work
    async def action_earlier(self) -> None:
        """Show what the team answered before to the question at hand, and take one of those back."""
        block = self.sheet.block_at_hand
        if block is None:
            return
        self._settle(block)
        question, team = block.question, self.desk.session.team(self._place.team)
        before = earlier_answers(self.desk.session, team.id, question.id)
        values = [EarlierValue(each.at, lines_of(question, each.value)) for each in before]
        chosen = await self.app.push_screen_wait(EarlierScreen(team.name, question.prompt, values, self.desk.now()))
        if chosen is not None:
            happening = partial(
                answer, team_id=team.id, question_id=question.id, value=before[chosen].value, now=self.desk.now()
            )
            self.act(_("eerder antwoord van {team}").format(team=team.name), happening)
            self.sheet.put_right(answers_of(self.desk.session, self._step, team.id))

    def _show_difference(self, before: Session) -> None:
        """Show what undo changed in the answers: go to the team, when another than the one in sight."""
        place = changed_place(before, self.desk.session, self._step)
        if place is None:
            return
        if place.team != self._place.team or (self.by_question and place.question != self._place.question):
            self._place = place
            self._bring()
        else:
            self.sheet.put_right(answers_of(self.desk.session, self._step, place.team))
