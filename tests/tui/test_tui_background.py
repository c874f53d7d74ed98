"""Work on a thread that is done only when its screen has gone, or is not in front any more."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import get_current_worker

import sleutelworkshop.tui
from home_app import a_session
from room_app import START, Clock, Room
from sleutelworkshop import printing
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.settings import load
from sleutelworkshop.tui import background
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.background import in_front
from sleutelworkshop.tui.base_app import BaseApp
from sleutelworkshop.tui.checklist import Checklist
from sleutelworkshop.tui.rehearsed import report_on
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.help import HelpScreen
from sleutelworkshop.tui.screens.making import MakingScreen
from sleutelworkshop.tui.screens.new_session import NewSessionScreen
from sleutelworkshop.tui.screens.rehearsal_report import RehearsalReportScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.screens.saving import SavingScreen
from sleutelworkshop.tui.screens.sessions import SessionsScreen
from stillness import until

NAME = "De Regenboog"


class Disk:
    """A disk that answers when the test says so: work waits before it gets its thread.

    Not on the thread: there it would count as work that is to be waited for. ``waiting`` names the workers that wait.
    """

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self._hangs_for: tuple[str, ...] = ()
        self._answers = asyncio.Event()
        self._answers.set()

    async def to_thread(self, work: Callable[[], Any]) -> Any:
        name = get_current_worker().name
        self.waiting.append(name)
        try:
            if name in self._hangs_for:
                await self._answers.wait()
            return await asyncio.to_thread(work)
        finally:
            self.waiting.remove(name)

    def hang(self, *workers: str) -> None:
        """Answer the workers with these names no more."""
        self._hangs_for = workers
        self._answers.clear()

    def answer(self) -> None:
        self._answers.set()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk()
    monkeypatch.setattr(background, "to_thread", disk.to_thread)
    yield disk
    disk.answer()


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where documents go, and a computer that prints and opens them at once."""
    folder = tmp_path / "documenten"
    folder.mkdir()
    monkeypatch.setattr("sleutelworkshop.tui.screens.closing.proposed_folder", lambda: folder)
    monkeypatch.setattr("sleutelworkshop.tui.screens.closing.print_pdf", lambda _content, _name: "Kantoor")
    for module in ("closing", "making"):
        monkeypatch.setattr(f"sleutelworkshop.tui.screens.{module}.open_document", lambda _path: None)
    monkeypatch.setattr(printing, "find_printer", lambda: "Kantoor")
    return folder


@asynccontextmanager
async def at_home(folder: Path, session: Session | None = None) -> AsyncIterator[Room]:
    """The real app at the list with one session in it, and one in the bin."""
    sessions, clock = SessionsFolder(folder / "sessies"), Clock()
    session = session or a_session(NAME)
    sessions.create(session, START)
    sessions.remove(sessions.create(a_session("Sint-Jozef", day=3), START))
    app = WorkshopApp(sessions, clock=clock)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        now = Room(app, pilot, clock)
        await until(pilot, lambda: session.organisation in now.seen())
        yield now
        assert app.return_code is None, "the program lives"


def words(now: Room) -> str:
    return " ".join(now.seen().split())


async def the_summary(now: Room) -> None:
    await now.press("s")
    await until(now.pilot, lambda: isinstance(now.app.screen, ClosingScreen))


async def what_to_save(now: Room) -> None:
    await the_summary(now)
    await now.press("s")
    await until(now.pilot, lambda: isinstance(now.app.screen, SavingScreen))


async def what_is_made(now: Room) -> None:
    await what_to_save(now)
    await now.press("ctrl+s")
    await until(now.pilot, lambda: "Bewaard in" in now.seen())


async def a_form_filled_in(now: Room) -> None:
    await now.press("n")
    await until(now.pilot, lambda: isinstance(now.app.screen, NewSessionScreen))
    screen = now.app.screen
    await now.paste("De Eik")
    screen.query_one("#teams").focus()
    await now.paste("Blauw\nRood")


async def the_bin(now: Room) -> None:
    await now.press("p")
    await until(now.pilot, lambda: "Sint-Jozef" in now.seen())


async def the_versions(now: Room) -> None:
    await now.press("e")
    await now.settle()


async def the_report_of_a_rehearsal(now: Room) -> None:
    report = report_on(a_session(NAME), Checklist().checks, START)
    now.app.push_screen(RehearsalReportScreen(report, Checklist(), now.app.folder))
    await until(now.pilot, lambda: "Kantoor" in now.seen())


async def nothing(now: Room) -> None:
    """Begin at the list."""


