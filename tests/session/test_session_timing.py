import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.session import moving, timing
from sleutelworkshop.session.model import RefusedError, Session, StepRun
from sleutelworkshop.session.timing import Urgency, clock_text

SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


def test_the_time_left_follows_the_clock_and_stands_still_in_a_pause(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    assert timing.seconds_left(session.run, now + MINUTE) == 120
    session = moving.pause(session, now + MINUTE)
    assert timing.seconds_left(session.run, now + 10 * MINUTE) == 120
    session = moving.start(session, now + 10 * MINUTE)
    assert timing.seconds_left(session.run, now + 11 * MINUTE) == 60


def test_starting_twice_changes_nothing(session: Session, now: dt.datetime) -> None:
    running = moving.start(session, now)
    assert moving.start(running, now + MINUTE) is running


@given(jumps=st.lists(st.integers(-(10**6), 10**6), max_size=20))
def test_a_clock_that_jumps_never_gives_time_back(jumps: list[int]) -> None:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    run = StepRun(minutes=5, started_at=now)
    for jump in jumps:
        assert timing.used_seconds(run, now + jump * SECOND) >= 0
        assert timing.seconds_left(run, now + jump * SECOND) <= 300


@pytest.mark.parametrize(
    ("used", "urgency"),
    [
        (0, Urgency.CALM),
        (479, Urgency.CALM),
        (480, Urgency.SOON),
        (569, Urgency.SOON),
        (570, Urgency.LAST),
        (599, Urgency.LAST),
        (600, Urgency.OVER),
        (900, Urgency.OVER),
    ],
)
def test_urgency_changes_at_20_and_5_percent_and_at_zero(used: int, urgency: Urgency, now: dt.datetime) -> None:
    assert timing.urgency(StepRun(minutes=10, used=used), now) is urgency


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (600, "10:00"),
        (599.2, "10:00"),
        (61, "1:01"),
        (0.4, "0:01"),
        (0, "0:00"),
        (-0.6, "0:00"),
        (-1, "+0:01"),
        (-75.9, "+1:15"),
    ],
)
def test_the_clock_counts_down_to_zero_and_up_from_it(seconds: float, text: str) -> None:
    assert clock_text(seconds) == text


def test_the_expected_end_is_now_plus_all_that_is_still_planned(session: Session, now: dt.datetime) -> None:
    assert timing.expected_end(session, now) == now + 30 * MINUTE
    session = moving.start(session, now)
    assert timing.expected_end(session, now + 2 * MINUTE) == now + 30 * MINUTE
    assert timing.expected_end(session, now + 5 * MINUTE) == now + 32 * MINUTE


def test_running_over_makes_the_room_late_and_a_short_step_makes_it_early(session: Session, now: dt.datetime) -> None:
    assert timing.minutes_behind(session, now + 50 * MINUTE) == 0
    session = moving.start(session, now)
    assert timing.minutes_behind(session, now + 7 * MINUTE) == 4
    assert timing.minutes_behind(moving.go_on(session, now + MINUTE), now + MINUTE) == -2


def test_a_minute_more_moves_the_end_and_not_the_plan(session: Session, now: dt.datetime) -> None:
    session = moving.add_minutes(moving.start(session, now), 2)
    assert timing.seconds_left(session.run, now) == 300
    assert timing.expected_end(session, now) == now + 32 * MINUTE
    assert timing.minutes_behind(session, now) == 2


def test_a_step_never_gets_shorter_than_a_minute(session: Session) -> None:
    session = moving.add_minutes(moving.add_minutes(session, -1), -1)
    with pytest.raises(RefusedError, match="één minuut"):
        moving.add_minutes(session, -1)
    with pytest.raises(RefusedError, match="tien uur"):
        moving.add_minutes(session, 600)
