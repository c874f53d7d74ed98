"""A chart of bars in Word: a table with shaded cells as wide as what they stand for, which can be edited.

Beside each bar stands what it says, and the table says it all once more in words for who hears it.
"""

from itertools import pairwise
from typing import Final

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.table import Table as WordTable

from sleutelworkshop.lettering import printable
from sleutelworkshop.summary.blocks import Bar, Bars
from sleutelworkshop.summary.docx_parts import CELL, TABLE, put, styled

_LABEL, _BAR, _FIGURE = 3515, 4309, 1587
"""Twentieths of a point that the name, a full bar and the figure are wide: together the width of the page."""

_TRACK: Final = "ECE6DA"

_LINE: Final = 'w:val="single" w:sz="24" w:space="0" w:color="FFFFFF"'
_AIR: Final = f"<w:top {_LINE}/><w:bottom {_LINE}/>"
"""Above and below a bar, which would touch the next one."""


def draw(file: WordFile, bars: Bars, color: str) -> WordTable:
    """Put a chart at the end of a file, and return it."""
    ends = sorted({0, _BAR, *map(_end, bars.rows)})
    pieces = [end - start for start, end in pairwise(ends)]
    table: WordTable = file.add_table(rows=0, cols=len(pieces) + 2, style=TABLE)
    table.autofit = False
    for column, width in zip(table.columns, (_LABEL, *pieces, _FIGURE), strict=True):
        column.width = width * Mm(25.4) // 1440
    _describe(table, bars)
    for bar in bars.rows:
        _add_row(table, bar, ends, color)
    return table


def _end(bar: Bar) -> int:
    """Return where a bar ends; little is not nothing."""
    return min(max(round(_BAR * bar.value / bar.of), _BAR // 100), _BAR) if bar.of and bar.value else 0


def _describe(table: WordTable, bars: Bars) -> None:
    """Say what the table shows, as its alternative text."""
    rows = "; ".join(f"{bar.label}: {bar.figure}" for bar in bars.rows)
    for name, text in (("w:tblCaption", bars.title), ("w:tblDescription", f"{rows}. {bars.unit}".strip())):
        if text:
            told = OxmlElement(name)
            told.set(qn("w:val"), printable(text))
            table._tbl.tblPr.append(told)  # noqa: SLF001 – it has no public way


def _add_row(table: WordTable, bar: Bar, ends: list[int], color: str) -> None:
    end = _end(bar)
    parts = [
        (_LABEL, 1, ""),
        (end, ends.index(end), color),
        (_BAR - end, len(ends) - 1 - ends.index(end), _TRACK),
        (_FIGURE, 1, ""),
    ]
    cells = "".join(_cell(width, span, fill) for width, span, fill in parts if span)
    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    table._tbl.append(row)  # noqa: SLF001 – idem
    first, *_drawn, last = table.rows[-1].cells
    put(styled(first.paragraphs[0], CELL), bar.label)
    put(styled(last.paragraphs[0], CELL), bar.figure)
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = True
    last.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _cell(width: int, span: int, fill: str) -> str:
    drawn = f'<w:tcBorders>{_AIR}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/>{drawn}'
        f'<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{CELL}"/></w:pPr></w:p></w:tc>'
    )
