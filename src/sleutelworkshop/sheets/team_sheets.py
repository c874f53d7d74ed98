"""The sheets that the teams write on: a page for each exercise and team, in the order in which they are typed in."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import (
    AnyColumn,
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    FourFields,
    ListQuestion,
    Option,
    Part,
    PointsQuestion,
    ScaleQuestion,
    Script,
    Step,
    TableQuestion,
    TextQuestion,
    YesNoColumn,
)
from sleutelworkshop.session.model import Session
from sleutelworkshop.sheets.blocks import (
    AnyRoom,
    Ask,
    Boxes,
    Choice,
    Grid,
    Items,
    Lines,
    Marks,
    Points,
    SheetColumn,
    SheetField,
    SheetFields,
    SheetTeam,
    TeamSheet,
)

_MOST_LINES: Final = 14
_LEAST_LINES, _LEAST_ITEMS, _LEAST_ROWS = 3, 4, 4

_MOST_DOTS: Final = 12
"""Points for which a dot each is drawn: more is not counted but written as a number."""

_UPRIGHT: Final = 3
"""Columns of a table that fit on a page that stands."""

_WIDTH, _WIDTH_ON_ITS_SIDE, _TICK = 170, 265, 6.6
"""Millimetres: of a table on a page that stands and that lies, and of a box to tick with the room beside it."""

_BESIDE: Final = 40
"""Characters in an option up to which two stand beside each other."""


def team_sheets(script: Script, session: Session | None) -> Iterator[TeamSheet]:
    """Yield the sheet of each exercise. Without a session it has a line for the name of the team.

    A step that is left out keeps its number, so that what was printed before stays right.
    """
    exercises = ((part, step) for part in script.parts for step in part.steps if step.questions)
    for number, (part, step) in enumerate(exercises, start=1):
        if session is None or not session.runs[step.id].dropped:
            yield _sheet(number, part, step, _teams(session))


def _teams(session: Session | None) -> tuple[SheetTeam, ...]:
    if session is None:
        return (SheetTeam(""),)
    teams, total = session.present_teams, len(session.present_teams)
    return tuple(
        SheetTeam(team.name, _("team {n} van {total}").format(n=n, total=total)) for n, team in enumerate(teams, 1)
    )


def _sheet(number: int, part: Part, step: Step, teams: tuple[SheetTeam, ...]) -> TeamSheet:
    alone = len(step.questions) == 1
    asks = tuple(_ask(0 if alone else n, question) for n, question in enumerate(step.questions, 1))
    return TeamSheet(
        number=number,
        title=step.title,
        part=part_words(part),
        accent=part.accent,
        prompt=step.prompt,
        asks=asks,
        teams=teams,
        wide=any(isinstance(ask.room, Grid) and len(ask.room.columns) > _UPRIGHT for ask in asks),
    )


def part_words(part: Part) -> str:
    """Return what a part is called: its label, and its title if it has one."""
    return f"{part.label} · {part.title}" if part.title else part.label


def _ask(number: int, question: AnyQuestion) -> Ask:
    return Ask(
        number=number,
        prompt=question.prompt,
        hint=question.hint,
        optional=question.optional,
        room=_room(question),
    )


def _room(question: AnyQuestion) -> AnyRoom:
    match question:
        case TextQuestion():
            return Lines(least=_LEAST_LINES, most=_MOST_LINES)
        case ListQuestion(labels=labels, label_title=title, most=most):
            return Items(least=min(_LEAST_ITEMS, most), most=most, labels=_choices(labels), label_title=title)
        case PointsQuestion(budget=budget, options=options):
            return Points(budget=budget, dots=budget if budget <= _MOST_DOTS else 0, options=_choices(options))
        case ScaleQuestion(statements=statements, low=low, high=high):
            return Marks(statements=_choices(statements), low=low, high=high)
        case ChoiceQuestion(options=options, several=several):
            beside = all(len(each.title) <= _BESIDE and not each.description for each in options)
            return Boxes(options=_choices(options), several=several, columns=2 if beside and len(options) > 3 else 1)
        case TableQuestion(most=most, four_fields=four):
            return Grid(
                least=min(_LEAST_ROWS, most),
                most=most,
                columns=_columns(question.columns),
                four=_four_fields(question, four) if four else None,
            )


def _choices(options: Iterable[Option]) -> tuple[Choice, ...]:
    return tuple(Choice(number, each.title, each.description) for number, each in enumerate(options, 1))


def _columns(columns: tuple[AnyColumn, ...]) -> tuple[SheetColumn, ...]:
    drawn = tuple(map(_column, columns))
    share = (_WIDTH if len(drawn) <= _UPRIGHT else _WIDTH_ON_ITS_SIDE) / sum(column.weight for column in drawn)
    return tuple(replace(column, ticks=(len(column.choices) + 1) * _TICK <= share * column.weight) for column in drawn)


def _column(column: AnyColumn) -> SheetColumn:
    match column:
        case ChoiceColumn(options=options):
            weight = 7 if any(each.description for each in options) else 4
            return SheetColumn(column.title, column.hint, weight, _choices(options))
        case YesNoColumn():
            return SheetColumn(column.title, column.hint, 3, yes_no=True)
        case _:
            return SheetColumn(column.title, column.hint, 6)


def _four_fields(question: TableQuestion, four: FourFields) -> SheetFields:
    titles = {column.id: column.title.rstrip(" ?") for column in question.columns}
    top_left, top_right, bottom_left, bottom_right = (
        SheetField(each.title, each.advice) for each in (four.only_up, four.both, four.neither, four.only_across)
    )
    return SheetFields(titles[four.across], titles[four.up], (top_left, top_right, bottom_left, bottom_right))
