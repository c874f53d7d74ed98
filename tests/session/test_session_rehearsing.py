"""A rehearsal: what made-up teams answer, when that comes in, and how long the steps took."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sleutelworkshop.script.loader import load_script, load_shipped, shipped_scripts
from sleutelworkshop.script.model import (
    AnyColumn,
    AnyQuestion,
    ChoiceColumn,
    ChoiceQuestion,
    ListQuestion,
    Option,
    PointsQuestion,
    ScaleQuestion,
    Script,
    TableQuestion,
    TextColumn,
    TextQuestion,
    YesNoColumn,
)
from sleutelworkshop.session import moving
from sleutelworkshop.session.answering import Progress, answer, checked, progress, teams_not_ready
from sleutelworkshop.session.made_up import made_up
from sleutelworkshop.session.model import Bookmark, Session, StepRun
from sleutelworkshop.session.rehearsing import TEAM_NAMES, arrivals, rehearsal_of, with_arrivals
from sleutelworkshop.session.ringing import Moment, flashes, ring
from sleutelworkshop.session.spending import StepTime, step_times, total_used
from sleutelworkshop.session.teams import add_team, set_aside
from sleutelworkshop.session.values import TableValue, TextValue

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
SMALL = Path(__file__).parents[1] / "small_script.toml"
SCRIPTS = {"klein": load_script(SMALL), **{name: load_shipped(name) for name in shipped_scripts()}}

ids = st.from_regex(r"[a-z]{1,8}(-[0-9]{1,3})?", fullmatch=True)
options = st.lists(ids, min_size=2, max_size=7, unique=True).map(
    lambda names: tuple(Option(name, name.title()) for name in names)
)
most = st.integers(1, 30)


@st.composite
def tables(draw: st.DrawFn) -> TableQuestion:
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    columns: list[AnyColumn] = [TextColumn(id=names[0], title=draw(st.sampled_from(["Wie of rol", "Onderwerp"])))]
    for name in names[1:]:
        kind = draw(st.sampled_from(["text", "choice", "yes-no"]))
        if kind == "text":
            columns.append(TextColumn(id=name, title="Nodig"))
        elif kind == "choice":
            columns.append(ChoiceColumn(id=name, title="Waar", options=draw(options)))
        else:
            columns.append(YesNoColumn(id=name, title="Binnen?"))
    return TableQuestion(id=draw(ids), prompt="Wat?", columns=tuple(columns), most=draw(most))


questions: st.SearchStrategy[AnyQuestion] = st.one_of(
    st.builds(TextQuestion, id=ids, prompt=st.just("Waarom?")),
    st.builds(ListQuestion, id=ids, prompt=st.just("Wat?"), labels=st.just(()) | options, most=most),
    st.builds(PointsQuestion, id=ids, prompt=st.just("Hoe?"), budget=st.integers(1, 100), options=options),
    st.builds(ScaleQuestion, id=ids, prompt=st.just("Nu?"), statements=options, low=st.just("Nee"), high=st.just("Ja")),
    st.builds(ChoiceQuestion, id=ids, prompt=st.just("Wie?"), options=options, several=st.booleans()),
    tables(),
)


@given(questions, st.integers(0, 39))
def test_a_made_up_answer_is_a_right_and_whole_answer(question: AnyQuestion, team: int) -> None:
    value = made_up(question, team)
    assert checked(question, value) == value
    assert progress(question, value) is Progress.READY
    if isinstance(value, TableValue) and isinstance(question, TableQuestion):
        assert all(len(row) == len(question.columns) for row in value.rows)
    assert made_up(question, team) == value


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_each_team_says_something_else(script: Script) -> None:
    for question in script.questions():
        said = [made_up(question, team) for team in range(len(TEAM_NAMES))]
        if isinstance(question, TextQuestion):
            assert len({value.text for value in said if isinstance(value, TextValue)}) == len(said)
        else:
            assert any(value != said[0] for value in said)


def test_four_fields_are_all_filled(small: Script) -> None:
    question = small.question("onderwerpen")
    values = [made_up(question, team) for team in range(4)]
    rows = [row for value in values if isinstance(value, TableValue) for row in value.rows]
    assert len({(row["nodig"], row["leuk"]) for row in rows}) == 4


@pytest.fixture
def small() -> Script:
    return SCRIPTS["klein"]


@pytest.fixture
def asked(small: Script) -> Session:
    """A rehearsal with the room at an exercise of three questions, its timer not started."""
    session = rehearsal_of(small, speed=20, teams=4, now=NOW)
    return moving.jump(session, "hoe", NOW)


def seconds(n: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=n)


def ticked(session: Session, until: float, step: float = 5) -> Session:
    """Let time pass from NOW in ticks, as the app does."""
    now = 0.0
    while now <= until:
        session = with_arrivals(session, arrivals(session, seconds(now)), seconds(now))
        now += step
    return session


def count(session: Session) -> int:
    return sum(len(given) for given in session.answers.values())


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
@pytest.mark.parametrize("teams", [1, 3, 12])
def test_by_the_end_a_script_is_wholly_answered(script: Script, teams: int) -> None:
    session, now = rehearsal_of(script, speed=120, teams=teams, now=NOW), NOW
    while session.finished_at is None:
        session = moving.start(session, now)
        before = now
        while now < before + dt.timedelta(minutes=session.run.total):
            now += dt.timedelta(seconds=30)  # a quarter of a second at 120 times
            session = with_arrivals(session, arrivals(session, now), now)
        assert teams_not_ready(session, session.step) == ()
        session = moving.go_on(session, now)
    assert count(session) == teams * len(tuple(script.questions()))


def test_answers_come_in_one_by_one_between_a_fifth_and_nine_tenths_of_the_time(asked: Session) -> None:
    session = moving.start(asked, NOW)  # of 360 seconds, and 12 answers
    far = [count(ticked(session, until)) for until in range(0, 361, 5)]
    assert far == sorted(far)
    assert far[71 // 5] == 0
    assert far[75 // 5] == 1
    assert far[330 // 5] == 12
    assert {after - before for before, after in pairwise(far)} <= {0, 1}


def test_nothing_comes_in_while_the_time_stands_still(asked: Session) -> None:
    assert arrivals(asked, seconds(300)) == ()
    session = moving.pause(moving.start(asked, NOW), seconds(300))
    assert arrivals(session, seconds(600)) == ()


def test_minutes_more_are_time_more(asked: Session) -> None:
    session = moving.add_minutes(moving.start(asked, NOW), 6)
    assert arrivals(session, seconds(140)) == ()
    assert arrivals(session, seconds(150)) != ()


@given(st.sets(st.tuples(st.integers(1, 4), st.sampled_from(["verdeling", "stellingen", "moment"]))))
def test_an_answer_is_never_overwritten(given_before: set[tuple[int, str]]) -> None:
    script = SCRIPTS["klein"]
    session = moving.start(moving.jump(rehearsal_of(script, speed=20, teams=4, now=NOW), "hoe", NOW), NOW)
    for team, question in given_before:
        session = answer(session, f"t{team}", question, made_up(script.question(question), team + 7), NOW)
    after = ticked(session, 360)
    for team, question in given_before:
        assert after.answer(f"t{team}", question) == session.answer(f"t{team}", question)
    assert count(after) == 12
    assert after.earlier_answers == {}


def test_what_came_in_does_not_take_the_place_of_what_was_typed_meanwhile(asked: Session) -> None:
    session = moving.start(asked, NOW)
    coming = arrivals(session, seconds(360))
    typed = answer(session, "t2", "moment", made_up(session.script.question("moment"), 9), NOW, draft=True)
    after = with_arrivals(typed, coming, seconds(360))
    assert after.answer("t2", "moment") == typed.answer("t2", "moment")
    assert count(after) == 12


def test_the_team_that_the_facilitator_has_in_hand_is_left_alone(asked: Session) -> None:
    session = replace(moving.start(asked, NOW), bookmark=Bookmark("answers", "hoe", "t2"))
    after = ticked(session, 360)
    assert {team for given in after.answers.values() for team in given} == {"t1", "t3", "t4"}
    after = ticked(replace(after, bookmark=Bookmark("harvest", "hoe", "t2")), 360)
    assert count(after) == 12


def test_a_team_that_is_not_there_says_nothing(asked: Session) -> None:
    session = moving.start(set_aside(add_team(asked, "Later"), "t1"), NOW)
    after = ticked(session, 360)
    assert {team for given in after.answers.values() for team in given} == {"t2", "t3", "t4", "t5"}
    coming = arrivals(session, seconds(360))
    assert count(with_arrivals(moving.start(asked, NOW), coming, NOW)) == 9  # a state from before the fifth came


def test_a_rehearsal_says_how_fast_it_goes(small: Script) -> None:
    session = rehearsal_of(small, speed=60, teams=12, now=NOW)
    assert session.rehearsal is not None
    assert (session.rehearsal.speed, session.rehearsal.since) == (60, NOW)
    assert [team.name for team in session.teams] == list(TEAM_NAMES)


# How long the steps took


def times(small: Script, *used: float) -> tuple[StepTime, ...]:
    session = rehearsal_of(small, speed=20, teams=2, now=NOW)
    ran = dict(zip(session.runs, used, strict=False))
    runs = {step: StepRun(run.minutes, used=ran.get(step, 0.0)) for step, run in session.runs.items()}
    return step_times(replace(session, runs=runs), NOW)


def test_times_are_in_whole_minutes(small: Script) -> None:
    found = times(small, 180, 240, 420)
    assert [(each.planned, each.used) for each in found][:4] == [(3, 3), (5, 4), (6, 7), (5, None)]
    assert total_used(found) == 14
    assert total_used(times(small)) is None


@given(st.lists(st.floats(0, 4000), max_size=8))
def test_the_minutes_used_add_up(used: list[float]) -> None:
    found = times(SCRIPTS["klein"], *used)
    whole = sum(int(each) for each in used) / 60
    assert abs((total_used(found) or 0) - whole) <= 0.5
    assert all(abs((each.used or 0) - spent / 60) < 1.1 for each, spent in zip(found, used, strict=False))


def moments(session: Session, ticks: Iterator[dt.datetime]) -> Iterator[Moment]:
    for now in ticks:
        session, moment = ring(session, now)
        if moment is not None:
            yield moment


@pytest.mark.parametrize("speed", [1, 20, 120])
def test_in_a_rehearsal_a_step_sounds_as_on_the_day(small: Script, speed: int) -> None:
    session = moving.start(moving.jump(rehearsal_of(small, speed=speed, teams=2, now=NOW), "hoe", NOW), NOW)
    ticks = (seconds(n * speed * 0.26) for n in range(1, int(400 / speed / 0.26) + 2))
    assert list(moments(session, ticks)) == [Moment.MINUTE, Moment.END]
    assert flashes(session, seconds(360 + 7 * speed))
    assert not flashes(session, seconds(360 + 9 * speed))
