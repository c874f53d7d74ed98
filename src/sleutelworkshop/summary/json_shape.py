"""The shape of the summary as JSON: for other programs, and on its own feet whatever our files look like.

``version`` goes up when a key is renamed or removed; keys may be added. Moments and dates are ISO 8601. Every
id goes with what it is called, so that no other file is needed to read this one. :class:`Summary` is the whole.
"""

import datetime as dt
from typing import TypeAlias

from msgspec import Struct


class Named(Struct, frozen=True):
    """Anything with an id, and what it is called."""

    id: str
    title: str


class Item(Struct, frozen=True):
    """An item of an answer to a list question; ``label`` is null when it got none."""

    text: str
    label: Named | None


class Figure(Struct, frozen=True):
    """What an option got of the points, or a statement for a mark."""

    id: str
    title: str
    value: int


class Cell(Struct, frozen=True):
    """A filled cell: ``value`` is a text, the id of an option, or true or false; ``text`` says it in words."""

    id: str
    title: str
    value: str | bool
    text: str


class Row(Struct, frozen=True):
    """A row of a table; ``field`` is the title of the field in which it stands, or null."""

    cells: tuple[Cell, ...]
    field: str | None


class Answer(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What a team answered to a question; ``kind`` is that of the question and tells what ``value`` is."""

    team: Named
    question: Named
    answered_at: dt.datetime


class TextAnswer(Answer, frozen=True, kw_only=True, tag="text"):
    """A text in the team's own words."""

    value: str


class ListAnswer(Answer, frozen=True, kw_only=True, tag="list"):
    """Items, in the order of the team."""

    value: tuple[Item, ...]


class PointsAnswer(Answer, frozen=True, kw_only=True, tag="points"):
    """The points of each option that got any."""

    value: tuple[Figure, ...]


class ScaleAnswer(Answer, frozen=True, kw_only=True, tag="scale"):
    """The mark, from 1 to 5, of each statement that got one."""

    value: tuple[Figure, ...]


class ChoiceAnswer(Answer, frozen=True, kw_only=True, tag="choice"):
    """The options that were chosen."""

    value: tuple[Named, ...]


class TableAnswer(Answer, frozen=True, kw_only=True, tag="table"):
    """Rows, in the order of the team."""

    value: tuple[Row, ...]


AnyAnswer: TypeAlias = TextAnswer | ListAnswer | PointsAnswer | ScaleAnswer | ChoiceAnswer | TableAnswer


class AnswerPlace(Struct, frozen=True):
    """Which answer it is: of whom, to what."""

    team: Named
    question: Named


class Agreement(Struct, frozen=True):
    """What was agreed on a component, and the answers it was taken from."""

    text: str
    sources: tuple[AnswerPlace, ...]
    agreed_at: dt.datetime


class Piece(Struct, frozen=True):
    """Some words, and what became of them: ``kind`` is ``same``, ``gone`` or ``came``."""

    text: str
    kind: str


class Objection(Struct, frozen=True):
    """An objection to the words in ``against``; ``outcome`` is empty while it is open.

    ``after`` are the words that it led to, null while it is open; ``changes`` the two as one text, and empty when the
    words stayed the same.
    """

    id: int
    who: str
    what: str
    against: str
    made_at: dt.datetime
    outcome: str
    settled_at: dt.datetime | None
    after: str | None
    changes: tuple[Piece, ...]


class Component(Struct, frozen=True):
    """A component of the arrangement, in the order of the script."""

    id: str
    title: str
    agreement: Agreement | None
    consented_at: dt.datetime | None
    objections: tuple[Objection, ...]


class Action(Struct, frozen=True):
    """Who does what, by when."""

    id: int
    who: str
    what: str
    due: dt.date | None


class Arrangement(Struct, frozen=True):
    """The arrangement. ``open`` says in sentences what is missing; ``complete`` is true when nothing is."""

    title: str
    complete: bool
    open: tuple[str, ...]
    components: tuple[Component, ...]
    actions: tuple[Action, ...]
    evaluation: dt.date | None


class EarlierAction(Struct, frozen=True):
    """An action of the last time. ``went`` is ``done``, ``partly``, ``not``, or null when that was not said yet.

    ``taken_over`` is true for one that is an action of this time as well.
    """

    id: int
    who: str
    what: str
    due: dt.date | None
    went: str | None
    note: str
    taken_over: bool


class EarlierAgreement(Struct, frozen=True):
    """What was agreed on a component the last time, and how that went."""

    component: Named
    text: str
    consented: bool
    went: str | None
    note: str


class Previous(Struct, frozen=True):
    """The meeting that this one follows up, and what is said of it now."""

    date: dt.date
    actions: tuple[EarlierAction, ...]
    agreements: tuple[EarlierAgreement, ...]


class Team(Struct, frozen=True):
    """A team; ``present`` is false for one that was set aside."""

    id: str
    name: str
    present: bool


class Workshop(Struct, frozen=True):
    """Which workshop this was, with whom and when."""

    script: Named
    organisation: str
    facilitator: str
    casus: str
    date: dt.date
    begun_at: dt.datetime | None
    finished_at: dt.datetime | None


class StepTime(Struct, frozen=True):
    """What a step was given and what it took, in whole minutes; ``used`` is null for one that was not begun.

    ``paused`` is how long its time stood still in between; ``dropped`` whether it was left out.
    """

    part: Named
    step: Named
    planned: int
    used: int | None
    paused: int
    dropped: bool


class Source(Struct, frozen=True):
    """Whose ideas the workshop stands on."""

    author: str
    title: str
    address: str


class Summary(Struct, frozen=True, kw_only=True):
    """The whole of it. ``answers`` go by question, in the order of the script, and then by team; ``times`` by step.

    ``previous`` is null for a meeting that follows nothing up.
    """

    format: str = "sleutelworkshop-summary"
    version: int = 1
    generated_at: dt.datetime
    workshop: Workshop
    teams: tuple[Team, ...]
    arrangement: Arrangement
    previous: Previous | None
    answers: tuple[AnyAnswer, ...]
    times: tuple[StepTime, ...]
    source: Source
