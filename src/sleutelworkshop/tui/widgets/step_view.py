"""What the room reads: the part, the step, its prompt, and what is asked in it."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.visual import Visual
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
from sleutelworkshop.tui.widgets.rows import hanging


class _Line(Struct, frozen=True):
    """One thing that stands in the body, and what sort of thing it is."""

    shown: Visual
    sort: str


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
        .step-question { margin-top: 1; }
        .step-option { padding-left: 5; }
        .step-detail { padding-left: 7; }
        .step-nothing { display: none; }
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
        self._show_body(tuple(_lines(step, accent)))
        self.scroll_home(animate=False)

    def _show_body(self, lines: Sequence[_Line]) -> None:
        """Write the lines where others stood: to take widgets away and make new ones, a person would wait for."""
        body = self.query_one("#step-body", Vertical)
        standing = list(body.query_children(Static))
        for line, static in zip(lines, standing, strict=False):
            static.set_classes(line.sort)
            static.update(line.shown)
        for static in standing[len(lines) :]:
            static.set_classes("step-nothing")
        body.mount_all(Static(line.shown, classes=line.sort) for line in lines[len(standing) :])


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


def _lines(step: Step, accent: str) -> Iterator[_Line]:
    for point in step.points:
        yield _Line(hanging(Content.assemble(("▪", accent), "  "), human(point)), "step-point")
    for number, question in enumerate(step.questions, start=1):
        sign = f"{number}  " if len(step.questions) > 1 else "›  "
        yield _Line(Content.assemble((sign, f"bold {accent}"), question.prompt), "step-question")
        for option in _options(question):
            yield _Line(human(option.title), "step-option")
            if option.description:
                yield _Line(human(option.description, "$quiet"), "step-detail")


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
