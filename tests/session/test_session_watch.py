import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from any_room import fresh
from sleutelworkshop.session import moving
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import seconds_left
from sleutelworkshop.session.watch import ASLEEP, CLOCK_SET, Jump, Reading, jump_between, seconds_passed

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
WINTER, SUMMER = (dt.timezone(dt.timedelta(hours=hours)) for hours in (1, 2))


def later(before: Reading, passed: float, shift: float = 0.0) -> Reading:
    return Reading(before.clock + dt.timedelta(seconds=passed + shift), before.passed + passed)


START = Reading(NOON, 1000.0)


@pytest.mark.parametrize("passed", [0.0, 0.25, 3.0, ASLEEP - 1])
def test_time_that_passes_is_no_jump(passed: float) -> None:
    assert jump_between(START, later(START, passed)) is None


def test_a_laptop_that_slept_was_away_and_its_clock_was_not_set() -> None:
    assert jump_between(START, later(START, 480.0)) == Jump(away=480.0)


@pytest.mark.parametrize("shift", [-3600.0, -30.0, 3.0, 86400.0])
def test_a_clock_that_is_set_is_no_time_away(shift: float) -> None:
    assert jump_between(START, later(START, 0.25, shift)) == Jump(shift=dt.timedelta(seconds=shift))


def test_a_time_server_that_puts_the_clock_a_little_right_is_no_jump() -> None:
    assert jump_between(START, later(START, 0.25, CLOCK_SET - 0.1)) is None


def test_both_at_once_are_told_apart() -> None:
    jump = jump_between(START, later(START, 600.0, 3600.0))
    assert jump == Jump(away=600.0, shift=dt.timedelta(hours=1))


def test_another_time_zone_or_summer_time_is_no_jump() -> None:
    after = later(START, 0.25)
    assert jump_between(START, Reading(after.clock.astimezone(WINTER), after.passed)) is None
    assert jump_between(Reading(NOON.astimezone(WINTER), 0.0), Reading(NOON.astimezone(SUMMER), 0.25)) is None


@given(st.floats(0, 1e6), st.floats(-1e6, 1e6))
def test_what_passed_and_what_was_set_add_up_to_what_the_clock_says(passed: float, shift: float) -> None:
    after = later(START, passed, shift)
    jump = jump_between(START, after) or Jump()
    assert jump.away >= 0
    unseen = (after.clock - START.clock - jump.shift).total_seconds() - (after.passed - START.passed)
    assert abs(unseen) <= CLOCK_SET


def test_the_seconds_never_go_back() -> None:
    readings = [seconds_passed() for _ in range(100)]
    assert readings == sorted(readings)


# What the jumps are noticed for: the time that is left never lies.


class Laptop:
    """A program that runs a step, on a laptop of which the clock may do anything; beside it stands a stopwatch."""

    def __init__(self) -> None:
        self.clock, self.passed = NOON, 1000.0
        self.history = History(moving.start(fresh(), NOON))
        self.before = Reading(self.clock, self.passed)
        self.used, self.minutes, self.unnoticed = 0.0, 3, 0.0
        self.shift = 0.0
        self.asked: list[float] = []

    @property
    def session(self) -> Session:
        return self.history.now

    @property
    def left(self) -> float:
        return seconds_left(self.session.run, self.clock)

    # What happens to it.

    def time_passes(self, seconds: float) -> None:
        self.clock += dt.timedelta(seconds=seconds)
        self.passed += seconds

    def clock_is_set(self, seconds: float) -> None:
        self.clock += dt.timedelta(seconds=seconds)
        self.shift += seconds

    def goes_to_another_zone(self, hours: int) -> None:
        self.clock = self.clock.astimezone(dt.timezone(dt.timedelta(hours=hours)))

    def gets_a_minute(self) -> None:
        self.history = self.history.record(moving.add_minutes(self.session, 1), "minuut")
        self.minutes += 1

    def undo(self) -> None:
        if self.history.past:
            self.history = self.history.undo()
            self.minutes -= 1

    # What the program does, a few times a second.

    def looks(self, answer: str = "go") -> Jump | None:
        """See whether time jumped, put the clock right, and ask about the time away; ``answer`` is what is said."""
        before, self.before = self.before, Reading(self.clock, self.passed)
        jump = jump_between(before, self.before)
        passed, running = self.passed - before.passed, self.session.run.is_running
        if jump is None or not jump.shift:
            self.unnoticed += abs(self.shift)
        if jump is not None and jump.shift:
            shift = jump.shift
            self.history = self.history.mapped(lambda session: moving.set_clock(session, shift))
        if jump is not None and jump.away and running:
            self.asked.append(jump.away)
            self.goes_on(self.clock - dt.timedelta(seconds=jump.away), answer)
        if running and (jump is None or not jump.away or answer == "count"):
            self.used += passed
        self.shift = 0.0
        return jump

    def goes_on(self, seen_at: dt.datetime, answer: str) -> None:
        def change(session: Session) -> Session:
            session = moving.close_gap(session, seen_at, self.clock, count=answer == "count")
            return session if answer == "wait" else moving.start(session, self.clock)

        self.history = self.history.mapped(change)


