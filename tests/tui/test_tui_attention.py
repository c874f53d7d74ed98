"""What is heard and cannot be overlooked: a minute left, the end, a timer that nobody started."""

import datetime as dt
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.widgets import Input

from room_app import START, Room, room
from sleutelworkshop import sound
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import seconds_left
from sleutelworkshop.sound import Sound
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.widgets.countdown import Countdown

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Sound]:
    """The sounds there were."""
    sounds: list[Sound] = []
    monkeypatch.setattr(sound, "play", sounds.append)
    return sounds


async def look(now: Room, **span: float) -> None:
    """Let time pass, and the program look at the clock as it does a few times a second."""
    await now.tick(**span)
    watch = now.app._watchers[0]._callback
    assert watch is not None
    watch()
    await now.settle()


async def test_the_end_is_heard_once(tmp_path: Path, fresh: Session, heard: list[Sound]) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        minutes = fresh.run.minutes
        await look(now, minutes=minutes - 1, seconds=-1)
        assert heard == []
        await look(now, seconds=1)
        await look(now, seconds=1)
        assert heard == [Sound.MINUTE]
        assert "rond af" in now.seen()
        await look(now, seconds=59)
        await look(now, seconds=1)
        assert heard == [Sound.MINUTE, Sound.END]
        assert "+0:01" in str(now.app.screen.query_one(Countdown).time)
        await look(now, seconds=10)
        await now.press("plus", "u")  # taking something back does not make it sound again
        await look(now, seconds=1)
        assert heard == [Sound.MINUTE, Sound.END]
        await now.press("plus")
        await look(now, seconds=48)
        assert heard == [Sound.MINUTE, Sound.END, Sound.END]  # it ended once more, later


async def test_the_end_lights_up(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        countdown = now.app.screen.query_one(Countdown)
        await now.tick(minutes=fresh.run.minutes, seconds=-1)
        seen = [countdown.has_class("-flash")]
        for _turn in range(6):
            await now.tick(milliseconds=500)
            seen.append(countdown.has_class("-flash"))
        assert seen == [False, False, True, False, True, False, True]
        await now.tick(seconds=10)
        assert not countdown.has_class("-flash")


async def test_sound_goes_off_and_on_with_one_key(tmp_path: Path, fresh: Session, heard: list[Sound]) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await now.press("m")
        await now.tick()
        assert "geluid uit" in now.seen()
        assert not now.app.settings.sound
        await look(now, minutes=fresh.run.minutes)
        assert heard == []
        await now.press("m")
        await look(now, seconds=1)
        assert heard == []  # that moment is over
        await look(now, seconds=9)
        await now.press("plus")
        await look(now, seconds=50)
        assert heard == [Sound.END]


async def test_resuming_sounds_nothing_that_was_heard(tmp_path: Path, fresh: Session, heard: list[Sound]) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await look(now, minutes=fresh.run.minutes)
        assert heard == [Sound.END]
        path, clock = now.desk.path, now.clock
        session = now.session
    heard.clear()
    clock.pass_by(seconds=1)
    async with room(path.parent / "later", moving.pause(session, clock()), clock=clock) as now:
        await now.press("space")
        await look(now, seconds=1)
        assert now.desk.running
        assert heard == []


async def test_a_timer_that_nobody_starts_asks_for_it_louder(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await now.tick(minutes=5)
        await now.press("n")
        assert "spatie start de tijd" in now.seen()
        await now.tick(minutes=1)
        assert "al 1 min. niet gestart" in now.seen()
        await now.press("a")
        assert "al 1 min. niet gestart · F5 start" in now.seen()
        await now.press("f5")
        assert now.desk.running
        assert "niet gestart" not in now.seen()
        await now.press("f5")
        assert not now.desk.running


async def test_a_start_that_was_forgotten_is_dated_back(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await now.tick(minutes=5)
        await now.press("n")
        await now.tick(minutes=3, seconds=20)
        await now.press("v")
        field = now.app.screen.query_one(Input)
        assert field.value == "3"  # as long as the room has been here
        field.value = "nul"
        await now.press("enter")
        assert "Typ een aantal minuten, zoals 3." in now.seen()
        field.value = "0"
        await now.press("enter")
        assert "Kies een aantal minuten van 1 tot en met" in now.seen()
        field.value = "3"
        await now.press("enter")
        assert now.desk.running
        assert seconds_left(now.session.run, now.clock()) == (now.session.run.total - 3) * 60
        await now.press("v")
        assert "Hoeveel minuten eerder" in now.seen()
        await now.press("1", "enter")
        assert seconds_left(now.session.run, now.clock()) == (now.session.run.total - 4) * 60
        await now.press("u")
        assert seconds_left(now.session.run, now.clock()) == (now.session.run.total - 3) * 60


async def test_a_pause_is_told_as_one(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await now.tick(minutes=2)
        await now.press("space")
        await now.tick(minutes=3)
        assert "de tijd staat al 3 min. stil" in now.seen()
        await now.press("space")
        assert (now.session.run.used, now.session.run.paused) == (120, 180)


async def test_minutes_go_to_the_step_that_they_were_meant_for(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("v", "3", "f4", "n", "f4")
        assert now.session.position != fresh.position
        await now.press("enter")
        assert "De groep is niet meer bij" in now.seen()
        assert not now.desk.running


async def test_a_finished_workshop_is_not_begun_earlier(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, replace(fresh, begun_at=START, finished_at=START)) as now:
        await now.press("v")
        assert isinstance(now.app.screen, FacilitateScreen)


async def test_the_help_tells_the_key_that_is_told_on_the_screen_first(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("question_mark")
        assert "spatie · F5" in now.seen()


async def test_nothing_is_looked_at_when_the_screens_have_gone(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        watch = now.app._watchers[0]._callback
        assert watch is not None
    assert not now.app.screen_stack
    watch()  # as a timer does that goes off while the program leaves
