"""The sheets as they come out of the printer: the PDF, read back."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from paper import A4, bookmarks, fonts_outside, letters, letters_of, read_back, size_of, text_of
from script_small import WAAROM, at, changed
from sleutelworkshop.script.loader import build_script
from sleutelworkshop.script.model import Option, Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session
from sleutelworkshop.sheets import SheetsOrder, papers
from sleutelworkshop.sheets.as_pdf import to_pdf
from sleutelworkshop.typesetting import TypesettingError

HOSTILE = (
    "x[/] [TODO] [red] $a$ #panic() #h(1) @everyone",
    "<script>alert(1)</script> \\u{41} *ster* _streep_ `code` = kop",
    '"); #eval("1") // weg /* weg',
    "&amp; R&D ~ -- --- ...",
    "juf é ’t ‘n “ja”",
)


def pdf_of(order: SheetsOrder) -> bytes:
    return to_pdf(papers(order), stamp=int(order.now.timestamp()))


@pytest.fixture(scope="module")
def order(shipped: Script, school: Session, now: dt.datetime) -> SheetsOrder:
    return SheetsOrder(script=shipped, session=school, now=now)


@pytest.fixture(scope="module")
def whole(order: SheetsOrder) -> bytes:
    """All of the paper, which many tests look at."""
    return pdf_of(order)


@pytest.fixture(scope="module")
def read_whole(whole: bytes) -> PdfReader:
    return read_back(whole)


def test_one_page_for_each_exercise_and_team(order: SheetsOrder) -> None:
    pdf = read_back(pdf_of(replace(order, pieces=("sheets",))))
    assert len(pdf.pages) == 10 * 2
    first, second = (letters(text_of(page)) for page in pdf.pages[:2])
    assert "Blauw" in first
    assert "team1van2" in first
    assert "Rood" in second
    assert "1·Decasus" in first
    assert "1·Decasus" in second


def test_all_of_it_is_a4_with_its_fonts_inside(whole: bytes, read_whole: PdfReader) -> None:
    pdf = read_whole
    assert {tuple(sorted(size_of(page))) for page in pdf.pages} == {A4}
    assert sum(size_of(page) != A4 for page in pdf.pages) == 2 * 2  # two exercises on their side
    assert not fonts_outside(pdf)
    assert b"pdfuaid" in whole
    assert str(pdf.root_object["/Lang"]) == "nl"


def test_it_can_be_found_by_its_bookmarks(read_whole: PdfReader) -> None:
    marks = bookmarks(read_whole)
    assert marks[:5] == [(0, "Spoorboekje"), (0, "1 · De casus"), (1, "Blauw"), (1, "Rood"), (0, "2 · Waarom")]
    assert (0, "Ons leerarrangement") in marks
    assert (1, "Bedoeling") in marks


def test_every_question_and_every_option_is_on_paper(read_whole: PdfReader, shipped: Script) -> None:
    shown = letters_of(read_whole)
    for question in shipped.questions():
        assert letters(question.prompt) in shown
        assert letters(question.hint) in shown
        for name in ("options", "labels", "statements"):
            options: tuple[Option, ...] = getattr(question, name, ())
            for option in options:
                assert letters(option.title) in shown
                assert letters(option.description) in shown
        for column in getattr(question, "columns", ()):
            assert letters(column.title) in shown
            assert letters(column.hint) in shown
            for option in getattr(column, "options", ()):
                assert letters(option.title) in shown


def test_every_step_is_on_the_run_sheet(order: SheetsOrder, shipped: Script) -> None:
    shown = letters_of(read_back(pdf_of(replace(order, pieces=("run",), start=order.now))))
    for step in shipped.steps():
        for text in (step.title, step.notes.introduce, step.notes.listen, step.notes.stalls):
            assert letters(text) in shown
    assert letters("Van 13:00 tot 15:30, 150 minuten.") in shown


def test_the_blank_agreement_has_room_for_all(order: SheetsOrder, shipped: Script) -> None:
    shown = letters_of(read_back(pdf_of(replace(order, pieces=("agreement",)))))
    for component in shipped.components:
        assert letters(component.title) in shown
        assert letters(component.ask) in shown
    for word in ("Acties", "Klaar op", "We kijken samen terug op", "Bezwaren", "iedereen stemt in", "handtekening"):
        assert letters(word) in shown


def test_a_script_alone_makes_one_set(shipped: Script, now: dt.datetime) -> None:
    pdf = read_back(pdf_of(SheetsOrder(script=shipped, now=now, pieces=("sheets",))))
    assert len(pdf.pages) == 10
    assert [depth for depth, _title in bookmarks(pdf)] == [0] * 10


def test_forty_teams(shipped: Script, now: dt.datetime) -> None:
    session = make(shipped, organisation="De Eik", teams=[f"Team {n} {'w' * 30}"[:40] for n in range(40)], now=now)
    pdf = read_back(pdf_of(SheetsOrder(script=shipped, session=session, now=now, pieces=("sheets",))))
    assert len(pdf.pages) == 10 * 40
    assert letters("team 40 van 40") in letters(text_of(pdf.pages[39]))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_wrote_is_shown_and_never_obeyed(text: str, now: dt.datetime) -> None:
    data = changed(
        ((*WAAROM, "title"), text),
        ((*WAAROM, "prompt"), text),
        ((*WAAROM, "notes", "introduce"), text),
        (("title",), text),
    )
    for question in at(data, (*WAAROM, "questions")):
        question["prompt"] = question["hint"] = text
    script = build_script(data, "klein.toml")
    session = make(script, organisation=text, facilitator=text, teams=[text[:40], "B"], now=now)
    shown = letters_of(read_back(pdf_of(SheetsOrder(script=script, session=session, now=now, maker=text))))
    assert shown.count(letters(text)) > 6


def test_what_is_far_too_long_goes_on_on_a_next_page(now: dt.datetime) -> None:
    sentence = "Dit is een heel lange zin die maar niet wil ophouden. "
    long = sentence * 80
    data = changed(((*WAAROM, "prompt"), long), ((*WAAROM, "notes", "introduce"), long))
    for question in at(data, (*WAAROM, "questions")):
        question["hint"] = long
    script = build_script(data, "klein.toml")
    session = make(script, organisation="De Eik", teams=["Blauw", "Rood"], now=now)
    pdf = read_back(pdf_of(SheetsOrder(script=script, session=session, now=now)))
    # Twice on the run sheet and three times for each team; one that two pages share is not counted.
    assert 0 <= (2 + 3 * 2) * 80 - letters_of(pdf).count(letters(sentence)) < 12
    pages = [letters(text_of(page)) for page in pdf.pages]
    assert sum("Blauw·1·Waarom" in page for page in pages) > 1  # each of them says whose it is
    assert sum("team1van2" in page for page in pages) == 3


def test_the_logo_and_the_maker_are_at_the_head(order: SheetsOrder, read_whole: PdfReader, tmp_path: Path) -> None:
    logo = tmp_path / "logo met spatie.SVG"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'
    )
    content = pdf_of(replace(order, logo=logo, maker="Bureau Helder"))
    assert b"pdfuaid" in content
    pages = read_back(content).pages
    assert all("Bureau Helder" in text_of(page) for page in pages if "Spoorboekje" in text_of(page))
    assert len(pages) == len(read_whole.pages)


def test_a_logo_that_is_damaged_is_told(order: SheetsOrder, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"\x89PNG\r\n\x1a\nnee")
    with pytest.raises(TypesettingError):
        pdf_of(replace(order, logo=logo))


def test_letters_from_elsewhere(small_script: Script, now: dt.datetime) -> None:
    script = replace(small_script, title="👩‍🏫 الدرس")
    assert pdf_of(SheetsOrder(script=script, now=now)).startswith(b"%PDF")
