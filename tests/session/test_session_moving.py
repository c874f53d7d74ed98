import datetime as dt

import pytest
from msgspec.structs import replace

from sleutelworkshop.session import moving, overview, replanning, timing
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.overview import Standing

MINUTE = dt.timedelta(minutes=1)


def without(session: Session, *step_ids: str) -> Session:
    """The session with these steps dropped."""
    runs = {key: replace(run, dropped=run.dropped or key in step_ids) for key, run in session.runs.items()}
    return replace(session, runs=runs)


def test_going_on_stops_the_timer_and_does_not_start_the_next(session: Session, now: dt.datetime) -> None:
    session = moving.go_on(moving.start(session, now), now + MINUTE)
    assert session.position == "waarom"
    assert session.run.started_at is None
    assert session.runs["welkom"].used == 60
    assert session.runs["welkom"].done


def test_going_back_keeps_the_time_that_was_used(session: Session, now: dt.datetime) -> None:
    session = moving.go_on(moving.start(session, now), now + MINUTE)
    session = moving.go_back(moving.start(session, now + MINUTE), now + 2 * MINUTE)
    assert session.position == "welkom"
    assert session.run.used == 60
    assert session.runs["waarom"].used == 60


def test_a_step_that_the_room_goes_back_from_is_not_done(session: Session, now: dt.datetime) -> None:
    session = moving.go_on(session, now)
    assert session.runs["welkom"].done
    session = moving.go_back(session, now)
    assert not session.runs["waarom"].done
    assert not session.runs["welkom"].done, "the room is in it again"


def test_pausing_what_does_not_run_changes_nothing(session: Session, now: dt.datetime) -> None:
    assert moving.pause(session, now) is session


def test_before_the_first_step_there_is_nothing(session: Session, now: dt.datetime) -> None:
    with pytest.raises(RefusedError, match="eerste stap"):
        moving.go_back(session, now)


def test_after_the_last_step_the_workshop_is_finished_and_going_back_opens_it_again(
    session: Session, now: dt.datetime
) -> None:
    session = moving.jump(session, "acties", now)
    session = moving.go_on(moving.start(session, now), now + MINUTE)
    assert session.finished_at == now + MINUTE
    assert session.position == "acties"
    assert timing.expected_end(session, now + 9 * MINUTE) == now + MINUTE
    assert moving.go_on(session, now + 5 * MINUTE).finished_at == now + MINUTE
    assert moving.go_back(session, now + 2 * MINUTE).finished_at is None


def test_jumping_to_where_the_room_is_changes_nothing(session: Session, now: dt.datetime) -> None:
    assert moving.jump(session, "welkom", now) is session
    with pytest.raises(KeyError):
        moving.jump(session, "bestaat-niet", now)


def test_a_team_has_presented_until_that_is_taken_back(session: Session) -> None:
    session = moving.mark_presented(session, "oogst", "t2", presented=True)
    session = moving.mark_presented(session, "oogst", "t2", presented=True)
    assert session.runs["oogst"].presented == ("t2",)
    assert moving.mark_presented(session, "oogst", "t2", presented=False).runs["oogst"].presented == ()


