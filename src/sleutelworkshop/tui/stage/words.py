"""What the room reads of a step: where we are, the prompt, and what is asked; fully, or as short as it must be."""

from collections.abc import Sequence

from textual.content import Content

from sleutelworkshop.script.model import (
    AnyQuestion,
    ChoiceQuestion,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    Step,
    TableQuestion,
    TextQuestion,
)
from sleutelworkshop.session.revealing import RoomView
from sleutelworkshop.tui.stage.rows import Rows, hung, shortened, wrapped


def accent_of(view: RoomView) -> str:
    """Return the colour of the part where the room is."""
    return f"$tip-{view.session.script.part_of(view.session.position).accent}"


def where(view: RoomView, width: int, title: str = "") -> Content:
    """Return the part and the step, or another title, in one row."""
    part, accent = view.session.script.part_of(view.session.position), accent_of(view)
    badge = Content.styled(f" {part.label.upper()} ", f"bold $background on {accent}")
    title = title or view.session.step.title
    if title.casefold() == part.label.casefold():
        title = part.title
    return Content.assemble(badge, (f"  {title}", f"bold {accent}")).truncate(width, ellipsis=True)


def wordings(view: RoomView, width: int) -> list[Rows]:
    """Return what the room reads of the step: with everything, and then with less and less."""
    step, accent = view.session.step, accent_of(view)
    head = [where(view, width), Content(), *wrapped(step.prompt, width, "bold")]
    points = [row for point in step.points for row in hung(Content.styled("▪  ", accent), point, width)]
    fullest = [*head, *_after(points), *_asked(step, accent, width, options=True, details=True)]
    full = [*head, *_after(points), *_asked(step, accent, width, options=True)]
    inline = [*head, *_after(points), *_asked(step, accent, width, inline=True)]
    less = [*head, *_after(points), *_asked(step, accent, width)]
    return [fullest, full, inline, less, [*head, *_after(points)], head, [head[0], *head[2:]]]


def that_fits(wordings: Sequence[Rows], height: int, width: int) -> Rows:
    """Return the first of the wordings with at most so many rows, or as much of the last one as there is place for."""
    for rows in wordings:
        if len(rows) <= height:
            return rows
    return shortened(wordings[-1], height, width)


def _asked(
    step: Step, accent: str, width: int, *, options: bool = False, details: bool = False, inline: bool = False
) -> Rows:
    rows: Rows = []
    for number, question in enumerate(step.questions, start=1):
        sign = f"{number}  " if len(step.questions) > 1 else "›  "
        rows += [Content(), *hung(Content.styled(sign, f"bold {accent}"), question.prompt, width)]
        if inline and (titles := " · ".join(option.title for option in _options(question))):
            rows += hung(Content.blank(3), titles, width, "$quiet")
        for option in _options(question) if options else ():
            rows += hung(Content.assemble("   ", ("▪ ", accent)), option.title, width)
            if details and option.description:
                rows += hung(Content.blank(5), option.description, width, "$quiet")
    return rows


def _after(rows: Rows) -> Rows:
    return [Content(), *rows] if rows else []


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