asleep, awake = st.floats(ASLEEP + 0.1, 9000.0), st.floats(0.01, ASLEEP / 4)

events = st.one_of(
    st.builds(lambda seconds: lambda laptop: laptop.time_passes(seconds), awake),
    st.builds(lambda seconds: lambda laptop: laptop.time_passes(seconds), asleep),
    st.builds(
        lambda seconds: lambda laptop: laptop.clock_is_set(seconds),
        st.one_of(st.floats(-90_000, 90_000), st.sampled_from([-86_400.0, -3600.0, -2.0, 2.0, 3600.0])),
    ),
    st.builds(lambda seconds: lambda laptop: laptop.clock_is_set(seconds), st.floats(-0.4, 0.4)),
    st.builds(lambda hours: lambda laptop: laptop.goes_to_another_zone(hours), st.integers(-12, 14)),
)


@settings(max_examples=75, deadline=None)
@given(st.lists(st.tuples(st.lists(events, max_size=3), st.sampled_from(["go", "count", "wait", "", "", "+", "-"]))))
def test_whatever_the_clock_does_the_time_left_is_what_was_planned_less_what_truly_passed(
    happened: list[tuple[list[Callable[[Laptop], None]], str]],
) -> None:
    laptop = Laptop()
    for between, act in happened:
        for event in between:
            event(laptop)
        laptop.looks(act if act in {"go", "count", "wait"} else "go")
        if act == "+":
            laptop.gets_a_minute()
        elif act == "-":
            laptop.undo()
        assert abs(laptop.left - (laptop.minutes * 60 - laptop.used)) <= laptop.unnoticed + 0.001


def test_a_laptop_that_sleeps_asks_about_that_time() -> None:
    for answer, used in (("go", 10), ("count", 610), ("wait", 10)):
        laptop = Laptop()
        laptop.time_passes(10)
        assert laptop.looks() is None
        laptop.time_passes(600)
        laptop.looks(answer)
        assert (laptop.asked, laptop.left) == ([600.0], 180 - used)
        assert laptop.session.run.is_running is (answer != "wait")


@pytest.mark.parametrize("seconds", [-7200.0, -5.0, 5.0, 7200.0])
def test_a_clock_that_is_set_while_it_sleeps_does_not_change_how_long_that_was(seconds: float) -> None:
    for answer, used in (("go", 10), ("count", 610), ("wait", 10)):
        laptop = Laptop()
        laptop.time_passes(10)
        laptop.looks()
        laptop.time_passes(600)
        laptop.clock_is_set(seconds)
        laptop.looks(answer)
        assert (laptop.asked, laptop.left) == ([600.0], 180 - used)
        laptop.time_passes(5)
        laptop.looks()
        assert laptop.left == 180 - used - (0 if answer == "wait" else 5)


@pytest.mark.parametrize("hours", [-11, -1, 1, 13])
def test_another_time_zone_asks_nothing_and_takes_nothing(hours: int) -> None:
    laptop = Laptop()
    laptop.time_passes(10)
    laptop.goes_to_another_zone(hours)
    assert laptop.looks() is None
    assert (laptop.asked, laptop.left) == ([], 170)


def test_a_time_server_asks_nothing_and_is_followed() -> None:
    laptop = Laptop()
    for step in (1.9, -1.9, 0.3):
        laptop.time_passes(10)
        laptop.clock_is_set(step)
        assert laptop.looks() is None
    assert laptop.asked == []
    assert abs(laptop.left - 150) < CLOCK_SET
