"""The summary as text: for a terminal, for a pipe, and as a Rich renderable for the closing screen.

Everything a person wrote goes in as ``rich.text.Text``, which shows it literally and folds what is too long.
Colour is never the only sign: without it nothing is lost.
"""

from collections.abc import Iterator
from io import StringIO
from typing import Final

from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.constrain import Constrain
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as RichTable

from sleutelworkshop.session.changed_words import Kind
from sleutelworkshop.summary.blocks import (
    Agreed,
    Bars,
    Block,
    Bullets,
    Document,
    FieldBlock,
    FourFieldsBlock,
    Heading,
    Note,
    Objected,
    Open,
    Paragraph,
    Reworded,
    Said,
    Signatures,
    Table,
)
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.text_parts import (
    CROSS,
    Beside,
    DrawnBar,
    Railed,
    Tabled,
    Underlined,
    literal,
    marked,
    reworded,
)

MEASURE: Final = 100
"""Columns that a line has at most, however wide the terminal is: longer lines read badly."""

NARROWEST: Final = 40
"""Columns below which tables and bars cannot be drawn; a narrower terminal folds them itself."""

_NAMES: Final = 16
"""Columns for the name of a team beside what it said."""

_LINE: Final = 28
"""Columns of a line to sign on."""


class Look(Struct, frozen=True):
    """The Rich styles of a summary. A screen hands in the colours of its theme; text has those of the terminal."""

    title: str = "bold"
    heading: str = "bold"
    question: str = "italic"
    quiet: str = "dim"
    rail: str = "cyan"
    bar: str = "cyan"
    track: str = "dim"
    done: str = "green"
    open: str = "magenta"


TERMINAL: Final = Look()
"""The look of a summary that goes to a terminal."""


def render(order: Order) -> str:
    """Return the summary as text: no control codes unless colour was asked for."""
    return to_text(order.document(), width=order.width, color=order.color)


def to_text(document: Document, *, width: int = 80, color: bool = False) -> str:
    """Return a document as text of at most ``width`` columns."""
    console = Console(
        file=StringIO(),
        width=max(width, NARROWEST),
        force_terminal=color,
        force_jupyter=False,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
    )
    with console.capture() as capture:
        console.print(renderable(document))
    # Rich fills lines up with spaces, which only stand in the way of who copies the text.
    return "\n".join(line.rstrip(" ") for line in capture.get().split("\n"))


def renderable(document: Document, look: Look = TERMINAL) -> RenderableType:
    """Return a document as something that Rich and Textual can show: on screen exactly what is printed."""
    pieces = [_head(document, look), *_body(document.blocks, look), _foot(document, look)]
    return Constrain(Padding(Group(*pieces), (1, 2, 0, 2)), MEASURE)


def _head(document: Document, look: Look) -> RenderableType:
    details = RichTable.grid(padding=(0, 3, 0, 0))
    details.add_column(style=look.quiet)
    details.add_column(overflow="fold")
    for detail in document.details:
        details.add_row(literal(detail.label), literal(detail.value))
    return Group(
        *([literal(document.maker, look.quiet)] if document.maker else []),
        literal(document.title, look.title),
        literal(document.subtitle, look.quiet),
        Rule(style=look.rail, characters="━"),
        Padding(details, (1, 0, 0, 0)),
    )


def _foot(document: Document, look: Look) -> RenderableType:
    lines = [literal(line, look.quiet) for line in document.foot]
    return Padding(Group(Rule(style=look.rail), *lines), (2, 0, 0, 0))


def _body(body: tuple[Block, ...], look: Look) -> Iterator[RenderableType]:
    above: Block | None = None
    for block in body:
        yield Padding(_block(block, look), _space(block, above))
        above = block


def _space(block: Block, above: Block | None) -> tuple[int, int, int, int]:
    """Return the white space around a block, clockwise from the top."""
    if isinstance(block, Heading):
        return (5 if block.new_page else 1 if block.level == 3 else 2, 0, 0, 0)
    # An answer belongs to the question right above it; all else stands apart.
    is_answer = isinstance(above, Heading) and above.level == 3 and not isinstance(block, Bars | FourFieldsBlock)
    # Teams follow each other as the lines of a list do.
    follows = isinstance(block, Said) and isinstance(above, Said)
    return (0 if is_answer or follows else 1, 0, 0, 2)


