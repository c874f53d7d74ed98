"""An entry for each kind of question: what a team answers is typed and chosen in it."""

from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.tui.widgets.entries.base import Cursor, Entry
from sleutelworkshop.tui.widgets.entries.choice import ChoiceEntry
from sleutelworkshop.tui.widgets.entries.items import ListEntry
from sleutelworkshop.tui.widgets.entries.points import PointsEntry
from sleutelworkshop.tui.widgets.entries.scale import ScaleEntry
from sleutelworkshop.tui.widgets.entries.table import TableEntry
from sleutelworkshop.tui.widgets.entries.text import TextEntry

__all__ = ["Cursor", "Entry", "build_entry"]


def build_entry(question: AnyQuestion) -> Entry:
    """Return a new, empty entry for a question."""
    match question:
        case TextQuestion():
            return TextEntry(question)
        case ListQuestion():
            return ListEntry(question)
        case PointsQuestion():
            return PointsEntry(question)
        case ScaleQuestion():
            return ScaleEntry(question)
        case ChoiceQuestion():
            return ChoiceEntry(question)
        case TableQuestion():
            return TableEntry(question)
