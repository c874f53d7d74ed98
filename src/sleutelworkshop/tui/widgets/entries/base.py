"""What every entry has: the question, a body to answer it in, and one place for what is wrong or worth knowing."""

from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.events import DescendantBlur
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.script.model import Question
from sleutelworkshop.session.values import Value
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.group import Group
from sleutelworkshop.tui.widgets.line_field import LineField, Refused
from sleutelworkshop.tui.widgets.text_field import TextField


class Cursor(Struct, frozen=True):
    """Where somebody types: in which field of the answer to a question, and how many letters stand before it."""

    question: str
    field: int
    letters: int


class Entry(Group):
    """A question with its answer. A subclass composes the body, and reads and fills it."""

    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS: ClassVar[str] = """
    Entry {
        .entry-prompt { text-style: bold; padding: 0 1; }
        .entry-hint { color: $quiet; padding: 0 1; }
        .entry-body { margin-top: 1; }
        .entry-row {
            border-left: thick $background;
            padding-right: 1;
            &:focus, &.-at-hand { border-left: thick $primary; }
        }
        .entry-number { width: 4; color: $quiet; padding: 0 1; text-align: right; }
        .entry-detail { color: $quiet; padding: 0 1; display: none; }
        .entry-whisper { color: $quiet; padding: 0 1; min-height: 1; max-width: 100; }
        .entry-fault { color: $error; text-style: bold; padding: 0 1; min-height: 1; max-width: 100; display: none; }
        &.-faulty .entry-whisper { display: none; }
        &.-faulty .entry-fault { display: block; }
    }
    .-medium Entry .entry-whisper, .-medium Entry .entry-fault { margin-top: 1; }
    .-tall Entry .entry-whisper, .-tall Entry .entry-fault { margin-top: 1; }
    .-tall Entry .entry-detail { display: block; }
    .-tall Entry .entry-row { margin-bottom: 1; }
    """

    class Changed(Message):
        """The answer became ``value``; ``place`` names the part of it that was changed, for undo."""

        def __init__(self, entry: "Entry", value: Value, place: str) -> None:
            super().__init__()
            self.entry = entry
            self.value = value
            self.place = place

        @property
        def control(self) -> "Entry":
            """The entry in which it happened."""
            return self.entry

    class Left(Message):
        """The focus left the entry."""

        def __init__(self, entry: "Entry") -> None:
            super().__init__()
            self.entry = entry

        @property
        def control(self) -> "Entry":
            """The entry in which it happened."""
            return self.entry

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question
        self._fault = Static(classes="entry-fault")
        self._whisper = Static(classes="entry-whisper")
        self._body = Group(classes="entry-body")

    def compose(self) -> ComposeResult:
        yield Static(human(self.question.prompt), classes="entry-prompt")
        if self.question.hint:
            yield Static(human(self.question.hint), classes="entry-hint")
        with self._body:
            yield from self.compose_body()
        yield self._fault
        yield self._whisper

    def compose_body(self) -> ComposeResult:
        """Yield what the question is answered in."""
        yield from ()

    @property
    def value(self) -> Value:
        """The answer as it stands in the fields now."""
        raise NotImplementedError

    def show(self, value: Value) -> None:
        """Show another answer; posts nothing."""
        self.fault("")
        self.fill(value)

    def fill(self, value: Value) -> None:
        """Put an answer into the fields."""
        raise NotImplementedError

    @property
    def fields(self) -> list[Widget]:
        """What can be typed or chosen in, in order."""
        raise NotImplementedError

    def is_open(self, field: Widget) -> bool:
        """Return whether nothing was filled in in a field yet."""
        raise NotImplementedError

    def first_open(self) -> Widget:
        """Return the field to begin in: the first in which nothing stands, or else the first."""
        fields = self.fields
        return next((field for field in fields if self.is_open(field)), fields[0])

    def fault(self, text: str) -> None:
        """Say what is wrong, at the entry; an empty text takes it away."""
        put(self._fault, human(f"! {text}" if text else ""))
        self.set_class(bool(text), "-faulty")

    def whisper(self, text: str) -> None:
        """Say something quietly under the entry: what the field in focus is about."""
        put(self._whisper, human(text))

    def changed(self, place: str = "") -> None:
        """Tell that the answer was changed."""
        self.fault("")
        self.post_message(self.Changed(self, self.value, place))

    def go_to(self, field: Widget) -> None:
        """Give a field the focus at once, so that the next key is for it."""
        self.screen.set_focus(field)

    @property
    def lasting_fields(self) -> list[Widget]:
        """The fields as they will be when the answer is shown anew."""
        return self.fields

    @property
    def cursor(self) -> Cursor | None:
        """Where the cursor is, or None when the focus is not in this entry."""
        focused, fields = self.screen.focused, self.lasting_fields
        if focused is None or focused not in fields:
            return None
        return Cursor(self.question.id, fields.index(focused), _letters_before(focused))

    def put_cursor(self, cursor: Cursor) -> None:
        """Put the cursor where it was, or as near to that as what stands there now allows."""
        field = self.fields[min(cursor.field, len(self.fields) - 1)]
        self.go_to(field)
        if isinstance(field, LineField):
            field.cursor_position = min(cursor.letters, len(field.value))
        elif isinstance(field, TextField):
            before = field.text[: cursor.letters].split("\n")
            field.move_cursor((len(before) - 1, len(before[-1])))

    def leave(self) -> None:
        """Go on to what comes after this entry."""
        last = self.fields[-1]
        chain = self.screen.focus_chain
        if last in chain and (at := chain.index(last)) + 1 < len(chain):
            self.go_to(chain[at + 1])

    def on_descendant_blur(self, _event: DescendantBlur) -> None:
        focused = self.screen.focused
        if focused is None or self not in focused.ancestors:
            self.whisper("")
            self.post_message(self.Left(self))

    def on_refused(self, event: Refused) -> None:
        event.stop()
        self.fault(event.text)


def _letters_before(field: Widget) -> int:
    if isinstance(field, LineField):
        return field.cursor_position
    return len(field.get_text_range((0, 0), field.cursor_location)) if isinstance(field, TextField) else 0
