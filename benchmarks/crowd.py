"""The shipped workshop with as many teams as there can be, all of whom have answered everything that is asked."""

import datetime as dt
from typing import Final

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import (
    AnyColumn,
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    ListQuestion,
    PointsQuestion,
    ScaleQuestion,
    TableQuestion,
    TextColumn,
    TextQuestion,
    YesNoColumn,
)
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import jump
from sleutelworkshop.session.planning import share
from sleutelworkshop.session.teams import MOST_TEAMS
from sleutelworkshop.session.values import (
    Cell,
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)

WORDS: Final = (
    "leren",
    "plannen",
    "samen",
    "met",
    "ouders",
    "in",
    "elke",
    "groep",
    "zodat",
    "kinderen",
    "zelf",
    "kiezen",
)

ROWS: Final = 4
"""Items of a list, and rows of a table."""


def crowd_at(step: str, now: dt.datetime) -> Session:
    """Return the session with the room at a step, its timer not started."""
    names = [f"Team {number}" for number in range(1, MOST_TEAMS + 1)]
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Grote School", teams=names, now=now)
    for question in session.script.questions():
        for number, team in enumerate(session.teams):
            session = answer(session, team.id, question.id, _value(question, number), now)
    return jump(session, step, now)


def _value(question: AnyQuestion, number: int) -> Value:
    """Return what the team of that number answers: no two teams say the same."""
    match question:
        case TextQuestion():
            return TextValue(f"Wij van team {number} willen {_words(number, 20)}.\nEn dat {_words(number + 3, 12)}.")
        case ListQuestion(labels=labels):
            given = [labels[(number + row) % len(labels)].id if labels else "" for row in range(ROWS)]
            return ListValue(tuple(ListItem(_words(number * 7 + row, 7), label) for row, label in enumerate(given)))
        case PointsQuestion(options=options, budget=budget):
            points = share(budget, [(number * (at + 3)) % 7 + 1 for at in range(len(options))])
            return PointsValue({option.id: given for option, given in zip(options, points, strict=True)})
        case ScaleQuestion(statements=statements):
            return ScaleValue({each.id: (number + at * 3) % 5 + 1 for at, each in enumerate(statements)})
        case ChoiceQuestion(options=options):
            return ChoiceValue((options[number % len(options)].id,))
        case TableQuestion(columns=columns):
            return TableValue(
                tuple({column.id: _cell(column, number * 5 + row) for column in columns} for row in range(ROWS))
            )


def _cell(column: AnyColumn, number: int) -> Cell:
    match column:
        case TextColumn():
            return _words(number, 5)
        case ChoiceColumn(options=options):
            return options[number % len(options)].id
        case YesNoColumn():
            return number % 3 > 0


def _words(number: int, many: int) -> str:
    return " ".join(WORDS[(number + at) % len(WORDS)] for at in range(number % 4, number % 4 + many))
