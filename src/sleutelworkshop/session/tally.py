"""Counting what the teams answered: what the harvest draws and the summary prints."""

from collections import Counter

from msgspec import Struct

from sleutelworkshop.script.model import (
    ChoiceQuestion,
    Field,
    FourFields,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
)
from sleutelworkshop.session.model import Session, Team
from sleutelworkshop.session.values import ChoiceValue, ListValue, PointsValue, Row, ScaleValue, TableValue


class PointsTally(Struct, frozen=True):
    """Points for one option: in total and by team, in the order of the teams that answered."""

    option: Option
    total: int
    by_team: tuple[tuple[Team, int], ...]


class ScaleTally(Struct, frozen=True):
    """Marks for one statement by team that gave one."""

    statement: Option
    marks: tuple[tuple[Team, int], ...]

    @property
    def mean(self) -> float | None:
        """The mean mark, or None when nobody gave one."""
        return sum(mark for _, mark in self.marks) / len(self.marks) if self.marks else None

    @property
    def spread(self) -> int:
        """The difference between the highest and the lowest mark."""
        given = [mark for _, mark in self.marks]
        return max(given) - min(given) if given else 0


class Placed(Struct, frozen=True):
    """A row of a table that stands in one of the four fields, and the team that put it there."""

    team: Team
    row: Row


class FieldTally(Struct, frozen=True):
    """One of the four fields and what stands in it. ``across`` and ``up`` tell which of the four it is."""

    field: Field
    across: bool
    up: bool
    rows: tuple[Placed, ...]


class CountTally(Struct, frozen=True):
    """How often an option was chosen, or a label given."""

    option: Option
    count: int


def count_points(session: Session, question: PointsQuestion) -> tuple[PointsTally, ...]:
    """Return the points by option, in the order of the options."""
    given = [
        (team, each.value.points)
        for team in session.teams
        if (each := session.answer(team.id, question.id)) and isinstance(each.value, PointsValue)
    ]
    return tuple(
        PointsTally(
            option=option,
            total=sum(points.get(option.id, 0) for _, points in given),
            by_team=tuple((team, points.get(option.id, 0)) for team, points in given),
        )
        for option in question.options
    )


def count_marks(session: Session, question: ScaleQuestion) -> tuple[ScaleTally, ...]:
    """Return the marks by statement, in the order of the statements."""
    given = [
        (team, each.value.marks)
        for team in session.teams
        if (each := session.answer(team.id, question.id)) and isinstance(each.value, ScaleValue)
    ]
    return tuple(
        ScaleTally(statement, tuple((team, marks[statement.id]) for team, marks in given if statement.id in marks))
        for statement in question.statements
    )


def count_choices(session: Session, question: ChoiceQuestion | ListQuestion) -> tuple[CountTally, ...]:
    """Return how often each option was chosen, or each label of a list given, in their order."""
    counts: Counter[str] = Counter()
    for given in session.answers.get(question.id, {}).values():
        match given.value:
            case ChoiceValue(chosen):
                counts.update(chosen)
            case ListValue(items):
                counts.update(item.label for item in items if item.label)
            case _:
                continue
    options = question.options if isinstance(question, ChoiceQuestion) else question.labels
    return tuple(CountTally(option, counts[option.id]) for option in options)


def field_of(fields: FourFields, row: Row) -> Field | None:
    """Return the field in which a row stands, or None while one of the two answers is open."""
    match row.get(fields.across), row.get(fields.up):
        case True, True:
            return fields.both
        case True, False:
            return fields.only_across
        case False, True:
            return fields.only_up
        case False, False:
            return fields.neither
        case _:
            return None


def place_rows(session: Session, question: TableQuestion) -> tuple[FieldTally, ...]:
    """Return the four fields with the rows in them: both, only across, only up, neither.

    Raises:
        ValueError: the question has no four fields.
    """
    fields = question.four_fields
    if fields is None:
        raise ValueError(question.id)
    rows = [
        Placed(team, row)
        for team in session.teams
        if (each := session.answer(team.id, question.id)) and isinstance(each.value, TableValue)
        for row in each.value.rows
    ]
    four = (
        (fields.both, True, True),
        (fields.only_across, True, False),
        (fields.only_up, False, True),
        (fields.neither, False, False),
    )
    return tuple(
        FieldTally(
            field,
            across,
            up,
            tuple(one for one in rows if (one.row.get(fields.across), one.row.get(fields.up)) == (across, up)),
        )
        for field, across, up in four
    )
