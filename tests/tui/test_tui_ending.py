"""An end that nobody chose: whatever fails on a screen, and whatever closes the window."""

import asyncio
import errno
import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from room_app import START, Clock, room
from sleutelworkshop.crash import UnexpectedError
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui import signals
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.background import run_in_thread
from sleutelworkshop.tui.base_app import BaseApp, run
from sleutelworkshop.tui.executor import DaemonExecutor
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from stillness import Gate, until


class FailingApp(BaseApp[int]):
    """An app that fails at ``moment``, and has a session that must be saved."""

    def __init__(self, moment: str, *, saves: bool = True) -> None:
        super().__init__()
        self.moment, self.saves, self.closed = moment, saves, 0

    def run(self, **options: Any) -> int | None:
        return super().run(headless=True, **options)

    def compose(self) -> ComposeResult:
        self.fail_at("compose")
        yield Static()

    def on_mount(self) -> None:
        self.fail_at("mount")
        moments: dict[str, Callable[[], object]] = {
            "worker": lambda: self.run_worker(self.work()),
            "thread": lambda: self.run_worker(lambda: self.fail_at("thread"), thread=True),
            "timer": lambda: self.set_timer(0.001, lambda: self.fail_at("timer")),
            "later": lambda: self.call_after_refresh(self.fail_at, "later"),
            "leaving": self.request_leave,
            "input": lambda: threading.Thread(target=self.fail, args=(KeyError("fluisterwoord"),)).start(),
        }
        moments[self.moment]()

    async def leave(self) -> None:
        self.fail_at("leaving")

    async def work(self) -> None:
        self.fail_at("worker")

    def fail_at(self, moment: str) -> None:
        if self.moment == moment:
            raise KeyError("fluisterwoord")

    def save_all(self) -> bool:
        return self.saves

    def let_go(self) -> None:
        self.closed += 1

    def end_when_asked(self) -> None:
        """End no process: it is that of the tests."""


@pytest.fixture
def signals_kept() -> Iterator[None]:
    """Give the tests their own handlers back: a program that is leaving keeps its own to the end."""
    names = ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK")
    before = {each: signal.getsignal(each) for name in names if (each := getattr(signal, name, None)) is not None}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.usefixtures("signals_kept")
@pytest.mark.parametrize("moment", ["compose", "mount", "worker", "thread", "timer", "later", "leaving", "input"])
def test_whatever_fails_is_saved_first_and_raised_once(moment: str, capfd: pytest.CaptureFixture[str]) -> None:
    app = FailingApp(moment, saves=moment != "timer")
    with pytest.raises(UnexpectedError) as raised:
        run(app)
    assert isinstance(raised.value.__cause__, KeyError)
    assert raised.value.saved == (moment != "timer")
    assert app.closed == 1
    assert app.left.is_set()
    told = capfd.readouterr()
    assert "fluisterwoord" not in told.out + told.err


