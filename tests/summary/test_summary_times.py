"""Planned and real times: what a step took, what of it was a pause, and what was left out."""

import datetime as dt
from typing import Final

from msgspec.structs import replace

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on, pause, start
from sleutelworkshop.session.spending import step_times
from sleutelworkshop.summary.blocks import Heading, Note, Table
from sleutelworkshop.summary.times import times

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()


def test_planned_and_real_times_stand_beside_each_other(empty: Session) -> None:
    session = go_on(start(empty, NOW), NOW + dt.timedelta(minutes=4, seconds=20))
    session = start(session, NOW + dt.timedelta(minutes=5))
    heading, note, table = times(session, NOW + dt.timedelta(minutes=7, seconds=40))
    assert isinstance(heading, Heading)
    assert isinstance(note, Note)
    assert isinstance(table, Table)
    assert table.rows[:3] == (
        ("Opening", "Welkom", "3", "4"),
        ("Tip 1", "Waarom", "5", "3"),
        ("Tip 1", "Hoe", "6", "–"),
    )
    assert table.rows[-1] == ("Samen", "", "30", "7")
    assert table.is_figure(2)
    assert not table.is_figure(1)


def test_a_step_that_was_not_begun_took_no_time_and_not_nought(empty: Session) -> None:
    assert {each.used for each in step_times(empty, NOW)} == {None}
    assert not list(times(empty, NOW))


def test_a_pause_is_no_part_of_what_a_step_took_and_a_dropped_step_is_called_so(empty: Session) -> None:
    session = pause(start(empty, NOW), NOW + dt.timedelta(minutes=2))
    session = go_on(start(session, NOW + dt.timedelta(minutes=8)), NOW + dt.timedelta(minutes=9))
    dropped = replace(session.runs["wat"], dropped=True)
    session = replace(session, runs={**session.runs, "wat": dropped})
    *_notes, table = times(session, NOW + dt.timedelta(minutes=9))
    assert isinstance(table, Table)
    assert table.columns[-1] == "Pauze"
    assert table.rows[0] == ("Opening", "Welkom", "3", "3", "6")
    assert ("Tip 1", "Wat", "5", "vervallen", "–") in table.rows
    assert table.rows[-1] == ("Samen", "", "30", "3", "6")
    assert table.is_figure(4)
