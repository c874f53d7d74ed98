"""The PDF, read back with pypdf: what a reader, a screen reader and an archive need is in it."""

import datetime as dt
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from pypdf.generic import Destination

from reading_back import folded
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()

ACCENTS: Final = "één ideeën, coördinator, Ĳsland, façade, señor, crème brûlée, Škoda, Łódź, € 5 – ‘ja’ “nee” …"


def root(pdf: PdfReader) -> dict[str, Any]:
    return pdf.root_object  # of which pypdf only says that it holds objects


def reader(session: Session, **more: Any) -> PdfReader:
    return PdfReader(BytesIO(export(session, "pdf", now=NOW, **more)))


@pytest.fixture(scope="module")
def pdf(example: Session) -> PdfReader:
    return reader(example)


def bookmarks(outline: list[Any]) -> Iterator[str]:
    for each in outline:
        if isinstance(each, Destination):
            yield str(each.title)
        else:
            yield from bookmarks(each)


def fonts(pdf: PdfReader) -> dict[str, Any]:
    found = {}
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            each = font.get_object()
            below = each.get("/DescendantFonts", [each])[0].get_object()
            found[str(each["/BaseFont"])] = below["/FontDescriptor"].get_object()
    return found


def tags(pdf: PdfReader) -> set[str]:
    found = set()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.add(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(root(pdf)["/StructTreeRoot"])
    return found


def test_it_is_on_a4_with_numbered_pages(pdf: PdfReader) -> None:
    for number, page in enumerate(pdf.pages, 1):
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]
        assert f"{number} van {len(pdf.pages)}" in page.extract_text()


def test_it_says_what_it_is_and_in_which_language(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Ons leerarrangement · Basisschool De Voorbeeldhof (verzonnen)"
    assert pdf.metadata.author == "Basisschool De Voorbeeldhof (verzonnen)"
    assert pdf.metadata.creation_date == NOW
    assert root(pdf)["/Lang"] == "nl"


def test_it_is_tagged_for_who_hears_it(pdf: PdfReader) -> None:
    assert root(pdf)["/MarkInfo"]["/Marked"].value
    assert b"<pdfuaid:part>1<" in root(pdf)["/Metadata"].get_object().get_data()
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/L", "/LI"} <= tags(pdf)


def test_it_has_bookmarks(pdf: PdfReader) -> None:
    titles = list(bookmarks(pdf.outline))
    assert titles[:4] == ["Ons leerarrangement", "Casus", "Bedoeling", "Mix van benaderingen"]
    for title in (
        "Ondertekening",
        "Tip 1: Waarom, hoe en wat",
        "Hoe",
        "Tip 3: Ontwikkel vanuit activiteiten",
        "Tijden",
    ):
        assert title in titles


def test_its_fonts_are_in_it(pdf: PdfReader) -> None:
    embedded = fonts(pdf)
    assert embedded
    assert all("Libertinus" in name for name in embedded), "the same on every computer"
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in embedded.values())


def test_it_has_all_letters_of_dutch_and_of_its_neighbours(done: Session) -> None:
    pdf = reader(replace(done, organisation=ACCENTS))
    assert folded(ACCENTS) in folded(pdf.pages[0].extract_text())
    assert all("Libertinus" in name for name in fonts(pdf))


def test_what_was_agreed_comes_first_and_fits_on_one_sheet(pdf: PdfReader, done: Session) -> None:
    front, back = (folded(pdf.pages[number].extract_text()) for number in (0, 1))
    assert "Onsleerarrangement" in front
    assert "Grensgangers" in front
    assert "Ondertekening" in front + back
    short = folded(reader(done).pages[0].extract_text())
    for heading in ("Bedoeling", "Actiesenevaluatie", "Instemming", "Ondertekening"):
        assert heading in short, "a short one is one page"


def test_nothing_runs_off_the_page(hostiles: Session) -> None:
    for page in reader(hostiles).pages:
        places: list[float] = []
        page.extract_text(visitor_text=lambda text, _cm, tm, *_: places.append(tm[4]) if text.strip() else None)  # noqa: B023
        assert 0 <= min(places) <= max(places) < 595


def test_its_charts_are_drawn_and_not_pictures(pdf: PdfReader) -> None:
    assert not any(page.images for page in pdf.pages)


def test_the_same_session_makes_the_same_file(done: Session) -> None:
    once, twice = (export(done, "pdf", now=NOW) for _ in range(2))
    assert re.sub(rb"ID\[.*?\]", b"", once) == re.sub(rb"ID\[.*?\]", b"", twice)


def test_a_logo_stands_at_the_head(done: Session, tmp_path: Path) -> None:
    logo = tmp_path / "logo [x].svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>')
    assert "/Figure" in tags(reader(done, logo=logo))
    assert "/Figure" not in tags(reader(done))
