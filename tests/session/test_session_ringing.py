"""Two moments of a step are heard, each once: whatever is pressed, however the clock jumps, and after resuming too."""

import datetime as dt
import json
import math
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from any_room import MINUTE, NOON, SECOND, Happening, attempt, fresh, happenings, scripts
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import moving, replanning, ringing
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Rung, Session
from sleutelworkshop.session.ringing import LATE, Moment
from sleutelworkshop.session.timing import seconds_left
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import tables_of

often = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def presented(session: Session, _now: dt.datetime) -> Session:
    return moving.mark_presented(session, "oogst", "t1", presented=True)


class Bell:
    """A room in which every moment that is heard is written down; the session goes on as the desk lets it."""

    def __init__(self, session: Session, now: dt.datetime = NOON) -> None:
        self.history, self.now = History(session), now
        self.heard: list[tuple[str, Moment, int]] = []

    @property
    def session(self) -> Session:
        return self.history.now

    def listen(self, seconds: float = 0.0) -> Moment | None:
        """Let seconds pass and hear what there is to hear, as it must be: noted, on time, and only while time runs."""
        self.now += dt.timedelta(seconds=seconds)
        noted, moment = ringing.ring(self.session, self.now)
        assert ringing.ring(noted, self.now) == (noted, None), "what was noted is not heard again"
        if moment is not None:
            left = seconds_left(self.session.run, self.now)
            assert self.session.run.is_running
            assert noted.rung != self.session.rung, "it is kept before it sounds"
            assert 0 <= (0 if moment is Moment.END else ringing.MINUTE) - left < LATE
            self.heard.append((self.session.position, moment, self.session.run.total))
        if noted.rung != self.session.rung and noted.rung[noted.position] == Rung():
            # Its start was undone, and it was started anew: what was heard before was of another run.
            assert seconds_left(noted.run, self.now) > LATE
            self.heard = [each for each in self.heard if each[0] != noted.position]
        self.history = self.history.amend(noted)
        return moment

    def run(self, seconds: int) -> list[tuple[int, Moment]]:
        """Let seconds pass one by one, and return what was heard in which of them."""
        found = [(second, self.listen(1)) for second in range(1, seconds + 1)]
        return [(second, moment) for second, moment in found if moment is not None]

    def does(self, happening: Happening) -> None:
        self.history = self.history.record(attempt(self.session, happening, self.now), "iets")

    def starts(self) -> None:
        self.does(moving.start)

    def gets(self, minutes: int) -> None:
        self.does(lambda session, _now: moving.add_minutes(session, minutes))

    def undo(self) -> None:
        self.history = self.history.undo()

    def redo(self) -> None:
        self.history = self.history.redo()

    def errs(self) -> None:
        """Do something that has nothing to do with the time, and take it back."""
        self.does(presented)
        self.undo()

    def clock_is_set(self, seconds: int) -> None:
        shift = dt.timedelta(seconds=seconds)
        self.now += shift
        self.history = self.history.mapped(lambda session: moving.set_clock(session, shift))

    def sleeps(self, seconds: int, *, count: bool) -> None:
        seen_at, running = self.now, self.session.run.is_running
        self.now += dt.timedelta(seconds=seconds)

        def goes_on(session: Session) -> Session:
            session = moving.close_gap(session, seen_at, self.now, count=count)
            return moving.start(session, self.now) if running else session

        self.history = self.history.mapped(goes_on)

    def is_opened_again(self) -> None:
        """Close the session and open it anew: only what stands in its file is known."""
        tables = json.loads(msgspec.json.encode(tables_of(self.session, self.now)))
        self.history = History(session_of(tables, "x.json")[0])


@pytest.fixture
def bell(session: Session) -> Bell:
    """The small script at its first step, which takes three minutes; its time runs."""
    bell = Bell(session)
    bell.starts()
    return bell


# What happens in a step.


def test_the_last_minute_and_the_end_are_heard_and_nothing_after(bell: Bell) -> None:
    assert bell.run(600) == [(120, Moment.MINUTE), (180, Moment.END)]


def test_a_step_of_one_minute_has_no_warning(bell: Bell) -> None:
    bell.gets(-2)
    assert bell.run(120) == [(60, Moment.END)]


def test_a_step_that_gets_more_is_heard_at_its_new_end(bell: Bell) -> None:
    bell.run(185)
    bell.gets(2)
    assert bell.run(600) == [(300 - 60 - 185, Moment.MINUTE), (300 - 185, Moment.END)]


def test_a_minute_more_in_the_last_minute_warns_of_the_new_last_minute(bell: Bell) -> None:
    assert bell.run(130) == [(120, Moment.MINUTE)]
    bell.gets(1)
    assert bell.run(600) == [(180 - 130, Moment.MINUTE), (240 - 130, Moment.END)]


