"""Workshops that ask much of a document: forty teams that write long, and people who write what could break it."""

import datetime as dt
from collections.abc import Callable
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
)
from sleutelworkshop.session.agreeing import add_action, agree, consent, evaluate_on, object_to, settle
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.moving import go_on, start
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

NOW: Final = dt.datetime(2026, 9, 16, 13, 0).astimezone()

LONG: Final = (
    "Wij willen dat elke leraar hardop voordoet hoe je denkt als je iets nog niet kunt. "
    "Dat vraagt om lef, om tijd en om collega’s die zonder oordeel meekijken. "
)

HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</style><b>vet</b>",
    "[klik](javascript:alert(1))",
    "javascript:alert(document.cookie)",
    "<img src=x onerror=alert(1)>",
    "# kop *ster* _streep_ `code` ~~door~~",
    "| a | b |",
    "\\input{/etc/passwd} $x^2$ % & {}",
    '#read("/etc/passwd") #panic() @bron <label> $ x $',
    "= Kop\n+ genummerd\n/ term: uitleg",
    '=HYPERLINK("http://kwaad.example";"klik")',
    "+31 6 12345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "مرحبا بالعالم: الدرس الأول",
    "👩‍🏫 juf & 🏳️‍🌈 🇳🇱",
    "{{7*7}} ${x} %s {0} \\n",
    "é è ë ï ö ü ç ñ ǹ Ĳ ĳ ﬁ",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 4,
    "    vier spaties\n\nen een lege regel",
    "noncharacter \ufffe en \uffff",
)
"""What people might type or paste, and what must come out as it went in. Control characters never get this far."""


def crowd(teams: int = MOST_TEAMS) -> Session:
    """Return a finished workshop in which many teams answered everything, and not briefly."""
    names = [f"Team {number}" for number in range(1, teams + 1)]
    return _filled(names, lambda number: f"{number}. " + LONG * (1 + number % 6))


def hostile() -> Session:
    """Return a finished workshop in which people wrote what could break a document, wherever they could."""
    return _filled(list(_names()), lambda number: HOSTILE[number % len(HOSTILE)])


def _names() -> tuple[str, ...]:
    return ("<b>Blauw</b>", "=Rood", "# Geel *", "$Groen$", "Paars & 🏳️‍🌈", "الفريق")


def _filled(names: list[str], words: Callable[[int], str]) -> Session:
    script = load_shipped(DEFAULT_SCRIPT)
    session = make(script, organisation=_line(words(0)), facilitator=_line(words(1)), teams=names, now=NOW)
    number = 0
    for question in script.questions():
        for team in session.teams:
            number += 1
            session = answer(session, team.id, question.id, _value(question, number, words), NOW)
    for place, component in enumerate(script.components):
        sources = [AnswerRef(team.id, component.questions[0]) for team in session.teams[: place + 1]]
        session = agree(session, component.id, f"{words(place)}\n{words(place + 9)}", sources, NOW)
        session = object_to(session, component.id, who=_line(words(place + 2))[:40], what=words(place + 3), now=NOW)
        session = settle(session, place + 1, words(place + 4), NOW)
        session = agree(session, component.id, f"{words(place + 10)}\n{words(place)}", sources, NOW)
        session = consent(session, component.id, NOW)
    for action in range(len(HOSTILE)):
        who, what = _line(words(action))[:40], _line(words(action + 5))
        session = add_action(session, who=who, what=what, due=dt.date(2026, 10, 1 + action))
    session = start(evaluate_on(session, dt.date(2027, 2, 3)), NOW)
    while session.finished_at is None:
        session = go_on(session, NOW + dt.timedelta(minutes=150))
    return session


def _line(text: str) -> str:
    return " ".join(text.split())[:180]


def _value(question: AnyQuestion, number: int, words: Callable[[int], str]) -> Value:
    match question:
        case ListQuestion(labels=labels):
            label = labels[number % len(labels)].id if labels else ""
            return ListValue(tuple(ListItem(_line(words(number + more)), label) for more in range(3)))
        case PointsQuestion(budget=budget, options=options):
            weights = [1 + (number * (place + 3)) % 7 for place in range(len(options))]
            given = share(budget, weights)
            return PointsValue({option.id: points for option, points in zip(options, given, strict=True) if points})
        case ScaleQuestion(statements=statements):
            return ScaleValue({each.id: 1 + (number + place) % 5 for place, each in enumerate(statements)})
        case ChoiceQuestion(options=options):
            return ChoiceValue((options[number % len(options)].id,))
        case TableQuestion(columns=columns):
            rows = ({each.id: _cell(each, number + more, words) for each in columns} for more in range(2))
            return TableValue(tuple(rows))
        case _:
            return TextValue(words(number))


def _cell(column: AnyColumn, number: int, words: Callable[[int], str]) -> Cell:
    match column:
        case TextColumn():
            return _line(words(number))
        case ChoiceColumn(options=options):
            return options[number % len(options)].id
        case _:
            return number % 3 > 0
