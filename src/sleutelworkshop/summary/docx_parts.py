"""What Word is made of and python-docx has no word for: our styles, page numbers, borders, text from right to left."""

import datetime as dt
import re
from io import BytesIO
from typing import Any, Final, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from sleutelworkshop.lettering import printable, runs_to_the_left

AGREED, NOTE, OPEN, CELL, COLUMN = "Afspraak", "Opmerking", "Open punt", "Cel", "Kolomkop"
"""The names of our styles, as a school sees them in Word."""

TABLE: Final = "Leerarrangement"

INK, QUIET = "1F1C17", "5A5246"
ACCENTS: Final = ("574F43", "8A3D00", "0B5A45", "27439A", "84205C")
"""The colours of the light theme of the screen, by the accent of a part."""

_BODY, _HEAD = "Calibri", "Georgia"

_TABLE_STYLE: Final = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:tblPr>
    <w:tblBorders><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D3C9B7"/>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="D3C9B7"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>
      <w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{QUIET}"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def blank(language: str) -> WordFile:
    """Return a file for A4 with our styles in it, and nothing else."""
    file = docx.Document()
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    _set_styles(file)
    for place in file.styles.element.iter(qn("w:lang")):
        place.set(qn("w:val"), language)
    return file


def package(file: WordFile, at: dt.datetime) -> bytes:
    """Return a file as it is saved, each of its parts marked with the moment ``at``.

    python-docx marks them with the clock of the computer, and a zip refuses one that stands before 1980: a laptop with
    an empty battery. It has no public way to say so.
    """
    written = BytesIO()
    opc = file.part.package
    for part in opc.parts:
        part.before_marshal()
    with ZipFile(written, "w", ZIP_DEFLATED) as zipped:
        maker, writer = cast("Any", PackageWriter), _Dated(zipped, at)
        maker._write_content_types_stream(writer, opc.parts)  # noqa: SLF001
        maker._write_pkg_rels(writer, opc.rels)  # noqa: SLF001
        maker._write_parts(writer, opc.parts)  # noqa: SLF001
    return written.getvalue()


class _Dated:
    """Writes the parts of a package in a zip, as the writer of python-docx does, with a date that a zip can hold."""

    def __init__(self, zipped: ZipFile, at: dt.datetime) -> None:
        self._zipped = zipped
        first, last = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
        self._at = min(max((at.year, at.month, at.day, at.hour, at.minute, at.second), first), last)

    def write(self, name: PackURI, blob: bytes) -> None:
        """Write one part."""
        entry = ZipInfo(name.membername, self._at)
        entry.compress_type = ZIP_DEFLATED
        self._zipped.writestr(entry, blob)


def styled(paragraph: Paragraph, style: str) -> Paragraph:
    """Return a paragraph in a style. By its id, which is its name without spaces: by name takes 5 ms each time."""
    paragraph._p.get_or_add_pPr().style = style.replace(" ", "")  # noqa: SLF001 – it has no public way to say so
    return paragraph


def put(paragraph: Paragraph, text: str, *, bold: bool | None = None, color: str = "") -> Paragraph:
    """Put a text at the end of a paragraph, its lines apart, and Arabic from right to left."""
    run = paragraph.add_run(printable(text))
    run.bold = bold
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    if runs_to_the_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 – idem
        run.font.rtl = True
    return paragraph


def new_row(table: Table) -> Row:
    """Return a new row at the end of a table, which stays on one page."""
    row: Row = table.add_row()  # type: ignore[no-untyped-call]
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 – idem
    return row


def number_pages(paragraph: Paragraph, words: str) -> None:
    """Put the number of the page in a paragraph, where ``words`` has ``{page}``, and how many there are."""
    for piece in re.split(r"(\{pages?\})", words):
        field = {"{page}": "PAGE", "{pages}": "NUMPAGES"}.get(piece)
        if field is None:
            paragraph.add_run(piece)
            continue
        run = f"<w:fldSimple {nsdecls('w')} w:instr='{field}'><w:r><w:t>1</w:t></w:r></w:fldSimple>"
        paragraph._p.append(parse_xml(run))  # noqa: SLF001 – idem


def _set_styles(file: WordFile) -> None:
    _set(file, "Normal", font=_BODY, size=10.5, after=5)
    _set(file, "Title", font=_HEAD, size=28, after=2, bold=True)
    _set(file, "Subtitle", font=_BODY, size=11, color=QUIET, after=8)
    for level, size, before in ((1, 16, 18), (2, 13, 14), (3, 11, 10)):
        _set(file, f"Heading {level}", font=_HEAD, size=size, before=before, after=4, bold=True)
    _set(file, "List Bullet", font=_BODY, size=10.5, after=2)
    _set(file, AGREED, font=_HEAD, size=11, after=4)
    _set(file, NOTE, font=_BODY, size=9, color=QUIET, before=3, after=6)
    _set(file, OPEN, font=_BODY, size=10.5, color="6B4700", after=5)
    _set(file, CELL, font=_BODY, size=10, after=1)
    _set(file, COLUMN, font=_BODY, size=9, color=QUIET, after=1, bold=True)
    file.styles[COLUMN].paragraph_format.keep_with_next = True
    file.styles.element.append(parse_xml(_TABLE_STYLE))
    title = file.styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):  # the line below it that the blank file of python-docx comes with
        title.remove(border)


def _set(
    file: WordFile,
    name: str,
    *,
    font: str,
    size: float,
    after: float,
    before: float = 0,
    bold: bool = False,
    color: str = INK,
) -> None:
    known = name in (style.name for style in file.styles)
    found = file.styles[name] if known else file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = cast("ParagraphStyle", found)
    style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(color)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # which would win from the name
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:hAnsi"), font)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
