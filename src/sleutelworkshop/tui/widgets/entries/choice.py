"""The entry for a choice: a row per option, one or several of which are chosen."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.events import Click, DescendantFocus, Key
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import ChoiceQuestion, Option
from sleutelworkshop.session.values import ChoiceValue, Value
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.entries.base import Entry


class ChoiceRow(VerticalGroup, can_focus=True):
    """One option, chosen or not."""

    DEFAULT_CSS: ClassVar[str] = """
    ChoiceRow {
        pointer: pointer;
        .choice-title { padding: 0 1; }
        .choice-description { color: $quiet; padding: 0 1 0 7; }
        &.-chosen .choice-title { text-style: bold; }
        &:focus { background: $panel; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space,enter", "pick", _("Kiezen"), show=False)]

    chosen: reactive[bool] = reactive(False)

    class Picked(Message):
        """The person picked this option."""

        def __init__(self, row: "ChoiceRow") -> None:
            super().__init__()
            self.row = row

    def __init__(self, number: int, option: Option, *, several: bool) -> None:
        super().__init__(classes="entry-row")
        self.option = option
        self._number = number
        self._signs = ("□", "■") if several else ("○", "●")
        self._title = Static(classes="choice-title")

    def compose(self) -> ComposeResult:
        yield self._title
        if self.option.description:
            yield Static(human(self.option.description), classes="choice-description")

    def watch_chosen(self, chosen: bool) -> None:
        number = str(self._number) if self._number <= 9 else " "
        self._title.update(
            Content.assemble(human(f"{number}  ", "$quiet"), human(f"{self._signs[chosen]}  {self.option.title}"))
        )
        self.set_class(chosen, "-chosen")

    def action_pick(self) -> None:
        self.post_message(self.Picked(self))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_pick()


class ChoiceEntry(Entry):
    """Rows of which one, or several, are chosen. Tab passes them as one field; arrows go from row to row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "move(-1)", show=False),
        Binding("down,right", "move(1)", show=False),
        Binding("backspace,delete", "clear", _("Keuze wissen"), show=False),
    ]

    question: ChoiceQuestion

    def __init__(self, question: ChoiceQuestion) -> None:
        super().__init__(question)
        self._rows = [
            ChoiceRow(number, option, several=question.several)
            for number, option in enumerate(question.options, start=1)
        ]
        self._stop_at(0)

    def compose_body(self) -> ComposeResult:
        yield from self._rows

    def on_descendant_focus(self, _event: DescendantFocus) -> None:
        self.whisper(
            _("Kies er een of meer, met een cijfer of spatie.")
            if self.question.several
            else _("Kies er één, met een cijfer of spatie.")
        )

    @property
    def value(self) -> ChoiceValue:
        """The ids of the chosen options."""
        return ChoiceValue(tuple(row.option.id for row in self._rows if row.chosen))

    def fill(self, value: Value) -> None:
        chosen = value.chosen if isinstance(value, ChoiceValue) else ()
        for row in self._rows:
            row.chosen = row.option.id in chosen
        self._stop_at(next((number for number, row in enumerate(self._rows) if row.chosen), 0))

    @property
    def fields(self) -> list[Widget]:
        """The row that has, or gets, the focus: Tab passes the rows as one."""
        return [self._rows[self._at]]

    def is_open(self, field: Widget) -> bool:  # noqa: ARG002
        return not any(row.chosen for row in self._rows)

    def on_choice_row_picked(self, event: ChoiceRow.Picked) -> None:
        event.stop()
        self._pick(self._rows.index(event.row))

    def on_key(self, event: Key) -> None:
        if not (event.character and event.character.isascii() and event.character.isdecimal()):
            return
        event.stop()
        number = int(event.character)
        if 1 <= number <= len(self._rows):
            self._pick(number - 1)

    def action_move(self, by: int) -> None:
        self._focus(max(0, min(self._at + by, len(self._rows) - 1)))

    def action_clear(self) -> None:
        at = self._rows[self._at]
        for row in [at] if self.question.several else self._rows:
            if row.chosen:
                row.chosen = False
                self.changed()

    def _pick(self, at: int) -> None:
        row = self._rows[at]
        if self.question.several:
            row.chosen = not row.chosen
        elif not row.chosen:
            for each in self._rows:
                each.chosen = each is row
        else:
            self._focus(at)
            return
        self._focus(at)
        self.changed(row.option.id if self.question.several else "")

    def _focus(self, at: int) -> None:
        self._rows[at].can_focus = True
        self.go_to(self._rows[at])
        self._stop_at(at)

    def _stop_at(self, at: int) -> None:
        self._at = at
        for number, row in enumerate(self._rows):
            row.can_focus = number == at
