"""What a summary is made of: neutral blocks, which know nothing of a session or of the format they end up in.

All words in them are ready to print and stand for themselves: a renderer shows them literally, whatever they hold.
"""

from typing import TypeAlias

from msgspec import Struct


class Heading(Struct, frozen=True):
    """Begins a piece: level 1 right below the title, 2 (a team) and 3 (a question) below that.

    ``new_page`` asks for a new page where there are pages.
    """

    level: int
    text: str
    new_page: bool = False


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
    """Rows of cells under named columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class FieldBlock(Struct, frozen=True):
    """One of four fields: what it is called, who stand in it, and what is wise for them."""

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
    """What was agreed. ``sources`` are the teams from whose answers it came, ``origin`` says so in words.

    ``consent`` says whether the group consents to it; it is empty where that is not asked.
    """

    text: str
    sources: tuple[str, ...]
    origin: str
    consent: str
    consented: bool


class Objected(Struct, frozen=True):
    """An objection. ``before`` are the words it was made against where those changed; ``outcome`` what became of it."""

    title: str
    text: str
    before: str
    outcome: str
    is_open: bool


Block: TypeAlias = (
    Heading | Paragraph | Note | Open | Bullets | Bars | Table | FourFieldsBlock | Agreed | Objected
)  # fmt: skip


class Detail(Struct, frozen=True):
    """A fact at the head of the document: what it is, and what it is here."""

    label: str
    value: str


class Document(Struct, frozen=True, kw_only=True):
    """A whole summary. ``language`` is that of its words, ``foot`` what stands below all of it."""

    title: str
    subtitle: str
    language: str
    details: tuple[Detail, ...]
    blocks: tuple[Block, ...]
    foot: tuple[str, ...]