@pytest.mark.usefixtures("signals_kept")
@pytest.mark.parametrize("disk", ["full", "fine"])
def test_a_failure_says_of_a_session_that_was_closed_whether_it_was_saved(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch, disk: str
) -> None:
    def refuse(path: Path, *_arguments: object, **_named: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    async def change_and_fail(pilot: Pilot[Any]) -> None:
        await until(pilot, lambda: isinstance(app.screen, FacilitateScreen))
        if disk == "full":
            monkeypatch.setattr(atomic, "write", refuse)
        await pilot.press("plus")
        await app.close_desk()  # as its worker does once it is cancelled, mostly before everything is saved
        app.fail(KeyError("fluisterwoord"))

    monkeypatch.setattr("sleutelworkshop.tui.safe.PATIENCE", 0.1 if disk == "full" else 20.0)
    folder = SessionsFolder(tmp_path)
    app = WorkshopApp(folder, folder.create(at_purpose, START), clock=Clock())
    monkeypatch.setattr(app, "run", partial(app.run, headless=True, auto_pilot=change_and_fail))
    monkeypatch.setattr(app, "end_when_asked", lambda: None)  # it would end the process of the tests
    with pytest.raises(UnexpectedError) as raised:
        run(app)
    assert isinstance(raised.value.__cause__, KeyError)
    assert raised.value.saved == (disk == "fine")
    assert app.desk is None


async def test_in_a_test_a_failure_still_fails_the_test() -> None:
    with pytest.raises(KeyError):
        async with FailingApp("later").run_test() as pilot:
            await pilot.pause()


class StuckApp(BaseApp[int]):
    """An app whose event loop hangs while it is asked to leave."""

    def __init__(self) -> None:
        super().__init__()
        self.saved = threading.Event()

    def let_go(self) -> None:
        self.saved.set()


def test_a_program_whose_loop_is_stuck_saves_and_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr("sleutelworkshop.tui.base_app.LEAVE_TIMEOUT", 0.0)
    monkeypatch.setattr("sleutelworkshop.tui.base_app.EXIT_TIMEOUT", 0.0)
    app = StuckApp()
    monkeypatch.setattr("os._exit", lambda _code: ended.set() if app.saved.is_set() else None)
    watchdog = threading.Thread(target=app.end_when_asked)
    watchdog.start()
    app.request_leave()
    app.request_leave()
    watchdog.join(20)
    assert ended.is_set()


@pytest.mark.timeout(30)
def test_work_that_hangs_keeps_no_program_from_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leave_with_a_disk_that_hangs(pilot: Pilot[Any]) -> None:
        app.run_worker(run_in_thread(app, gate.pass_through))
        await until(pilot, gate.waiting.is_set)
        app.exit(return_code=7)

    monkeypatch.setattr("sleutelworkshop.tui.executor.EXIT_PATIENCE", 0.01)
    app = BaseApp[int]()
    monkeypatch.setattr(app, "run", partial(app.run, headless=True, auto_pilot=leave_with_a_disk_that_hangs))
    with Gate() as gate:
        assert run(app) == 7
        left_behind = [each for each in threading.enumerate() if each.name == "background"]
        assert left_behind
        assert all(each.daemon for each in left_behind), "the end of the process waits for no such thread"


def test_work_that_is_under_way_is_finished_before_the_program_ends() -> None:
    executor = DaemonExecutor()
    with Gate() as gate:
        saving = executor.submit(gate.pass_through)
        assert gate.waiting.wait(20)
        gate.open()
        executor.shutdown()
    assert saving.done()
    with pytest.raises(KeyError):
        executor.submit(dict[str, str]().__getitem__, "x").result(20)


def test_a_windows_console_is_not_closed_before_all_is_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, left = threading.Event(), threading.Event()
    done: list[bool] = []
    monkeypatch.setattr(signals, "CONSOLE_PATIENCE", 20)
    handler = threading.Thread(target=lambda: done.append(signals.on_console_event(2, asked.set, left)))
    handler.start()
    assert asked.wait(20)
    assert handler.is_alive()
    assert done == []
    left.set()
    handler.join(20)
    assert done == [True]
    assert not signals.on_console_event(0, asked.set, left)  # ctrl+c is Python's


async def test_who_is_asked_to_leave_twice_leaves_once() -> None:
    class LeavingOnce(BaseApp[int]):
        times = 0

        async def leave(self) -> None:
            self.times += 1
            await asyncio.sleep(0)
            self.exit()

    app = LeavingOnce()
    async with app.run_test() as pilot:
        app.request_leave()
        app.request_leave()
        await pilot.pause()
    assert app.times == 1


async def test_the_last_letter_is_in_the_session_before_it_is_closed(
    tmp_path: Path, at_purpose: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    async with room(tmp_path, at_purpose) as now:
        await now.press("enter")
        await now.type("Durf")

        async def note() -> None:
            texts.extend(str(each.value) for each in now.session.answers["bedoeling"].values())

        monkeypatch.setattr(now.app, "close_desk", note)
        field = now.app.focused
        assert isinstance(field, TextArea)
        field.insert("!")  # on the screen; its message is on the way
        await now.app.leave()
    assert any("Durf!" in text for text in texts)
