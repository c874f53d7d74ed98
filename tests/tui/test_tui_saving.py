"""Saving what the closing screen shows: which documents, where, what exists already, and making them."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from room_app import Room, room
from sleutelworkshop import summary
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic
from sleutelworkshop.store.settings import load
from sleutelworkshop.summary.nameless import without_names
from sleutelworkshop.tui import background
from sleutelworkshop.tui.document_files import keep
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.making import MakingScreen
from sleutelworkshop.tui.screens.saving import SavingScreen
from sleutelworkshop.tui.widgets.line_field import LineField
from sleutelworkshop.tui.widgets.tick_list import TickList

NAME = "2026-11-23-basisschool-de-eik"
HOSTILE = "x[b][$primary @click=app.quit]x[TODO]"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without a folder for documents."""
    folder = tmp_path / "thuis"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    monkeypatch.setattr("sleutelworkshop.tui.screens.closing.proposed_folder", lambda: folder)
    return folder


@pytest.fixture
def begun(begun: Session) -> Session:
    """The session in which everything was said once, its timer standing still: opening it asks nothing."""
    return moving.pause(begun, begun.made_at)


@asynccontextmanager
async def saving(folder: Path, session: Session, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """Open a session, read what it leads to, and ask to save it."""
    async with room(folder / "sessies", session, size=size) as now:
        await now.press("l", "s")
        assert isinstance(now.app.screen, SavingScreen)
        yield now


def fill(now: Room, **fields: str) -> None:
    """Put something in the fields."""
    for name, text in fields.items():
        now.app.screen.query_one(f"#{name}", LineField).value = text


async def made(now: Room) -> str:
    """Save, wait until that is done, and return what is said of it."""
    await now.press("ctrl+s")
    return await ready(now)


async def ready(now: Room) -> str:
    assert isinstance(now.app.screen, MakingScreen)
    await now.app.workers.wait_for_complete(each for each in now.app.workers if each.group == "make")
    await now.settle()
    return now.seen()


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def bar(now: Room) -> str:
    return now.seen().splitlines()[-1].strip()


# Choosing.


async def test_the_pdf_is_ticked_at_first_and_goes_home_under_the_name_of_the_session(
    tmp_path: Path, begun: Session, home: Path
) -> None:
    async with saving(tmp_path, begun) as now:
        assert "1  ■  PDF" in now.seen()
        assert "2  □  Word" in now.seen()
        assert f"Er komt 1 bestand in {home}:"[:40] in now.seen()
        assert f"{NAME}.pdf" in now.seen()
        told = await made(now)
        assert "✓" in told
        assert "bewaard" in told
        assert (home / f"{NAME}.pdf").read_bytes() == summary.export(begun, "pdf", now=now.clock())
        assert files(home) == {f"{NAME}.pdf"}
        await now.press("escape")
        assert isinstance(now.app.screen, ClosingScreen)


async def test_the_keys_are_there_in_the_smallest_window(tmp_path: Path, begun: Session) -> None:
    async with saving(tmp_path, begun, (80, 24)) as now:
        assert bar(now) == "spatie aan of uit  tab verder  ctrl+s bewaren  esc terug  ? toetsen"
        await now.press("tab")
        assert "F1 toetsen" in bar(now)
        await now.press("shift+tab", "question_mark")
        assert isinstance(now.app.screen, HelpScreen)
        assert "Met of zonder namen van mensen" in now.seen()


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_all_of_it_is_in_sight_whatever_is_chosen(tmp_path: Path, begun: Session, size: tuple[int, int]) -> None:
    async with saving(tmp_path, begun, size) as now:
        await now.press(*"2345678")
        seen = now.seen()
        for paper in ("PDF", "Gegevens", "zonder namen van mensen", "Map", "Naam", NAME, ".json", "Terug", "Bewaren  "):
            assert paper in seen
        assert "Er komen 8 bestanden in" in seen


async def test_every_way_to_tick(tmp_path: Path, begun: Session) -> None:
    async with saving(tmp_path, begun) as now:
        ticks = now.app.screen.query_one(TickList)
        await now.press("down", "space")
        assert ticks.ticked == {"pdf", "docx"}
        await now.press("enter")
        assert ticks.ticked == {"pdf"}
        await now.press("7", "1")
        assert ticks.ticked == {"md"}
        await now.pilot.click(TickList, offset=(4, 5))
        assert ticks.ticked == {"md", "text"}
        await now.press("z", "0", "x")
        assert ticks.ticked == {"md", "text", "nameless"}
        await now.press("end", "space")
        assert ticks.ticked == {"md", "text"}


async def test_all_formats_at_once(tmp_path: Path, begun: Session, home: Path) -> None:
    async with saving(tmp_path, begun) as now:
        await now.press(*"2345678")
        fill(now, name="uit")
        assert "Alle 8 bestanden staan in" in await made(now)
        assert files(home) == {f"uit{suffix}" for suffix in summary.SUFFIXES}
        for format_ in ("text", "md", "json"):
            path = home / f"uit{summary.file_suffix(format_)}"
            assert path.read_text(encoding="utf-8") == summary.render(begun, format_, now=now.clock())
        assert (home / "uit.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
        assert (home / "uit.docx").read_bytes().startswith(b"PK")


async def test_typing_and_enter_save_as_well(tmp_path: Path, begun: Session, home: Path) -> None:
    (home / "kaft").mkdir()
    async with saving(tmp_path, begun) as now:
        await now.press("tab", "end")
        await now.type("/kaft")
        await now.press("enter", "ctrl+u")
        await now.type("plan.pdf")
        assert "plan.pdf" in now.seen()
        await now.press("enter")
        await ready(now)
        assert files(home / "kaft") == {"plan.pdf"}


async def test_a_home_that_is_written_short(tmp_path: Path, begun: Session, home: Path) -> None:
    (home / "kaft").mkdir()
    async with saving(tmp_path, begun) as now:
        fill(now, folder="~/kaft")
        await made(now)
        assert files(home / "kaft") == {f"{NAME}.pdf"}


@pytest.mark.parametrize(
    ("fields", "refusal", "focus"),
    [
        ({"folder": "er/niet"}, "bestaat niet.", "folder"),
        ({"folder": " "}, "Zeg in welke map het moet komen.", "folder"),
        ({"name": ""}, "Geef de bestanden een naam.", "name"),
        ({"name": "wie: wat"}, "In een naam kan geen : staan", "name"),
        ({"name": "é" * 190}, "is te lang voor deze schijf", "name"),
    ],
)
async def test_what_is_in_the_way_is_said_while_typing_and_again_where_it_stands(
    tmp_path: Path, begun: Session, home: Path, fields: dict[str, str], refusal: str, focus: str
) -> None:
    async with saving(tmp_path, begun) as now:
        fill(now, **fields)
        await now.settle()
        assert refusal in " ".join(now.seen().split())
        await now.press("ctrl+s")
        assert isinstance(now.app.screen, SavingScreen)
        assert refusal in " ".join(now.seen().split())
        assert now.app.focused is now.app.screen.query_one(f"#{focus}")
        for name, text in fields.items():
            assert now.app.screen.query_one(f"#{name}", LineField).value == text, "to be put right"
        fill(now, folder=str(home), name="uit")
        await made(now)
        assert files(home) == {"uit.pdf"}


async def test_nothing_chosen_is_refused(tmp_path: Path, begun: Session, home: Path) -> None:
    async with saving(tmp_path, begun) as now:
        await now.press("1", "ctrl+s")
        assert isinstance(now.app.screen, SavingScreen)
        assert "Kies wat je wilt bewaren" in now.seen()
        assert files(home) == set()


async def test_a_session_is_never_taken_for_a_document(tmp_path: Path, begun: Session) -> None:
    async with saving(tmp_path, begun) as now:
        path, before = now.desk.path, now.desk.path.read_bytes()
        fill(now, folder=str(path.parent))
        await now.press("8", "ctrl+s")
        assert isinstance(now.app.screen, SavingScreen)
        assert "is een sessie: kies een andere naam." in " ".join(now.seen().split())
        assert path.read_bytes() == before


async def test_what_was_chosen_is_there_again(tmp_path: Path, begun: Session, home: Path) -> None:
    (home / "kaft").mkdir()
    async with saving(tmp_path, begun) as now:
        await now.press("1", "2", "7")
        fill(now, folder="~/kaft", name="plan")
        await now.press("escape")
        assert isinstance(now.app.screen, ClosingScreen)
        assert files(home) == {"kaft"}
        await now.press("s")
        assert now.app.screen.query_one(TickList).ticked == {"docx", "md"}
        assert now.app.screen.query_one("#folder", LineField).value == "~/kaft"
        assert now.app.screen.query_one("#name", LineField).value == "plan"
        await now.press("escape", "escape", "l", "s")
        assert now.app.screen.query_one(TickList).ticked == {"pdf"}, "nothing was saved yet"
        await now.press("1", "2", "7")
        fill(now, folder="~/kaft")
        await made(now)
        await now.press("escape", "escape", "l", "s")
        assert now.app.screen.query_one(TickList).ticked == {"docx", "md"}
        assert now.app.screen.query_one("#folder", LineField).value == "~/kaft"
        assert now.app.screen.query_one("#name", LineField).value == NAME
        await now.app.workers.wait_for_complete(each for each in now.app.workers if each.group == "settings")
    assert load().formats == ("docx", "md")
    assert b"kaft" not in (tmp_path / "instellingen.json").read_bytes(), "which folder it was may tell of the school"


# Names of people.


async def test_it_is_saved_without_the_names_of_people(tmp_path: Path, begun: Session, home: Path) -> None:
    async with saving(tmp_path, begun) as now:
        await now.press("1", "6", "9")
        assert f"{NAME}-zonder-namen.txt" in now.seen()
        await made(now)
        saved = (home / f"{NAME}-zonder-namen.txt").read_text(encoding="utf-8")
        assert saved == summary.render(without_names(begun), "text", now=now.clock())
        assert "Sanne" not in saved
        assert "Blauw" in saved
        await now.press("escape")
        assert "Zonder namen van mensen" in now.seen().splitlines()[0], "what was saved is what is shown"


async def test_what_will_be_saved_can_be_read_first(tmp_path: Path, begun: Session) -> None:
    async with saving(tmp_path, begun, (120, 60)) as now:
        await now.press("z", "escape")
        assert "Zonder namen van mensen" in now.seen().splitlines()[0]
        assert "Sanne" not in now.seen()
        await now.press("s")
        assert "9  ■  zonder namen" in now.seen()
        await now.press("escape", "z", "s")
        assert "9  □  zonder namen" in now.seen()
        assert "zonder-namen" not in now.seen()


# What exists already.


async def asked(now: Room) -> None:
    await now.press("ctrl+s")
    while not isinstance(now.app.screen, DialogScreen):
        await now.pilot.pause()
    await now.settle()


@pytest.fixture
def two(home: Path) -> Path:
    """A folder with one of the two files that are about to be made."""
    (home / "uit.md").write_text("van iemand anders", encoding="utf-8")
    return home


@asynccontextmanager
async def asking(folder: Path, session: Session, formats: str = "7") -> AsyncIterator[Room]:
    async with saving(folder, session) as now:
        fill(now, name="uit")
        await now.press(*formats)
        assert "bestaat al" in line(now, "uit.md")
        await asked(now)
        assert "“uit.md” bestaat al" in now.seen()
        yield now


async def test_the_safe_answer_leaves_it_and_makes_the_others(tmp_path: Path, begun: Session, two: Path) -> None:
    async with asking(tmp_path, begun) as now:
        await now.press("enter")
        told = await ready(now)
        assert "stond er al" in told
        assert "1 van de 2 bestanden is bewaard" in told
        assert (two / "uit.md").read_text(encoding="utf-8") == "van iemand anders"
        assert files(two) == {"uit.md", "uit.pdf"}


async def test_it_is_replaced_when_that_is_asked_for(tmp_path: Path, begun: Session, two: Path) -> None:
    async with asking(tmp_path, begun) as now:
        await now.press("down", "enter")
        await ready(now)
        assert (two / "uit.md").read_text(encoding="utf-8") == summary.render(begun, "md", now=now.clock())


@pytest.mark.parametrize("keys", [("escape",), ("down", "down", "enter")])
async def test_going_back_leaves_everything(tmp_path: Path, begun: Session, two: Path, keys: tuple[str, ...]) -> None:
    async with asking(tmp_path, begun) as now:
        await now.press(*keys)
        assert isinstance(now.app.screen, SavingScreen)
        assert now.app.screen.query_one("#name", LineField).value == "uit"
        assert files(two) == {"uit.md"}


async def test_when_there_is_nothing_else_to_make_leaving_it_goes_back(
    tmp_path: Path, begun: Session, two: Path
) -> None:
    async with asking(tmp_path, begun, "17") as now:
        await now.press("enter")
        assert isinstance(now.app.screen, SavingScreen)
        assert (two / "uit.md").read_text(encoding="utf-8") == "van iemand anders"


# Making.


async def test_one_that_fails_stops_none_and_says_what_to_do(tmp_path: Path, begun: Session, home: Path) -> None:
    async with saving(tmp_path, replace(begun, actions=(), evaluation=None), (80, 24)) as now:
        await now.press("1", "4", "7")
        fill(now, name="uit")
        told = " ".join((await made(now)).replace("█", "").split())
        assert "er is niets voor in een agenda." in told
        assert "1 van de 2 bestanden is bewaard" in told
        assert files(home) == {"uit.md"}


async def test_whatever_a_library_raises_the_others_are_made(
    tmp_path: Path, begun: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise UnicodeError

    monkeypatch.setattr("sleutelworkshop.summary.as_docx.blank", stumble)
    async with saving(tmp_path, begun) as now:
        await now.press("2", "7")
        fill(now, name="uit")
        told = " ".join((await made(now)).replace("█", "").split())
        assert "Dit document is niet te maken (UnicodeError): probeer een andere vorm." in told
        assert "2 van de 3 bestanden zijn bewaard" in told
        assert files(home) == {"uit.pdf", "uit.md"}


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in which a program works cannot be removed there")
async def test_a_pdf_is_made_when_the_folder_is_gone_in_which_the_program_was_started(
    tmp_path: Path, begun: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with saving(tmp_path, begun) as now:
        (tmp_path / "stick").mkdir()
        monkeypatch.chdir(tmp_path / "stick")
        (tmp_path / "stick").rmdir()
        fill(now, name="uit")
        await made(now)
        assert files(home) == {"uit.pdf"}
        await now.press("escape", "s")
        fill(now, folder="map")
        await now.press("ctrl+s")
        assert "De map map bestaat niet." in now.seen()


async def test_a_full_disk_is_told_for_each_file(
    tmp_path: Path, begun: Session, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with saving(tmp_path, begun, (200, 60)) as now:
        fill(now, name=HOSTILE)
        await now.press("7")
        with monkeypatch.context() as disk:

            def refuse(path: Path, *_: object, **__: object) -> None:
                raise OSError(28, "No space left on device", str(path))

            disk.setattr(atomic, "write", refuse)
            told = " ".join((await made(now)).replace("█", "").split())
        for suffix in (".pdf", ".md"):
            assert f"De schijf is vol, dus “{HOSTILE}{suffix}” past er niet meer op: maak ruimte vrij." in told
        assert "Er is niets bewaard." in told
        assert bar(now) == "esc klaar  ? toetsen"
        await now.press("enter")
        assert isinstance(now.app.screen, ClosingScreen)


async def test_hostile_names_stand_there_as_they_are(tmp_path: Path, begun: Session, home: Path) -> None:
    (home / HOSTILE).mkdir()
    (home / HOSTILE / f"{HOSTILE}.md").touch()
    async with saving(tmp_path, begun, (200, 60)) as now:
        fill(now, folder=str(home / HOSTILE), name=HOSTILE)
        await now.press("1", "7")
        assert now.seen().count(f"{HOSTILE}.md") == 1
        await asked(now)
        assert f"“{HOSTILE}.md” bestaat al" in now.seen()
        await now.press("down", "enter")
        told = await ready(now)
        assert f"{HOSTILE}.md" in told
        assert now.app.is_running


class Gate:
    """Keeps each document from being made until it is let through."""

    def __init__(self) -> None:
        self._let = asyncio.Semaphore(0)
        self._to_thread = asyncio.to_thread

    async def to_thread(self, work: Callable[..., Any], *args: Any) -> Any:
        if isinstance(work, partial) and work.func is keep:
            await self._let.acquire()
        return await self._to_thread(work, *args)

    def let_one_through(self) -> None:
        self._let.release()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    gate = Gate()
    monkeypatch.setattr(background, "to_thread", gate.to_thread)
    return gate


@asynccontextmanager
async def making(folder: Path, session: Session) -> AsyncIterator[Room]:
    """Begin to make three documents that are small."""
    async with saving(folder, session) as now:
        fill(now, name="uit")
        await now.press("1", "5", "6", "7", "ctrl+s")
        assert isinstance(now.app.screen, MakingScreen)
        yield now


def line(now: Room, name: str) -> str:
    return next(line.strip("█ ") for line in now.seen().splitlines() if name in line)


async def test_how_far_it_is_stands_there_and_the_screen_is_alive(
    tmp_path: Path, begun: Session, home: Path, gate: Gate
) -> None:
    async with making(tmp_path, begun) as now:
        assert line(now, "uit.csv") == "▸ uit.csv  bezig …"
        assert line(now, "uit.txt") == "· uit.txt  wacht"
        assert "0 van 3 klaar" in now.seen()
        assert bar(now) == "esc stoppen  ? toetsen"
        await now.press("question_mark")
        assert isinstance(now.app.screen, HelpScreen)
        await now.press("escape", "o", "enter")
        assert isinstance(now.app.screen, MakingScreen)
        gate.let_one_through()
        await now.settle()
        assert line(now, "uit.csv") == "✓ uit.csv  bewaard"
        assert line(now, "uit.txt") == "▸ uit.txt  bezig …"
        assert "1 van 3 klaar" in now.seen()
        gate.let_one_through()
        gate.let_one_through()
        assert "Alle 3 bestanden staan in" in await ready(now)
        assert bar(now) == "o map openen  esc klaar  ? toetsen"


async def test_it_stops_between_two_files(tmp_path: Path, begun: Session, home: Path, gate: Gate) -> None:
    async with making(tmp_path, begun) as now:
        await now.press("escape")
        assert isinstance(now.app.screen, MakingScreen)
        assert "ik stop na dit bestand" in now.seen()
        gate.let_one_through()
        told = await ready(now)
        assert line(now, "uit.csv") == "✓ uit.csv  bewaard"
        assert line(now, "uit.md") == "· uit.md   niet gemaakt"
        assert "1 van de 3 bestanden is bewaard" in told
        assert files(home) == {"uit.csv"}
        await now.press("escape")
        assert isinstance(now.app.screen, ClosingScreen)


async def test_a_disk_that_does_not_answer_keeps_nobody(tmp_path: Path, begun: Session, home: Path, gate: Gate) -> None:
    async with making(tmp_path, begun) as now:
        await now.press("escape", "escape")
        assert isinstance(now.app.screen, ClosingScreen)
        await now.press("z")
        assert "Zonder namen" in now.seen()
        assert files(home) == set()


@pytest.mark.skipif(sys.platform == "win32", reason="xdg-open")
@pytest.mark.parametrize(("formats", "opened"), [("1567", "."), ("17", "uit.md")])
async def test_the_document_or_its_folder_is_opened(
    tmp_path: Path, begun: Session, home: Path, monkeypatch: pytest.MonkeyPatch, formats: str, opened: str
) -> None:
    viewer = tmp_path / ("open" if sys.platform == "darwin" else "xdg-open")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    async with saving(tmp_path, begun) as now:
        fill(now, name="uit")
        await now.press(*formats)
        await made(now)
        for code, told in ((0, "Geopend:"), (3, "Je computer opent")):
            viewer.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\nexit {code}\n', encoding="utf-8")
            viewer.chmod(0o755)
            await now.press("o")
            await now.app.workers.wait_for_complete(each for each in now.app.workers if each.group == "open")
            await now.settle()
            assert Path((tmp_path / "opened").read_text(encoding="utf-8").strip()) == home / opened
            assert told in now.seen()
