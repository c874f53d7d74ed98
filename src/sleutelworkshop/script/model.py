"""What a script (draaiboek) consists of. Values only: a script is data, written by an author as TOML."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Protocol, TypeAlias, TypeVar

from msgspec import Meta, Struct

Id = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""A name for the computer: small letters, digits and single hyphens. Unique among its own sort in a script."""

Line = Annotated[str, Meta(min_length=1, max_length=200)]
"""A text of one line that may not be left empty."""

Minutes = Annotated[int, Meta(ge=1, le=240)]


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to choose, to give points to, to judge, or to label with."""

    id: Id
    title: Line
    description: str = ""


class Question(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """What every kind of question has. ``optional`` ones do not count towards *has answered*."""

    id: Id
    prompt: Line
    hint: str = ""
    optional: bool = False


class TextQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="text"):
    """Asks for a text in the team's own words."""


class ListQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="list"):
    """Asks for items; with ``labels``, each item can carry one of them."""

    labels: tuple[Option, ...] = ()
    label_title: str = ""
    most: Annotated[int, Meta(ge=1, le=30)] = 10


class PointsQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="points"):
    """Asks to spread a budget of points over options; the budget is never over-spent."""

    budget: Annotated[int, Meta(ge=1, le=100)]
    options: tuple[Option, ...]


class ScaleQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="scale"):
    """Asks for a mark from 1 to 5 on each statement; ``low`` and ``high`` say what the ends mean."""

    statements: tuple[Option, ...]
    low: Line
    high: Line


class ChoiceQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="choice"):
    """Asks to choose one option, or with ``several`` one or more."""

    options: tuple[Option, ...]
    several: bool = False


class Column(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """What every kind of column of a table has. ``hint`` says what belongs in it."""

    id: Id
    title: Line
    hint: str = ""


class TextColumn(Column, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="text"):
    """A cell of one line of text."""


class ChoiceColumn(Column, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="choice"):
    """A cell that holds one of the options."""

    options: tuple[Option, ...]


class YesNoColumn(Column, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="yes-no"):
    """A cell that holds yes or no."""


AnyColumn: TypeAlias = TextColumn | ChoiceColumn | YesNoColumn


class Field(Struct, frozen=True, forbid_unknown_fields=True):
    """One of four fields: what it is called and what is wise for those who stand in it."""

    title: Line
    advice: str


class FourFields(Struct, frozen=True, forbid_unknown_fields=True):
    """Reads two yes/no columns (``across`` and ``up``) of a row as its place in one of four named fields."""

    across: Id
    up: Id
    both: Field
    only_across: Field
    only_up: Field
    neither: Field


class TableQuestion(Question, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="table"):
    """Asks for rows of typed columns; the first column names the row."""

    columns: tuple[AnyColumn, ...]
    four_fields: FourFields | None = None
    most: Annotated[int, Meta(ge=1, le=30)] = 8


AnyQuestion: TypeAlias = TextQuestion | ListQuestion | PointsQuestion | ScaleQuestion | ChoiceQuestion | TableQuestion


class StepKind(StrEnum):
    """What happens in a step."""

    EXPLANATION = "explanation"
    EXERCISE = "exercise"
    HARVEST = "harvest"
    BREAK = "break"
    CONSENT = "consent"
    ACTIONS = "actions"


class Notes(Struct, frozen=True, forbid_unknown_fields=True):
    """What only the facilitator sees: how to introduce it, what to listen for, what to do when it stalls."""

    introduce: str
    listen: str = ""
    stalls: str = ""


class Step(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One timed thing inside a part. ``minutes`` is planned, ``minimum`` what it can be brought down to.

    A ``droppable`` step may be left out when time runs short. The room sees ``prompt`` and ``points`` (short points,
    for an explanation). A harvest names in ``agrees`` the components that the room agrees on in it.
    """

    id: Id
    kind: StepKind
    title: Line
    minutes: Minutes
    minimum: Minutes
    droppable: bool = False
    prompt: str
    points: tuple[str, ...] = ()
    notes: Notes
    questions: tuple[AnyQuestion, ...] = ()
    agrees: tuple[Id, ...] = ()


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the workshop (Opening, Tip 1, …). ``accent`` numbers its colour; 0 is none.

    Of a ``protected`` part no minute is taken when time runs short: what the group came for happens in it.
    """

    id: Id
    label: Line
    title: str = ""
    accent: Annotated[int, Meta(ge=0, le=4)] = 0
    protected: bool = False
    steps: tuple[Step, ...]


class Component(Struct, frozen=True, forbid_unknown_fields=True):
    """A component (bouwsteen) of the arrangement, the questions that feed it, and what to agree on it."""

    id: Id
    title: Line
    ask: str
    questions: tuple[Id, ...]


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Whose ideas the script stands on; named in the help and at the foot of each summary."""

    author: Line
    title: Line
    address: str = ""
    more: tuple[str, ...] = ()


class Script(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A whole workshop. ``arrangement`` is the name of what the group leaves with (*leerarrangement*)."""

    id: Id
    title: Line
    subtitle: str = ""
    language: Line = "nl"
    arrangement: Line
    source: Source
    components: tuple[Component, ...]
    parts: tuple[Part, ...]

    def steps(self) -> Iterator[Step]:
        """Yield every step, in the order of the workshop."""
        for part in self.parts:
            yield from part.steps

    def questions(self) -> Iterator[AnyQuestion]:
        """Yield every question, in the order in which they are asked."""
        for step in self.steps():
            yield from step.questions

    def step(self, step_id: str) -> Step:
        """Return the step called ``step_id``; raises KeyError when there is none."""
        return _named(self.steps(), step_id)

    def question(self, question_id: str) -> AnyQuestion:
        """Return the question called ``question_id``; raises KeyError when there is none."""
        return _named(self.questions(), question_id)

    def component(self, component_id: str) -> Component:
        """Return the component called ``component_id``; raises KeyError when there is none."""
        return _named(self.components, component_id)

    def part_of(self, step_id: str) -> Part:
        """Return the part in which the step called ``step_id`` stands; raises KeyError when there is none."""
        for part in self.parts:
            if any(step.id == step_id for step in part.steps):
                return part
        raise KeyError(step_id)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


def _named(values: Iterable[_T], wanted: str) -> _T:
    for value in values:
        if value.id == wanted:
            return value
    raise KeyError(wanted)
