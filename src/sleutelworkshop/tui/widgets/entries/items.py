"""The entry for a list: a row per item, each with a label where the question has them."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import AnyColumn, ChoiceColumn, ListQuestion, TextColumn
from sleutelworkshop.session.values import ListItem, ListValue, Value
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.entries.columns import list_places
from sleutelworkshop.tui.widgets.entries.row import EntryRow
from sleutelworkshop.tui.widgets.entries.rows import RowsEntry
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.picker import Picker

_TEXT, _LABEL = "text", "label"


class ListEntry(RowsEntry):
    """Rows of one text; the label beside it can be chosen as soon as there is something to label."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    ListEntry {
        .list-label { color: $quiet; text-align: right; padding: 0 2; }
        .entry-row { margin-bottom: 0; }
    }
    .-medium ListEntry .entry-row, .-tall ListEntry .entry-row { margin-bottom: 1; }
    """

    question: ListQuestion

    def __init__(self, question: ListQuestion) -> None:
        columns: list[AnyColumn] = [TextColumn(id=_TEXT, title=question.prompt)]
        if question.labels:
            columns.append(ChoiceColumn(id=_LABEL, title=question.label_title or "…", options=question.labels))
        super().__init__(question, columns, question.most, partial(list_places, question.labels))

    def compose_body(self) -> ComposeResult:
        if self.question.labels and self.question.label_title:
            yield Static(human(self.question.label_title), classes="list-label")
        yield from super().compose_body()

    @property
    def value(self) -> ListValue:
        """The items, without the empty rows."""
        return ListValue(tuple(ListItem(str(row.get(_TEXT, "")), str(row.get(_LABEL, ""))) for row in self.contents))

    def fill(self, value: Value) -> None:
        items = value.items if isinstance(value, ListValue) else ()
        self.put([{_TEXT: item.text, _LABEL: item.label} for item in items])

    def prepare_row(self, row: EntryRow) -> None:
        text, label = row.editors[_TEXT], row.editors.get(_LABEL)
        if isinstance(text, LineField):
            text.placeholder = _("typ hier het eerste …") if row is self.rows[0] else _("en nog een …")
        if isinstance(label, Picker):
            label.visible = bool(row.content)

    def action_go_on(self) -> None:
        """Go to the next item: a list is typed item after item, and the label is a Tab away."""
        at = self.row_of(self.screen.focused)
        if self.rows[at].content:
            self.next_row(at)
        else:
            self.leave()

    def come_to(self, field: Widget) -> None:
        if isinstance(field, Picker):
            label = next((each for each in self.question.labels if each.id == field.chosen), None)
            self.whisper(label.description if label else "")
        elif self.question.labels:
            title = self.question.label_title or _("label")
            self.whisper(_("Tab: {label}. Enter: volgende regel.").format(label=title[:1].lower() + title[1:]))
        else:
            self.whisper(_("Enter: volgende regel."))

    def on_picker_changed(self, event: Picker.Changed) -> None:
        # What all rows do on this is done there: Textual calls the handlers of both classes.
        label = next((each for each in self.question.labels if each.id == event.chosen), None)
        self.whisper(label.description if label else "")
