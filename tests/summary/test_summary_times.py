import datetime as dt
from typing import Final

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on, start
from sleutelworkshop.summary.blocks import Heading, Note, Table
from sleutelworkshop.summary.times import step_times, times

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
