"""Closing: what is read on the screen is what is saved and printed."""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from room_app import Room, room
from sleutelworkshop import summary
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.form import FormScreen

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


async def save_as(now: Room, path: Path | str, key: str = "s") -> None:
    """Ask for a file, and type its name."""
    await now.press(key)
    assert isinstance(now.app.screen, FormScreen)
    now.app.screen.query_one(Input).value = str(path)
    await now.press("enter")
    await now.app.workers.wait_for_complete(
        worker for worker in now.app.workers if worker.name == "action_save_as" and _at_work(now)
    )
    await now.settle()


def told(now: Room) -> str:
    """Return the messages at the edge of the screen."""
    return " ".join(str(toast.render()) for toast in now.app.screen.query("Toast"))


def _at_work(now: Room) -> bool:
    """Whether saving goes on: the form is gone and no question is asked."""
    return isinstance(now.app.screen, ClosingScreen)


def expected(now: Room, format: str) -> str:  # noqa: A002 - the word of the summary
    return summary.render(now.session, format, now=now.clock())


async def test_what_is_shown_is_what_the_text_says(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun, TALL) as now:
        shown = [line.strip() for line in now.seen().splitlines()[:-1] if line.strip()]
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


@pytest.mark.parametrize(("suffix", "format"), [(".txt", "text"), (".md", "md"), (".json", "json"), (".MD", "md")])
async def test_it_is_saved_in_the_format_that_the_name_asks_for(
    tmp_path: Path,
    begun: Session,
    suffix: str,
    format: str,  # noqa: A002 - idem
) -> None:
    path = tmp_path / f"Arrangement [x]{suffix}"
    async with closing(tmp_path, begun, (200, 36)) as now:
        await save_as(now, f"  {path} ")
        assert path.read_text(encoding="utf-8") == expected(now, format)
        assert told(now) == f"Bewaard: {path}"
        assert isinstance(now.app.screen, ClosingScreen)


@pytest.mark.parametrize("format", ["pdf", "docx", "html", "csv"])
async def test_it_is_saved_for_other_programs_while_the_screen_stays_alive(
    tmp_path: Path,
    begun: Session,
    format: str,  # noqa: A002 - idem
) -> None:
    path = tmp_path / f"uit.{format}"
    async with closing(tmp_path, begun, (200, 36)) as now:
        await save_as(now, path)
        made, wanted = path.read_bytes(), summary.export(now.session, format, now=now.clock())
        assert made[:4] == wanted[:4]
        assert abs(len(made) - len(wanted)) < 100, "but for the moment that is in it"
        assert f"Bewaard: {path}" in told(now)


async def test_it_is_saved_without_the_names_of_people(tmp_path: Path, begun: Session) -> None:
    path = tmp_path / "uit.txt"
    async with closing(tmp_path, begun) as now:
        await save_as(now, path, key="z")
        saved = path.read_text(encoding="utf-8")
        assert "Sanne" in expected(now, "text")
        assert "Sanne" not in saved
        assert "Blauw" in saved


async def test_the_name_that_is_offered_is_that_of_the_session_at_home(
    tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    async with closing(tmp_path / "sessies", begun) as now:
        await now.press("s")
        assert now.app.screen.query_one(Input).value == str(tmp_path / "2026-11-23-basisschool-de-eik.pdf")
        await now.press("enter")
        await now.app.workers.wait_for_complete(each for each in now.app.workers if each.name == "action_save_as")
        assert (tmp_path / "2026-11-23-basisschool-de-eik.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("uit.doc", "Kies als einde .txt, .md, .html, .pdf, .docx, .json, .csv of .ics."),
        ("uit", "Kies als einde .txt, .md, .html, .pdf, .docx, .json, .csv of .ics."),
        ("", "Kies als einde .txt, .md, .html, .pdf, .docx, .json, .csv of .ics."),
        ("er/niet/uit.md", "bestaat niet."),
        ("~niemand-heet-zo/uit.md", "bestaat niet."),
        (f"{'é' * 190}.md", "is te lang voor deze schijf"),
        (f"{'é' * 150}/uit.md", "is te lang voor deze schijf"),
    ],
    ids=["unknown ending", "no ending", "nothing", "no such folder", "no such person", "long name", "long folder"],
)
async def test_a_place_where_it_cannot_be_is_refused_in_the_form(
    tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch, name: str, refusal: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("uit*"))
    async with closing(tmp_path, begun) as now:
        await save_as(now, name)
        assert refusal in " ".join(now.seen().split())
        assert isinstance(now.app.screen, FormScreen)
        assert now.app.screen.query_one(Input).value == name, "to be put right"
        assert sorted(tmp_path.rglob("uit*")) == before
        assert now.app.is_running


async def test_an_existing_file_is_only_replaced_when_that_is_asked_for(tmp_path: Path, begun: Session) -> None:
    path = tmp_path / "uit.md"
    path.write_text("van iemand anders", encoding="utf-8")
    async with closing(tmp_path, begun) as now:
        await save_as(now, path)
        assert isinstance(now.app.screen, DialogScreen)
        assert "“uit.md” bestaat al" in now.seen()
        await now.press("enter")  # the safe answer has the focus
        assert isinstance(now.app.screen, ClosingScreen)
        assert path.read_text(encoding="utf-8") == "van iemand anders"
        await save_as(now, path)
        await now.press("right", "enter")
        await now.app.workers.wait_for_complete(each for each in now.app.workers if each.name == "action_save_as")
        assert path.read_text(encoding="utf-8") == expected(now, "md")


async def test_what_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, begun: Session) -> None:
    (tmp_path / "map.md").mkdir()
    async with closing(tmp_path, begun) as now:
        await save_as(now, tmp_path / "map.md")
        await now.press("right", "enter")
        await now.app.workers.wait_for_complete(each for each in now.app.workers if each.name == "action_save_as")
        await now.settle()
        assert told(now) == "“map.md” is een map en geen bestand: noem een bestand."
        assert (tmp_path / "map.md").is_dir()
        assert now.app.is_running


async def test_a_full_disk_is_told_in_one_sentence(
    tmp_path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with closing(tmp_path, begun, (200, 36)) as now:
        with monkeypatch.context() as disk:

            def refuse(*_: object, **__: object) -> None:
                raise OSError(28, "No space left on device")

            disk.setattr(atomic, "write", refuse)
            await save_as(now, tmp_path / "uit[b].md")
        assert told(now) == "De schijf is vol, dus “uit[b].md” past er niet meer op: maak ruimte vrij."


# Printing.


async def test_it_is_saved_for_the_calendar(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, begun) as now:
        await save_as(now, tmp_path / "uit.ics")
        assert (tmp_path / "uit.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


async def test_a_calendar_with_nothing_in_it_is_told(tmp_path: Path, begun: Session) -> None:
    async with closing(tmp_path, replace(begun, actions=(), evaluation=None)) as now:
        await save_as(now, tmp_path / "uit.ics")
        assert "niets voor in een agenda" in told(now)
        assert not (tmp_path / "uit.ics").exists()


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
