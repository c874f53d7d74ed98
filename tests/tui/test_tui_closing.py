"""Closing: what is read on the screen is what is saved and printed."""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from room_app import Room, room
from sleutelworkshop import summary
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary.nameless import without_names
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.typesetting import TypesettingError

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="lp and lpstat are those of CUPS")

TALL = (84, 260)
"""A screen on which the whole paper stands, as wide as it is printed and the margins."""


@pytest.fixture
def begun(begun: Session, noon: dt.datetime) -> Session:
    """The session in which everything was said once, its timer standing still: opening it asks nothing."""
    return moving.pause(begun, noon + dt.timedelta(minutes=6))


@asynccontextmanager
async def closing(folder: Path, session: Session, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """Open a session and read what it leads to."""
    async with room(folder, session, size=size) as now:
        await now.press("l")
        assert isinstance(now.app.screen, ClosingScreen)
        yield now


def told(now: Room) -> str:
    """Return the messages at the edge of the screen."""
    return " ".join(str(toast.render()) for toast in now.app.screen.query("Toast"))


def expected(now: Room, format: str) -> str:  # noqa: A002 - the word of the summary
    return summary.render(now.session, format, now=now.clock())


async def test_what_is_shown_is_what_the_text_says(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, TALL) as now:
        shown = [line.strip() for line in now.seen().splitlines()[1:-1] if line.strip()]
        said = [line.strip() for line in expected(now, "text").splitlines() if line.strip()]
        assert shown == said


async def test_it_scrolls_to_the_end(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, (80, 24)) as now:
        assert "Klein begin" in now.seen()
        last = expected(now, "text").strip().splitlines()[-1].strip()
        assert last not in now.seen()
        await now.press("end")
        assert last in now.seen()


async def test_a_session_that_is_not_finished_says_what_is_missing(tmp_path: Path, fresh: Session) -> None:
    async with closing(tmp_path, fresh) as now:
        assert "○" in now.seen()


# With and without names.


async def test_names_are_taken_out_and_put_back_with_one_key(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, TALL) as now:
        assert "Met de namen van mensen" in now.seen().splitlines()[0]
        assert "z zonder namen" in now.seen()
        assert "Sanne" in now.seen()
        await now.press("z")
        assert "Zonder namen van mensen" in now.seen().splitlines()[0]
        assert "z met namen" in now.seen()
        assert "Sanne" not in now.seen()
        assert "Blauw" in now.seen()
        await now.press("z")
        assert "Sanne" in now.seen()


async def test_the_keys_fit_in_the_smallest_window(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, (80, 24)) as now:
        for names in ("zonder namen", "met namen"):
            bar = now.seen().splitlines()[-1].strip()
            assert bar == f"s bewaren  z {names}  p afdrukken  o openen  esc terug  ? toetsen"
            await now.press("z")


async def test_the_reader_stays_where_they_were(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, (80, 24)) as now:
        await now.press("pagedown")
        seen = now.seen().splitlines()[1:-1]
        await now.press("z", "z")
        assert now.seen().splitlines()[1:-1] == seen


# Printing.


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system of which ``lp`` keeps what it is given, and ``lpstat`` knows one printer."""
    programs = tmp_path / "bin"
    programs.mkdir()
    _program(programs / "lpstat", 'echo "system default destination: Gang-[b]"')
    _program(programs / "lp", f'echo "$@" > "{tmp_path}/asked"\nshift 4\ncat "$1" > "{tmp_path}/printed"')
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def _program(path: Path, lines: str) -> None:
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)


async def printed(now: Room) -> str:
    """Print, and return what is told about it."""
    return await done(now, "p", "action_print")


async def done(now: Room, key: str, action: str) -> str:
    """Press a key, wait until its work is done, and return what is told about it."""
    await now.press(key)
    await now.app.workers.wait_for_complete(each for each in now.app.workers if each.name == action)
    await now.settle()
    return told(now)


@ON_POSIX
async def test_it_is_printed_as_it_is_read_and_says_on_which_printer(
    printer: Path, tmp_path: Path, begun: Session
) -> None:
    async with closing(tmp_path, begun) as now:
        assert "Verstuurd naar Gang-[b]." in await printed(now)
        assert (printer / "printed").read_bytes() == summary.export(begun, "pdf", now=now.clock())
        assert (printer / "asked").read_text(encoding="utf-8").split()[:-1] == [
            "-d",
            "Gang-[b]",
            "-t",
            "2026-11-23-basisschool-de-eik",
        ]


@ON_POSIX
async def test_it_is_opened_in_the_program_that_reads_pdfs(
    printer: Path, tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    viewer = printer / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    _program(viewer, "exit 3")
    async with closing(tmp_path, begun) as now:
        assert f"({viewer.name}: 3): open het zelf" in await done(now, "o", "action_open")
        _program(viewer, f'cp "$1" "{printer}/opened"')
        assert "Geopend:" in await done(now, "o", "action_open")
        assert (printer / "opened").read_bytes() == summary.export(begun, "pdf", now=now.clock())


@ON_POSIX
async def test_what_is_printed_and_opened_is_what_is_shown(
    printer: Path, tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _program(
        printer / "bin" / ("open" if sys.platform == "darwin" else "xdg-open"),
        f'cp "$1" "{printer}/opened"; echo "$1" > "{printer}/name"',
    )
    async with closing(tmp_path, begun) as now:
        await now.press("z")
        assert "Geopend:" in await done(now, "o", "action_open")
        wanted = summary.export(without_names(begun), "pdf", now=now.clock())
        assert (printer / "opened").read_bytes() == wanted
        assert (printer / "name").read_text().strip().endswith("de-eik-zonder-namen.pdf")
        assert "Verstuurd" in await printed(now)
        assert (printer / "printed").read_bytes() == wanted


@ON_POSIX
async def test_it_is_opened_and_printed_when_the_folder_is_gone_in_which_the_program_was_started(
    printer: Path, tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _program(printer / "bin" / ("open" if sys.platform == "darwin" else "xdg-open"), "exit 0")
    async with closing(tmp_path, begun) as now:
        (tmp_path / "stick").mkdir()
        monkeypatch.chdir(tmp_path / "stick")
        (tmp_path / "stick").rmdir()
        assert "Geopend:" in await done(now, "o", "action_open")
        assert "Verstuurd" in await printed(now)


async def test_a_document_that_cannot_be_made_is_told(
    tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise TypesettingError("x[/] \x1b[31mlettertype")

    monkeypatch.setattr(summary, "export", refuse)
    async with closing(tmp_path, begun, (200, 36)) as now:
        for key, action in (("o", "action_open"), ("p", "action_print")):
            assert "niet te maken (x[/] [31mlettertype): probeer een andere vorm." in await done(now, key, action)
        assert now.app.is_running


@ON_POSIX
async def test_a_printer_that_refuses_is_told_in_one_sentence(printer: Path, tmp_path: Path, begun: Session) -> None:
    _program(printer / "bin" / "lp", "cat > /dev/null\nprintf 'lp: \\033[31mgeen [/] papier' >&2\nexit 1")
    async with closing(tmp_path, begun) as now:
        assert "Printer Gang-[b] neemt dit niet aan (lp: [31mgeen [/] papier)." in await printed(now)


@ON_POSIX
async def test_without_a_printing_system_it_says_so(
    tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with closing(tmp_path, begun) as now:
        assert "Op deze computer is geen printer ingesteld." in await printed(now)


@ON_POSIX
async def test_without_a_usual_printer_it_says_so(printer: Path, tmp_path: Path, begun: Session) -> None:
    _program(
        printer / "bin" / "lpstat", '[ "$1" = -e ] && printf "Gang\\nZolder\\n" || echo "no system default destination"'
    )
    async with closing(tmp_path, begun) as now:
        assert "Er is geen standaardprinter" in await printed(now)


async def test_the_paper_follows_the_theme(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun) as now:
        dark = _colors(now)
        await now.press("ctrl+t")
        assert _colors(now).isdisjoint(dark)


def _colors(now: Room) -> set[str]:
    strips = now.app.screen._compositor.render_strips()[2:-1]
    return {str(part.style.color) for strip in strips for part in strip if part.style and part.text.strip()}


async def test_it_needs_no_open_session(tmp_path: Path, begun: Session) -> None:
    async with room(tmp_path, begun) as now:
        path = now.desk.path
        await now.press("f10")
        assert now.app.desk is None
        now.app.show_summary(path)
        await now.app.workers.wait_for_complete(each for each in now.app.workers if each.group == "summary")
        await now.settle()
        assert isinstance(now.app.screen, ClosingScreen)
        assert "Basisschool De Eik" in now.seen()