@pytest.mark.parametrize(
    ("begin", "work", "waits", "leave", "said"),
    [
        (nothing, "p", "read", "escape", ""),
        (nothing, "e", "read", "escape", ""),
        (the_bin, "enter", "_take_back", "escape", "Sint-Jozef staat weer bij je sessies."),
        (the_bin, "l tab enter", "_empty", "escape", "De prullenbak is leeg."),
        (a_form_filled_in, "ctrl+s", "action_make", "escape tab enter", "Deze sessie was al gemaakt"),
        (the_summary, "s", "action_save", "escape", ""),
        (the_summary, "p", "action_print", "escape", "Verstuurd naar Kantoor."),
        (the_summary, "o", "action_open", "escape", "Geopend: "),
        (what_to_save, "tab x", "_look", "escape", ""),
        (what_to_save, "ctrl+s", "action_keep", "escape", ""),
        (what_to_save, "tab tab x ctrl+s", "action_keep", "escape", ""),
        (what_is_made, "o", "action_open", "escape", "Geopend: "),
        (the_report_of_a_rehearsal, "k", "action_look", "escape", ""),
    ],
)
async def test_a_screen_that_is_left_while_the_disk_hangs_takes_nothing_along(
    tmp_path: Path,
    disk: Disk,
    begin: Callable[[Room], Any],
    work: str,
    waits: str,
    leave: str,
    said: str,
) -> None:
    async with at_home(tmp_path) as now:
        await begin(now)
        begun_at = now.app.screen
        disk.hang(waits)
        await now.press(*work.split())
        await until(now.pilot, lambda: waits in disk.waiting)
        await now.press(*leave.split())
        assert now.app.screen is not begun_at or begin is nothing
        left_for = now.app.screen
        disk.answer()
        await until(now.pilot, lambda: not disk.waiting)
        await until(now.pilot, lambda: said in words(now))
        assert now.app.screen is left_for


async def test_what_stands_there_is_seen_while_the_screen_goes(tmp_path: Path, disk: Disk) -> None:
    """Each number of turns of the event loop later the widgets of the screen are there, going or gone."""
    async with at_home(tmp_path) as now:
        await the_summary(now)
        for turns in range(15):
            await now.press("s")
            await until(now.pilot, lambda: isinstance(now.app.screen, SavingScreen))
            screen = now.app.screen
            assert isinstance(screen, SavingScreen)
            disk.hang("_look")
            await now.press("tab", "tab", "x")
            screen.action_leave()
            for _ in range(turns):
                await asyncio.sleep(0)
            disk.answer()
            await until(now.pilot, lambda: not disk.waiting)
            assert isinstance(now.app.screen, ClosingScreen)


async def test_what_is_made_is_there_after_its_screen_has_gone(tmp_path: Path, disk: Disk, documents: Path) -> None:
    async with at_home(tmp_path) as now:
        await what_to_save(now)
        disk.hang("_make")
        await now.press("ctrl+s")
        await until(now.pilot, lambda: isinstance(now.app.screen, MakingScreen))
        await now.press("escape", "escape")
        assert isinstance(now.app.screen, ClosingScreen)
        disk.answer()
        await until(now.pilot, lambda: "Bewaard in" in words(now))
        assert [each.suffix for each in documents.iterdir()] == [".pdf"]


async def test_what_could_not_be_made_is_told_after_its_screen_has_gone(
    tmp_path: Path, disk: Disk, documents: Path
) -> None:
    async with at_home(tmp_path) as now:
        await what_to_save(now)
        disk.hang("_make")
        await now.press("ctrl+s")
        await until(now.pilot, lambda: isinstance(now.app.screen, MakingScreen))
        await now.press("escape", "escape")
        documents.rmdir()
        disk.answer()
        await until(now.pilot, lambda: ".pdf: " in words(now))
        assert isinstance(now.app.screen, ClosingScreen)


async def test_a_session_thrown_away_while_it_was_made_comes_in_the_list(tmp_path: Path, disk: Disk) -> None:
    async with at_home(tmp_path) as now:
        await a_form_filled_in(now)
        disk.hang("action_make")
        await now.press("ctrl+s", "escape", "tab", "enter")
        assert isinstance(now.app.screen, SessionsScreen)
        disk.answer()
        await until(now.pilot, lambda: "De Eik" in now.seen())
        assert isinstance(now.app.screen, SessionsScreen), "it is not opened"


