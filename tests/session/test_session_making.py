import datetime as dt

import pytest
from hypothesis import given, settings

from any_room import Room, rooms
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import answering, making, moving, replanning
from sleutelworkshop.session.model import RefusedError, Session, StepRun
from sleutelworkshop.session.planning import DoesNotFitError
from sleutelworkshop.session.values import TextValue


def test_a_new_session_stands_at_the_first_step_and_has_not_begun(session: Session) -> None:
    assert session.position == "welkom"
    assert session.begun_at is None
    assert [team.name for team in session.teams] == ["Blauw", "Rood", "Geel"]
    assert sum(run.minutes for run in session.runs.values()) == 30


def test_the_minutes_are_fitted(script: Script, now: dt.datetime) -> None:
    shorter = making.make(script, organisation="S", teams=["A"], now=now, minutes=25)
    assert sum(run.minutes for run in shorter.runs.values()) == 25
    with pytest.raises(DoesNotFitError):
        making.make(script, organisation="S", teams=["A"], now=now, minutes=5)
    with pytest.raises(RefusedError, match="tien uur"):
        making.make(script, organisation="S", teams=["A"], now=now, minutes=601)


def test_a_session_has_a_school(script: Script, session: Session, now: dt.datetime) -> None:
    with pytest.raises(RefusedError, match="school of organisatie"):
        making.make(script, organisation=" ", teams=["A"], now=now)
    with pytest.raises(RefusedError, match="school of organisatie"):
        making.make(script, organisation="\x00", teams=["A"], now=now)


def test_a_copy_has_the_teams_and_the_plan_and_no_answers(session: Session, now: dt.datetime) -> None:
    used = answering.answer(moving.go_on(moving.start(session, now), now), "t1", "waarom", TextValue("x"), now)
    later = now + dt.timedelta(days=30)
    copy = making.copy_as_new(used, later)
    assert copy.answers == {}
    assert copy.position == "welkom"
    assert copy.date == later.date()
    assert copy.teams == used.teams
    assert all(run.used == 0 and not run.done for run in copy.runs.values())


MINUTE = dt.timedelta(minutes=1)


def lasting(session: Session, now: dt.datetime, **minutes: float) -> tuple[Session, dt.datetime]:
    """Go through the steps from the first, each taking so many minutes."""
    for step_id, each in minutes.items():
        session = moving.start(moving.jump(session, step_id, now), now)
        now += each * MINUTE
    return moving.go_on(session, now), now


def planned(session: Session) -> dict[str, int]:
    return {step_id: run.minutes for step_id, run in session.runs.items()}


def test_a_copy_can_be_planned_as_it_really_went(session: Session, now: dt.datetime) -> None:
    went, now = lasting(session, now, welkom=7.4, waarom=4.6, hoe=1)
    assert making.real_minutes(went, now) == {"welkom": 7, "waarom": 5, "hoe": 4}, "never under its minimum"
    copy = making.copy_as_new(went, now, real=True)
    assert planned(copy) == {**planned(session), "welkom": 7, "waarom": 5, "hoe": 4}
    assert planned(making.copy_as_new(went, now)) == planned(session)


def test_what_a_step_really_took_is_without_its_pauses(session: Session, now: dt.datetime) -> None:
    session = moving.pause(moving.start(session, now), now + 4 * MINUTE)
    session = moving.start(session, now + 20 * MINUTE)
    went = moving.go_on(session, now + 22 * MINUTE)
    assert making.real_minutes(went, now + 22 * MINUTE) == {"welkom": 6}


def test_a_step_that_was_not_done_or_not_timed_is_planned_as_it_was(session: Session, now: dt.datetime) -> None:
    went = moving.go_on(session, now)  # never started
    went = moving.go_on(moving.start(went, now), now + 9 * MINUTE)
    went = moving.pause(moving.start(went, now + 9 * MINUTE), now + 20 * MINUTE)
    later = now + 30 * MINUTE
    assert making.real_minutes(went, later) == {"waarom": 9}, "in the next one the room is still"


def test_minutes_that_were_added_or_dropped_on_the_day_are_not_in_the_plan(session: Session, now: dt.datetime) -> None:
    session = moving.add_minutes(moving.start(session, now), 4)
    session = replanning.choose_end(session, now + 20 * MINUTE, now)
    (drop,) = (each for each in replanning.proposals(session, now) if each.way is replanning.Way.DROP)
    session = replanning.adopt(session, drop)
    for real in (False, True):
        copy = making.copy_as_new(session, now, real=real)
        assert planned(copy) == {step.id: step.minutes for step in session.script.steps()}
        assert copy.ends_at is None
        assert not any(run.extra or run.dropped for run in copy.runs.values())


def test_what_together_took_over_ten_hours_is_no_plan(session: Session, now: dt.datetime) -> None:
    went, now = lasting(session, now, welkom=300, waarom=300)
    assert planned(making.copy_as_new(went, now, real=True)) == planned(session)
    went, now = lasting(session, now, welkom=300)
    assert planned(making.copy_as_new(went, now, real=True))["welkom"] == 300


@settings(max_examples=60, deadline=None)
@given(rooms())
def test_whatever_really_happened_makes_a_plan_that_can_be_kept(room: Room) -> None:
    copy = making.copy_as_new(room.session, room.now, real=True)
    real = making.real_minutes(room.session, room.now)
    assert list(copy.runs) == list(room.session.runs)
    for step in copy.script.steps():
        run = copy.runs[step.id]
        assert run == StepRun(minutes=run.minutes)
        assert run.minutes >= step.minimum
        assert run.minutes == real.get(step.id, room.session.runs[step.id].minutes)
    if real:
        assert sum(planned(copy).values()) <= 600
