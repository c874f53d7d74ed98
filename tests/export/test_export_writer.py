"""Making one document: whatever is odd about a session, a logo or a clock, it is made, or one sentence says why."""

import datetime as dt
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias
from zipfile import ZipFile

import docx
import pytest
from msgspec.structs import replace

from logos import CUT_OFF_PNG, JPEG_WITHOUT_JFIF, PNG
from paper import read_back
from reading_back import words_in
from sleutelworkshop import summary
from sleutelworkshop.export import writer
from sleutelworkshop.export.writer import (
    DocumentError,
    TargetExistsError,
    make_document,
    make_summary,
    render_summary,
    write_document,
)
from sleutelworkshop.session.model import Session
from sleutelworkshop.sheets import SheetsOrder, papers
from sleutelworkshop.sheets.as_pdf import to_pdf
from sleutelworkshop.store import atomic
from sleutelworkshop.store.preferences import Preferences
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.summary import FORMATS

Odd: TypeAlias = Callable[[Session], Session]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'

LEFT_OUT = "Het logo “{name}” is niet te lezen. Ik laat het logo weg."


@pytest.fixture
def wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with what the facilitator wants; there is no wish in it yet."""
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(tmp_path / "settings.json"))
    return tmp_path


def with_logo(wants: Path, name: str, content: bytes) -> None:
    (wants / name).write_bytes(content)
    (wants / "voorkeuren.toml").write_text(f"logo = '{name}'\n")


def pictures(format: str, made: bytes) -> int:  # noqa: A002 – the word of the summary
    """Return how many pictures there are in a document."""
    match format:
        case "pdf":
            return sum(len(page.images) for page in read_back(made).pages)
        case "docx":
            return len(docx.Document(BytesIO(made)).inline_shapes)
        case _:
            return made.count(b"<img")


@pytest.mark.parametrize("kind", ["pdf", "docx", "html"])
@pytest.mark.parametrize(
    ("name", "content", "is_shown"),
    [
        ("logo.png", PNG, True),
        ("logo.jpg", JPEG_WITHOUT_JFIF, True),
        ("logo.png", CUT_OFF_PNG, False),
        ("logo.svg", SVG[:-9], False),
    ],
    ids=["whole", "without-jfif", "cut-off", "malformed-svg"],
)
def test_a_logo_is_in_every_format_or_in_none(
    wants: Path, begun: Session, noon: dt.datetime, kind: str, name: str, content: bytes, *, is_shown: bool
) -> None:
    with_logo(wants, name, content)
    made = make_summary(begun, kind, now=noon)
    assert pictures(kind, made.content) == is_shown
    assert made.remarks == (() if is_shown else (LEFT_OUT.format(name=name),))


def test_word_says_that_it_cannot_show_an_svg(wants: Path, begun: Session, noon: dt.datetime) -> None:
    with_logo(wants, "logo.svg", SVG)
    assert make_summary(begun, "html", now=noon).remarks == ()
    made = make_summary(begun, "docx", now=noon)
    assert pictures("docx", made.content) == 0
    assert made.remarks == ("Word kan een svg niet laten zien: ik laat het logo weg.",)


def test_a_logo_that_a_library_stumbles_over_is_left_out(wants: Path, begun: Session, noon: dt.datetime) -> None:
    # Each pixel stands for a kilometre: python-docx divides by what is left of that in an inch.
    size = b"pHYs" + (1).to_bytes(4, "big") * 2 + b"\x01"
    with_logo(wants, "logo.png", with_chunk(size))
    made = make_summary(begun, "docx", now=noon)
    assert pictures("docx", made.content) == 0
    assert made.remarks == (LEFT_OUT.format(name="logo.png"),)


def with_chunk(chunk: bytes) -> bytes:
    at = PNG.index(b"IDAT") - 4
    more = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return PNG[:at] + more + PNG[at:]


def longest(session: Session) -> Session:
    return replace(
        session,
        organisation="Openbare basisschool " * 9,
        script=replace(session.script, arrangement="leer- en ontwikkelarrangement " * 6, title="Beginnen " * 22),
    )


def far_away(session: Session) -> Session:
    actions = tuple(replace(each, due=dt.date.max) for each in session.actions)
    return replace(session, actions=actions, evaluation=dt.date.max)


def in_words(session: Session) -> Session:
    return replace(session, script=replace(session.script, language="Nederlands"))


def in_belgium(session: Session) -> Session:
    return replace(session, script=replace(session.script, language="nl-BE"))


@pytest.mark.usefixtures("wants")
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("odd", [longest, far_away, in_words, in_belgium])
def test_every_format_is_made_of_an_odd_session(begun: Session, noon: dt.datetime, kind: str, odd: Odd) -> None:
    made = make_summary(odd(begun), kind, now=noon)
    if kind != "ics":
        assert "Kinderen kiezen zelf" in words_in(kind, made.content)


def test_an_action_on_the_last_day_there_is_lasts_that_day(begun: Session, noon: dt.datetime) -> None:
    event = make_summary(far_away(begun), "ics", now=noon).content.decode().split("BEGIN:VEVENT")[1]
    assert "DTSTART;VALUE=DATE:99991231" in event
    assert "DTEND" not in event


@pytest.mark.usefixtures("wants")
def test_a_title_in_word_holds_what_fits(begun: Session, noon: dt.datetime) -> None:
    about = docx.Document(BytesIO(make_summary(longest(begun), "docx", now=noon).content)).core_properties
    assert 200 < len(about.title) <= 255
    assert about.title.endswith("…")


@pytest.mark.usefixtures("wants")
@pytest.mark.parametrize("kind", ["pdf", "docx", "ics"])
@pytest.mark.parametrize("year", [1960, 1979, 2200])
def test_a_clock_that_is_far_off_keeps_nothing_from_being_made(
    begun: Session, noon: dt.datetime, kind: str, year: int
) -> None:
    made = make_summary(begun, kind, now=noon.replace(year=year)).content
    if kind == "docx":
        assert {entry.date_time[0] for entry in ZipFile(BytesIO(made)).infolist()} == {min(max(year, 1980), 2107)}


def test_sheets_are_made_in_every_language(begun: Session, noon: dt.datetime) -> None:
    for odd in (in_words, in_belgium):
        session = odd(begun)
        order = SheetsOrder(script=session.script, session=session, now=noon, pieces=("agreement",))
        assert to_pdf(papers(order), stamp=0).startswith(b"%PDF-")


class PanicException(BaseException):
    """A fault in a library that is no Exception."""


@pytest.mark.usefixtures("wants")
@pytest.mark.parametrize(
    "fault", [ValueError("Sanne zei"), KeyError("x"), MemoryError(), OSError("x"), RecursionError()]
)
def test_whatever_a_library_raises_is_one_sentence_with_its_kind(
    begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def stumble(*_: object, **__: object) -> bytes:
        raise fault

    monkeypatch.setattr(summary, "export", stumble)
    monkeypatch.setattr(summary, "render", stumble)
    with pytest.raises(DocumentError) as told:
        make_summary(begun, "docx", now=noon)
    assert str(told.value) == f"Dit document is niet te maken ({type(fault).__name__}): probeer een andere vorm."
    assert told.value.__cause__ is fault
    with pytest.raises(DocumentError):
        render_summary(begun, "text", now=noon, width=80, color=False)


def test_a_panic_of_typst_is_one_too(begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    class Typesetter:
        def __init__(self, *_: object, **__: object) -> None:
            raise PanicException

    monkeypatch.setattr("typst.Compiler", Typesetter)
    order = SheetsOrder(script=begun.script, now=noon, pieces=())
    with pytest.raises(DocumentError):
        make_document(lambda _logo: to_pdf(papers(order), stamp=0), Preferences())


# Writing it.


@pytest.mark.parametrize("replaces", [False, True])
def test_what_comes_there_while_it_is_written_stays(
    tmp_path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, *, replaces: bool
) -> None:
    path = tmp_path / "uit.pdf"
    write = atomic.write

    def overtaken(target: Path, *given: Any, **named: Any) -> None:
        if replaces:
            SessionFile.create(path, begun, noon).close()
        else:
            path.write_bytes(b"van iemand anders")
        write(target, *given, **named)

    monkeypatch.setattr(writer, "atomic", SimpleNamespace(write=overtaken, SHARED=atomic.SHARED))
    with pytest.raises(DocumentError if replaces else TargetExistsError):
        write_document(path, b"%PDF-", replace=replaces)
    assert path.read_bytes() != b"%PDF-"
