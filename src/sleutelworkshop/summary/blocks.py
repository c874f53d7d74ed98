"""What a summary is made of: neutral blocks, which know nothing of a session or of the format they end up in.

All words in them are ready to print and stand for themselves: a renderer shows them literally, whatever they hold.
"""

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from sleutelworkshop.session.changed_words import Piece


class Heading(Struct, frozen=True):
    """Begins a piece: level 1 right below the title, 2 (a step) and 3 (a question) below that.

    ``new_page`` asks for a new page where there are pages, ``wide`` for all of its width where pieces stand beside
    each other. ``accent`` numbers the colour of the piece, as that of a part of the script; 0 is none.
    """

    level: int
    text: str
    new_page: bool = False
    wide: bool = False
    accent: int = 0


class Paragraph(Struct, frozen=True):
    """A text in somebody's own words; its line ends are theirs and stay."""

    text: str


class Note(Struct, frozen=True):
    """A remark of the summary itself, less loud than what people said."""

    text: str


class Open(Struct, frozen=True):
    """Something that is still to be done or agreed: shown, never left out."""

    text: str


class Bullets(Struct, frozen=True):
    """Items of a list."""

    items: tuple[str, ...]


class Bar(Struct, frozen=True):
    """One bar: ``value`` out of ``of``, for which a full bar stands, and ``figure``, the same in words.

    ``lowest`` and ``highest`` show how far apart the teams are, where that says something.
    """

    label: str
    value: float
    of: float
    figure: str
    lowest: float | None = None
    highest: float | None = None

    def filled(self, cells: int) -> int:
        """Return how many of ``cells`` are filled when the bar is drawn in them: little is not nothing."""
        part = round(cells * self.value / self.of) if self.of else 0
        return max(part, 1) if self.value else 0


class Bars(Struct, frozen=True):
    """A chart of bars. ``unit`` says in words what the figures count."""

    title: str
    rows: tuple[Bar, ...]
    unit: str = ""


class Table(Struct, frozen=True):
    """Rows of cells under named columns. From the column ``figures`` on, counted from 0, the cells hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: int | None = None

    def is_figure(self, column: int) -> bool:
        """Return whether a column holds numbers, which stand right-aligned."""
        return self.figures is not None and column >= self.figures


class Said(Struct, frozen=True):
    """What one team answered, in its own words: one text, or the items of a list. ``note`` is a remark on it."""

    team: str
    items: tuple[str, ...]
    note: str = ""


class Signatures(Struct, frozen=True):
    """Lines to sign on, each with who is to sign there."""

    signers: tuple[str, ...]


class FieldBlock(Struct, frozen=True):
    """One of four fields: what it is called, who stand in it, and what is wise for them (empty: left unsaid)."""

    title: str
    names: tuple[str, ...]
    advice: str


class FourFieldsBlock(Struct, frozen=True):
    """Four fields on two axes. ``across`` and ``up`` name what holds to the right and at the top."""

    title: str
    across: str
    up: str
    both: FieldBlock
    only_across: FieldBlock
    only_up: FieldBlock
    neither: FieldBlock

    @property
    def fields(self) -> tuple[FieldBlock, FieldBlock, FieldBlock, FieldBlock]:
        """The four as they are read on paper: left to right, from the top."""
        return self.only_up, self.both, self.neither, self.only_across


class Agreed(Struct, frozen=True):
    """What was agreed. ``sources`` are the teams from whose answers it came.

    ``origin`` says so in words, and ``brief`` in few, for where there is little room.
    ``consent`` says whether the group consents to it; it is empty where that is not asked.
    """

    text: str
    sources: tuple[str, ...]
    origin: str
    brief: str
    consent: str
    consented: bool


class Objected(Struct, frozen=True):
    """An objection, and in ``outcome`` what became of it."""

    title: str
    text: str
    outcome: str
    is_open: bool


class Reworded(Struct, frozen=True):
    """Words of before and after as one text: what stayed, what went and what came, each to be told from the others."""

    pieces: tuple[Piece, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | Note
    | Open
    | Bullets
    | Bars
    | Table
    | Said
    | FourFieldsBlock
    | Agreed
    | Objected
    | Reworded
    | Signatures
)


class Detail(Struct, frozen=True):
    """A fact at the head of the document: what it is, and what it is here."""

    label: str
    value: str


class Document(Struct, frozen=True, kw_only=True):
    """A whole summary. ``language`` is that of its words, ``foot`` what stands below all of it.

    ``page`` is what goes on the wall; ``rest`` tells how the group came to it. ``organisation`` is whose it is, for
    the head or the foot of a page. ``maker`` is the organisation of the facilitator and ``logo`` its picture, for the
    head, where those are wanted.
    """

    title: str
    subtitle: str
    language: str
    organisation: str
    details: tuple[Detail, ...]
    page: tuple[Block, ...]
    rest: tuple[Block, ...]
    foot: tuple[str, ...]
    maker: str = ""
    logo: Path | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All of it, one after the other."""
        return self.page + self.rest
