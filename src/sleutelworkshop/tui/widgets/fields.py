"""Fields through which all text that people type passes: cleaned at the gate, never longer than fits."""

from typing import ClassVar, Final

from textual.actions import SkipAction
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input, TextArea
from textual.widgets.text_area import Edit, EditResult

from sleutelworkshop.i18n import _
from sleutelworkshop.text import LINE_LIMIT, TEXT_LIMIT, clean_line, clean_text

_READ: Final = 20_000
"""Characters read of what was pasted: more than any field holds, and little enough never to be waited for."""


class Refused(Message):
    """A field did not take (all of) what was typed or pasted; ``text`` says why, for a place beside the field."""

    def __init__(self, field: "LineField | TextField", text: str) -> None:
        super().__init__()
        self.field = field
        self.text = text

    @property
    def control(self) -> "LineField | TextField":
        """The field in which it happened."""
        return self.field


def _taken(raw: str, room: int, *, lines: bool) -> tuple[str, str]:
    """Return what of ``raw`` fits in ``room`` characters, and why not all of it ("" when it does)."""
    text = clean_text(raw[:_READ], limit=4 * _READ)  # a tab becomes four spaces
    if not lines and "\n" in text:
        text = " ".join(text.split())
    whole = len(text) + max(len(raw) - _READ, 0)
    if whole <= room:
        return text, ""
    if room <= 0:
        return "", _("Dit veld is vol.")
    return text[:room], _("Dit is te lang: de eerste {room} van {length} tekens staan erin.").format(
        room=_number(room), length=_number(whole)
    )


def _number(value: int) -> str:
    return f"{value:_}".replace("_", ".")


class LineField(Input):
    """A field of one line, at most ``limit`` characters. ``several``: pasted lines are posted, each for itself."""

    DEFAULT_CSS: ClassVar[str] = """
    LineField {
        &.-textual-compact { padding: 0 1; background: $surface; }
        &:focus { background: $panel; background-tint: transparent; }
        & > .input--placeholder { color: $quiet; }
    }
    """

    class Emptied(Message):
        """Backspace was pressed while the field was empty already."""

        def __init__(self, field: "LineField") -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> "LineField":
            """The field in which it happened."""
            return self.field

    class LinesPasted(Message):
        """Several lines were pasted; the first was put into the field, these were not."""

        def __init__(self, field: "LineField", lines: tuple[str, ...]) -> None:
            super().__init__()
            self.field = field
            self.lines = lines

        @property
        def control(self) -> "LineField":
            """The field in which it happened."""
            return self.field

    def __init__(
        self,
        value: str = "",
        placeholder: str = "",
        *,
        limit: int = LINE_LIMIT,
        several: bool = False,
        compact: bool = True,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(value, placeholder, select_on_focus=False, compact=compact, id=id, classes=classes)
        self.limit = limit
        self._several = several

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text: every character that is typed, pasted or deleted comes through here."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        text, refusal = _taken(text, self.limit - len(self.value) + end - start, lines=False)
        super().replace(text, start, end)
        if refusal:
            self.post_message(Refused(self, refusal))

    def on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [clean_line(raw, limit=_READ) for raw in clean_text(event.text[:_READ], limit=4 * _READ).split("\n")]
        lines = [line for line in lines if line]
        if self._several and len(lines) > 1:
            self.replace(lines[0], *self.selection)
            self.post_message(self.LinesPasted(self, tuple(lines[1:])))
        else:
            self.replace(event.text, *self.selection)

    def show(self, text: str) -> None:
        """Show another text, with the cursor behind it; posts nothing."""
        if text != self.value:
            with self.prevent(Input.Changed):
                self.value = text
        self.cursor_position = len(text)

    def action_delete_left(self) -> None:
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Emptied(self))


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
        text, refusal = _taken(edit.text, self.limit - len(self.text) + len(replaced), lines=True)
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
