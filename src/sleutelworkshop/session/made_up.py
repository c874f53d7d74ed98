"""Made-up answers, for a rehearsal: what a team might say to any question of any script.

Nothing is left to chance, so that a rehearsal goes the same each time; each team says something else.
"""

import re
import zlib
from collections.abc import Sequence
from typing import Final

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
    TableQuestion,
    TextColumn,
    TextQuestion,
    YesNoColumn,
)
from sleutelworkshop.session.planning import share
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

# The two lengths share no divisor: so many teams as they make together each have a text of their own.
_BEGINNINGS: Final = (
    _("Wij beginnen klein, met wat nu al goed gaat"),
    _("Wij willen dat iedereen hier iets aan heeft, ook wie net begint"),
    _("Het begint bij de kinderen, en bij wat zij nodig hebben"),
    _("Samen leren gaat beter dan ieder voor zich"),
    _("Wij willen vaker bij elkaar in de klas kijken"),
    _("Eerst rust en tijd, dan pas iets nieuws"),
    _("Wij kiezen liever één ding goed dan drie half"),
)
_ENDINGS: Final = (
    _("zodat het in de klas te merken is."),
    _("zodat het ook na een drukke maand nog leeft."),
    _("zodat nieuwe collega’s meteen mee kunnen doen."),
    _("zodat we er volgend jaar op verder bouwen."),
    _("zodat het gesprek erover gewoon wordt."),
)
_ITEMS: Final = (
    _("Samen een les voorbereiden"),
    _("Elke maand een half uur terugkijken"),
    _("Bij elkaar in de klas kijken"),
    _("Een vaste plek om vragen te delen"),
    _("Klein beginnen, in één groep"),
    _("Kinderen vragen wat hen helpt"),
    _("Een maatje voor wie nieuw is"),
    _("Ouders eerder laten meedenken"),
    _("Eén keer per periode iemand van buiten"),
    _("Kort opschrijven wat werkte"),
    _("Tijd ervoor in het rooster"),
)
_PEOPLE: Final = (
    _("De intern begeleider"),
    _("De leraar van groep 8"),
    _("Een collega van de buurschool"),
    _("De vakleraar gym"),
    _("De directeur"),
    _("Iemand uit de ouderraad"),
    _("De coördinator van de opvang"),
)
_SUBJECTS: Final = (
    _("Meer taal in elk vak"),
    _("Kinderen die thuis weinig lezen"),
    _("Leren buiten de klas"),
    _("Digitaal werken"),
    _("Groepen met veel verschillen"),
    _("De overstap naar de brugklas"),
    _("Minder collega’s dan plekken"),
)
_REMARKS: Final = (
    _("Een uur per week vrij"),
    _("Eerst samen uitproberen"),
    _("Steun van het hele team"),
    _("Vaker overleg met de buurschool"),
    _("Een vast moment in de agenda"),
    _("Klein houden, en dan verder"),
    _("Goed luisteren naar de kinderen"),
)
_ASKS_WHO: Final = re.compile(_(r"\b(wie|rol|naam)\b"), re.IGNORECASE)
"""Knows a column that asks for people by its title."""


def made_up(question: AnyQuestion, team: int) -> Value:
    """Return what the made-up team with number ``team``, from 0, answers to a question; never less than all of it."""
    turn = team + zlib.crc32(question.id.encode()) % 997  # the teams do not come in the same order at every question
    match question:
        case TextQuestion():
            return TextValue(f"{_pick(_BEGINNINGS, turn)}, {_pick(_ENDINGS, turn)}")
        case ListQuestion(labels=labels, most=most):
            many = range(min(most, 2 + turn % 3))
            return ListValue(tuple(ListItem(_pick(_ITEMS, 3 * turn + n), _option(labels, turn + n)) for n in many))
        case PointsQuestion(options=options, budget=budget):
            weights = [(3 * (number + turn)) % 5 + number % 2 for number in range(len(options))]
            given = share(budget, weights if any(weights) else [1] * len(options))
            return PointsValue({option.id: points for option, points in zip(options, given, strict=True) if points})
        case ScaleQuestion(statements=statements):
            return ScaleValue({each.id: (turn + 2 * number) % 5 + 1 for number, each in enumerate(statements)})
        case ChoiceQuestion(options=options, several=several):
            chosen = {turn % len(options), (turn + 1 + turn % 2) % len(options) if several else turn % len(options)}
            return ChoiceValue(tuple(options[number].id for number in sorted(chosen)))
        case TableQuestion(columns=columns, most=most):
            return TableValue(tuple(_row(columns, turn + number) for number in range(min(most, 2 + turn % 3))))


def _row(columns: Sequence[AnyColumn], turn: int) -> Row:
    return {column.id: _cell(column, turn, place) for place, column in enumerate(columns)}


def _cell(column: AnyColumn, turn: int, place: int) -> Cell:
    match column:
        case TextColumn(title=title):
            words = _PEOPLE if _ASKS_WHO.search(title) else _REMARKS if place else _SUBJECTS
            return _pick(words, turn + 2 * place)
        case ChoiceColumn(options=options):
            return _option(options, turn + place)
        case YesNoColumn():
            # Two columns beside each other go through all four ways to stand in them.
            return turn >> (place % 2) & 1 == 0


def _option(options: Sequence[Option], turn: int) -> str:
    return options[turn % len(options)].id if options else ""


def _pick(texts: Sequence[str], turn: int) -> str:
    return texts[turn % len(texts)]
