"""A rehearsal: a whole script at speed with made-up teams, marked on every screen, and nothing left of it."""

import datetime as dt
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.app import App
from textual.screen import Screen

from room_app import Clock, Room
from sleutelworkshop import printing, sound
from sleutelworkshop.crash import UnexpectedError
from sleutelworkshop.printing import PrintError
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_script, load_shipped
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.answering import teams_not_ready
from sleutelworkshop.session.rehearsing import rehearsal_of
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.sound import Sound
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui import rehearsal
from sleutelworkshop.tui.app import WorkshopApp
from sleutelworkshop.tui.checklist import Point, Standing
from sleutelworkshop.tui.clock import clock_of
from sleutelworkshop.tui.rehearsal import RehearsalApp
from sleutelworkshop.tui.rehearsed import Report, rows
from sleutelworkshop.tui.screens.answers import AnswersScreen
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.rehearsal_report import RehearsalReportScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.widgets.rehearsal_mark import RehearsalMark

MARK = "OEFENING · {speed}× zo snel · er wordt niets bewaard"
PRINTER = "Kantoor"


@pytest.fixture(autouse=True)
def _no_machine(monkeypatch: pytest.MonkeyPatch) -> list[Sound]:
    """A computer with a printer and with sound; what it plays."""
    played: list[Sound] = []

    def play(wanted: Sound) -> bool:
        played.append(wanted)
        return True

    monkeypatch.setattr(printing, "find_printer", lambda: PRINTER)
    monkeypatch.setattr(sound, "play", play)
    return played


@pytest.fixture
def played(_no_machine: list[Sound]) -> list[Sound]:
    return _no_machine


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    folder = tmp_path / "sessies"
    folder.mkdir()
    return folder


@pytest.fixture
def small() -> Script:
    return load_script(Path(__file__).parents[1] / "small_script.toml")


class Rehearsal(Room):
    """A rehearsal, and the hands that work it; its clock is the real one: what passes there goes at speed."""

    app: RehearsalApp

    async def minutes(self, minutes: float) -> None:
        """Let minutes of the workshop pass, a quarter of a second at a time, and what comes of it."""
        rehearsed = self.session.rehearsal
        assert rehearsed is not None
        for _ in range(round(minutes * 60 / rehearsed.speed / 0.25)):
            self.clock.pass_by(seconds=0.25)
            self.app._let_answer(self.controller)
        await self.settle()

    async def ended(self) -> Report:
        """Wait until the program leaves, and return the report."""
        while self.app._running and not self.app._exit:
            await self.pilot.pause()
        assert self.app.report is not None
        return self.app.report


