"""The entry for a text in the team's own words."""

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import TextArea

from sleutelworkshop.script.model import TextQuestion
from sleutelworkshop.session.values import TextValue, Value
from sleutelworkshop.tui.widgets.entries.base import Entry
from sleutelworkshop.tui.widgets.text_field import TextField


class TextEntry(Entry):
    """A field of several lines."""

    def __init__(self, question: TextQuestion) -> None:
        super().__init__(question)
        self._field = TextField()

    def compose_body(self) -> ComposeResult:
        yield self._field

    @property
    def value(self) -> TextValue:
        """The text as it is typed."""
        return TextValue(self._field.text)

    def fill(self, value: Value) -> None:
        self._field.show(value.text if isinstance(value, TextValue) else "")

    @property
    def fields(self) -> list[Widget]:
        """The one field."""
        return [self._field]

    def is_open(self, field: Widget) -> bool:  # noqa: ARG002
        return not self._field.text.strip()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed()
