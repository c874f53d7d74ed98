"""Time that runs is used, time that stands still after it began is a pause; neither is ever counted as the other."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from any_room import MINUTE, NOON, SECOND, fresh, small_script
from sleutelworkshop.session import moving, replanning, timing
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.timing import paused_seconds, used_seconds

STEPS = [step.id for step in small_script().steps()]
HOUR, DAY = 60 * MINUTE, dt.timedelta(days=1)


@pytest.fixture
def paused() -> Session:
    """Two minutes used, and then it stands still."""
    return moving.pause(moving.start(fresh(), NOON), NOON + 2 * MINUTE)


def times(session: Session, now: dt.datetime) -> tuple[float, float]:
    """Return the minutes used and paused of the step where the room is."""
    return used_seconds(session.run, now) / 60, paused_seconds(session.run, now) / 60


# What is a pause, and what is none.


def test_a_pause_is_counted_and_takes_nothing_of_the_step(paused: Session) -> None:
    assert times(paused, NOON + 7 * MINUTE) == (2, 5)
    session = moving.start(paused, NOON + 7 * MINUTE)
    assert times(session, NOON + 8 * MINUTE) == (3, 5)
    session = moving.pause(session, NOON + 8 * MINUTE)
    assert times(session, NOON + 10 * MINUTE) == (3, 7), "pauses add up"


def test_waiting_before_a_step_begins_is_no_pause(paused: Session) -> None:
    session = moving.go_on(paused, NOON + 3 * MINUTE)
    assert timing.still_seconds(session.run, NOON + 9 * MINUTE) == 6 * 60
    assert times(session, NOON + 9 * MINUTE) == (0, 0)
    session = moving.start(session, NOON + 9 * MINUTE)
    assert times(session, NOON + 10 * MINUTE) == (1, 0)
    assert timing.still_seconds(session.run, NOON + 10 * MINUTE) == 0


def test_the_time_that_the_room_is_elsewhere_is_no_pause_of_the_step(paused: Session) -> None:
    away = moving.jump(paused, "pauze", NOON + 3 * MINUTE)
    assert paused_seconds(away.runs["welkom"], NOON + HOUR) == 60
    back = moving.jump(away, "welkom", NOON + 20 * MINUTE)
    assert times(back, NOON + 20 * MINUTE) == (2, 1)
    assert times(back, NOON + 24 * MINUTE) == (2, 5), "but in it again, it stands still again"


def test_after_the_end_nothing_is_paused(paused: Session) -> None:
    session = moving.jump(paused, "acties", NOON + 2 * MINUTE)
    session = moving.go_on(moving.start(session, NOON + 2 * MINUTE), NOON + 3 * MINUTE)
    assert times(session, NOON + HOUR) == (1, 0)


@pytest.mark.parametrize(("count", "expected"), [(False, (2, 7)), (True, (9, 0))])
def test_the_time_away_is_paused_or_used(count: bool, expected: tuple[int, int]) -> None:  # noqa: FBT001
    running = moving.start(fresh(), NOON)
    session = moving.close_gap(running, NOON + 2 * MINUTE, NOON + 9 * MINUTE, count=count)
    assert times(session, NOON + 9 * MINUTE) == expected


def test_standing_still_goes_on_while_the_program_is_away(paused: Session) -> None:
    for count in (False, True):
        session = moving.close_gap(paused, NOON + 4 * MINUTE, NOON + 9 * MINUTE, count=count)
        assert times(session, NOON + 10 * MINUTE) == (2, 8)


def test_the_hours_until_another_meeting_are_no_pause(paused: Session) -> None:
    for session in (paused, moving.start(paused, NOON + 3 * MINUTE)):
        before = times(session, NOON + 4 * MINUTE)
        again = moving.close_gap(session, NOON + 4 * MINUTE, NOON + DAY, count=False)
        assert times(again, NOON + DAY) == before
        assert times(again, NOON + DAY + 5 * MINUTE) == (before[0], before[1] + 5)


def test_a_clock_that_was_set_back_while_away_makes_no_pause(paused: Session) -> None:
    for session in (paused, moving.start(paused, NOON + 3 * MINUTE)):
        before = times(session, NOON + 4 * MINUTE)
        for count in (False, True):
            again = moving.close_gap(session, NOON + 4 * MINUTE, NOON - HOUR, count=count)
            assert times(again, NOON - HOUR) == before
            assert times(again, NOON - HOUR + MINUTE) == (before[0], before[1] + 1)


# Started earlier than it was.


def test_a_step_that_was_started_late_began_earlier() -> None:
    session = moving.start_earlier(fresh(), 3, NOON)
    assert session.begun_at == NOON - 3 * MINUTE
    assert times(session, NOON + MINUTE) == (4, 0)


def test_so_it_is_while_the_time_runs_already() -> None:
    session = moving.start_earlier(moving.start(fresh(), NOON), 3, NOON + MINUTE)
    assert session.begun_at == NOON - 3 * MINUTE
    assert times(session, NOON + MINUTE) == (4, 0)
    session = moving.start_earlier(session, 2, NOON + 2 * MINUTE)
    assert session.begun_at == NOON - 5 * MINUTE
    assert times(session, NOON + 2 * MINUTE) == (7, 0)


def test_the_workshop_does_not_begin_later_because_of_it(paused: Session) -> None:
    session = moving.go_on(paused, NOON + 30 * MINUTE)
    session = moving.start_earlier(session, 4, NOON + 40 * MINUTE)
    assert session.begun_at == NOON
    assert times(session, NOON + 40 * MINUTE) == (4, 0)
    assert times(moving.pause(session, NOON + 41 * MINUTE), NOON + 42 * MINUTE) == (5, 1)


@pytest.mark.parametrize(("minutes", "expected"), [(3, (5, 7)), (10, (12, 0)), (15, (17, 0))])
def test_what_was_no_pause_after_all_is_not_counted_as_one(
    paused: Session, minutes: int, expected: tuple[int, int]
) -> None:
    """It stood still for ten minutes, they say, but really the team worked on in the last three."""
    session = moving.start_earlier(paused, minutes, NOON + 12 * MINUTE)
    assert times(session, NOON + 12 * MINUTE) == expected
    running = moving.start(paused, NOON + 12 * MINUTE)
    assert times(moving.start_earlier(running, minutes, NOON + 13 * MINUTE), NOON + 12 * MINUTE) == expected


@pytest.mark.parametrize("minutes", [0, -1, 601])
def test_not_even_a_minute_or_more_than_ten_hours_is_refused(minutes: int) -> None:
    with pytest.raises(RefusedError, match="van 1 tot en met 600"):
        moving.start_earlier(fresh(), minutes, NOON)
    assert moving.start_earlier(fresh(), 600, NOON).begun_at == NOON - 10 * HOUR


# The end that was chosen.


def test_an_end_that_was_chosen_is_a_time_on_the_wall() -> None:
    session = replanning.choose_end(moving.start(fresh(), NOON), NOON + HOUR, NOON)
    for shift in (-2 * HOUR, MINUTE, 2 * HOUR):
        assert moving.set_clock(session, shift).ends_at == NOON + HOUR


@pytest.mark.parametrize("begun", [True, False])
def test_the_end_of_one_meeting_is_not_that_of_the_next(begun: bool) -> None:  # noqa: FBT001
    session = moving.start(fresh(), NOON) if begun else fresh()
    session = replanning.choose_end(session, NOON + HOUR, NOON)
    for gap in (5 * MINUTE, 2 * HOUR):
        assert moving.close_gap(session, NOON, NOON + gap, count=False).ends_at == NOON + HOUR
    again = moving.close_gap(session, NOON, NOON + 7 * DAY, count=False)
    assert again.ends_at is None
    assert timing.minutes_behind(again, NOON + 7 * DAY) == 0
    assert not replanning.is_offered(moving.start(again, NOON + 7 * DAY), NOON + 7 * DAY)


def test_an_end_that_is_still_to_come_stays() -> None:
    session = replanning.choose_end(moving.start(fresh(), NOON), NOON + 6 * HOUR, NOON)
    assert moving.close_gap(session, NOON, NOON + 4 * HOUR, count=False).ends_at == NOON + 6 * HOUR
    assert moving.close_gap(session, NOON, NOON - 4 * HOUR, count=False).ends_at == NOON + 6 * HOUR


# Whatever happens.


class Times(RuleBasedStateMachine):
    """Beside the session stands a stopwatch for each step, and another for its pauses."""

    @initialize()
    def begins(self) -> None:
        self.session, self.now = fresh(), NOON
        self.used, self.paused = dict.fromkeys(STEPS, 0.0), dict.fromkeys(STEPS, 0.0)
        self.runs = False

    def passes(self, seconds: float, *, runs: bool) -> None:
        here = self.session.position
        if runs:
            self.used[here] += seconds
        elif self.used[here] > 0 and self.session.finished_at is None:
            self.paused[here] += seconds

    @rule(seconds=st.one_of(st.integers(1, 2000), st.floats(0.001, 90)))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds * SECOND
        self.passes(seconds, runs=self.runs)

    @rule()
    def start(self) -> None:
        self.session, self.runs = moving.start(self.session, self.now), True

    @rule()
    def pause(self) -> None:
        self.session, self.runs = moving.pause(self.session, self.now), False

    @rule(step=st.sampled_from(STEPS))
    def jump(self, step: str) -> None:
        self.runs = self.runs and step == self.session.position
        self.session = moving.jump(self.session, step, self.now)

    @rule()
    def go_on(self) -> None:
        self.session, self.runs = moving.go_on(self.session, self.now), False

    @rule(minutes=st.integers(1, 20))
    def start_earlier(self, minutes: int) -> None:
        self.session, self.runs = moving.start_earlier(self.session, minutes, self.now), True
        here = self.session.position
        self.used[here] += minutes * 60
        self.paused[here] = max(self.paused[here] - minutes * 60, 0.0)

    @rule(seconds=st.integers(1, 3 * 3600), count=st.booleans())
    def the_program_is_away(self, seconds: int, count: bool) -> None:  # noqa: FBT001
        seen_at, self.now = self.now, self.now + seconds * SECOND
        self.session = moving.close_gap(self.session, seen_at, self.now, count=count)
        self.passes(seconds, runs=self.runs and count)
        self.runs = False

    @rule(seconds=st.sampled_from([-DAY, -HOUR, -SECOND, 4 * HOUR, 30 * DAY]))
    def nobody_knows_how_long_it_was_away(self, seconds: dt.timedelta) -> None:
        seen_at, self.now = self.now, self.now + seconds
        self.session = moving.close_gap(self.session, seen_at, self.now, count=False)
        self.runs = False

    @rule(seconds=st.integers(-90_000, 90_000))
    def the_clock_is_set(self, seconds: int) -> None:
        self.now += seconds * SECOND
        self.session = moving.set_clock(self.session, seconds * SECOND)

    @invariant()
    def the_stopwatches_agree(self) -> None:
        assert self.session.run.is_running is self.runs
        for step_id, run in self.session.runs.items():
            assert math.isclose(used_seconds(run, self.now), self.used[step_id], abs_tol=1e-3)
            assert math.isclose(paused_seconds(run, self.now), self.paused[step_id], abs_tol=1e-3)
            if step_id != self.session.position:
                assert (run.started_at, run.still_since) == (None, None)
            assert run.started_at is None or run.still_since is None


Times.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_whatever_happens_nothing_is_counted_twice = Times.TestCase


@given(st.integers(1, 600), st.integers(0, 600))
def test_what_is_used_and_paused_is_all_the_time_since_it_began(minutes: int, still: int) -> None:
    session = moving.start(fresh(), NOON)
    session = moving.pause(session, NOON + 10 * MINUTE)
    now = NOON + (10 + still) * MINUTE
    session = moving.start_earlier(session, minutes, now)
    assert sum(times(session, now)) == max(10 + still, 10 + minutes)
