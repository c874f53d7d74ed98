"""A disk that fails, a session that is open elsewhere: what the facilitator sees, and what can be done."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from home_app import told
from room_app import START, Clock, Room, room
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.elsewhere import ElsewhereForm
from sleutelworkshop.tui.keys import commands_of
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.form import FormScreen
from stillness import Gate, until


class Disk:
    """A disk on which nothing under ``folder`` can be written while it is full."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.full = folder, False
        self._write = atomic.write

    def write(self, path: Path, data: bytes, **options: Any) -> None:
        if self.full and path.is_relative_to(self.folder):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        self._write(path, data, **options)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    disk = Disk(tmp_path / "schijf")
    monkeypatch.setattr(atomic, "write", disk.write)
    yield disk
    disk.full = False  # or closing would wait for it


def words(now: Room) -> str:
    """What stands on the screen as running text: a message at its edge breaks anywhere."""
    return " ".join(now.seen().replace("█", " ").replace("▌", " ").split())


async def test_what_is_not_saved_is_said_with_why_and_when_it_is_again(
    tmp_path: Path, at_purpose: Session, disk: Disk
) -> None:
    async with room(disk.folder, at_purpose) as now:
        before = read(now.desk.path)
        disk.full = True
        await now.press("plus")
        await until(now.pilot, lambda: "NIET opgeslagen · De schijf is vol" in now.seen())
        await until(now.pilot, lambda: "Alles blijft in het geheugen" in words(now))
        assert "F8 elders opslaan" in now.seen()
        assert read(now.desk.path) == before
        offered = {each.binding.description for each in commands_of(now.app.screen)}
        assert {each for each in offered if "bewaard" in each} == {"Stoppen; nog niet alles is bewaard"}
        await now.press("ctrl+c")
        (toast,) = now.app.screen.query("Toast")
        assert "Nog niet alles is bewaard: dan vraag ik eerst" in str(toast.render())
        disk.full = False
        await until(now.pilot, lambda: "Alles is opgeslagen, in" in words(now))
        assert "F8" not in now.seen().splitlines()[-1]
        assert read(now.desk.path).run.extra == 1


