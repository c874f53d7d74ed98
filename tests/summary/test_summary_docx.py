"""The Word file, opened with python-docx: a school can go on with it."""

import base64
import datetime as dt
from io import BytesIO
from pathlib import Path
from typing import Final

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()

PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one point."""


@pytest.fixture(scope="module")
def word(example: Session) -> Document:
    return docx.Document(BytesIO(export(example, "docx", now=NOW)))


def headings(word: Document, level: int) -> list[str]:
    return [each.text for each in word.paragraphs if each.style and each.style.name == f"Heading {level}"]


def test_its_headings_are_headings(word: Document) -> None:
    assert [each.text for each in word.paragraphs if each.style and each.style.name == "Title"] == [
        "Ons leerarrangement"
    ]
    assert headings(word, 1)[:3] == ["Casus", "Bedoeling", "Mix van benaderingen"]
    assert "Tip 1: Waarom, hoe en wat" in headings(word, 1)
    assert "Waarde wegen" in headings(word, 2)
    assert "Verdeel tien punten: hoe willen jullie leren?" in headings(word, 3)


def test_every_text_has_a_style_that_a_school_can_change(word: Document) -> None:
    used = {each.style.name for each in word.paragraphs if each.style}
    assert used <= {
        *("Title", "Subtitle", "Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"),
        *("Afspraak", "Opmerking", "Open punt", "Cel"),
    }


def test_its_tables_are_tables_of_which_the_titles_come_back(word: Document) -> None:
    actions = next(table for table in word.tables if table.cell(0, 0).text == "Wie" and table.cell(0, 1).text == "Wat")
    assert [cell.text for cell in actions.rows[0].cells] == ["Wie", "Wat", "Klaar op"]
    assert actions.cell(1, 0).text == "Kees (conciërge)"
    assert list(actions.rows[0]._tr.iter(qn("w:tblHeader")))
    points = next(table for table in word.tables if table.cell(0, 0).text == "Team" and len(table.columns) == 6)
    assert [cell.text for cell in points.rows[1].cells] == ["Blauw", "2", "1", "3", "3", "1"]


def test_columns_fill_the_page_and_no_more(word: Document) -> None:
    for table in word.tables:
        cells = {id(cell._tc): cell for cell in table.rows[0].cells}.values()  # one that spans columns counts once
        widths = [cell.width.mm for cell in cells if cell.width]
        assert 150 < sum(widths) <= 166.5


def test_its_charts_are_tables_with_shaded_cells_as_wide_as_what_they_stand_for(word: Document) -> None:
    chart = next(table for table in word.tables if table.cell(0, 0).text == "Cognitivistisch")
    drawn: dict[str, tuple[int, str]] = {}
    for row in chart.rows:
        cells = list(row._tr.iterchildren(qn("w:tc")))
        shades = [[shade.get(qn("w:fill")) for shade in cell.iter(qn("w:shd"))] for cell in cells]
        assert shades[0] == shades[-1] == []
        assert {shade for each in shades[1:-1] for shade in each} <= {"8A3D00", "ECE6DA"}
        width = next(cells[1].iter(qn("w:tcW"))).get(qn("w:w"))
        drawn[row.cells[0].text] = int(width or 0), row.cells[-1].text
    full, figure = drawn["Gesitueerd leren"]
    assert figure == "21 (1–6)"
    third, figure = drawn["Cognitief constructivisme"]
    assert figure == "7 (0–3)"
    assert third == pytest.approx(full / 3, abs=1)
    told = {each.tag: each.get(qn("w:val")) for each in chart._tbl.tblPr}
    assert told[qn("w:tblCaption")] == "Verdeel tien punten: hoe willen jullie leren?"
    assert "Gesitueerd leren: 21 (1–6)" in (told[qn("w:tblDescription")] or "")
    assert not {"█", "░"} & {letter for each in word.element.body.iter(qn("w:t")) for letter in each.text or ""}


def test_little_is_shown_and_nothing_is_not(done: Session) -> None:
    word = docx.Document(BytesIO(export(done, "docx", now=NOW)))
    assert all(int(width.get(qn("w:w")) or 0) > 0 for table in word.tables for width in table._tbl.iter(qn("w:tcW")))


def test_who_made_it_stands_at_the_head(done: Session, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PIXEL)
    word = docx.Document(BytesIO(export(done, "docx", now=NOW, maker="Bureau <b>Voorbeeld</b>", logo=logo)))
    assert [each.text for each in word.paragraphs][:3] == ["", "Bureau <b>Voorbeeld</b>", "Ons leerarrangement"]
    (about,) = word.element.body.iter(qn("wp:docPr"))
    assert about.get("descr") == "Bureau <b>Voorbeeld</b>"


def test_it_says_what_it_is_and_in_which_language(word: Document) -> None:
    about = word.core_properties
    assert about.title == "Ons leerarrangement · Basisschool De Voorbeeldhof (verzonnen)"
    assert about.author == "Basisschool De Voorbeeldhof (verzonnen)"
    assert about.language == "nl"
    assert {each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    footer = word.sections[0].footer.paragraphs[0]
    assert [each.get(qn("w:instr")) for each in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    page = word.sections[0]
    assert page.page_width
    assert page.page_height
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)


def test_arabic_runs_from_right_to_left(hostiles: Session) -> None:
    word = docx.Document(BytesIO(export(hostiles, "docx", now=NOW)))
    turned = [each.text for each in word.paragraphs if each._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None]
    assert "مرحبا بالعالم: الدرس الأول" in turned
    assert not [text for text in turned if text.startswith("<script>")]
