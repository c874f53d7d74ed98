"""Time that jumps while the program is open: a laptop that sleeps or travels, a clock that is set or put right."""

import datetime as dt
from pathlib import Path

import pytest

from room_app import Clock, Room, room
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import seconds_left
from sleutelworkshop.session.watch import CLOCK_SET
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.session_controller import SessionController
from stillness import until


class Laptop(Clock):
    """A clock that can be set, and the seconds that truly pass."""

    passed = 1000.0

    def sleep(self, seconds: float) -> None:
        """Let time pass while the program is not there."""
        self.passed += seconds
        self.pass_by(seconds=seconds)

    def work(self, seconds: float, desk: SessionController) -> None:
        """Let time pass while the program is there to see it."""
        for _ in range(round(seconds)):
            self.sleep(1)
            assert desk.jump() is None


@pytest.fixture
def laptop() -> Laptop:
    return Laptop()


async def asked(now: Room) -> None:
    """Wait until the question is on the screen."""
    await until(now.pilot, lambda: isinstance(now.app.screen, DialogScreen))


@pytest.mark.parametrize(
    ("keys", "used", "runs"),
    [(("enter",), 60, True), (("down", "enter"), 60 + 480, True), (("escape",), 60, False)],
    ids=["on from where it stood", "with the time away", "standing still"],
)
async def test_after_a_sleep_it_asks_what_to_do_with_that_time(
    tmp_path: Path, at_purpose: Session, laptop: Laptop, keys: tuple[str, ...], used: int, *, runs: bool
) -> None:
    async with room(tmp_path, at_purpose, clock=laptop, passed=lambda: laptop.passed) as now:
        await now.press("space")
        now.controller.jump()
        laptop.work(60, now.controller)
        assert now.controller.flush()  # on a slow disk it would be saved during the sleep
        laptop.sleep(480)
        await asked(now)
        for words in ("Je laptop sliep", "Dat duurde 8 minuten", "Die tijd meetellen (8 minuten)"):
            assert words in now.seen()
        now.controller.touch()  # a power cut now must not make the sleep look like work
        assert now.controller.save_state.saved_at < laptop()
        await now.press(*keys)
        assert now.controller.running is runs
        run = now.session.run
        assert seconds_left(run, laptop()) == (run.minutes + run.extra) * 60 - used


async def test_a_timer_that_stands_still_asks_nothing(tmp_path: Path, at_purpose: Session, laptop: Laptop) -> None:
    async with room(tmp_path, at_purpose, clock=laptop, passed=lambda: laptop.passed) as now:
        now.controller.jump()
        laptop.sleep(3600)
        await now.pilot.pause(0.6)
        assert not isinstance(now.app.screen, DialogScreen)


@pytest.mark.parametrize("hours", [-3, 2])
async def test_a_clock_that_is_set_asks_nothing_and_the_time_goes_on(
    tmp_path: Path, at_purpose: Session, laptop: Laptop, hours: int
) -> None:
    async with room(tmp_path, at_purpose, clock=laptop, passed=lambda: laptop.passed) as now:
        await now.press("space")
        now.controller.jump()
        laptop.work(60, now.controller)
        left = seconds_left(now.session.run, laptop())
        laptop.pass_by(hours=hours)
        jump = now.controller.jump()
        assert jump is not None
        assert jump.away == 0
        assert seconds_left(now.session.run, laptop()) == left
        now.controller.record("minuut", lambda session: moving.add_minutes(session, 1))
        now.controller.undo()
        assert seconds_left(now.session.run, laptop()) == left
        assert not isinstance(now.app.screen, DialogScreen)


@pytest.mark.parametrize(
    ("hours", "keys", "used"),
    [(-3, ("enter",), 60), (2, ("down", "enter"), 60 + 480)],
    ids=["back, on from where it stood", "on, with the time away"],
)
async def test_a_clock_that_is_set_while_it_sleeps_asks_about_the_sleep_only(
    tmp_path: Path, at_purpose: Session, laptop: Laptop, hours: int, keys: tuple[str, ...], used: int
) -> None:
    async with room(tmp_path, at_purpose, clock=laptop, passed=lambda: laptop.passed) as now:
        await now.press("space")
        now.controller.jump()
        laptop.work(60, now.controller)
        laptop.pass_by(hours=hours)
        laptop.sleep(480)
        await asked(now)
        assert "Dat duurde 8 minuten" in now.seen()
        await now.press(*keys)
        assert seconds_left(now.session.run, laptop()) == now.session.run.total * 60 - used


async def test_another_time_zone_and_a_time_server_ask_nothing(
    tmp_path: Path, at_purpose: Session, laptop: Laptop
) -> None:
    async with room(tmp_path, at_purpose, clock=laptop, passed=lambda: laptop.passed) as now:
        await now.press("space")
        now.controller.jump()
        laptop.work(60, now.controller)
        left = seconds_left(now.session.run, laptop())
        laptop.now = laptop.now.astimezone(dt.timezone(dt.timedelta(hours=-5)))
        assert now.controller.jump() is None
        assert seconds_left(now.session.run, laptop()) == left
        laptop.pass_by(seconds=1.5)
        assert now.controller.jump() is None
        assert abs(seconds_left(now.session.run, laptop()) - left) < CLOCK_SET
        await now.pilot.pause(0.3)
        assert now.controller.running
        assert not isinstance(now.app.screen, DialogScreen)