def test_a_minute_more_and_back_again_is_not_heard_twice(bell: Bell) -> None:
    bell.run(121)
    for minutes in (1, -1, 1, -1):
        bell.gets(minutes)
        assert bell.listen() is None
    assert bell.run(600) == [(180 - 121, Moment.END)]


def test_time_that_stands_still_makes_no_sound(bell: Bell) -> None:
    bell.run(119)
    bell.does(moving.pause)
    assert bell.run(300) == []
    bell.starts()
    assert bell.run(1) == [(1, Moment.MINUTE)]


def test_what_was_skipped_makes_no_sound(bell: Bell) -> None:
    bell.gets(-1)
    bell.run(30)
    bell.gets(-1)
    assert bell.listen(100) is None
    assert bell.run(600) == []


def test_the_end_is_shown_for_some_seconds_only_while_time_runs(session: Session) -> None:
    running = moving.start(session, NOON)
    end = NOON + 3 * MINUTE
    assert not ringing.flashes(running, end - SECOND)
    assert ringing.flashes(running, end)
    assert ringing.flashes(running, end + 7 * SECOND)
    assert not ringing.flashes(running, end + 8 * SECOND)
    assert not ringing.flashes(moving.pause(running, end), end)


# What happens to the session.


def test_undo_does_not_make_it_heard_again(bell: Bell) -> None:
    bell.run(118)
    bell.does(presented)
    assert bell.run(3) == [(2, Moment.MINUTE)]
    bell.undo()
    assert bell.run(3) == []
    bell.redo()
    assert bell.run(3) == []
    assert bell.session.rung == {"welkom": Rung(minute=3)}


def test_going_on_by_mistake_and_back_is_heard_once(bell: Bell) -> None:
    bell.run(181)
    bell.does(moving.go_on)
    bell.run(5)
    bell.undo()
    assert bell.run(10) == []
    bell.redo()
    bell.does(moving.go_back)
    bell.starts()
    assert bell.run(10) == []


def test_every_step_is_heard_for_itself(bell: Bell) -> None:
    bell.run(180)
    bell.does(moving.go_on)
    bell.starts()
    assert bell.run(400) == [(240, Moment.MINUTE), (300, Moment.END)]


def test_what_was_heard_is_in_the_file(bell: Bell) -> None:
    bell.run(120)
    bell.is_opened_again()
    assert bell.session.rung == {"welkom": Rung(minute=3)}
    assert bell.listen() is None
    bell.run(60)
    bell.is_opened_again()
    assert bell.session.rung == {"welkom": Rung(3, 3)}
    assert bell.run(10) == []


@pytest.mark.parametrize(("asleep", "heard"), [(178, Moment.END), (180, Moment.END), (186, None), (4000, None)])
def test_what_passed_while_the_program_was_away_is_only_heard_when_it_is_news(
    bell: Bell, asleep: int, heard: Moment | None
) -> None:
    bell.listen(2)
    bell.sleeps(asleep, count=True)
    assert bell.listen() is heard
    assert bell.run(60) == []


def test_what_was_left_before_a_sleep_is_heard_after_it(bell: Bell) -> None:
    bell.run(100)
    bell.sleeps(900, count=False)
    assert bell.run(200) == [(20, Moment.MINUTE), (80, Moment.END)]


@pytest.mark.parametrize("seconds", [-7200, -50, 50, 7200])
def test_a_clock_that_is_set_makes_no_sound_and_takes_none(bell: Bell, seconds: int) -> None:
    bell.run(110)
    bell.clock_is_set(seconds)
    assert bell.listen() is None
    assert bell.run(200) == [(10, Moment.MINUTE), (70, Moment.END)]
    bell.clock_is_set(-seconds)
    assert bell.run(20) == []


def test_a_shorter_plan_is_heard_at_the_end_that_it_leads_to(session: Session) -> None:
    bell = Bell(moving.jump(session, "hoe", NOON))
    bell.starts()
    bell.run(60)
    session = replanning.choose_end(bell.session, NOON + 10 * MINUTE, bell.now)
    shorter = next(each for each in replanning.proposals(session, bell.now) if each.step == "hoe")
    assert shorter.minutes == {"hoe": 4}
    bell.does(lambda _session, _now: replanning.adopt(session, shorter))
    assert bell.run(600) == [(120, Moment.MINUTE), (180, Moment.END)]


# Whatever happens.

ticks = st.one_of(st.floats(0.1, 1.5), st.floats(0.1, 90.0))

