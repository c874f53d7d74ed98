"""A plan that adapts: for any script, position, delay and choice, and by example in the shipped workshop."""

import datetime as dt
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from any_room import MINUTE, NOON, SECOND, Room, a_script, fresh, rooms
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.session import moving, overview, replanning, timing
from sleutelworkshop.session.history import History
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.overview import Standing
from sleutelworkshop.session.replanning import Proposal, Way

often = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def late_rooms(draw: st.DrawFn) -> Room:
    """Draw a room that runs some time late (or early): whatever happened in it, such an end is chosen."""
    room = draw(rooms(begun=True))
    session = replace(room.session, finished_at=None)
    for step_id, used in zip(sorted(ahead(session)), draw(st.lists(st.integers(0, 1500), max_size=4)), strict=False):
        # The room was there before, and went back.
        session = replace(session, runs={**session.runs, step_id: replace(session.runs[step_id], used=used)})
    end = timing.expected_end(session, room.now)
    over = draw(st.one_of(st.integers(1, 3600), st.integers(-3600, 3600), st.sampled_from([60, 120, 600, 1e-6, 0.5])))
    if draw(st.booleans()):
        session = replace(session, ends_at=end - dt.timedelta(seconds=over))
    return Room(session, room.now)


def proposed(room: Room, *ways: Way) -> list[Proposal]:
    return [each for each in replanning.proposals(room.session, room.now) if not ways or each.way in ways]


def protected(session: Session) -> set[str]:
    return {step.id for part in session.script.parts if part.protected for step in part.steps}


def ahead(session: Session) -> set[str]:
    return {step.id for step in timing.steps_ahead(session)}


def touched(before: Session, after: Session) -> set[str]:
    return {step_id for step_id in before.runs if before.runs[step_id] != after.runs[step_id]}


# For any script, position, delay and choice.


@often
@given(late_rooms())
def test_a_proposal_says_what_it_leads_to(room: Room) -> None:
    for each in proposed(room):
        after = replanning.adopt(room.session, each)
        gain = replanning.minutes_to_gain(after, room.now)
        assert each.shortage == max(gain, 0)
        if each.way is not Way.LATER:
            assert each.ends_at == timing.expected_end(after, room.now)
            assert timing.chosen_end(after) == timing.chosen_end(room.session)


@often
@given(late_rooms())
def test_so_many_minutes_are_taken_as_are_needed_or_as_there_are(room: Room) -> None:
    session, now = room.session, room.now
    gain = replanning.minutes_to_gain(session, now)
    for each in proposed(room):
        if gain < 0 or each.way is Way.LATER:
            continue
        after = replanning.adopt(session, each)
        taken = {key: session.runs[key].total - total for key, total in each.minutes.items()}
        assert all(minutes > 0 for minutes in taken.values()), "nothing is said that does not change"
        end = timing.chosen_end(session)
        assert end is not None
        gained = timing.expected_end(session, now) - timing.expected_end(after, now)
        left = timing.seconds_left(session.runs[each.step], now) if each.way is Way.DROP else 0.0
        assert math.isclose(gained.total_seconds(), 60 * sum(taken.values()) + max(left, 0.0), abs_tol=1e-5)
        if each.shortage == 0:
            assert each.ends_at <= end
            if each.minutes:
                assert end - each.ends_at < MINUTE, "no minute more than it takes"
        if each.way is Way.SPREAD:
            assert sum(taken.values()) == gain - each.shortage
        if each.way is Way.SHORTEN:
            assert taken.keys() == {each.step}
            assert sum(taken.values()) <= gain


@often
@given(late_rooms())
def test_no_step_goes_under_its_minimum_or_under_what_it_used(room: Room) -> None:
    session, now = room.session, room.now
    for each in proposed(room, Way.SPREAD, Way.SHORTEN, Way.DROP):
        for step_id, total in each.minutes.items():
            run = session.runs[step_id]
            if total < run.total:
                assert total >= session.script.step(step_id).minimum
                assert timing.seconds_left(run, now) >= (run.total - total) * 60
            assert 1 <= total <= 600


@often
@given(late_rooms())
def test_only_what_is_open_is_touched(room: Room) -> None:
    session = room.session
    for each in proposed(room):
        after = replanning.adopt(session, each)
        assert after == replace(session, runs=after.runs, ends_at=after.ends_at)
        assert list(after.runs) == list(session.runs), "the order stays"
        assert after.script is session.script
        changed = touched(session, after)
        assert not changed & protected(session)
        may = ahead(session) | ({session.position} if each.way is Way.SHORTEN else set())
        assert changed <= may
        for step_id in changed:
            was, run = session.runs[step_id], after.runs[step_id]
            assert run == replace(was, extra=run.extra, dropped=run.dropped)
            assert run.dropped == (each.way is Way.DROP and step_id == each.step)
        if each.way is Way.DROP:
            assert session.script.step(each.step).droppable
            assert each.step in ahead(session)
            assert each.step not in each.minutes
            assert after.runs[each.step].dropped