async def test_it_goes_on_in_another_place_with_all_that_was_typed(
    tmp_path: Path, at_purpose: Session, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(Path, "home", lambda: stick)
    async with room(disk.folder, at_purpose) as now:
        old = now.desk.path
        disk.full = True
        await now.press("enter")
        await now.type("Alles")
        await until(now.pilot, lambda: "NIET opgeslagen" in now.seen())
        await now.press("f8")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        assert now.app.screen.query_one("#path", Input).value == str(stick / old.name)
        await now.press("ctrl+u")
        await now.paste(str(disk.folder / "andere.json"))  # as full as the first
        await now.press("ctrl+s")
        await until(now.pilot, lambda: "andere.json” past er niet meer op" in words(now))
        await now.press("ctrl+u")
        await now.paste(str(stick))
        await now.press("ctrl+s")
        await until(now.pilot, lambda: now.desk.path == stick / old.name)
        await now.type(" erbij")
        assert now.desk.flush()
        given = read(stick / old.name).answer("t1", "bedoeling")
        assert given is not None
        assert given.value == TextValue("Alles erbij")


async def test_a_folder_that_is_not_there_is_made_only_when_that_is_said(
    tmp_path: Path, at_purpose: Session, disk: Disk
) -> None:
    wanted = tmp_path / "stik" / "workshop"
    async with room(disk.folder, at_purpose) as now:
        name = now.desk.path.name
        disk.full = True
        await now.press("plus")
        await until(now.pilot, lambda: "NIET opgeslagen" in now.seen())
        await now.press("f8")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        await now.press("ctrl+u")
        await now.paste(str(wanted))
        await now.press("ctrl+s")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "Deze map bestaat nog niet" in now.seen()
        await now.press("enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        assert not wanted.parent.exists()
        assert now.app.screen.query_one("#path", Input).value == str(wanted), "to put the slip right"
        await now.press("ctrl+s")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        await now.press("down", "enter")
        await until(now.pilot, lambda: now.desk.path == wanted / name)
        assert read(wanted / name).run.extra == 1
    if sys.platform != "win32":
        assert [each.stat().st_mode & 0o777 for each in (wanted.parent, wanted)] == [0o700, 0o700]


async def test_a_folder_that_cannot_be_made_is_told_in_the_form(
    tmp_path: Path, at_purpose: Session, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(folder: Path, _mode: int) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(folder))

    async with room(disk.folder, at_purpose) as now:
        monkeypatch.setattr(atomic, "make_folder", refuse)
        disk.full = True
        await now.press("plus")
        await until(now.pilot, lambda: "NIET opgeslagen" in now.seen())
        await now.press("f8")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        await now.press("ctrl+u")
        await now.paste(str(tmp_path / "stik"))
        await now.press("ctrl+s", "down", "enter")
        await until(now.pilot, lambda: "waarop je niet kunt schrijven" in words(now))
        assert isinstance(now.app.screen, FormScreen)
        assert now.app.screen.query_one("#path", Input).value == str(tmp_path / "stik")
        disk.full = False  # else closing waits for it


async def test_leaving_unsaved_asks_and_can_save_elsewhere(
    tmp_path: Path, at_purpose: Session, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sleutelworkshop.tui.safe.PATIENCE", 0.1)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    async with room(disk.folder, at_purpose) as now:
        name = now.desk.path.name
        disk.full = True
        await now.press("plus", "ctrl+q")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "Niet alles is opgeslagen" in now.seen()
        await now.press("down", "enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        await now.press("ctrl+s")
        await until(now.pilot, lambda: now.app.return_code is not None)
    assert read(tmp_path / name).run.extra == 1


async def test_leaving_while_another_place_is_asked_for_asks_each_thing_once(
    tmp_path: Path, at_purpose: Session, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sleutelworkshop.tui.safe.PATIENCE", 0.1)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    async with room(disk.folder, at_purpose) as now:
        disk.full = True
        await now.press("plus")
        await until(now.pilot, lambda: "NIET opgeslagen" in now.seen())
        await now.press("f8")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        await now.press("ctrl+u")
        await now.paste(str(tmp_path / "stick.json"))
        await now.press("ctrl+q")
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert "Niet alles is opgeslagen" in now.seen()
        await now.press("ctrl+q", "f1", "ctrl+q", "ctrl+q")
        assert isinstance(now.app.screen, DialogScreen)
        await now.press("down", "enter")
        await until(now.pilot, lambda: isinstance(now.app.screen, FormScreen))
        assert [type(each) for each in now.app.screen_stack[2:]] == [ElsewhereForm]
        assert now.app.screen.query_one("#path", Input).value == str(tmp_path / "stick.json")
        await now.press("ctrl+q")  # back to the question
        await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))
        assert len(now.app.screen_stack) == 3
        await now.press("down", "down", "enter")
        await until(now.pilot, lambda: now.app.return_code is not None)


async def test_leaving_from_a_question_goes_back_from_it_first(tmp_path: Path, at_purpose: Session) -> None:
    async with room(tmp_path, at_purpose) as now:
        path = now.desk.path
        await now.press("n")
        assert isinstance(now.app.screen, DialogScreen)
        assert now.seen().splitlines()[-1].split() == ["esc", "terug", "?", "toetsen"]
        await now.press("ctrl+q")
        await until(now.pilot, lambda: now.app.return_code is not None)
    assert read(path).position == at_purpose.position


@pytest.mark.parametrize("how", ["closing", "letting go"])
@pytest.mark.timeout(30)
async def test_a_file_that_cannot_be_let_go_of_is_not_waited_for(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    release = SessionFile.release

    def hang(file: SessionFile) -> None:
        gate.pass_through()
        release(file)

    async with room(tmp_path, at_purpose) as now:
        assert now.desk.flush()
        monkeypatch.setattr("sleutelworkshop.tui.safe.PATIENCE", 0.1)
        monkeypatch.setattr(SessionFile, "release", hang)
        with Gate() as gate:
            if how == "closing":
                now.controller.close()
            else:
                await now.controller.let_go()
            assert gate.waiting.wait(20)


async def opened(now: Room, path: Path) -> None:
    now.app.open_session(path)
    await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))


async def test_a_second_window_looks_on_and_changes_nothing(tmp_path: Path, at_purpose: Session) -> None:
    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    file = SessionFile.open(path)
    file.pulse(START)
    clock = Clock()
    app = WorkshopApp(sessions, clock=clock)
    try:
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            now = Room(app, pilot, clock)
            await opened(now, path)
            for said in ("al open in een ander venster, sinds 13:30", "Meekijken", "Verder met een kopie"):
                assert said in words(now)
            await now.press("enter")
            await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
            assert "je kijkt mee" in now.seen()
            assert "start" not in now.seen().splitlines()[-1]
            assert "spatie start" not in now.seen()
            for key in ("space", "n", "plus", "ctrl+z", "f5"):
                app.clear_notifications()
                await now.press(key)
                assert told(app) == ["Je kijkt alleen mee: veranderen kan waar de sessie open is."], key
            assert now.session.position == "waarom"
            app.clear_notifications()
            await now.press("a")
            now.clock.pass_by(minutes=9)
            await now.tick()
            assert "al 9 min. niet gestart" in now.seen()
            assert "F5 start" not in now.seen()
            assert told(app) == []
            await now.press("x")
            assert told(app) == ["Je kijkt alleen mee: veranderen kan waar de sessie open is."]
            file.save(answer(at_purpose, "t1", "bedoeling", TextValue("Van daar"), START), START)
            await until(now.pilot, lambda: "Van daar" in now.seen())
            await now.type("hier")
            await now.press("escape")
            file.save(go_on(file.session, START), START)
            await until(now.pilot, lambda: now.session.position == "hoe")
            before = path.read_bytes()
            await now.press("ctrl+q")
            await until(now.pilot, lambda: now.app.return_code is not None)
        assert path.read_bytes() == before
    finally:
        file.close()


async def test_a_second_window_goes_on_with_a_copy(tmp_path: Path, at_purpose: Session) -> None:
    sessions = SessionsFolder(tmp_path)
    path = sessions.create(at_purpose, START)
    file = SessionFile.open(path)
    app = WorkshopApp(sessions, clock=Clock())
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            now = Room(app, pilot, Clock())
            await opened(now, path)
            await now.press("down", "enter")
            await until(now.pilot, lambda: isinstance(now.app.screen, FacilitateScreen))
            assert now.desk.path != path
            await now.press("plus")
            assert now.session.run.extra == 1
        assert read(path) == at_purpose
    finally:
        file.close()