events = st.one_of(
    st.builds(lambda seconds: lambda bell: bell.listen(seconds), ticks),
    st.builds(lambda happening: lambda bell: bell.does(happening), happenings),
    st.builds(lambda minutes: lambda bell: bell.gets(minutes), st.sampled_from([-2, -1, 1, 2])),
    st.sampled_from([Bell.undo, Bell.redo, Bell.starts]),
    st.builds(
        lambda seconds, count: lambda bell: bell.sleeps(seconds, count=count),
        st.sampled_from([-100, 25, 58, 60, 120, 20_000]),
        st.booleans(),
    ),
    st.builds(lambda seconds: lambda bell: bell.clock_is_set(seconds), st.sampled_from([-3600, -60, -3, 3, 60, 3600])),
    st.builds(lambda minute: lambda bell: bell.listen(near(bell, minute * 60.0)), st.sampled_from([0, 1])),
)


def near(bell: Bell, left: float) -> float:
    """The seconds until so many are left of the step."""
    return max(seconds_left(bell.session.run, bell.now) - left, 0.0)


@often
@given(script=scripts, happened=st.lists(st.tuples(events, ticks), max_size=30))
def test_no_moment_is_ever_heard_twice(script: Script, happened: list[tuple[Callable[[Bell], object], float]]) -> None:
    bell = Bell(fresh(script))
    bell.starts()
    for event, seconds in happened:
        event(bell)
        bell.listen(seconds)
    assert len(set(bell.heard)) == len(bell.heard)
    for step_id, rung in bell.session.rung.items():
        totals = {
            moment: [total for step, each, total in bell.heard if (step, each) == (step_id, moment)]
            for moment in Moment
        }
        assert totals[Moment.MINUTE] == sorted(totals[Moment.MINUTE])
        assert totals[Moment.END] == sorted(totals[Moment.END])
        assert all(1 < total <= rung.minute for total in totals[Moment.MINUTE])
        assert all(total <= rung.end for total in totals[Moment.END])
    tables = json.loads(msgspec.json.encode(tables_of(bell.session, bell.now)))
    assert {row["step"]: Rung(row["minute"], row["end"]) for row in tables["rung"].values()} == bell.session.rung


CHANGES: dict[str, Callable[[Bell], object]] = {
    "pause": lambda bell: bell.does(moving.pause),
    "start": Bell.starts,
    "more": lambda bell: bell.gets(1),
    "clock": lambda bell: bell.clock_is_set(3600),
    "sleep": lambda bell: bell.sleeps(300, count=False),
    "undo": Bell.errs,
    "nothing": lambda bell: None,
}


@often
@given(
    minutes=st.integers(-2, 1),
    happened=st.lists(st.tuples(st.sampled_from(["nothing", *CHANGES]), st.integers(1, 120)), max_size=12),
)
def test_each_time_that_time_runs_into_a_moment_it_is_heard(minutes: int, happened: list[tuple[str, int]]) -> None:
    """As long as minutes are only added, and somebody is there: then there is nothing to be silent about."""
    bell = Bell(fresh())
    bell.gets(minutes)
    bell.starts()
    expected, before = [], math.inf
    for change, seconds in happened:
        CHANGES[change](bell)
        # Where a minute more puts the room, it has not been: perhaps right at its new last minute, or its new end.
        before = math.inf if change == "more" else before
        for _ in range(seconds):
            bell.listen(1)
            if not bell.session.run.is_running:
                continue
            left, total = seconds_left(bell.session.run, bell.now), bell.session.run.total
            if -LATE < left <= 0 < before:
                expected.append(("welkom", Moment.END, total))
            elif ringing.MINUTE - LATE < left <= ringing.MINUTE < before and total > 1:
                expected.append(("welkom", Moment.MINUTE, total))
            before = left
    assert bell.heard == expected


def test_a_minute_more_right_after_the_end_is_the_last_minute_at_once(bell: Bell) -> None:
    bell.run(180)
    bell.gets(1)
    assert bell.listen() is Moment.MINUTE
    assert bell.run(600) == [(60, Moment.END)]


def test_a_step_of_which_the_start_is_undone_is_heard_when_it_runs_again(session: Session, now: dt.datetime) -> None:
    history = History(session).record(moving.start(session, now), "start")
    end = now + dt.timedelta(minutes=session.run.total)
    after, moment = ringing.ring(history.now, end)
    assert moment is Moment.END
    history = history.amend(after).undo()
    assert not history.now.run.is_running
    again = moving.start(history.now, end)
    again, moment = ringing.ring(again, end + dt.timedelta(seconds=1))
    assert moment is None
    again, moment = ringing.ring(again, end + dt.timedelta(minutes=session.run.total))
    assert moment is Moment.END
    _redone, moment = ringing.ring(history.redo().now, end + dt.timedelta(seconds=2))
    assert moment is None  # that one was heard