@pytest.mark.parametrize(
    ("over", "kind"), [("f1", HelpScreen), ("escape", DialogScreen)], ids=["the keys", "whether to throw it away"]
)
async def test_what_lies_over_a_screen_is_not_dismissed_in_its_place(
    tmp_path: Path, disk: Disk, over: str, kind: type[Any]
) -> None:
    async with at_home(tmp_path) as now:
        await a_form_filled_in(now)
        disk.hang("action_make")
        await now.press("ctrl+s", over)
        assert isinstance(now.app.screen, kind)
        disk.answer()
        await until(now.pilot, lambda: not disk.waiting)
        assert isinstance(now.app.screen, kind)
        await now.press("escape")
        await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
        assert now.session.organisation == "De Eik"


async def test_two_may_wait_for_the_same_screen() -> None:
    app = BaseApp[int]()

    async def cover_again() -> None:
        await in_front(screen)
        await app.push_screen(Screen())

    async with app.run_test() as pilot:
        screen = app.screen
        await app.push_screen(Screen())
        first, second = asyncio.create_task(cover_again()), asyncio.create_task(in_front(screen))
        await pilot.pause()
        await app.pop_screen()
        await until(pilot, first.done)
        assert not second.done()
        await app.pop_screen()
        await until(pilot, second.done, timeout=5, what="the second, once nothing lies over it")


async def test_nothing_is_asked_over_what_the_room_sees(tmp_path: Path, disk: Disk, documents: Path) -> None:
    async with at_home(tmp_path) as now:
        await now.press("enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
        await now.press("l", "s")
        await until(now.pilot, lambda: isinstance(now.app.screen, SavingScreen))
        name = now.app.screen.query_one("#name", Input).value
        (documents / f"{name}.pdf").write_bytes(b"")
        disk.hang("action_keep")
        await now.press("ctrl+s", "f4")
        disk.answer()
        await until(now.pilot, lambda: not disk.waiting)
        assert isinstance(now.app.screen, RoomScreen)
        await now.press("escape")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "bestaat al" in now.seen()


async def test_no_question_comes_over_a_session_that_was_opened_meanwhile(
    tmp_path: Path, disk: Disk, at_purpose: Session
) -> None:
    """The group was in the room for 20 minutes of what was planned for less: which times the copy gets is asked."""
    for key, worker in (("k", "action_copy"), ("s", "show_summary")):
        async with at_home(tmp_path / key, moving.pause(at_purpose, START)) as now:
            disk.hang(worker)
            await now.press(key)
            await until(now.pilot, lambda worker=worker: worker in disk.waiting)  # type: ignore[misc]
            await now.press("enter")
            await until(now.pilot, lambda now=now: isinstance(now.app.screen, FacilitateScreen))  # type: ignore[misc]
            disk.answer()
            await until(now.pilot, lambda: not disk.waiting)
            assert isinstance(now.app.screen, FacilitateScreen)


async def test_a_second_change_does_not_keep_the_first_from_being_told(tmp_path: Path, disk: Disk) -> None:
    async with at_home(tmp_path) as now:
        disk.hang("_remove")
        await now.press("d", "tab", "enter")
        await until(now.pilot, lambda: "_remove" in disk.waiting)
        await now.press("d", "tab", "enter")
        await until(now.pilot, lambda: disk.waiting.count("_remove") == 2)
        disk.answer()
        await until(now.pilot, lambda: not disk.waiting)
        await until(now.pilot, lambda: "Fijn dat je er bent." in now.seen(), what="an empty list")


async def test_the_settings_that_were_chosen_last_stay(tmp_path: Path, disk: Disk) -> None:
    async with at_home(tmp_path) as now:
        disk.hang("remember")
        await now.press("ctrl+t", "ctrl+t", "ctrl+t")
        assert disk.waiting == ["remember"], "one after the other, in their order"
        disk.answer()
        await until(now.pilot, lambda: not disk.waiting)
        await now.settle()
        assert load().theme == now.app.theme


async def test_the_app_can_be_left_while_the_disk_hangs(tmp_path: Path, disk: Disk) -> None:
    sessions = SessionsFolder(tmp_path)
    sessions.create(a_session(NAME), START)
    app = WorkshopApp(sessions, clock=Clock())
    disk.hang("read")
    async with app.run_test() as pilot:
        await until(pilot, lambda: "read" in disk.waiting)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_code is not None)
        disk.answer()
    assert app.return_code == 0


def test_all_work_off_the_event_loop_goes_through_one_helper() -> None:
    tui = Path(sleutelworkshop.tui.__file__).parent
    of_the_app = {
        "session_app.py",
        "safe.py",
        "readonly_session.py",
        "leaving.py",
        "conflict.py",
    }  # these touch no widget
    found = {path.name for path in tui.rglob("*.py") if re.search(r"\bto_thread\(|run_in_executor", path.read_text())}
    assert found - of_the_app == {"background.py"}