@often
@given(late_rooms())
def test_what_is_spread_is_spread_in_proportion(room: Room) -> None:
    session, now = room.session, room.now
    gain = replanning.minutes_to_gain(session, now)
    steps = [step for step in timing.steps_ahead(session) if step.id not in protected(session)]
    slacks = {step.id: replanning.slack(step, session.runs[step.id], now) for step in steps}
    for each in proposed(room, Way.SPREAD) if gain > 0 else ():
        amount = min(gain, sum(slacks.values()))
        for step_id, slack in slacks.items():
            part = session.runs[step_id].total - each.minutes.get(step_id, session.runs[step_id].total)
            assert abs(part - amount * slack / sum(slacks.values())) < 1
            assert 0 <= part <= slack


@often
@given(late_rooms())
def test_what_is_dropped_leaves_the_rest_to_be_spread(room: Room) -> None:
    for each in proposed(room, Way.DROP):
        run = room.session.runs[each.step]
        without = replace(room.session, runs={**room.session.runs, each.step: replace(run, dropped=True)})
        if replanning.minutes_to_gain(without, room.now) <= 0:
            assert each.minutes == {}
            continue
        rest = proposed(Room(without, room.now), Way.SPREAD)
        assert each.minutes == (rest[0].minutes if rest else {})


@often
@given(late_rooms())
def test_later_changes_nothing_but_the_end(room: Room) -> None:
    session, now = room.session, room.now
    for each in proposed(room, Way.LATER):
        after = replanning.adopt(session, each)
        assert after == replace(session, ends_at=each.ends_at)
        assert span(timing.expected_end(session, now), each.ends_at) < MINUTE
        assert (each.ends_at.second, each.ends_at.microsecond) == (0, 0)
        assert replanning.proposals(after, now) == ()


def span(earlier: dt.datetime, later: dt.datetime) -> dt.timedelta:
    assert earlier <= later
    return later - earlier


@often
@given(late_rooms())
def test_late_it_is_always_possible_to_end_later_and_early_nothing_is_taken(room: Room) -> None:
    gain = replanning.minutes_to_gain(room.session, room.now)
    ways = [each.way for each in proposed(room)]
    if gain > 0:
        assert ways.count(Way.LATER) == 1
        assert ways.count(Way.SPREAD) <= 1
        assert ways == sorted(ways, key=[Way.SPREAD, Way.DROP, Way.LATER, Way.SHORTEN].index)
    else:
        assert ways in ([], [Way.SPREAD])


@often
@given(late_rooms())
def test_minutes_that_are_over_are_given_exactly(room: Room) -> None:
    session, now = room.session, room.now
    over = -replanning.minutes_to_gain(session, now)
    for each in proposed(room) if over > 0 else ():
        given_to = {key: total - session.runs[key].total for key, total in each.minutes.items()}
        for key, part in given_to.items():
            run = session.runs[key]
            assert 0 < part <= max(-run.extra, 0) + run.minutes, "what it gave, and at most what was planned once more"
        assert all(each.minutes[key] <= 600 for key in given_to)
        assert sum(given_to.values()) <= over
        gone_to = each.ends_at - timing.expected_end(session, now)
        assert math.isclose(gone_to.total_seconds(), 60 * sum(given_to.values()), abs_tol=1e-5)
        end = timing.chosen_end(session)
        assert end is not None
        assert each.ends_at <= end
        assert each.shortage == 0
        if sum(given_to.values()) == over:
            assert end - each.ends_at < MINUTE


@often
@given(late_rooms())
def test_a_plan_that_was_adopted_is_undone_exactly_and_done_again(room: Room) -> None:
    history = History(room.session)
    for each in proposed(room):
        after = replanning.adopt(room.session, each)
        done = history.record(after, "plan")
        assert done.undo().now == room.session
        assert done.undo().redo().now == after


@often
@given(late_rooms())
def test_a_proposal_that_holds_leaves_nothing_to_propose(room: Room) -> None:
    for each in proposed(room, Way.SPREAD):
        after = replanning.adopt(room.session, each)
        if each.shortage == 0 and replanning.minutes_to_gain(room.session, room.now) > 0:
            assert not replanning.is_offered(after, room.now)
            assert replanning.proposals(after, room.now) == ()


