"""The questions of a step under each other, with the answers of one team; which team that is, it does not know."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import AnyQuestion
from sleutelworkshop.session.answering import Progress, checked, empty, progress
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.session.values import Value
from sleutelworkshop.text import TextTooLongError
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.entries import Cursor, Entry, build_entry
from sleutelworkshop.tui.widgets.group import Group


class QuestionBlock(Group):
    """A question with its entry; ``number`` of ``total``."""

    def __init__(self, question: AnyQuestion, number: int, total: int) -> None:
        super().__init__(classes="question")
        self.question = question
        self.entry = build_entry(question)
        words = [_("vraag {n} van {total}").format(n=number, total=total)] if total > 1 else []
        self._caption = " · ".join([*words, _("mag leeg blijven")] if question.optional else words)

    def compose(self) -> ComposeResult:
        if self._caption:
            yield Static(human(self._caption), classes="question-caption")
        yield self.entry

    def answer(self) -> Value | None:
        """Return the answer in the fields as it may be kept; None, and why at the entry, when it may not."""
        try:
            return checked(self.question, self.entry.value)
        except (RefusedError, TextTooLongError) as refusal:
            self.entry.fault(str(refusal))
            return None


class AnswerSheet(VerticalScroll, can_focus=False):
    """All questions, or one of them. Posts :class:`Entry.Changed` as the entries do."""

    DEFAULT_CSS: ClassVar[str] = """
    AnswerSheet {
        scrollbar-size-vertical: 1;
        .question { margin-bottom: 2; }
        .question-caption { color: $quiet; padding: 0 1; }
    }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """As Textual has it, but for laying out and painting all of it again: a scrollbar that comes does that."""

    def __init__(self, questions: Sequence[AnyQuestion], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._blocks = [QuestionBlock(question, n, len(questions)) for n, question in enumerate(questions, start=1)]
        self._only: int | None = None
        self.at = 0
        """The number of the question in which the focus is or last was."""

    def compose(self) -> ComposeResult:
        yield from self._blocks
        if not self._blocks:
            yield Static(human(_("Bij deze stap horen geen vragen.")), classes="question-caption")

    @property
    def shown(self) -> list[QuestionBlock]:
        """The questions in sight."""
        return self._blocks if self._only is None else self._blocks[self._only :][:1]

    @property
    def block_at_hand(self) -> QuestionBlock | None:
        """The question in which the focus is or last was, or None."""
        return self._blocks[self.at] if self._blocks else None

    def block_of(self, entry: Entry) -> QuestionBlock | None:
        """Return the question in sight to which an entry belongs, or None."""
        return next((block for block in self.shown if block.entry is entry), None)

    def bring(self, answers: Mapping[str, Value], only: int | None) -> None:
        """Bring the answers of a team in sight, and the focus to where it has not answered yet."""
        self._only = only
        for number, block in enumerate(self._blocks):
            block.display = only in {None, number}
        for block in self.shown:
            block.entry.show(answers.get(block.question.id, empty(block.question)))
        if not self.shown:
            return
        begin = next((block for block in self.shown if self._is_open(block, answers)), self.shown[0])
        self.at = self._blocks.index(begin)
        begin.entry.go_to(begin.entry.first_open())
        self.call_after_refresh(self._show_question, begin)

    @property
    def cursor(self) -> Cursor | None:
        """Where the cursor is; None when the focus is in no question."""
        return self._blocks[self.at].entry.cursor if self._blocks else None

    def put_cursor(self, cursor: Cursor) -> None:
        """Put the cursor where it was, when that question is in sight."""
        for block in self.shown:
            if block.question.id == cursor.question:
                self.at = self._blocks.index(block)
                block.entry.put_cursor(cursor)
                self.call_after_refresh(self._show_question, block)

    def put_right(self, answers: Mapping[str, Value]) -> None:
        """Bring other answers of the same team in sight; what stands right already is left as it is."""
        for block in self.shown:
            wanted = answers.get(block.question.id, empty(block.question))
            if block.answer() != wanted:
                block.entry.show(wanted)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Show the whole of a question that one comes into, and not just the field in focus."""
        at = next((n for n, block in enumerate(self._blocks) if block in event.widget.ancestors), self.at)
        if at != self.at:
            self.at = at
            self.call_after_refresh(self._show_question, self._blocks[at])

    def _show_question(self, block: QuestionBlock) -> None:
        if block is self.shown[0]:
            self.scroll_home(animate=False, force=True)
        else:
            self.scroll_to_widget(block, animate=False, top=True, force=True)
        focused = self.screen.focused
        if focused is not None and block in focused.ancestors:
            self.call_after_refresh(self._show_field, focused)

    def _show_field(self, field: Widget) -> None:
        if not self.can_view_entire(field):  # one in sight would be moved as well, with the blank lines under it
            self.scroll_to_widget(field, animate=False)

    @staticmethod
    def _is_open(block: QuestionBlock, answers: Mapping[str, Value]) -> bool:
        return progress(block.question, answers.get(block.question.id)) is not Progress.READY
