"""The PDF, read back with pypdf: what a reader, a screen reader and an archive need is in it."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from msgspec.structs import replace
from pypdf import PageObject, PdfReader, mult
from pypdf.generic import Destination

from paper import text_of
from reading_back import folded
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.blocks import Agreed, Heading

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()

ACCENTS: Final = "één ideeën, coördinator, Ĳsland, façade, señor, crème brûlée, Škoda, Łódź, € 5 – ‘ja’ “nee” …"


def root(pdf: PdfReader) -> dict[str, Any]:
    return pdf.root_object  # of which pypdf only says that it holds objects


_made: dict[bytes, PdfReader] = {}


def reader(session: Session, **more: Any) -> PdfReader:
    """Return the PDF of a session, which several tests look at, read back."""
    key = msgspec.msgpack.encode((session, sorted(map(str, more.items()))))
    if key not in _made:
        _made[key] = PdfReader(BytesIO(export(session, "pdf", now=NOW, **more)))
    return _made[key]


def placed(page: PageObject) -> list[tuple[str, float, float, float]]:
    """Return the texts of a page, each with the size of its letters and where it begins."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            x, y = mult(tm, cm)[4:]
            found.append((text, size * abs(tm[0] or tm[1]) * abs(cm[0]), x, y))

    page.extract_text(visitor_text=visit)
    return found


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
        assert f"{number} van {len(pdf.pages)}" in text_of(page)


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
    assert folded(ACCENTS) in folded(text_of(pdf.pages[0]))
    assert all("Libertinus" in name for name in fonts(pdf))


@pytest.mark.parametrize("name", ["example", "done", "half", "with_a_name"])
def test_what_was_agreed_comes_first_and_fits_on_one_page(name: str, request: pytest.FixtureRequest) -> None:
    more = {"maker": "Bureau Voorbeeld voor Onderwijsadvies"} if name == "with_a_name" else {}
    session = request.getfixturevalue("example" if more else name)
    pdf = reader(session, **more)
    front, back = (folded(text_of(pdf.pages[number])) for number in (0, 1))
    assert "Onsleerarrangement" in front
    for signer in ("Ondertekening", "Namensdeschool", "Namensdeteams", "Begeleider"):
        assert signer in front
    first = next(heading.text for heading in document(session, now=NOW).rest if isinstance(heading, Heading))
    assert back.startswith(folded(first))
    assert folded(first) not in front


def test_everything_of_that_page_is_on_it(pdf: PdfReader, example: Session) -> None:
    front = folded(text_of(pdf.pages[0]))
    for agreement in example.agreements.values():
        assert all(folded(line) in front for line in agreement.text.split("\n"))
    for block in document(example, now=NOW).page:
        if isinstance(block, Agreed):
            assert folded(block.brief) in front
            assert all(team in block.brief for team in block.sources) or "alle teams" in block.brief
    for action in example.actions:
        assert {folded(action.who) in front, folded(action.what) in front} == {True}


@pytest.mark.parametrize("name", ["example", "done", "half", "hostiles"])
def test_that_page_can_be_read_on_a_wall(name: str, request: pytest.FixtureRequest) -> None:
    sizes = Counter[float]()
    page = reader(request.getfixturevalue(name)).pages[0]
    for text, size, _x, _y in placed(page):
        sizes[round(size, 2)] += len(text.strip())
    assert min(sizes) >= 6.9, "also what is said on the side"
    assert sizes.most_common(1)[0][0] >= 8
    small = sum(count for size, count in sizes.items() if size < 8)
    assert small < sizes.total() / (3 if name == "hostiles" else 7), "only sources, units and titles of columns"


def test_the_foot_of_that_page_stands_below_its_columns(pdf: PdfReader) -> None:
    heights = {text.strip(): y for text, _size, _x, y in placed(pdf.pages[0])}
    foot = next(y for text, y in heights.items() if text.startswith("Acties en"))
    lowest = min(y for text, y in heights.items() if text.startswith(("Taalspecialist", "Eerst alleen", "Cultuur")))
    assert 0 < heights["Ondertekening"] < foot < lowest


@pytest.mark.parametrize("agreed", [1, 2, 3, 5])
def test_few_agreements_are_one_page_too(example: Session, agreed: int) -> None:
    kept = dict(list(example.agreements.items())[:agreed])
    answers = dict(list(example.answers.items())[:1])
    session = replace(example, agreements=kept, answers=answers, objections=(), actions=(), evaluation=None)
    front, back = (folded(text_of(page)) for page in reader(session).pages[:2])
    assert "Ondertekening" in front
    assert back.startswith("Opening")


def test_forty_teams_that_write_long_flow_on(crowd: Session) -> None:
    texts = [folded(text_of(page)) for page in reader(crowd).pages[:12]]  # reading all seventy takes long
    signing = next(number for number, text in enumerate(texts) if "Ondertekening" in text)
    rest = next(number for number, text in enumerate(texts) if text.startswith("Opening"))
    assert 1 < signing < rest


def test_an_empty_one_is_one_page(empty: Session) -> None:
    assert len(reader(empty).pages) == 1


@pytest.mark.parametrize("name", ["hostiles", "example", "half", "crowd"])
def test_nothing_runs_off_the_page(name: str, request: pytest.FixtureRequest) -> None:
    pages = reader(request.getfixturevalue(name)).pages
    for page in pages[:: max(len(pages) // 15, 1)]:  # of the seventy of forty teams only some
        places = [(x, y) for text, _size, x, y in placed(page) if text.strip()]
        assert all(0 <= x < 595 and 15 < y < 842 for x, y in places)


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


def test_who_made_it_stands_at_the_head(done: Session) -> None:
    front = text_of(reader(done, maker="Bureau #emph[x] <b>").pages[0])
    assert folded("Bureau #emph[x] <b>") in folded(front)
