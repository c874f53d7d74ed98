"""The summary as Markdown: CommonMark with pipe tables. What people wrote is shown literally, whatever it holds."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sleutelworkshop.i18n import _
from sleutelworkshop.session.changed_words import Kind, Piece
from sleutelworkshop.summary.blocks import (
    Agreed,
    Bar,
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

_BAR: Final = 10
"""Characters of a full bar."""

_SIGNS: Final = {Kind.SAME: "", Kind.GONE: "~~", Kind.CAME: "**"}
"""What stands around words that went or came."""

_SPECIAL: Final = re.compile(r"[\\`*_\[<|~#]|&(?=#?\w+;)")
"""What means something anywhere in a line."""

_FIRST: Final = re.compile(r"\A(\d*)([-+=:>.)])")
"""What makes a list, a rule, a table or a quotation of a line that begins with it."""


def render(order: Order) -> str:
    """Return the summary as Markdown."""
    return to_markdown(order.document())


def to_markdown(document: Document) -> str:
    """Return a document as Markdown."""
    details = [f"- **{inline(each.label)}:** {indented(literal(each.value), 2)}" for each in document.details]
    pieces = [
        *([inline(document.maker)] if document.maker else []),
        f"# {inline(document.title)}",
        _stressed(document.subtitle),
        "\n".join(details),
        *(_block(block) for block in document.blocks),
        "---",
        *(literal(line) for line in document.foot),
    ]
    return "\n\n".join(pieces) + "\n"


def literal(text: str) -> str:
    """Return Markdown that shows ``text`` exactly, with its lines and its empty lines."""
    return _paragraphs(map(_line, text.split("\n")))


def inline(text: str) -> str:
    """Return Markdown that shows ``text`` exactly on one line, as in a heading or a cell."""
    return _line(" ".join(text.split()))


def indented(text: str, by: int) -> str:
    """Return Markdown of several lines so that all of it belongs to the item that its first line begins."""
    return text.replace("\n", "\n" + " " * by).replace("\n" + " " * by + "\n", "\n\n")


def _paragraphs(lines: Iterable[str]) -> str:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if line:
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return "\n\n".join("\\\n".join(lines) for lines in paragraphs if lines)


def _line(line: str) -> str:
    words = line.strip()
    indent = "&nbsp;" * (len(line.rstrip()) - len(words))  # four spaces would make code of it
    return indent + _FIRST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", words))


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * (level + 1)} {inline(text)}"
        case Paragraph(text) | Note(text):
            return literal(text)
        case Open(text):
            return f"☐ {literal(text)}"
        case Bullets(items):
            return _bullets(literal(item) for item in items)
        case Said():
            return _said(block)
        case Agreed():
            return "\n\n".join(_agreed(block))
        case Objected():
            return "\n\n".join(_objected(block))
        case Reworded(pieces):
            return _quoted(_reworded(pieces))
        case Bars() | Table() | FourFieldsBlock() | Signatures():
            return _drawn_block(block)


def _drawn_block(block: Bars | Table | FourFieldsBlock | Signatures) -> str:
    match block:
        case Bars():
            return _bars(block)
        case Table(columns, rows):
            return _table(columns, rows)
        case Signatures(signers):
            return _table((_("Wie"), _("Naam en handtekening"), _("Datum")), ((each, "", "") for each in signers))
        case FourFieldsBlock():
            title = [f"**{inline(block.title)}**"] if block.title else []
            fields = (block.both, block.only_across, block.only_up, block.neither)
            return "\n\n".join((*title, _bullets(map(_field, fields))))


def _agreed(agreed: Agreed) -> Iterator[str]:
    yield _quoted(literal(agreed.text))
    if agreed.consent:
        yield f"{'☑' if agreed.consented else '☐'} {literal(agreed.consent)}"
    yield _stressed(agreed.origin)


def _objected(objected: Objected) -> Iterator[str]:
    yield f"**{inline(objected.title)}**"
    yield literal(objected.text)
    yield f"{'☐' if objected.is_open else '☑'} {literal(objected.outcome)}"


def _said(said: Said) -> str:
    note = f" *({inline(said.note)})*" if said.note else ""
    words = _bullets(map(literal, said.items)) if len(said.items) > 1 else "".join(map(literal, said.items))
    return f"**{inline(said.team)}**{note}\n\n{words}".rstrip()


def _reworded(pieces: Iterable[Piece]) -> str:
    """Return changed words, with signs around those in each line: no sign reaches over a line end."""
    lines = [""]
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                lines.append("")
            words, sign = _line(part), _SIGNS[piece.kind]
            lines[-1] += f"{sign}{words}{sign} " if words else ""
    return _paragraphs(line.rstrip() for line in lines)


def _bars(bars: Bars) -> str:
    rows = ((inline(bar.label), _drawn(bar), inline(bar.figure)) for bar in bars.rows)
    return "\n\n".join(
        (
            *([f"**{inline(bars.title)}**"] if bars.title else []),
            _pipes(("", "", ""), rows),
            *([_stressed(bars.unit)] if bars.unit else []),
        )
    )


def _drawn(bar: Bar) -> str:
    full = bar.filled(_BAR)
    return "█" * full + "░" * (_BAR - full)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return _pipes(tuple(map(inline, columns)), (map(inline, row) for row in rows))


def _pipes(columns: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    lines = (columns, ("---",) * len(columns), *rows)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _field(field: FieldBlock) -> str:
    names = ", ".join(map(inline, field.names)) or _("niemand")
    advice = f"\\\n{_stressed(field.advice)}" if field.advice else ""
    return f"**{inline(field.title)}:** {names}{advice}"


def _stressed(text: str) -> str:
    return f"*{inline(text)}*"


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {indented(item, 2)}" for item in items)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