def test_the_gap_is_left_out_or_counted(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    seen, back = now + MINUTE, now + 9 * MINUTE
    assert moving.close_gap(session, seen, back, count=False).run.used == 60
    assert moving.close_gap(session, seen, back, count=True).run.used == 540


def test_a_clock_set_back_during_the_gap_neither_gives_nor_takes_time(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    seen = now + 5 * MINUTE
    for count in (False, True):
        after = moving.close_gap(session, seen, now - 60 * MINUTE, count=count)
        assert after.run.used == 300
        assert timing.minutes_behind(after, now - 60 * MINUTE) == timing.minutes_behind(session, seen)


@pytest.mark.parametrize("hours", [-24, -1, 1, 24 * 400])
def test_a_clock_that_is_set_leaves_what_is_used_and_left_as_it_was(
    session: Session, now: dt.datetime, hours: int
) -> None:
    session, shift = moving.start(session, now), dt.timedelta(hours=hours)
    later = now + 2 * MINUTE
    after = moving.set_clock(session, shift)
    assert timing.seconds_left(after.run, later + shift) == timing.seconds_left(session.run, later)
    assert timing.expected_end(after, later + shift) == timing.expected_end(session, later) + shift
    assert timing.minutes_behind(after, later + shift) == timing.minutes_behind(session, later)
    paused = moving.pause(session, later)
    after, much_later = moving.set_clock(paused, shift), later + 3 * MINUTE
    assert after.run.used == paused.run.used
    assert timing.paused_seconds(after.run, much_later + shift) == timing.paused_seconds(paused.run, much_later) == 180


def test_not_even_a_clock_that_is_decades_wrong_makes_more_time_than_a_file_holds(
    session: Session, now: dt.datetime
) -> None:
    session = moving.start(session, now)
    after = moving.pause(session, now + dt.timedelta(days=365 * 40))
    assert after.run.used == moving.MOST_SECONDS


def test_a_clock_that_was_centuries_wrong_leaves_a_day_that_is_on_the_calendar(
    session: Session, now: dt.datetime
) -> None:
    session = moving.start(session, now)
    for seen in (now.replace(year=2999), now.replace(year=1900)):
        after = moving.close_gap(session, seen, now, count=False)
        assert after.begun_at is not None
        assert after.begun_at.year in moving.YEARS


def test_after_hours_the_group_meets_again_and_is_not_hours_behind(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    again = now + dt.timedelta(days=7)
    session = moving.close_gap(session, now + MINUTE, again, count=False)
    assert timing.minutes_behind(session, again) == 0


def test_a_finished_workshop_that_is_looked_at_later_stays_as_it_was(session: Session, now: dt.datetime) -> None:
    session = moving.go_on(moving.jump(moving.start(session, now), "acties", now), now)
    assert moving.close_gap(session, now, now + dt.timedelta(days=7), count=False) is session


def test_the_agenda_says_what_is_done_now_next_and_when(session: Session, now: dt.datetime) -> None:
    session = moving.go_on(moving.start(session, now), now + 2 * MINUTE)
    opening, kern, afsluiting = overview.agenda(session, now + 2 * MINUTE)
    assert [each.standing for each in opening.steps] == [Standing.DONE]
    assert opening.is_done
    assert opening.minutes == 2
    assert [each.standing for each in kern.steps][:3] == [Standing.NOW, Standing.NEXT, Standing.LATER]
    assert kern.is_now
    assert kern.steps[1].starts_at == now + 7 * MINUTE
    assert afsluiting.starts_at == now + 24 * MINUTE


def test_the_way_on_and_back_goes_past_what_was_dropped(session: Session, now: dt.datetime) -> None:
    session = without(session, "waarom", "hoe")
    session = moving.go_on(session, now)
    assert session.position == "wat"
    assert not session.runs["hoe"].done
    assert moving.go_back(session, now).position == "welkom"
    with pytest.raises(RefusedError, match="eerste stap"):
        moving.go_back(without(session, "welkom"), now)


def test_when_all_that_is_left_was_dropped_the_workshop_is_finished(session: Session, now: dt.datetime) -> None:
    session = moving.jump(session, "oogst", now)
    session = moving.go_on(without(session, "pauze", "instemming", "acties"), now)
    assert session.position == "oogst"
    assert session.finished_at == now
    assert session.run.done


def test_who_goes_to_a_dropped_step_all_the_same_takes_it_back(session: Session, now: dt.datetime) -> None:
    session = without(session, "wat", "pauze")
    assert timing.expected_end(session, now) == now + 23 * MINUTE
    session = moving.jump(session, "wat", now)
    assert not session.run.dropped
    assert session.runs["pauze"].dropped
    assert session.runs["wat"].total == 5
    assert timing.expected_end(session, now) == now + (5 + 4 + 3 + 2) * MINUTE


def test_a_dropped_step_takes_no_time_and_the_plan_stays(session: Session, now: dt.datetime) -> None:
    session = without(moving.start(session, now), "pauze")
    assert [step.id for step in timing.steps_ahead(session)] == [
        "waarom",
        "hoe",
        "wat",
        "oogst",
        "instemming",
        "acties",
    ]
    assert timing.expected_end(session, now) == now + 28 * MINUTE
    assert timing.chosen_end(session) == now + 30 * MINUTE
    assert timing.minutes_behind(session, now) == -2
    assert timing.expected_end(replanning.take_back(session, "pauze"), now) == now + 30 * MINUTE


def test_in_the_agenda_a_dropped_step_is_neither_next_nor_done(session: Session, now: dt.datetime) -> None:
    session = without(moving.start(session, now), "waarom", "pauze")
    opening, kern, afsluiting = overview.agenda(session, now)
    assert [each.standing for each in kern.steps] == [
        Standing.DROPPED,
        Standing.NEXT,
        Standing.LATER,
        Standing.LATER,
        Standing.DROPPED,
    ]
    assert [(each.minutes, each.starts_at is None) for each in kern.steps if each.standing is Standing.DROPPED] == [
        (0, True),
        (0, True),
    ]
    assert kern.minutes == 6 + 5 + 4
    assert kern.starts_at == kern.steps[1].starts_at == now + 3 * MINUTE
    assert afsluiting.starts_at == now + 18 * MINUTE
    assert not opening.is_done


def test_a_part_is_done_when_all_that_was_not_dropped_is(session: Session, now: dt.datetime) -> None:
    session = without(session, "hoe", "wat", "pauze")
    for _ in range(3):
        session = moving.go_on(moving.start(session, now), now + MINUTE)
    assert session.position == "instemming"
    _opening, kern, afsluiting = overview.agenda(session, now)
    assert kern.is_done
    assert kern.minutes == 2
    assert kern.starts_at is None
    assert afsluiting.is_now
    session = moving.go_on(moving.go_on(session, now), now)
    assert [each.standing for each in overview.agenda(session, now)[1].steps].count(Standing.DROPPED) == 3


def test_a_part_that_was_dropped_altogether_is_not_done_and_never_starts(session: Session, now: dt.datetime) -> None:
    opening, kern, _afsluiting = overview.agenda(moving.go_on(without(session, "welkom"), now), now)
    assert (opening.is_done, opening.is_now, opening.starts_at, opening.minutes) == (False, False, None, 0)
    assert kern.is_now


def test_looking_around_stops_at_the_ends(session: Session) -> None:
    assert overview.neighbour(session, "welkom", -1).id == "welkom"
    assert overview.neighbour(session, "welkom", 1).id == "waarom"
    assert overview.neighbour(session, "acties", 5).id == "acties"


def test_the_exercise_and_the_harvest_that_belong_to_a_step(session: Session) -> None:
    exercise, harvest = overview.exercise_at(session, "oogst"), overview.harvest_at(session, "waarom")
    assert exercise is not None
    assert harvest is not None
    assert (exercise.id, harvest.id) == ("wat", "oogst")
    first = overview.exercise_at(session, "welkom")
    assert first is not None
    assert first.id == "waarom"


def test_hours_that_the_group_worked_on_are_hours_behind(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    after = moving.close_gap(session, now + MINUTE, now + dt.timedelta(hours=4), count=True)
    assert after.run.used == 4 * 3600
    assert after.begun_at == now
    assert timing.minutes_behind(after, now + dt.timedelta(hours=4)) == 4 * 60 - session.run.total


def test_a_finished_workshop_that_goes_on_another_day_is_not_days_behind(session: Session, now: dt.datetime) -> None:
    session = moving.start(session, now)
    while session.finished_at is None:
        session = moving.go_on(session, now + 30 * MINUTE)
    next_day = now + dt.timedelta(days=1)
    back = moving.go_back(session, next_day)
    assert back.finished_at is None
    assert abs(timing.minutes_behind(back, next_day)) <= 30
    soon = moving.go_back(session, now + 40 * MINUTE)
    assert soon.begun_at == session.begun_at
