import datetime as dt
import os
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from rich.cells import cell_len
from rich.console import Console

from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import render
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.text import Look, renderable, to_text

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
GOLDEN: Final = Path(__file__).parent / "golden"


def folded(text: str) -> str:
    """Return a text without white space and the marks of the layout, so that folding does not matter."""
    return re.sub(r"[\s┃│]", "", text)


@pytest.mark.parametrize("name", ["empty", "half", "done"])
def test_text_looks_as_agreed(name: str, request: pytest.FixtureRequest) -> None:
    text = render(request.getfixturevalue(name), "text", now=NOW)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":  # look at the difference before you keep it
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_text_shows_everything_within_its_width(hostile: str, hostile_session: Callable[[str], Session]) -> None:
    text = render(hostile_session(hostile), "text", now=NOW)
    assert not [line for line in text.split("\n") if cell_len(line) > 80]
    assert "\x1b" not in text
    # As a value beforehand, a sentence agreed, an objection, what became of it, and an answer.
    assert folded(text).count(folded(hostile)) >= 5


@pytest.mark.parametrize("width", [10, 40, 61, 120, 400])
def test_text_of_any_width(width: int, done: Session) -> None:
    text = render(done, "text", now=NOW, width=width)
    assert max(map(cell_len, text.split("\n"))) <= min(max(width, 40), 100)
    for said in ("Vergaderen", "Wie", "begint", "Hulphalenwevanbuiten.", "Eerste", "bijeenkomst"):
        assert said in folded(text)


def test_words_in_a_table_are_not_broken(done: Session) -> None:
    for width in range(40, 100):
        text = render(done, "text", now=NOW, width=width)
        for word in ("Aanmoedigen", "Onderwerp", "Vergaderen", "Marieke", "begint"):
            assert word in text


def test_colour_is_there_when_asked_for_and_changes_no_letter(done: Session) -> None:
    plain, coloured = (render(done, "text", now=NOW, color=color) for color in (False, True))
    assert "\x1b[" in coloured
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in bare.split("\n")] == plain.split("\n")


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TTY_COMPATIBLE"])
def test_the_surroundings_do_not_change_the_text(name: str, done: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render(done, "text", now=NOW)
    monkeypatch.setenv(name, "1")
    assert render(done, "text", now=NOW) == before


def test_the_screen_shows_what_is_printed_in_its_own_colours(done: Session) -> None:
    page = document(done, now=NOW)
    console = Console(file=StringIO(), width=80, color_system=None)
    with console.capture() as captured:
        console.print(renderable(page, Look(rail="#8839ef", quiet="italic")))
    assert [line.rstrip() for line in captured.get().split("\n")] == to_text(page).split("\n")
