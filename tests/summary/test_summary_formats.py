import datetime as dt
import subprocess
import sys
from pathlib import PurePath
from typing import Final

import pytest

from crowd import HOSTILE
from reading_back import folded, missing, words_in
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import FORMATS, export, file_suffix, format_of, is_binary, render

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()

WHOLE: Final = [name for name in FORMATS if name != "ics"]
"""The formats with all that was said in them: a calendar has only days."""

IN_LINES: Final = [name for name in WHOLE if name != "text"]
"""The formats in which a text that is long stays one piece: in the columns of text it stands beside others."""

SHAPED: Final = ("مرحبا", "👩", "vier spaties", "noncharacter")
"""What a PDF holds as shapes, in the order in which they are seen, or for want of a font not at all."""


@pytest.mark.parametrize("format_name", IN_LINES)
@pytest.mark.parametrize("name", ["done", "example", "crowd"])
def test_everything_said_is_in_every_format(format_name: str, name: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(name)
    assert not missing(session, words_in(format_name, export(session, format_name, now=NOW)))


@pytest.mark.parametrize("format_name", IN_LINES)
def test_what_could_break_a_document_is_shown_as_it_was_typed(format_name: str, hostiles: Session) -> None:
    words = words_in(format_name, export(hostiles, format_name, now=NOW))
    lost = missing(hostiles, words)
    if format_name == "pdf":
        lost = [text for text in lost if not any(sign in text for sign in (*SHAPED, "🏳", "الفريق"))]
    assert not lost
    wanted = [line for text in HOSTILE for line in text.split("\n") if line.strip()]
    assert all(folded(line) in folded(words) for line in wanted if format_name != "pdf")


@pytest.mark.parametrize("name", ["example", "crowd", "hostiles"])
def test_text_holds_every_word_that_was_said(name: str, request: pytest.FixtureRequest) -> None:
    session: Session = request.getfixturevalue(name)
    flat = folded(words_in("text", export(session, "text", now=NOW)))
    lost = [text for text in missing(session, flat) for word in text.split() if folded(word)[:12] not in flat]
    assert not lost


@pytest.mark.parametrize("format_name", WHOLE)
@pytest.mark.parametrize("name", ["empty", "half", "done"])
def test_every_session_prints_in_every_format(format_name: str, name: str, request: pytest.FixtureRequest) -> None:
    session = request.getfixturevalue(name)
    made = export(session, format_name, now=NOW)
    words = words_in(format_name, made)
    assert "A. Schrijver" in words
    assert "Bedoeling" in words
    if not is_binary(format_name):
        said = render(session, format_name, now=NOW)
        assert said.endswith("\n")
        assert made.decode("utf-8-sig") == said


@pytest.mark.parametrize("format_name", [name for name in FORMATS if is_binary(name)])
def test_what_is_no_text_is_not_handed_out_as_text(format_name: str, empty: Session) -> None:
    with pytest.raises(KeyError):
        render(empty, format_name, now=NOW)


def test_the_end_of_a_name_tells_the_format() -> None:
    assert [format_of(f"x{file_suffix(name)}") for name in FORMATS] == list(FORMATS)
    assert format_of(PurePath("map.md/Ons ARRANGEMENT.TXT")) == "text"
    assert [format_of(name) for name in ("x", "x.doc", ".md", "")] == [None, None, None, None]


def test_an_unknown_format_is_a_key_error(empty: Session) -> None:
    with pytest.raises(KeyError):
        render(empty, "wordperfect", now=NOW)


@pytest.mark.parametrize(
    "kept_out", ["textual", "rich", "typst", "docx", "lxml", "csv", "sleutelworkshop.summary.text"]
)
def test_importing_the_summary_is_cheap(kept_out: str) -> None:
    code = f"import sys, sleutelworkshop.summary; sys.exit({kept_out!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_rendering_text_does_not_import_textual() -> None:
    code = "import sys, sleutelworkshop.summary.text; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
