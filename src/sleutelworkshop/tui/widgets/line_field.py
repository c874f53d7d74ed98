"""A field of one line, and what fields have in common: text is cleaned at the gate, and never longer than fits."""

from typing import ClassVar, Final

from textual.events import Paste
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input

from sleutelworkshop.i18n import _
from sleutelworkshop.text import LINE_LIMIT, clean_line, clean_text

_READ: Final = 20_000
"""Characters read of what was pasted: more than any field holds, and little enough never to be waited for."""


class Refused(Message):
    """A field did not take (all of) what was typed or pasted; ``text`` says why, for a place beside the field."""

    def __init__(self, field: Widget, text: str) -> None:
        super().__init__()
        self.field = field
        self.text = text

    @property
    def control(self) -> Widget:
        """The field in which it happened."""
        return self.field


def taken(raw: str, room: int, *, lines: bool) -> tuple[str, str]:
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

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As Textual has it, but for laying out the whole screen again at each letter: no field is as wide as its text."""

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
        super().__init__(
            value, placeholder, select_on_focus=False, validate_on=(), compact=compact, id=id, classes=classes
        )
        self.limit = limit
        self._several = several

    def watch_virtual_size(self) -> None:
        """See to it that a text that got shorter is not scrolled past its end."""
        self.scroll_x = min(self.scroll_x, self.max_scroll_x)

    def replace(self, text: str, start: int, end: int) -> None:
        """Replace a part of the text: every character that is typed, pasted or deleted comes through here."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        text, refusal = taken(text, self.limit - len(self.value) + end - start, lines=False)
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
