"""A new plan: where the minutes come from, with the new times shown before they count."""

import datetime as dt
from typing import ClassVar, Final

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.dates import clock_time, parse_time
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.replanning import choose_end
from sleutelworkshop.session.timing import chosen_end, expected_end
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human, put, tell
from sleutelworkshop.tui.plan_view import Choice, choices, headline, plan_lines
from sleutelworkshop.tui.screens.base import WorkshopScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen
from sleutelworkshop.tui.widgets.plan_table import PlanTable

FURTHEST: Final = dt.timedelta(hours=12)
"""How far ahead a typed end may lie: 9:00 typed at 10:27 is a slip, and not tomorrow."""


class PlanScreen(WorkshopScreen[None]):
    """On the left the ways to go on; on the right the plan as it would be with the one at the cursor."""

    CSS_PATH = "plan.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "adopt", _("zo doen"), priority=True),
        Binding("e", "end", _("andere eindtijd")),
        Binding("pagedown", "scroll_plan(1)", _("Plan omlaag"), show=False, priority=True),
        Binding("pageup", "scroll_plan(-1)", _("Plan omhoog"), show=False, priority=True),
        Binding("escape", "dismiss", _("laten zoals het is"), key_display="esc"),
    ]

    changing = frozenset({"adopt", "end"})

    ways = getters.query_one("#ways", OptionList)
    table = getters.query_one(PlanTable)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choices: tuple[Choice, ...] = ()

    def compose_body(self) -> ComposeResult:
        yield Static(id="plan-headline")
        yield Static(id="plan-shortage")
        with Horizontal(id="plan"):
            with Vertical(id="plan-ways"):
                yield OptionList(id="ways")
                yield Static(human(_("Er is niets te verdelen."), "$quiet"), id="no-ways")
            with Vertical(id="plan-then"):
                yield PlanTable()

    def on_mount(self) -> None:
        self.app.clear_notifications()  # that it is late is told here, and the message lay over the new times
        self.ways.focus()

    def tick(self) -> None:
        super().tick()
        self.draw(self.desk.session)  # every minute that passes, there is another one to find

    def draw(self, session: Session) -> None:
        now = self.desk.now()
        words, shortage = headline(session, now)
        put(self.query_one("#plan-headline", Static), human(words))
        put(self.query_one("#plan-shortage", Static), human(shortage))
        self.query_one("#plan-shortage", Static).display = bool(shortage)
        self._draw_ways(choices(session, now))
        self.table.show(plan_lines(session, now, self._choice))

    def _draw_ways(self, found: tuple[Choice, ...]) -> None:
        before, self._choices = self._choices, found
        if [each.id for each in before] != [each.id for each in found]:
            at = next((n for n, each in enumerate(found) if each.id == self._id_at_hand(before)), 0)
            self.ways.clear_options()
            self.ways.add_options([Option(_words(each), id=each.id) for each in found])
            self.ways.highlighted = at if found else None
            self.refresh_bindings()
        else:
            for old, new in zip(before, found, strict=True):
                if (old.title, old.details) != (new.title, new.details):
                    self.ways.replace_option_prompt(new.id, _words(new))
        self.ways.display = bool(found)
        self.query_one("#no-ways").display = not found

    def _id_at_hand(self, among: tuple[Choice, ...]) -> str:
        at = self.ways.highlighted
        return among[at].id if at is not None and at < len(among) else ""

    @property
    def _choice(self) -> Choice | None:
        """The way at the cursor."""
        at = self.ways.highlighted
        return self._choices[at] if at is not None and at < len(self._choices) else None

    def on_option_list_option_highlighted(self) -> None:
        self.table.show(plan_lines(self.desk.session, self.desk.now(), self._choice))
        self.table.scroll_home(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "adopt" and not self._choices:
            return False
        return super().check_action(action, parameters)

    def action_scroll_plan(self, pages: int) -> None:
        self.table.scroll_relative(y=pages * max(self.table.size.height - 1, 1), animate=False)

    def action_adopt(self) -> None:
        """Let the plan at the cursor count."""
        choice = self._choice
        if choice is not None and self.act(_("nieuw plan"), choice.happening):
            end = clock_time(expected_end(self.desk.session, self.desk.now()))
            self.dismiss()
            tell(self, _("Het plan is aangepast: einde {end}. Met u draai je het terug.").format(end=end))

    @work
    async def action_end(self) -> None:
        """Ask for another end time."""
        session, now = self.desk.session, self.desk.now()
        end = chosen_end(session)
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Hoe laat willen jullie klaar zijn?"),
                [
                    FormField(
                        "end", _("Eindtijd"), clock_time(end) if end else "", _("zoals 16:00; leeg: zoals gepland")
                    )
                ],
                check=lambda texts: self._check(texts["end"]),
                draft=FormDraft(self.desk, "end"),
            )
        )
        if texts is not None:
            chosen = parse_time(texts["end"], now)
            self.act(_("andere eindtijd"), lambda session: choose_end(session, chosen, now))

    def _check(self, typed: str) -> None:
        now = self.desk.now()
        chosen = parse_time(typed, now)
        if chosen is None and typed.strip():
            raise RefusedError(_("Dat is geen tijd. Typ hem zoals 16:00."))
        if chosen is not None and chosen - now > FURTHEST:
            raise RefusedError(_("Kies een tijd die nog komt."))
        choose_end(self.desk.session, chosen, now)


def _words(choice: Choice) -> Content:
    return Content.assemble((choice.title, "bold"), "\n", (choice.details, "$success" if choice.fits else "$warning"))
