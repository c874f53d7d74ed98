"""What the sheets are made of: neutral blocks, which know nothing of a session or of how they are drawn.

Whatever is to be written by hand is room: so many lines or rows, at least and at most, of which the page takes as many
as fit. What is numbered has the number that the answer screen gives it, so that paper can be typed in by number.
"""

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct


class Head(Struct, frozen=True, kw_only=True):
    """What stands at the head of each page; what is empty is not known or not wanted."""

    maker: str = ""
    organisation: str = ""
    date: str = ""
    workshop: str = ""
    logo: Path | None = None


class Choice(Struct, frozen=True):
    """One thing to tick, to give points to, to mark or to label with."""

    number: int
    title: str
    description: str = ""


class Room(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What every kind of room for an answer has. Of one with lines or rows the page takes ``least`` to ``most``."""

    least: int = 0
    most: int = 0


class Lines(Room, frozen=True, kw_only=True, tag="lines"):
    """Room for a text: ruled lines."""


class Items(Room, frozen=True, kw_only=True, tag="items"):
    """Room for a list: numbered lines, each with a box for every label."""

    labels: tuple[Choice, ...] = ()
    label_title: str = ""


class Points(Room, frozen=True, kw_only=True, tag="points"):
    """A budget to spread: ``dots`` to fill in for each option (none when there are too many), and a box for the sum."""

    budget: int
    dots: int
    options: tuple[Choice, ...]


class Marks(Room, frozen=True, kw_only=True, tag="marks"):
    """A mark from 1 to 5 for each statement."""

    statements: tuple[Choice, ...]
    low: str
    high: str


class Boxes(Room, frozen=True, kw_only=True, tag="boxes"):
    """Options to tick: one, or ``several``. ``columns`` is how many stand beside each other."""

    options: tuple[Choice, ...]
    several: bool
    columns: int


class SheetColumn(Struct, frozen=True):
    """A column of a table, ``weight`` wide against the others.

    One of its ``choices`` is ticked in each row, or its number is written there when the ``ticks`` do not fit.
    """

    title: str
    hint: str
    weight: int
    choices: tuple[Choice, ...] = ()
    ticks: bool = True
    yes_no: bool = False


class SheetField(Struct, frozen=True):
    """One of four fields: what it is called, and what is wise for those who stand in it."""

    title: str
    advice: str


class SheetFields(Struct, frozen=True):
    """The four fields as they are read on paper, from the top left; ``across`` and ``up`` say what the axes mean."""

    across: str
    up: str
    fields: tuple[SheetField, SheetField, SheetField, SheetField]


class Grid(Room, frozen=True, kw_only=True, tag="grid"):
    """Rows under named columns."""

    columns: tuple[SheetColumn, ...]
    four: SheetFields | None = None


AnyRoom: TypeAlias = Lines | Items | Points | Marks | Boxes | Grid


class Ask(Struct, frozen=True, kw_only=True):
    """A question with room for its answer. ``number`` is 0 where it is the only one of its sheet."""

    number: int
    prompt: str
    hint: str
    optional: bool
    room: AnyRoom


class SheetTeam(Struct, frozen=True):
    """A team that gets a sheet: its name, and its place among the others. An empty name is written by hand."""

    name: str
    place: str = ""


class TeamSheet(Struct, frozen=True, kw_only=True):
    """The sheet of one exercise, for each of the teams. ``wide`` asks for a page on its side."""

    number: int
    title: str
    part: str
    accent: int
    prompt: str
    asks: tuple[Ask, ...]
    teams: tuple[SheetTeam, ...]
    wide: bool


class RunNote(Struct, frozen=True):
    """A note to the facilitator, and what sort of note it is."""

    label: str
    text: str


class RunStep(Struct, frozen=True, kw_only=True):
    """A step as the facilitator runs it. ``remark`` says what is special about it, such as that it may be left out."""

    time: str
    minutes: str
    minimum: str
    title: str
    kind: str
    prompt: str
    points: tuple[str, ...]
    notes: tuple[RunNote, ...]
    remark: str = ""
    left_out: bool = False


class RunPart(Struct, frozen=True):
    """A part with its steps."""

    label: str
    accent: int
    steps: tuple[RunStep, ...]


class RunSheet(Struct, frozen=True, kw_only=True):
    """The whole workshop in order, with the time of each step. ``about`` says what the times count from."""

    time: str
    about: str
    parts: tuple[RunPart, ...]
    foot: str


class Detail(Struct, frozen=True):
    """A fact at the head: what it is, and what it is here; an empty one is written by hand."""

    label: str
    value: str


class ComponentRoom(Struct, frozen=True):
    """Room to write down what was agreed on a component."""

    title: str
    ask: str
    accent: int


class BlankAgreement(Struct, frozen=True, kw_only=True):
    """The arrangement, to be filled in by hand."""

    title: str
    details: tuple[Detail, ...]
    components: tuple[ComponentRoom, ...]
    asks_consent: bool
    signers: tuple[str, ...]
    foot: str


class Papers(Struct, frozen=True, kw_only=True):
    """All that is printed, in its order. ``language`` is that of its words."""

    title: str
    language: str
    head: Head
    run: RunSheet | None = None
    sheets: tuple[TeamSheet, ...] = ()
    agreement: BlankAgreement | None = None
