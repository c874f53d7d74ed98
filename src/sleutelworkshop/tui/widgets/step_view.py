"""What the room reads: the part, the step, its prompt, and what is asked in it."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    Notes,
    Option,
    Part,
    PointsQuestion,
    ScaleQuestion,
    Step,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.tui.human import human


class StepView(VerticalScroll, can_focus=False):
    """One step in plain large type: nothing on it is for the facilitator alone."""

    DEFAULT_CSS: ClassVar[str] = """
    StepView {
        height: 1fr;
        scrollbar-size-vertical: 1;
        & > Static { width: 1fr; height: auto; }
        #step-title { margin: 1 0; text-style: bold; }
        #step-prompt { margin-bottom: 1; max-width: 84; }
        #step-body { max-width: 100; height: auto; }
        #step-body Static { height: auto; width: 1fr; }
        #step-body Horizontal { height: auto; }
        #step-body .step-mark { width: 3; }
        .step-question { margin-top: 1; }
        .step-option { padding-left: 5; }
        .step-detail { padding-left: 7; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(id="step-where")
        yield Static(id="step-title")
        yield Static(id="step-prompt")
        yield Vertical(id="step-body")

    _shown: Step | None = None

    def show(self, part: Part, step: Step) -> None:
        """Show a step of a part."""
        if step is self._shown:
            return
        self._shown = step
        accent = f"$tip-{part.accent}"
        number = part.steps.index(step) + 1
        where = Content.assemble(
            (f" {part.label.upper()} ", f"bold $background on {accent}"),
            (f"  {part.title}" if part.title else "", f"bold {accent}"),
            (_("   stap {n} van {total}").format(n=number, total=len(part.steps)), "$quiet"),
        )
        self.query_one("#step-where", Static).update(where)
        self.query_one("#step-title", Static).update(human(step.title))
        self.query_one("#step-prompt", Static).update(human(step.prompt, "bold"))
        body = self.query_one("#step-body", Vertical)
        body.remove_children()
        body.mount_all([*_points(step, accent), *_questions(step, accent)])
        self.scroll_home(animate=False)


class NotesView(VerticalScroll, can_focus=False):
    """What only the facilitator reads; hidden with one key when the laptop is mirrored."""

    DEFAULT_CSS: ClassVar[str] = """
    NotesView {
        height: auto;
        max-height: 8;
        padding: 0 0 0 1;
        border-left: dashed $line;
        color: $quiet;
        scrollbar-size-vertical: 1;
        & > Static { width: 1fr; height: auto; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static()

    _shown: Notes | None = None

    def show(self, notes: Notes) -> None:
        """Show the notes of a step."""
        if notes is self._shown:
            return
        self._shown = notes
        lines = [
            Content.assemble((f"{head}  ", "bold $foreground"), text)
            for head, text in (
                (_("Voor jou"), notes.introduce),
                (_("Luister naar"), notes.listen),
                (_("Loopt het vast?"), notes.stalls),
            )
            if text
        ]
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)


def _points(step: Step, accent: str) -> Iterator[Widget]:
    for point in step.points:
        yield Horizontal(Static(Content.styled("▪", accent), classes="step-mark"), Static(human(point)))


def _questions(step: Step, accent: str) -> Iterator[Widget]:
    for number, question in enumerate(step.questions, start=1):
        sign = f"{number}  " if len(step.questions) > 1 else "›  "
        yield Static(Content.assemble((sign, f"bold {accent}"), question.prompt), classes="step-question")
        for option in _options(question):
            yield Static(human(option.title), classes="step-option")
            if option.description:
                yield Static(human(option.description, "$quiet"), classes="step-detail")


def _options(question: AnyQuestion) -> tuple[Option, ...]:
    match question:
        case PointsQuestion(options=options) | ChoiceQuestion(options=options):
            return options
        case ScaleQuestion(statements=statements):
            return statements
        case ListQuestion(labels=labels):
            return labels
        case TextQuestion() | TableQuestion():
            return ()
