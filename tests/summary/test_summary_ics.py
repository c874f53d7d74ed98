"""The calendar file, read back as a calendar does."""

import datetime as dt

import pytest
from icalendar import Calendar, Event
from msgspec.structs import replace

from sleutelworkshop import summary
from sleutelworkshop.session.agreeing import add_action, evaluate_on
from sleutelworkshop.session.model import Action, RefusedError, Session

NOW = dt.datetime(2026, 9, 16, 14, 7, tzinfo=dt.UTC)


def calendar_of(session: Session, now: dt.datetime = NOW) -> Calendar:
    return Calendar.from_ical(summary.export(session, "ics", now=now))


def events(session: Session) -> list[Event]:
    return list(calendar_of(session).events)


def test_each_action_with_a_date_and_the_day_of_looking_back(done: Session) -> None:
    assert [(str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend")) for event in events(done)] == [
        ("Marieke: Eerste bijeenkomst plannen", dt.date(2026, 10, 2), dt.date(2026, 10, 3)),
        ("De directie: Tijd vrijmaken", dt.date(2026, 9, 25), dt.date(2026, 9, 26)),
        ("Terugkijken op ons leerarrangement", dt.date(2027, 1, 13), dt.date(2027, 1, 14)),
    ]
    for event in events(done):
        assert event.decoded("dtstamp") == NOW
        assert str(event["transp"]) == "TRANSPARENT"
        assert event["summary"].params["language"] == "nl"
        assert "Voorbeeldschool" in str(event["description"])


def test_what_has_no_date_is_left_out_and_told(done: Session) -> None:
    assert summary.remark(done, "ics") == "1 actie zonder datum staat niet in de agenda."
    assert summary.remark(replace(done, actions=()), "ics") == ""
    assert summary.remark(done, "text") == ""


def test_a_calendar_with_nothing_in_it_is_refused(half: Session) -> None:
    with pytest.raises(RefusedError, match="agenda"):
        calendar_of(half)


def test_it_keeps_to_the_rules_of_the_format(done: Session) -> None:
    long = replace(done, actions=(Action(1, "Juf é", "w" * 150 + " één, twee; drie\\vier", dt.date(2026, 10, 2)),))
    raw = summary.export(long, "ics", now=NOW)
    assert raw.endswith(b"END:VCALENDAR\r\n")
    lines = raw.split(b"\r\n")
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    assert b"METHOD:PUBLISH" in lines
    assert b"DTSTART;VALUE=DATE:20261002" in lines
    assert str(events(long)[0]["summary"]) == "Juf é: " + "w" * 150 + " één, twee; drie\\vier"


def test_an_event_keeps_its_name_when_it_is_made_again(done: Session) -> None:
    def names(session: Session, now: dt.datetime) -> list[str]:
        return [str(event["uid"]) for event in calendar_of(session, now).events]

    first = names(done, NOW)
    assert len(set(first)) == 3
    moved = evaluate_on(done, dt.date(2027, 2, 1))
    more = add_action(moved, who="Jan", what="Koffie", due=dt.date(2026, 10, 1))
    again = names(more, NOW + dt.timedelta(days=1))
    assert set(first) < set(again)
    assert not set(first) & set(names(replace(done, made_at=NOW - dt.timedelta(days=9)), NOW))


def test_what_people_type_stays_one_event(done: Session, hostile: str) -> None:
    text = hostile + "\nBEGIN:VEVENT\nEND:VCALENDAR"
    session = replace(done, organisation=text, actions=(Action(1, text, text, dt.date(2026, 10, 2)),), evaluation=None)
    (event,) = events(session)
    assert str(event["summary"]) == f"{text}: {text}"
