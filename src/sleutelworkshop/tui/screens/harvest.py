"""The harvest: all answers side by side, and the agreement that the room makes out of them."""

from functools import partial
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Component, Step
from sleutelworkshop.session import agreeing, moving, revealing, taking
from sleutelworkshop.session.earlier import earlier_agreements
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.revealing import is_revealed
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.harvest_view import offer_of, sections, sources_text
from sleutelworkshop.tui.human import human, put, tell
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.earlier import EarlierScreen, EarlierValue
from sleutelworkshop.tui.widgets.agreement_panel import AgreementPanel
from sleutelworkshop.tui.widgets.answer_board import AnswerBoard
from sleutelworkshop.tui.widgets.component_tabs import ComponentTab, ComponentTabs
from sleutelworkshop.tui.widgets.line_field import Refused

WIDTHS: list[tuple[int, str]] = [(0, "-narrow"), (100, "-normal"), (120, "-beside"), (160, "-wide")]
"""One more than other screens have: from 120 columns the agreement stands beside the answers."""


class HarvestScreen(WorkshopScreen[None]):
    """The answers to one component at a time, and what is agreed on it. ``step`` is the harvest that it belongs to."""

    CSS_PATH = "harvest.tcss"
    AUTO_FOCUS = ""  # the first card, once the answers are there

    HORIZONTAL_BREAKPOINTS = WIDTHS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,ctrl+n", "component(1)", _("volgende"), key_display="PgDn", priority=True),
        Binding("r", "reveal(True)", _("tonen aan de zaal")),
        Binding("r", "reveal(False)", _("verbergen voor de zaal")),
        Binding("e", "edit", _("afspraak")),
        Binding("f9", "earlier", _("eerder"), priority=True),
        Binding("pageup,ctrl+p", "component(-1)", _("Vorige bouwsteen"), show=False, priority=True),
        Binding("tab,shift+tab", "other_side", _("Tussen antwoorden en afspraak"), show=False),
        Binding("escape", "leave", _("terug"), key_display="esc"),
    ]

    place_name = "harvest"
    changing = frozenset({"earlier", "reveal"})

    tabs = getters.query_one(ComponentTabs)
    ask = getters.query_one("#harvest-ask", Static)
    agreement = getters.query_one(AgreementPanel)

    def __init__(self, desk: Desk, step: Step, component: int = 0) -> None:
        """``component``: the number of the one to begin with."""
        super().__init__(desk)
        script = desk.session.script
        self._step = step
        self._part = script.part_of(step.id)
        self._components = [script.component(component_id) for component_id in step.agrees]
        self._index = min(component, max(len(self._components) - 1, 0))
        self._revealed: tuple[str, ...] | None = None
        self._accent = f"$tip-{self._part.accent}"
        self.board = AnswerBoard(self._accent)

    def compose_body(self) -> ComposeResult:
        where = Content.assemble(
            (f" {self._part.label.upper()} ", f"bold $background on {self._accent}"),
            (f"  {self._step.title}", f"bold {self._accent}"),
        )
        yield ComponentTabs(where, len(self._components), self._accent, id="harvest-components")
        yield Static(id="harvest-ask")
        with Container(id="harvest"):
            with Container(id="harvest-answers"):
                yield self.board
            with Vertical(id="harvest-agreement"):
                yield AgreementPanel()

    @property
    def component(self) -> Component:
        """The component at hand."""
        return self._components[self._index]

    @property
    def component_at_hand(self) -> str:
        return self.component.id if self._components else ""

    @property
    def question(self) -> str:
        """The question where the cursor is; without a cursor the first one, and empty when there is none."""
        if value := self.board.at_hand:
            return value.key[0]
        return next(iter(self.component.questions), "") if self._components else ""

    def on_mount(self) -> None:
        self.agreement.field.read_only = self.desk.is_read_only

    @property
    def place(self) -> Bookmark:
        """The component at hand."""
        return Bookmark(self.place_name, self._step.id, question=self._index)

    def draw(self, session: Session) -> None:
        if not self._components:
            return
        # What is newest, not what was published: letters may have been typed since.
        self._keep_typed()
        session = self.desk.session
        component, agreed = self.component, session.agreements.get(self.component.id)
        tabs = [ComponentTab(each.title, each.id in session.agreements) for each in self._components]
        self.tabs.show(tabs, self._index)
        draft = agreed is not None and agreed.draft
        self.agreement.show(component.id, agreed.text if agreed else "", sources_text(session, agreed), draft=draft)
        put(self.ask, human(component.ask))
        if self._revealed != session.revealed:
            self._revealed = session.revealed
            self.refresh_bindings()
        self.board.show(component.id, sections(session, self._step, component))
        if self.focused is None:
            self.board.focus_last()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "component" and isinstance(step := parameters[0], int):
            return 0 <= self._index + step < len(self._components)
        if action == "reveal" and is_revealed(self.desk.session, self.question) is parameters[0]:
            return False
        return super().check_action(action, parameters)

    def action_component(self, step: int) -> None:
        self._go(self._index + step)

    def on_component_tabs_chosen(self, event: ComponentTabs.Chosen) -> None:
        self._go(event.index)

    def _go(self, index: int) -> None:
        if index == self._index or not 0 <= index < len(self._components):
            return
        self._settle_typed()
        self._index = index
        self.draw(self.desk.session)
        self.desk.bookmark(self.place)
        self.refresh_bindings()

    def action_reveal(self, shown: bool) -> None:
        """Let the room see the answers to the question where the cursor is, or not any more."""
        if question := self.question:
            label = _("antwoorden tonen aan de zaal") if shown else _("antwoorden verbergen voor de zaal")
            self.act(label, partial(revealing.reveal, question_id=question, shown=shown))

    def action_edit(self) -> None:
        self.set_focus(self.agreement.field)

    def action_other_side(self) -> None:
        if self.agreement.field.has_focus:
            self.board.focus_last()
        else:
            self.action_edit()

    def action_leave(self) -> None:
        """Return to the answers, and from there to where one came from."""
        if self.agreement.field.has_focus:
            self.board.focus_last()
        else:
            self._settle_typed()
            self.dismiss(None)

    def action_undo(self) -> None:
        self._keep_typed()
        super().action_undo()

    @work
    async def action_earlier(self) -> None:
        """Show what was agreed before on the component at hand, and take one of those back."""
        self._settle_typed()
        component = self.component
        before = earlier_agreements(self.desk.session, component.id)
        values = [EarlierValue(each.at, (each.text,)) for each in before]
        chosen = await self.app.push_screen_wait(EarlierScreen(component.title, "", values, self.desk.now()))
        if chosen is not None:
            label = _("eerdere afspraak over {title}").format(title=component.title)
            earlier, now = before[chosen], self.desk.now()
            self.act(label, lambda session: agreeing.agree(session, component.id, earlier.text, earlier.sources, now))

    def on_answer_board_take_over(self, event: AnswerBoard.TakeOver) -> None:
        self._settle_typed()
        offer = offer_of(self.desk.session, event.value.key)
        if offer is None or offer.lines != event.value.lines:
            return  # the answer changed in the meantime; the card is about to show how
        label = _("overnemen bij {title}").format(title=self.component.title)
        component_id, index, now = self.component.id, event.index, self.desk.now()
        if index is None:
            self.act(label, lambda session: taking.toggle_all(session, component_id, offer, now))
        else:
            self.act(label, lambda session: taking.toggle(session, component_id, offer, index, now))

    def on_answer_board_presented(self, event: AnswerBoard.Presented) -> None:
        _question, team_id = event.value.key
        session, step_id = self.desk.session, self._step.id
        presented = team_id not in session.runs[step_id].presented
        label = _("{team} heeft verteld").format(team=session.team(team_id).name)
        self.act(label, partial(moving.mark_presented, step_id=step_id, team_id=team_id, presented=presented))

    def on_agreement_panel_edited(self) -> None:
        self._keep_typed()

    def on_agreement_panel_left(self) -> None:
        self._settle_typed()

    def _settle_typed(self) -> None:
        """Let what was typed count, now that the facilitator has gone on from it."""
        self._keep_typed()
        if component_id := self.agreement.component:
            self.desk.amend(lambda session: agreeing.settle_agreement(session, component_id))

    def _keep_typed(self) -> None:
        """Keep what was typed and not kept yet, under the component that it was typed for: a draft until it is left."""
        text = self.agreement.take_unkept()
        if text is None:
            return
        component = self.desk.session.script.component(self.agreement.component)
        agreed = self.desk.session.agreements.get(component.id)
        happening = partial(
            agreeing.agree,
            component_id=component.id,
            text=text,
            sources=agreed.sources if agreed else (),
            now=self.desk.now(),
            draft=True,
        )
        self.act(_("afspraak over {title}").format(title=component.title), happening, merge=f"agree/{component.id}")

    def on_refused(self, event: Refused) -> None:
        event.stop()
        tell(self, event.text, "warning")