@asynccontextmanager
async def rehearsing(
    sessions: Path, script: Script, *, speed: float = 120, teams: int = 6, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[Rehearsal]:
    """Rehearse a script in the real app, with a session in a folder of its own."""
    real = Clock()
    session = rehearsal_of(script, speed=speed, teams=teams, now=real())
    assert session.rehearsal is not None
    clock = clock_of(session.rehearsal, real)
    with rehearsal._place() as place:
        path = SessionsFolder(place).create(session, clock())
        app = RehearsalApp(path, session, sessions=SessionsFolder(sessions), clock=clock)
        async with app.run_test(size=size, notifications=True) as pilot:
            opened = Rehearsal(app, pilot, real)
            while not any(isinstance(screen, FacilitateScreen) for screen in app.screen_stack):
                await pilot.pause()
            await opened.settle()
            yield opened
            await app.leave()
    assert not place.exists()


async def test_a_whole_script_to_the_end_and_once_more_leaves_nothing(sessions: Path) -> None:
    script = load_shipped(DEFAULT_SCRIPT)
    for _ in range(2):
        async with rehearsing(sessions, script) as now:
            steps = list(script.steps())
            for step in steps:
                assert now.session.position == step.id
                await now.press("space")
                await now.minutes(step.minutes)
                assert teams_not_ready(now.session, step) == ()
                await now.press("n")
            assert isinstance(now.app.screen, ClosingScreen)
            assert "Oefening" in now.seen()
            await now.press("escape")
            assert isinstance(now.app.screen, RehearsalReportScreen)
            seen = now.seen()
            assert "Alle stappen zijn geweest." in seen
            assert f"✓ Printer gevonden\n  {PRINTER}" in left_of(seen)
            assert f"✓ Map met sessies is te beschrijven\n  {str(sessions)[:20]}" in left_of(seen)
            await now.press("enter")
            report = await now.ended()
        assert [(each.planned, each.used) for each in report.times] == [(step.minutes, step.minutes) for step in steps]
        assert sum(len(given) for given in report.session.answers.values()) == 6 * len(list(script.questions()))
        assert list(sessions.iterdir()) == []


def left_of(seen: str) -> str:
    return "\n".join(line[2:50].rstrip() for line in seen.splitlines())


async def test_every_screen_carries_the_mark(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small, size=(80, 24)) as now:
        seen: set[type[Screen[Any]]] = set()

        def look() -> None:
            assert now.seen().splitlines()[0].strip() == MARK.format(speed=120), type(now.app.screen)
            assert len(list(now.app.screen.query(RehearsalMark))) == 1
            seen.add(type(now.app.screen))

        look()
        await now.press("n", "space")
        await now.minutes(5)
        assert "opgeslagen" not in now.seen()
        for keys in (["a"], ["f1"], ["o"], ["o", "f9"], ["i"], ["i", "b"], ["c"], ["t"], ["t", "n"], ["l"], ["l", "s"]):
            for key in keys:
                await now.press(key)
                look()
            await now.press(*["escape" for _ in keys])
            while not isinstance(now.app.screen, FacilitateScreen):  # a form that asks whether it may go
                look()
                await now.press("escape")
        await now.press("n")
        await now.press("n")
        look()
        assert isinstance(now.app.screen, DialogScreen)
        await now.press("escape", "ctrl+o")
        look()
        await now.press("escape")
        await now.press("f4")
        assert isinstance(now.app.screen, RoomScreen)
        look()
        await now.press("f4")
        await now.pilot.resize_terminal(60, 20)
        await now.settle()
        look()
        await now.pilot.resize_terminal(80, 24)
        await now.settle()
        await now.press("f10")
        look()
        await now.press("g")
        look()
        await now.press("escape", "enter")
        await now.ended()
    assert len(seen) >= 14


async def test_the_same_program_outside_a_rehearsal_carries_no_mark(sessions: Path, small: Script) -> None:
    app = WorkshopApp(SessionsFolder(sessions), clock=Clock())
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not app.screen.query(RehearsalMark)


async def test_answers_come_in_while_the_time_runs(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small, speed=20) as now:
        await now.press("n")
        assert "0 van 6 binnen" in now.seen()
        await now.press("space")
        await now.minutes(2)
        some = sum(len(given) for given in now.session.answers.values())
        assert 0 < some < 12
        await now.press("space")
        await now.minutes(3)
        assert sum(len(given) for given in now.session.answers.values()) == some
        await now.press("space")
        await now.minutes(3)
        assert "6 van 6 binnen" in now.seen()


async def test_the_facilitator_types_for_a_team_in_peace(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("n", "space", "enter")
        assert isinstance(now.app.screen, AnswersScreen)
        await now.type("zelf")
        await now.minutes(5)
        typed = now.session.answer("t1", "waarom")
        assert typed is not None
        assert (typed.value, typed.draft) == (TextValue("zelf"), True)
        assert now.session.answer("t1", "wensen") is None
        assert all(now.session.answer(f"t{team}", "wensen") for team in range(2, 7))
        await now.type(" weer")
        await now.press("escape")
        await now.minutes(0.5)
        typed = now.session.answer("t1", "waarom")
        assert typed is not None
        assert typed.value == TextValue("zelf weer")
        assert now.session.answer("t1", "wensen") is not None


async def test_undo_takes_back_what_the_facilitator_did_and_no_answer(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("n", "space", "plus")
        await now.minutes(6)
        await now.press("n")
        assert now.session.step.id == "hoe"
        before = now.session.answers
        assert sum(map(len, before.values())) == 12
        for undone in ("naar de volgende stap", "een minuut meer", "de tijd starten"):
            await now.press("u")
            assert f"Ongedaan gemaakt: {undone}" in now.seen()
            assert now.session.answers == before
        assert not now.desk.running
        for _ in range(3):
            await now.press("ctrl+y")
        assert now.session.step.id == "hoe"
        assert now.session.answers == before
        assert now.session.earlier_answers == {}


async def test_leaving_early_tells_how_far_it_came(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("space")
        await now.minutes(4)
        await now.press("n", "space")
        await now.minutes(5)
        await now.press("f10")
        assert isinstance(now.app.screen, RehearsalReportScreen)
        seen = now.seen()
        assert "Je kwam tot stap 2 van 8: Waarom." in seen
        assert "  Welkom                              3        4       +1" in seen
        assert "Samen                                30        9       +1" in seen
        assert not now.desk.running  # the reading is no part of it
        await now.press("escape")
        assert isinstance(now.app.screen, FacilitateScreen)
        await now.press("u")  # the time goes on
        assert now.desk.running
        await now.press("ctrl+q")
        assert isinstance(now.app.screen, RehearsalReportScreen)
        await now.press("ctrl+q")
        report = await now.ended()
    assert [(row.words, row.planned, row.used, row.more) for row in rows(report)][:4] == [
        ("Opening", 3, 4, 1),
        ("Welkom", 3, 4, 1),
        ("Tip 1", 22, 5, 0),
        ("Waarom", 5, 5, 0),
    ]
    assert list(sessions.iterdir()) == []


async def test_leaving_from_the_closing_leads_to_the_report_once(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("l", "ctrl+q")
        assert isinstance(now.app.screen, RehearsalReportScreen)
        await now.press("question_mark", "ctrl+q")
        report = await now.ended()
    assert [each.used for each in report.times] == [None] * 8


def standing(now: Rehearsal) -> dict[Point, Standing]:
    return {check.point: check.standing for check in now.app._checklist.checks}


async def test_the_sound_counts_when_it_was_heard(sessions: Path, small: Script, played: list[Sound]) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("f10")
        assert "○ Geluid gehoord" in now.seen()
        await now.press("g", "enter")  # once more
        assert played == [Sound.END, Sound.END]
        await now.press("down", "down", "enter")
        assert "✗ Geluid gehoord" in now.seen()
        await now.press("g", "down", "enter")
        assert "✓ Geluid gehoord" in now.seen()
        await now.press("g", "escape")
        assert standing(now)[Point.SOUND] is Standing.FINE


async def test_without_a_player_it_says_so(sessions: Path, small: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "play", lambda _wanted: False)
    async with rehearsing(sessions, small) as now:
        await now.press("f10", "g")
        assert "✗ Geluid gehoord" in now.seen()
        assert "Er is geen programma dat geluid" in now.seen()


async def test_the_room_s_screen_counts_when_it_was_open_or_by_hand(sessions: Path, small: Script) -> None:
    async with rehearsing(sessions, small) as now:
        await now.press("f10")
        assert "○ Scherm voor de zaal gezien" in now.seen()
        await now.press("z")
        assert "✓ Scherm voor de zaal gezien" in now.seen()
        await now.press("z", "escape")
        assert standing(now)[Point.ROOM] is Standing.OPEN
        await now.press("f4")
        assert isinstance(now.app.screen, RoomScreen)
        await now.press("f4", "f10")
        assert "✓ Scherm voor de zaal gezien" in now.seen()


async def test_what_is_not_right_is_told_and_looked_at_again(
    tmp_path: Path, small: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise PrintError("Er is geen printer.")

    monkeypatch.setattr(printing, "find_printer", none)
    place = tmp_path / "weg"
    place.write_text("geen map")
    async with rehearsing(place / "sessies", small) as now:
        await now.press("f10")
        assert "✗ Printer gevonden\n  Er is geen printer." in left_of(now.seen())
        assert "✗ Map met sessies is te beschrijven" in now.seen()
        monkeypatch.setattr(printing, "find_printer", lambda: "x[/][$primary @click=app.quit]x")
        place.unlink()
        await now.press("k")
        assert "✓ Printer gevonden\n  x[/][$primary @click=app.quit]x" in left_of(now.seen())
        assert "✓ Map met sessies is te beschrijven" in now.seen()
    assert not place.exists()  # a folder that was not there is not left behind


async def test_what_an_author_wrote_is_shown_as_it_is(sessions: Path, small: Script) -> None:
    first, *others = small.parts
    step = replace(first.steps[0], title="[red]x[/]")
    part = replace(first, label="[TODO] y[/]", steps=(step,))
    async with rehearsing(sessions, replace(small, title="[b]z[/]", parts=(part, *others))) as now:
        await now.press("f10")
        seen = now.seen()
        assert all(text in seen for text in ("[red]x[/]", "[TODO] y[/]", "[b]z[/]"))


async def test_a_disk_that_is_full_is_no_matter(sessions: Path, small: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sleutelworkshop.tui.safe.PATIENCE", 0.1)
    async with rehearsing(sessions, small) as now:

        def full(*_given: object, **_named: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("sleutelworkshop.store.atomic.write", full)
        await now.press("space", "n")
        now.controller._safe._unsaved_since = -100.0  # long ago
        await now.tick(seconds=1)
        assert "opgeslagen" not in now.seen()
        await now.press("f8")
        assert isinstance(now.app.screen, FacilitateScreen)
        await now.press("ctrl+q")
        assert "✗ Map met sessies is te beschrijven" in now.seen()
        await now.press("enter")
        await now.ended()


def test_nothing_is_left_when_it_goes_wrong(
    sessions: Path, small: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = tmp_path / "tijdelijk"
    places.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places))

    def broken(self: App[int], *_given: object, **_named: object) -> None:
        path = next(places.glob("*/*.json"))
        assert read(path).rehearsal is not None
        raise RuntimeError

    monkeypatch.setattr(RehearsalApp, "run", broken)
    session = rehearsal_of(small, speed=20, teams=3, now=Clock()())
    with pytest.raises(UnexpectedError) as raised:
        rehearsal.rehearse(session, SessionsFolder(sessions))
    assert isinstance(raised.value.__cause__, RuntimeError)
    assert list(places.iterdir()) == []


def test_its_clock_is_the_same_for_whoever_knows_the_rehearsal(small: Script) -> None:
    real = Clock()
    session = rehearsal_of(small, speed=20, teams=3, now=real())
    assert session.rehearsal is not None
    one, other = clock_of(session.rehearsal, real), clock_of(session.rehearsal, real)
    assert one() == real()
    real.pass_by(seconds=3)
    assert one() == other() == session.rehearsal.since + dt.timedelta(minutes=1)
