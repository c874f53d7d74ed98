import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