@often
@given(rooms())
def test_nothing_is_proposed_without_an_end_or_after_it(room: Room) -> None:
    session = room.session
    if session.finished_at is not None or timing.chosen_end(session) is None:
        assert replanning.proposals(session, room.now) == ()
        assert not replanning.is_offered(session, room.now)
    if replanning.is_offered(session, room.now):
        assert proposed(room)


# By example, in the shipped workshop: from noon, 150 minutes.


def at(step_id: str, *, late: float) -> Room:
    """The room comes to a step so many minutes late, and its time is started."""
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Eik", teams=["Blauw", "Rood"], now=NOON)
    steps = [step.id for step in session.script.steps()]
    planned = sum(session.runs[each].minutes for each in steps[: steps.index(step_id)])
    now = NOON + (planned + late) * MINUTE
    session = moving.jump(moving.start(session, NOON), step_id, now)
    return Room(moving.start(session, now), now)


def only(room: Room, way: Way, step_id: str = "") -> Proposal:
    (found,) = (each for each in proposed(room, way) if each.step == step_id)
    return found


def clock(moment: dt.datetime) -> str:
    return f"{moment:%H:%M}"


def test_the_minutes_are_spread_over_all_that_is_ahead() -> None:
    room = at("doelen", late=12)
    assert clock(timing.expected_end(room.session, room.now)) == "14:42"
    spread = only(room, Way.SPREAD)
    assert spread.minutes == {
        "waarde": 6,
        "balans": 5,
        "oogst-tip-2": 7,
        "pauze": 8,
        "uitleg-tip-3": 3,
        "omgeving": 6,
        "grensgangers": 9,
        "opdrachten": 5,
        "oogst-tip-3": 7,
    }
    assert (clock(spread.ends_at), spread.shortage) == ("14:30", 0)
    session = replanning.adopt(room.session, spread)
    assert clock(timing.expected_end(session, room.now)) == "14:30"
    assert session.run == room.session.run, "the step where the room is keeps its time"
    assert session.runs["instemming"].total == 6, "and so does the closing"


def test_a_step_is_dropped_and_the_rest_is_spread() -> None:
    room = at("doelen", late=12)
    assert [each.step for each in proposed(room, Way.DROP)] == ["balans", "pauze", "omgeving"]
    drop = only(room, Way.DROP, "pauze")
    assert drop.minutes == {"oogst-tip-2": 8, "omgeving": 7}
    session = replanning.adopt(room.session, drop)
    assert clock(timing.expected_end(session, room.now)) == "14:30"
    assert "pauze" not in ahead(session)
    again = replanning.take_back(session, "pauze")
    assert clock(timing.expected_end(again, room.now)) == "14:40"


def test_dropping_more_than_it_takes_ends_early_and_shortens_nothing() -> None:
    drop = only(at("doelen", late=4), Way.DROP, "pauze")
    assert (drop.minutes, clock(drop.ends_at), drop.shortage) == ({}, "14:24", 0)


def test_one_step_is_shortened_as_far_as_it_goes_also_the_one_at_hand() -> None:
    room = at("doelen", late=4)
    here = only(room, Way.SHORTEN, "doelen")
    assert (here.minutes, clock(here.ends_at), here.shortage) == ({"doelen": 5}, "14:31", 1)
    break_ = only(room, Way.SHORTEN, "pauze")
    assert (break_.minutes, clock(break_.ends_at), break_.shortage) == ({"pauze": 6}, "14:30", 0)
    later = Room(room.session, room.now + 7.5 * MINUTE)
    assert not [each for each in proposed(later) if each.step == "doelen"], "what is used is used"


def test_a_shortage_is_named_when_even_the_minimums_take_too_long() -> None:
    spread = only(at("doelen", late=30), Way.SPREAD)
    assert (clock(spread.ends_at), spread.shortage) == ("14:35", 5)
    assert sum(spread.minutes.values()) == 5 + 4 + 6 + 5 + 2 + 5 + 7 + 4 + 5
    assert only(at("doelen", late=30), Way.DROP, "balans").shortage == 1
    assert only(at("doelen", late=30), Way.DROP, "pauze").shortage == 0


def test_in_the_closing_it_can_only_end_later() -> None:
    room = at("acties", late=4)
    assert [each.way for each in proposed(room)] == [Way.LATER]
    later = only(room, Way.LATER)
    assert clock(later.ends_at) == "14:34"
    session = replanning.adopt(room.session, later)
    assert timing.minutes_behind(session, room.now) == 0


