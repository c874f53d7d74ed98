import datetime as dt

import pytest

from sleutelworkshop.script.model import Script
from sleutelworkshop.session import answering, making, moving
from sleutelworkshop.session.model import RefusedError, Session
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
