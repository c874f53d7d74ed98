"""The summary as a Word file that a school can go on with: real styles, headings and tables, nothing drawn."""

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from typing import Final

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph

from sleutelworkshop.i18n import _
from sleutelworkshop.lettering import printable
from sleutelworkshop.picture import with_jfif
from sleutelworkshop.session.changed_words import Kind, Piece
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
from sleutelworkshop.summary.docx_charts import draw
from sleutelworkshop.summary.docx_parts import (
    ACCENTS,
    AGREED,
    CELL,
    COLUMN,
    NOTE,
    OPEN,
    TABLE,
    blank,
    new_row,
    number_pages,
    package,
    put,
    styled,
)
from sleutelworkshop.summary.order import Order
from sleutelworkshop.summary.widths import shares
from sleutelworkshop.text import shorten

_PROPERTY: Final = 255
"""Letters that fit in a property of a Word file."""

_WIDTH: Final = 166
"""Millimetres between the margins."""


def render(order: Order) -> bytes:
    """Return the summary as a Word file."""
    document = order.document()
    file = blank({"nl": "nl-NL"}.get(document.language, document.language))
    about = file.core_properties
    about.title = shorten(printable(f"{document.title} · {document.organisation}"), _PROPERTY)
    about.author, about.subject = (
        shorten(printable(text), _PROPERTY) for text in (document.organisation, document.subtitle)
    )
    about.language, about.comments = document.language, ""
    about.created = about.modified = order.now.astimezone(dt.UTC)
    _Writer(file).write(document)
    return package(file, order.now)


