"""Answering: what a right answer to each kind of question is, and when a team has answered."""

import datetime as dt
from enum import IntEnum

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import (
    AnyColumn,
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    Step,
    TableQuestion,
    TextColumn,
    TextQuestion,
    YesNoColumn,
)
from sleutelworkshop.session.earlier import with_answer
from sleutelworkshop.session.model import Answer, RefusedError, Session, Team
from sleutelworkshop.session.values import (
    Cell,
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.text import clean_line, clean_text


class Progress(IntEnum):
    """How far a team is with a question, or with all questions of a step."""

    NOTHING = 0
    PARTLY = 1
    READY = 2


def answer(
    session: Session, team_id: str, question_id: str, value: Value, now: dt.datetime, *, draft: bool = False
) -> Session:
    """Return the session with this answer of a team; an empty value takes the answer away.

    With ``draft`` it is still being typed. What stood there before is remembered, a draft is not.

    Raises:
        RefusedError: the value does not fit the question.
        TextTooLongError: a text is longer than fits.
        KeyError: there is no such team or question.
    """
    team, question = session.team(team_id), session.script.question(question_id)
    value = checked(question, value)
    answers = dict(session.answers.get(question.id, {}))
    standing = answers.pop(team.id, None)
    if (standing.value if standing else empty(question)) == value:
        return session if draft else settle_answer(session, team.id, question.id)
    if value != empty(question):
        answers[team.id] = Answer(value, now, draft)
    return replace(
        session,
        answers={**session.answers, question.id: answers},
        earlier_answers=with_answer(session.earlier_answers, question.id, team.id, standing),
    )


def settle_answer(session: Session, team_id: str, question_id: str) -> Session:
    """Return the session with an answer that was being typed as one that counts."""
    standing = session.answer(team_id, question_id)
    if standing is None or not standing.draft:
        return session
    settled = {**session.answers[question_id], team_id: replace(standing, draft=False)}
    return replace(session, answers={**session.answers, question_id: settled})


def empty(question: AnyQuestion) -> Value:
    """Return the value of a question that nobody has answered."""
    match question:
        case TextQuestion():
            return TextValue()
        case ListQuestion():
            return ListValue()
        case PointsQuestion():
            return PointsValue()
        case ScaleQuestion():
            return ScaleValue()
        case ChoiceQuestion():
            return ChoiceValue()
        case TableQuestion():
            return TableValue()


def checked(question: AnyQuestion, value: Value) -> Value:
    """Return the value as it may be kept: its texts cleaned, its empty items and rows left out.

    Raises:
        RefusedError: it does not fit the question.
        TextTooLongError: a text is longer than fits.
    """
    match question, value:
        case TextQuestion(), TextValue(text):
            return TextValue(clean_text(text).strip())
        case ListQuestion(), ListValue(items):
            return _checked_list(question, items)
        case PointsQuestion(), PointsValue(points):
            return _checked_points(question, points)
        case ScaleQuestion(), ScaleValue(marks):
            return _checked_marks(question, marks)
        case ChoiceQuestion(), ChoiceValue(chosen):
            return _checked_choice(question, chosen)
        case TableQuestion(), TableValue(rows):
            kept = tuple(row for raw in rows if (row := _checked_row(question, raw)))
            if len(kept) > question.most:
                raise RefusedError(_("Meer dan {most} regels passen hier niet.").format(most=question.most))
            return TableValue(kept)
        case _:
            raise RefusedError(_("Dit antwoord hoort bij een andere soort vraag."))


def progress(question: AnyQuestion, value: Value | None) -> Progress:
    """Return how far a value goes towards answering the question."""
    if value is None or value == empty(question):
        return Progress.NOTHING
    match question, value:
        case PointsQuestion(), PointsValue(points):
            ready = sum(points.values()) == question.budget
        case ScaleQuestion(), ScaleValue(marks):
            ready = len(marks) == len(question.statements)
        case _:
            ready = True
    return Progress.READY if ready else Progress.PARTLY


def team_progress(session: Session, step: Step, team_id: str) -> Progress:
    """Return how far a team is with a step: ready when every question that is not optional is answered.

    What is still being typed is no answer yet.
    """
    each = {question.id: _so_far(question, session.answer(team_id, question.id)) for question in step.questions}
    needed = [each[question.id] for question in step.questions if not question.optional]
    if min(needed, default=Progress.READY) is Progress.READY:
        return Progress.READY
    return Progress.PARTLY if max(each.values()) else Progress.NOTHING


def _so_far(question: AnyQuestion, given: Answer | None) -> Progress:
    far = progress(question, given.value if given else None)
    return min(far, Progress.PARTLY) if given and given.draft else far


def teams_not_ready(session: Session, step: Step) -> tuple[Team, ...]:
    """Return the teams in the room that have not answered everything asked in the step."""
    return tuple(team for team in session.present_teams if team_progress(session, step, team.id) is not Progress.READY)


def _ids(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options]


def _known(given: str, options: tuple[Option, ...]) -> str:
    if given not in _ids(options):
        raise RefusedError(_("“{choice}” staat niet tussen de keuzes.").format(choice=clean_line(given)))
    return given


def _checked_list(question: ListQuestion, items: tuple[ListItem, ...]) -> ListValue:
    kept = tuple(
        ListItem(text, _known(item.label, question.labels) if item.label else "")
        for item in items
        if (text := clean_line(item.text))
    )
    if len(kept) > question.most:
        raise RefusedError(_("Meer dan {most} regels passen hier niet.").format(most=question.most))
    return ListValue(kept)


def _checked_points(question: PointsQuestion, points: dict[str, int]) -> PointsValue:
    for option_id, given in points.items():
        _known(option_id, question.options)
        if given < 0:
            raise RefusedError(_("Minder dan nul punten geven kan niet."))
    if (total := sum(points.values())) > question.budget:
        raise RefusedError(
            _("Er zijn {budget} punten te verdelen; dit zijn er {total}.").format(budget=question.budget, total=total)
        )
    return PointsValue({key: points[key] for key in _ids(question.options) if points.get(key)})


def _checked_marks(question: ScaleQuestion, marks: dict[str, int]) -> ScaleValue:
    for statement_id, mark in marks.items():
        _known(statement_id, question.statements)
        if not 1 <= mark <= 5:
            raise RefusedError(_("Een cijfer loopt van 1 tot en met 5."))
    return ScaleValue({key: marks[key] for key in _ids(question.statements) if key in marks})


def _checked_choice(question: ChoiceQuestion, chosen: tuple[str, ...]) -> ChoiceValue:
    for option_id in chosen:
        _known(option_id, question.options)
    if len(set(chosen)) > 1 and not question.several:
        raise RefusedError(_("Hier past één keuze."))
    return ChoiceValue(tuple(key for key in _ids(question.options) if key in chosen))


def _checked_row(question: TableQuestion, raw: Row) -> Row:
    columns = {column.id: column for column in question.columns}
    if strangers := raw.keys() - columns.keys():
        raise RefusedError(_("De tabel heeft geen kolom “{name}”.").format(name=clean_line(min(strangers))))
    row = {key: _checked_cell(column, raw[key]) for key, column in columns.items() if key in raw}
    return {key: cell for key, cell in row.items() if cell != ""}


def _checked_cell(column: AnyColumn, cell: Cell) -> Cell:
    match column, cell:
        case TextColumn(), str():
            return clean_line(cell)
        case ChoiceColumn(), str():
            return _known(cell, column.options) if cell else ""
        case YesNoColumn(), bool():
            return cell
        case _:
            raise RefusedError(_("Wat bij “{title}” staat, past daar niet.").format(title=column.title))
