"""A new plan in the room: offered when it gets late, its times shown before they count, taken in two keys."""

import datetime as dt
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from room_app import START, Clock, room, said
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import expected_end, minutes_behind
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen
from sleutelworkshop.tui.screens.plan import PlanScreen

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def late(fresh: Session) -> Session:
    """A session of which the first step took nine minutes more than planned."""
    return moving.pause(moving.start(fresh, START - (fresh.run.minutes + 9) * MINUTE), START)


async def test_late_is_told_and_a_plan_is_offered_on_every_screen(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("space")
        await now.tick(minutes=fresh.run.minutes + 2)
        assert "2 min. achter" in now.seen()
        assert "nieuw plan" not in now.seen()
        await now.tick(seconds=31)
        now.app._watchers[0]._callback()  # type: ignore[misc]
        await now.settle()
        assert "2 min. te laat klaar" in now.seen()
        assert "p nieuw plan" in now.seen()
        assert "Zo wordt het" in now.seen()  # whatever screen is in front
        await now.press("p")
        assert "Zo wordt het" not in now.seen()  # it would lie over the new times


async def test_two_keys_spread_what_is_lost(tmp_path: Path, late: Session) -> None:
    async with room(tmp_path, late) as now:
        assert minutes_behind(now.session, now.clock()) == 9
        before = now.session
        await now.press("p")
        assert "9 minuten te laat" in now.seen()
        assert "8 → 7 min." in now.seen()  # before it counts
        assert said(now.session) == said(before)
        await now.press("enter")
        assert isinstance(now.app.screen, FacilitateScreen)
        assert minutes_behind(now.session, now.clock()) == 0
        assert "op tijd" in now.seen()
        assert "te laat klaar" not in now.seen()
        closing = [step.id for part in before.script.parts if part.protected for step in part.steps]
        assert closing
        assert all(now.session.runs[step] == before.runs[step] for step in closing)
        await now.press("u")
        assert said(now.session) == said(before)


async def test_a_step_that_may_go_is_left_out_and_taken_back(tmp_path: Path, late: Session) -> None:
    async with room(tmp_path, late) as now:
        await now.press("p", "down", "down")
        assert "10 → vervalt" in now.seen()
        assert "“Afsluiting” houdt 15 min." in now.seen()
        await now.press("enter")
        assert now.session.runs["pauze"].dropped
        assert minutes_behind(now.session, now.clock()) == -1
        await now.press("p", "end")
        assert "“Pauze” toch doen" in now.seen()
        await now.press("enter")
        assert not now.session.runs["pauze"].dropped


async def test_later_is_a_choice_as_well(tmp_path: Path, late: Session) -> None:
    async with room(tmp_path, late) as now:
        end = expected_end(now.session, now.clock())
        await now.press("p")
        ways = now.app.screen.query_one(OptionList)
        ways.highlighted = ways.get_option_index("later-")
        await now.press("enter")
        assert (now.session.ends_at, now.session.runs) == (end, late.runs)
        assert minutes_behind(now.session, now.clock()) == 0


async def test_escape_leaves_the_plan_as_it_is(tmp_path: Path, late: Session) -> None:
    async with room(tmp_path, late) as now:
        before = now.session
        await now.press("p", "down", "escape")
        assert said(now.session) == said(before)
        assert isinstance(now.app.screen, FacilitateScreen)


async def test_what_is_found_follows_the_clock(tmp_path: Path, late: Session) -> None:
    async with room(tmp_path, late) as now:
        await now.press("p", "down")
        await now.tick(minutes=1)
        assert "10 minuten te laat" in now.seen()
        await now.press("enter")
        assert minutes_behind(now.session, now.clock()) <= 0


async def test_it_says_by_how_much_it_does_not_fit(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, moving.pause(moving.start(fresh, START - 90 * MINUTE), START)) as now:
        await now.press("p")
        assert "Het past niet meer: hoe je ook verdeelt, je komt" in now.seen()
        await now.press("enter")
        assert all(now.session.runs[step.id].total >= step.minimum for step in now.session.script.steps())
        await now.press("p")
        assert "Later klaar zijn" in now.seen()


async def test_an_end_is_chosen_and_given_up(tmp_path: Path, fresh: Session) -> None:
    clock = Clock(START.astimezone().replace(hour=13, minute=30))
    async with room(tmp_path, fresh, clock=clock) as now:
        planned = expected_end(now.session, now.clock())
        await now.press("space", "p", "e")
        field = now.app.screen.query_one(Input)
        field.value = "kwart"
        await now.press("enter")
        assert "Dat is geen tijd. Typ hem zoals 16:00." in now.seen()
        field.value = "13:15"
        await now.press("enter")
        assert "Kies een tijd die nog komt." in now.seen()  # and not tomorrow's
        field.value = "15.45"
        await now.press("enter")
        assert isinstance(now.app.screen, PlanScreen)
        assert now.session.ends_at == clock().replace(hour=15, minute=45, second=0, microsecond=0)
        assert "15 minuten te laat" in now.seen()
        await now.press("enter")
        assert expected_end(now.session, now.clock()) == now.session.ends_at
        await now.press("p", "e")
        now.app.screen.query_one(Input).value = ""
        await now.press("enter")
        assert now.session.ends_at is None
        assert "15 minuten over" in now.seen()
        await now.press("enter")
        assert expected_end(now.session, now.clock()) == planned


async def test_before_it_begins_there_is_nothing_to_divide(tmp_path: Path, fresh: Session) -> None:
    async with room(tmp_path, fresh) as now:
        await now.press("p")
        assert "Begin je nu, dan is het klaar om" in now.seen()
        assert "Er is niets te verdelen." in now.seen()
        await now.press("enter")  # does nothing
        assert isinstance(now.app.screen, PlanScreen)