def _block(block: Block, look: Look) -> RenderableType:
    match block:
        case Heading():
            return _heading(block, look)
        case Paragraph(text):
            return literal(text)
        case Note(text):
            return literal(text, look.quiet)
        case Open(text):
            return marked("○", literal(text), look.open)
        case Bullets(items):
            return Group(*(marked("•", literal(item), look.rail) for item in items))
        case Said() | Agreed() | Objected() | Reworded():
            return _spoken(block, look)
        case Bars() | Table() | FourFieldsBlock() | Signatures():
            return _drawn(block, look)


def _spoken(block: Said | Agreed | Objected | Reworded, look: Look) -> RenderableType:
    match block:
        case Said():
            return _said(block, look)
        case Agreed():
            return _agreed(block, look)
        case Objected():
            return _objected(block, look)
        case Reworded(pieces):
            styles = {Kind.GONE: f"strike {look.open}", Kind.CAME: f"bold underline {look.done}"}
            return Railed(reworded(pieces, styles), look.rail)


def _drawn(block: Bars | Table | FourFieldsBlock | Signatures, look: Look) -> RenderableType:
    match block:
        case Bars():
            return _bars(block, look)
        case Table():
            return Tabled(block, look.heading, look.quiet)
        case FourFieldsBlock():
            return _four_fields(block, look)
        case Signatures():
            return _signatures(block, look)


def _heading(heading: Heading, look: Look) -> RenderableType:
    match heading.level:
        case 1:
            return Underlined(literal(heading.text, look.title), "━", look.rail)
        case 2:
            return Underlined(literal(heading.text, look.heading), "─", look.rail)
        case _:
            return literal(heading.text, look.question)


def _agreed(agreed: Agreed, look: Look) -> RenderableType:
    mark, style = ("✓", look.done) if agreed.consented else ("○", look.open)
    said = [literal(f"{mark} {agreed.consent}", style)] if agreed.consent else []
    return Group(Railed(literal(agreed.text), look.rail), *said, literal(f"← {agreed.origin}", look.quiet))


def _objected(objected: Objected, look: Look) -> RenderableType:
    mark, style = ("○", look.open) if objected.is_open else ("✓", look.done)
    said = Group(literal(objected.text), literal(f"{mark} {objected.outcome}", style))
    return Group(literal(objected.title, look.heading), Padding(said, (0, 0, 0, 2)))


def _said(said: Said, look: Look) -> RenderableType:
    """Return what a team said beside its name: one text as it is, items with a mark before each."""
    items = [marked("•", literal(item), look.rail) for item in said.items] if len(said.items) > 1 else []
    words = items or [literal(item) for item in said.items]
    note = [literal(f"({said.note})", look.quiet)] if said.note else []
    return Beside(literal(said.team, look.heading), _NAMES, Group(*words, *note))


def _signatures(signatures: Signatures, look: Look) -> RenderableType:
    grid = RichTable.grid(padding=(1, 3, 0, 0))
    grid.add_column(max_width=30, overflow="fold")
    grid.add_column(style=look.quiet, no_wrap=True)
    for signer in signatures.signers:
        grid.add_row(literal(signer), "_" * _LINE)
    return grid


def _bars(bars: Bars, look: Look) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=34, overflow="fold")
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    for bar in bars.rows:
        grid.add_row(literal(bar.label), DrawnBar(bar, look.bar, look.track), literal(bar.figure))
    return Group(
        *([literal(bars.title, look.question)] if bars.title else []),
        grid,
        *([literal(bars.unit, look.quiet)] if bars.unit else []),
    )


def _four_fields(block: FourFieldsBlock, look: Look) -> RenderableType:
    grid = RichTable(box=CROSS, show_header=False, show_edge=False, show_lines=True, expand=True, padding=(0, 1))
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(ratio=1, overflow="fold")
    top_left, top_right, low_left, low_right = (_field(each, look) for each in block.fields)
    grid.add_row(top_left, top_right)
    grid.add_row(low_left, low_right)
    if not block.title:
        return grid
    return Group(literal(block.title, look.question), Padding(grid, (1, 0, 0, 0)))


def _field(field: FieldBlock, look: Look) -> RenderableType:
    names = [marked("•", literal(name), look.rail) for name in field.names] or [literal("–", look.quiet)]
    advice = [literal(field.advice, look.question)] if field.advice else []
    return Group(literal(field.title, look.heading), *names, *advice)
