"""A field of several lines. All text that is typed passes a gate: cleaned, and never longer than fits."""

from typing import ClassVar

from textual.actions import SkipAction
from textual.events import Paste
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from sleutelworkshop.text import TEXT_LIMIT
from sleutelworkshop.tui.widgets.line_field import Refused, taken


class TextField(TextArea):
    """A field of several lines, at most ``limit`` characters, as high as its text within what its style allows."""

    DEFAULT_CSS: ClassVar[str] = """
    TextField {
        height: auto;
        min-height: 4;
        max-height: 14;
        padding: 0 1;
        border: none;
        border-left: thick $line;
        background: $surface;
        &:focus { border: none; border-left: thick $primary; background: $panel; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $quiet; }
    }
    """

    def __init__(
        self,
        text: str = "",
        *,
        limit: int = TEXT_LIMIT,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        self.limit = limit

    def edit(self, edit: Edit) -> EditResult:
        """Change the text: every character that is typed, pasted or deleted comes through here."""
        replaced = self.get_text_range(edit.from_location, edit.to_location)
        text, refusal = taken(edit.text, self.limit - len(self.text) + len(replaced), lines=True)
        if text or replaced or not edit.text:
            result = super().edit(Edit(text, edit.from_location, edit.to_location, edit.maintain_selection_offset))
        else:
            result = EditResult(edit.to_location, "")
        if refusal:
            self.post_message(Refused(self, refusal))  # after the change it is about, which would take it away
        return result

    def on_paste(self, event: Paste) -> None:
        event.stop()

    def show(self, text: str) -> None:
        """Show another text, with the cursor behind it; posts nothing, and its undo begins anew."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.move_cursor(self.document.end)

    def action_undo(self) -> None:
        """Undo in this text; when it has nothing to undo, the key is for the screen."""
        before = self.text
        self.undo()
        if self.text == before:
            raise SkipAction

    def action_redo(self) -> None:
        """Redo in this text; when it has nothing to redo, the key is for the screen."""
        before = self.text
        self.redo()
        if self.text == before:
            raise SkipAction