def test_later_is_a_time_that_can_be_said() -> None:
    assert clock(only(at("doelen", late=12.2), Way.LATER).ends_at) == "14:43"


def test_a_room_that_is_early_has_minutes_to_give() -> None:
    room = at("doelen", late=-8)
    (given_back,) = proposed(room)
    assert given_back.way is Way.SPREAD
    assert clock(given_back.ends_at) == "14:30"
    gained = {key: total - room.session.runs[key].total for key, total in given_back.minutes.items()}
    assert gained == dict.fromkeys(gained, 1)
    assert sum(gained.values()) == 8
    assert "instemming" not in gained


def test_a_step_that_ran_over_before_is_given_nothing() -> None:
    """It would have to be given all that it is over first, and until then the end would not move."""
    room = at("doelen", late=-8)
    was = room.session.runs["pauze"]
    session = replace(room.session, runs={**room.session.runs, "pauze": replace(was, used=780.0)})
    (given_back,) = proposed(Room(session, room.now))
    assert "pauze" not in given_back.minutes
    assert clock(given_back.ends_at) == "14:30"


def test_no_step_is_given_more_than_ten_hours() -> None:
    session = moving.start(fresh(a_script((False, ((1, 1, False), (20, 20, False), (20, 20, False))))), NOON)
    runs = {**session.runs, "stap-2": replace(session.runs["stap-2"], extra=575)}
    session = replace(session, runs=runs, ends_at=timing.expected_end(replace(session, runs=runs), NOON) + 60 * MINUTE)
    (given_back,) = proposed(Room(session, NOON))
    assert given_back.minutes == {"stap-2": 600, "stap-3": 40}


def test_a_plan_is_offered_from_two_minutes() -> None:
    session = moving.start(fresh(), NOON)
    assert not replanning.is_offered(session, NOON + 5 * MINUTE)
    assert replanning.is_offered(session, NOON + 5 * MINUTE + SECOND)
    assert proposed(Room(session, NOON + 4 * MINUTE)), "it can be asked for before"
    finished = moving.go_on(moving.jump(session, "acties", NOON), NOON + 60 * MINUTE)
    assert not replanning.is_offered(finished, NOON + 60 * MINUTE)
    assert proposed(Room(finished, NOON + 60 * MINUTE)) == []


def test_before_it_begins_a_plan_can_be_made_and_is_not_offered() -> None:
    room = Room(fresh(), NOON)
    assert proposed(room) == []
    session = replanning.choose_end(room.session, NOON + 25 * MINUTE, NOON)
    assert not replanning.is_offered(session, NOON)
    spread = only(Room(session, NOON), Way.SPREAD)
    assert clock(spread.ends_at) == "12:25"
    assert replanning.choose_end(session, None, NOON) == room.session


def test_an_end_is_a_time_that_is_still_to_come() -> None:
    session = fresh()
    for end in (NOON, NOON - MINUTE, NOON + dt.timedelta(days=1, seconds=1)):
        with pytest.raises(RefusedError, match="die nog komt"):
            replanning.choose_end(session, end, NOON)
    for end in (NOON + SECOND, NOON + dt.timedelta(days=1)):
        assert replanning.choose_end(session, end, NOON).ends_at == end


def test_the_agenda_shows_what_was_dropped() -> None:
    room = at("doelen", late=12)
    session = replanning.adopt(room.session, only(room, Way.DROP, "pauze"))
    parts = {part.part.id: part for part in overview.agenda(session, room.now)}
    (break_,) = parts["pauze"].steps
    assert (break_.standing, break_.minutes, break_.starts_at) == (Standing.DROPPED, 0, None)
    assert (parts["pauze"].minutes, parts["pauze"].is_done, parts["pauze"].starts_at) == (0, False, None)
    tip_3 = parts["tip-3"].starts_at
    assert tip_3 is not None
    assert clock(tip_3) == "13:40"


def test_minutes_that_are_left_over_go_back_first_to_who_gave_them() -> None:
    planned = make(load_shipped(DEFAULT_SCRIPT), organisation="De Eik", teams=["Blauw"], now=NOON)
    run = planned.runs["hoe"]
    session = moving.start(replace(planned, runs={**planned.runs, "hoe": replace(run, extra=-3)}), NOON)
    (giving,) = replanning.proposals(session, NOON)
    assert giving.minutes == {"hoe": run.minutes}
    (more,) = replanning.proposals(replace(session, ends_at=timing.expected_end(planned, NOON) + 2 * MINUTE), NOON)
    assert more.minutes["hoe"] >= run.minutes
    assert sum(more.minutes.values()) - sum(session.runs[step].total for step in more.minutes) == 5
