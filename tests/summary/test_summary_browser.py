"""The HTML in a real browser: it asks for nothing, runs nothing, fits a phone, and prints to the pages of the PDF."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from pypdf import PdfReader

import browser
from reading_back import folded, missing, said_in
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export

pytestmark = pytest.mark.skipif(browser.found() is None, reason="there is no Chromium or Chrome on this computer")

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()

NAMES: Final = ("example", "crowd", "hostiles")

ALL: Final = "[...document.querySelectorAll('*')]"
PARTS: Final = "[...document.querySelectorAll('h2.part, .part > h2')].map(each => each.textContent)"


class Leaf(NamedTuple):
    """A page of a PDF: its size and where its texts begin, in points, and its words without the layout."""

    size: tuple[int, int]
    words: str
    places: list[float]


def leaves(pdf: bytes) -> Iterator[Leaf]:
    for page in PdfReader(BytesIO(pdf)).pages:
        places: list[float] = []

        def place(text: str, cm: list[float], tm: list[float], *_: object, places: list[float] = places) -> None:
            if text.strip():
                places.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

        words = folded(page.extract_text(visitor_text=place))
        yield Leaf((round(float(page.mediabox.width)), round(float(page.mediabox.height))), words, places)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    with browser.started(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="module", params=NAMES)
def session(request: pytest.FixtureRequest) -> Session:
    asked: Session = request.getfixturevalue(request.param)
    return asked


@pytest.fixture(scope="module")
def address(session: Session, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("html") / "ons leerarrangement.html"
    path.write_bytes(export(session, "html", now=NOW))
    return path.as_uri()


@pytest.fixture(scope="module")
def page(chromium: browser.Browser, address: str) -> browser.Page:
    page = chromium.page()
    page.open(address)
    return page


@pytest.fixture(scope="module")
def paper(page: browser.Page) -> list[Leaf]:
    """What is on the pages when it is printed."""
    return list(leaves(page.printed()))


def test_nothing_is_asked_for_run_or_said(page: browser.Page, address: str) -> None:
    assert page.asked_for == [address]
    assert page.said == []
    assert page.value("document.scripts.length + document.links.length + document.forms.length") == 0
    assert (
        page.value(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length"
        )
        == 0
    )


def test_a_page_that_does_all_that_would_be_seen(chromium: browser.Browser, tmp_path: Path) -> None:
    path = tmp_path / "slecht.html"
    path.write_text(
        "<img src='http://127.0.0.1:1/x.png'><a href='javascript:1'>x</a><script>console.log('hier')</script>"
    )
    page = chromium.page()
    page.open(path.as_uri())
    assert page.asked_for == [path.as_uri(), "http://127.0.0.1:1/x.png"]
    assert any("hier" in each for each in page.said)
    assert page.value("document.scripts.length + document.links.length") == 2


def test_all_that_was_said_is_read_as_it_was_typed(page: browser.Page, session: Session) -> None:
    assert not missing(session, str(page.value("document.body.textContent")))


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (1280, False)])
def test_it_fits_the_window_and_can_be_read_in_it(page: browser.Page, width: int, *, dark: bool) -> None:
    page.look(width=width, dark=dark)
    assert page.value("document.documentElement.scrollWidth") <= width
    outside = (
        "[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert page.value(outside) == 0
    # Lightness, of 255: of what is read, and of what is behind it.
    ink, paper = (
        sum(page.value(f"getComputedStyle(document.{element}).{colour}.match(/\\d+/g).slice(0, 3).map(Number)")) / 3
        for element, colour in (("body", "color"), ("documentElement", "backgroundColor"))
    )
    assert (ink - paper > 150) if dark else (paper - ink > 150)
    assert (
        float(str(page.value("getComputedStyle(document.querySelector('main p')).fontSize")).removesuffix("px")) >= 14
    )


# Not the one with forty teams: its seventy pages take long to be read back.


@pytest.mark.parametrize("session", ["example", "hostiles"], indirect=True)
def test_all_of_it_is_on_paper_and_nothing_runs_off(paper: list[Leaf], session: Session) -> None:
    words = "".join(leaf.words for leaf in paper)
    lost = [text for text in said_in(session) if text.isascii() and folded(text) not in words]  # others hold shapes
    assert not lost
    assert sum(text.isascii() for text in said_in(session)) > 50
    for leaf in paper:
        assert leaf.size in ((595, 842), (594, 842), (596, 842))
        assert min(leaf.places) > 0
        assert max(leaf.places) < 590


@pytest.mark.parametrize("session", ["example", "hostiles"], indirect=True)
def test_it_prints_to_the_pages_of_the_pdf(paper: list[Leaf], session: Session, page: browser.Page) -> None:
    """The page for the wall first, and every part of the workshop at the top of a page, as in our own PDF."""
    parts = [folded(part) for part in page.value(PARTS)]
    assert len(parts) > 4
    for pages in (paper, list(leaves(export(session, "pdf", now=NOW)))):
        assert "Onsleerarrangement" in pages[0].words[:80]
        assert [part for leaf in pages for part in parts if leaf.words.startswith(part)] == parts


@pytest.mark.parametrize("session", ["example"], indirect=True)
def test_what_hangs_on_the_wall_is_one_page(paper: list[Leaf], page: browser.Page) -> None:
    assert "Namensdeschool" in paper[0].words
    assert paper[1].words.startswith(folded(page.value(PARTS)[0]))
