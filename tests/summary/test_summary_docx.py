"""The Word file, opened with python-docx: a school can go on with it."""

import datetime as dt
from io import BytesIO
from typing import Final

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()


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
        widths = [cell.width.mm for cell in table.rows[0].cells if cell.width]
        assert 150 < sum(widths) <= 166.5


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
