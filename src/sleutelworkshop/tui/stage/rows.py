"""Rows of text: wrapping, shortening, and putting them beside and under one another."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import TypeAlias

from msgspec import Struct
from textual.content import Content

Rows: TypeAlias = list[Content]

MORE: Content = Content(" …")


class Block(Struct, frozen=True):
    """Rows that stay together as far as a page allows. ``about`` names the question or thing that they are about."""

    rows: tuple[Content, ...]
    about: str = ""


def wrapped(text: str | Content, width: int, style: str = "") -> Rows:
    """Return a text as rows of at most ``width`` cells."""
    content = Content(text) if isinstance(text, str) else text
    rows = content.wrap(max(width, 2))
    return [row.stylize(style) for row in rows] if style else rows


def shortened(rows: Sequence[Content], most: int, width: int, *, end: bool = False) -> Rows:
    """Return at most ``most`` rows; what is left out shows as an ellipsis. With ``end``, the last rows are kept."""
    if len(rows) <= most:
        return list(rows)
    if most < 1:
        return []
    if end:
        return [Content("…"), *rows[len(rows) - most + 1 :]]
    last = rows[most - 1].rstrip().truncate(max(width - MORE.cell_length, 0))
    return [*rows[: most - 1], last + MORE]


def beside(left: Sequence[Content], right: Sequence[Content], width: int, gap: int) -> Rows:
    """Return two columns, of which the left one is ``width`` cells wide."""
    blank = Content()
    pairs = zip_longest(left, right, fillvalue=blank)
    return [Content.assemble(one.truncate(width, pad=True), Content.blank(gap), other) for one, other in pairs]


def ends(left: Content, right: Content, width: int) -> Content:
    """Return one row with a text at each end; the one on the left gives way."""
    right = right.truncate(width, ellipsis=True)
    room = width - right.cell_length
    left = left.truncate(max(room - 2, 0), ellipsis=True)
    return left + Content.blank(room - left.cell_length) + right


def centred(rows: Sequence[Content], width: int) -> Rows:
    """Return each row in the middle of ``width`` cells."""
    return [row.pad_left(max(width - row.cell_length, 0) // 2) for row in rows]


def indented(rows: Sequence[Content], cells: int) -> Rows:
    """Return the rows that many cells to the right."""
    return [row.pad_left(cells) for row in rows]


def hung(sign: Content, text: str | Content, width: int, style: str = "") -> Rows:
    """Return a text as rows behind a sign that stands before the first of them."""
    blank = Content.blank(sign.cell_length)
    rows = wrapped(text, width - sign.cell_length, style)
    return [Content.assemble(blank if number else sign, row) for number, row in enumerate(rows)]


def high(rows: Sequence[Content], height: int, *, middle: bool = False) -> Rows:
    """Return exactly ``height`` rows: blank ones at the end, or with ``middle`` at both ends, or cut off."""
    free = max(height - len(rows), 0)
    over = free // 2 if middle else 0
    blank = Content()
    return [*[blank] * over, *rows[:height], *[blank] * (free - over)]


def paged(blocks: Sequence[Block], height: int) -> list[list[Block]]:
    """Put blocks on pages of ``height`` rows, in their order and a row apart; one that fits on no page is cut up."""
    height = max(height, 1)
    pages: list[list[Block]] = [[]]
    taken = 0
    for block in (part for whole in blocks for part in _parts(whole, height)):
        if pages[-1] and taken + 1 + len(block.rows) > height:
            pages.append([])
            taken = 0
        taken += len(block.rows) + bool(pages[-1])
        pages[-1].append(block)
    return pages


def joined(blocks: Sequence[Block]) -> Rows:
    """Return the rows of blocks under one another, a blank row between them."""
    rows: Rows = []
    for block in blocks:
        rows += [*([Content()] if rows else []), *block.rows]
    return rows


def _parts(block: Block, height: int) -> list[Block]:
    starts = range(0, max(len(block.rows), 1), height)
    return [Block(block.rows[start : start + height], block.about) for start in starts]
