"""Files as rows: how each is called and what there is to say of it, for whatever width there is."""

from collections.abc import Sequence

from msgspec import Struct
from textual.content import Content

_GAP = 2


class FileRow(Struct, frozen=True):
    """A file: its name in two pieces, of which the first may be cut, and some words on it, in a style of their own."""

    stem: str
    suffix: str
    words: str = ""
    style: str = "$quiet"
    sign: str = ""


def listed(rows: Sequence[FileRow], width: int) -> list[Content]:
    """Return a row for each file, short words beside its name and long ones below it."""
    words_width = max((size for row in rows if (size := Content(row.words).cell_length) <= width // 2), default=0)
    room = width - max((Content(row.sign).cell_length + 1 for row in rows if row.sign), default=0)
    names = [_name(row, room - words_width - _GAP if words_width else room) for row in rows]
    widest = max((name.cell_length for name in names), default=0)
    found: list[Content] = []
    for row, name in zip(rows, names, strict=True):
        sign, words = (
            Content.styled(row.sign, row.style).pad_right(bool(row.sign)),
            Content.styled(row.words, row.style),
        )
        if words.cell_length <= words_width:
            found.append(Content.assemble(sign, name.pad_right(widest - name.cell_length + _GAP), words).rstrip())
        else:
            found.append(Content.assemble(sign, _name(row, room)))
            found += [Content.assemble(" " * sign.cell_length, line) for line in words.wrap(max(room, 10))]
    return found


def packed(rows: Sequence[FileRow], width: int) -> list[Content]:
    """Return the name that files share once, with all their endings behind it, in as few rows as it takes."""
    if not rows:
        return []
    pieces = [
        Content.assemble(row.suffix, (f" ({row.words})" if row.words else "", row.style)).simplify() for row in rows
    ]
    lines = [Content(rows[0].stem).truncate(max(width - pieces[0].cell_length - _GAP, 10), ellipsis=True)]
    for piece in pieces:
        line = Content.assemble(lines[-1], " " * _GAP, piece)
        if line.cell_length <= width:
            lines[-1] = line
        else:
            lines.append(piece)
    return lines


def _name(row: FileRow, width: int) -> Content:
    suffix = Content(row.suffix)
    return Content.assemble(Content(row.stem).truncate(max(width - suffix.cell_length, 4), ellipsis=True), suffix)