class _Writer:
    """Puts blocks in a file, one after the other. The accent of a heading holds for what stands below it."""

    def __init__(self, file: WordFile) -> None:
        self._file, self._color = file, ACCENTS[0]

    def write(self, document: Document) -> None:
        """Put all of a document in the file."""
        self._maker(document)
        self._add("Title", document.title)
        self._add("Subtitle", document.subtitle)
        for detail in document.details:
            put(put(self._file.add_paragraph(), f"{detail.label}: ", bold=True), detail.value)
        # What teams said goes together in one table.
        for of_teams, group in groupby(document.blocks, lambda block: isinstance(block, Said)):
            if of_teams:
                self._said([block for block in group if isinstance(block, Said)])
            else:
                for block in group:
                    self._block(block)
        for line in document.foot:
            self._add(NOTE, line)
        footer = self._file.sections[0].footer.paragraphs[0]
        put(styled(footer, NOTE), f"{document.organisation} · {document.title} · ")
        number_pages(footer, _("{page} van {pages}"))

    def _maker(self, document: Document) -> None:
        if document.logo and document.logo.suffix.lower() != ".svg":  # which Word cannot show
            logo = BytesIO(with_jfif(document.logo.read_bytes()))
            picture = self._file.add_picture(logo, height=Mm(16))
            told = printable(document.maker or document.organisation)
            picture._inline.docPr.set("descr", told)  # noqa: SLF001 – it has no public way
        if document.maker:
            put(styled(self._file.add_paragraph(), NOTE), document.maker, bold=True)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(text):
                self._add("Normal", text)
            case Note(text):
                self._add(NOTE, text)
            case Open(text):
                self._add(OPEN, f"○ {text}")
            case Bullets(items):
                for item in items:
                    self._add("List Bullet", item)
            case Said() | Agreed() | Objected() | Reworded():
                self._spoken(block)
            case Bars() | Table() | FourFieldsBlock() | Signatures():
                self._drawn(block)

    def _spoken(self, block: Said | Agreed | Objected | Reworded) -> None:
        match block:
            case Said():
                self._said([block])
            case Agreed():
                self._agreed(block)
            case Objected():
                self._objected(block)
            case Reworded(pieces):
                self._reworded(pieces)

    def _drawn(self, block: Bars | Table | FourFieldsBlock | Signatures) -> None:
        match block:
            case Signatures(signers):
                self._signatures(signers)
            case Bars():
                self._bars(block)
            case Table():
                self._table(block)
            case FourFieldsBlock():
                self._four_fields(block)

    def _add(self, style: str, text: str) -> WordParagraph:
        return put(styled(self._file.add_paragraph(), style), text)

    def _heading(self, heading: Heading) -> None:
        if heading.level == 1:
            self._color = ACCENTS[heading.accent]
        paragraph = styled(self._file.add_paragraph(), f"Heading {heading.level}")
        put(paragraph, heading.text, color=self._color if heading.level == 1 else "")
        if heading.new_page:
            paragraph.paragraph_format.page_break_before = True

    def _agreed(self, agreed: Agreed) -> None:
        for line in agreed.text.split("\n"):
            if line.strip():
                self._add(AGREED, line)
        mark = f"{'✓' if agreed.consented else '○'} {agreed.consent} " if agreed.consent else ""
        self._add(NOTE, f"{mark}{agreed.origin}")

    def _objected(self, objected: Objected) -> None:
        put(put(self._file.add_paragraph(), f"{objected.title}. ", bold=True), objected.text)
        self._add("Normal", f"{'○' if objected.is_open else '✓'} {objected.outcome}")

    def _reworded(self, pieces: Sequence[Piece]) -> None:
        paragraph = self._file.add_paragraph()
        for each in pieces:
            put(paragraph, each.text, bold=each.kind is Kind.CAME)
            paragraph.runs[-1].font.strike = each.kind is Kind.GONE
            paragraph.runs[-1].font.underline = each.kind is Kind.CAME

    def _said(self, answers: Sequence[Said]) -> None:
        table = self._new_table((_("Team"), _("Antwoord")))
        for each in answers:
            team, answer = new_row(table).cells
            put(_first(team), each.team, bold=True)
            if each.note:
                put(styled(team.add_paragraph(), CELL), f"({each.note})")
            _fill(answer, each.items, bulleted=len(each.items) > 1)
        _set_widths(table, (34, 132))

    def _bars(self, bars: Bars) -> None:
        if bars.title:
            self._add(CELL, bars.title).paragraph_format.keep_with_next = True
        draw(self._file, bars, self._color)
        self._add(NOTE, bars.unit)

    def _table(self, table: Table) -> None:
        drawn = self._new_table(table.columns)
        for row in table.rows:
            for number, (cell, text) in enumerate(zip(new_row(drawn).cells, row, strict=True)):
                put(_first(cell), text, bold=True if number == 0 else None)
        widths = shares(_WIDTH, table)
        for number in range(len(table.columns)):
            if table.is_figure(number):
                for cell in drawn.columns[number].cells:
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _set_widths(drawn, widths)

    def _four_fields(self, block: FourFieldsBlock) -> None:
        if block.title:
            self._add(CELL, block.title).paragraph_format.keep_with_next = True
        table = self._file.add_table(rows=2, cols=2, style="Table Grid")
        for cell, field in zip((cell for row in table.rows for cell in row.cells), block.fields, strict=True):
            self._field(cell, field)
        self._add(NOTE, _("Boven: {up}. Rechts: {across}.").format(up=block.up, across=block.across))

    def _field(self, cell: Cell, field: FieldBlock) -> None:
        put(_first(cell), field.title, bold=True, color=self._color)
        for name in field.names or ("–",):
            put(styled(cell.add_paragraph(), "List Bullet" if field.names else CELL), name)
        if field.advice:
            put(styled(cell.add_paragraph(), NOTE), field.advice)

    def _signatures(self, signers: Iterable[str]) -> None:
        table = self._new_table((_("Wie"), _("Naam en handtekening"), _("Datum")))
        for signer in signers:
            row = new_row(table)
            row.height = Mm(13)
            put(_first(row.cells[0]), signer)
        _set_widths(table, (56, 76, 34))

    def _new_table(self, columns: Sequence[str]) -> WordTable:
        """Return a table, with a row of titles that comes back on each page."""
        table: WordTable = self._file.add_table(rows=1, cols=len(columns), style=TABLE)
        head = table.rows[0]
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 – it has no public way
        for cell, title in zip(head.cells, columns, strict=True):
            put(_first(cell, COLUMN), title)
        return table


def _first(cell: Cell, style: str = CELL) -> WordParagraph:
    """Return the paragraph with which a cell begins."""
    return styled(cell.paragraphs[0], style)


def _fill(cell: Cell, items: Sequence[str], *, bulleted: bool) -> None:
    for number, item in enumerate(items):
        style = "List Bullet" if bulleted else CELL
        put(styled(cell.add_paragraph(), style) if number else _first(cell, style), item)


def _set_widths(table: WordTable, millimetres: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, millimetres, strict=True):
            cell.width = Mm(width)
