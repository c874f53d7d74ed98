import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.dates import clock_time, long_date, parse_date, short_date

MONDAY = dt.date(2026, 11, 23)
WEDNESDAY = dt.date(2026, 9, 16)
SUNDAY = dt.date(2026, 11, 29)
NEW_YEARS_EVE = dt.date(2026, 12, 31)


def test_dates_are_written_the_dutch_way() -> None:
    assert long_date(WEDNESDAY) == "woensdag 16 september 2026"
    assert short_date(WEDNESDAY) == "wo 16 sep 2026"
    assert long_date(dt.date(2027, 3, 1)) == "maandag 1 maart 2027"
    assert short_date(dt.date(2027, 3, 1)) == "ma 1 mrt 2027"


def test_the_time_is_that_of_the_clock_in_the_room() -> None:
    assert clock_time(dt.datetime(2026, 9, 16, 9, 5).astimezone().astimezone(dt.UTC)) == "09:05"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # A day and a month, as in the margin of a notebook.
        ("12-1", "2027-01-12"),
        ("12/1", "2027-01-12"),
        ("12.1", "2027-01-12"),
        ("12 1", "2027-01-12"),
        ("12 jan", "2027-01-12"),
        ("12 jan.", "2027-01-12"),
        ("12 Januari", "2027-01-12"),
        ("12e januari", "2027-01-12"),
        ("uiterlijk 12 januari", "2027-01-12"),
        ("vóór 12 januari", "2027-01-12"),
        ("24-11", "2026-11-24"),
        ("22-11", "2027-11-22"),
        ("31-12", "2026-12-31"),
        ("1 november", "2027-11-01"),
        ("29 februari", "2028-02-29"),
        ("12 mrt", "2027-03-12"),
        ("3 sept", "2027-09-03"),
        # With a year.
        ("12-01-27", "2027-01-12"),
        ("12-01-2027", "2027-01-12"),
        ("12 jan 27", "2027-01-12"),
        ("12 januari '27", "2027-01-12"),
        ("12 januari 2028", "2028-01-12"),
        ("2027-01-12", "2027-01-12"),
        ("2027-02-03", "2027-02-03"),
        ("2-3-2026", "2026-03-02"),
        # The very day of today is today.
        ("23-11", "2026-11-23"),
        ("23 november", "2026-11-23"),
        ("vandaag", "2026-11-23"),
        ("morgen", "2026-11-24"),
        ("overmorgen", "2026-11-25"),
        # Weekdays.
        ("vr", "2026-11-27"),
        ("vr.", "2026-11-27"),
        ("vrijdag", "2026-11-27"),
        ("op vrijdag", "2026-11-27"),
        ("ma", "2026-11-30"),
        ("vrijdag 4 december", "2026-12-04"),
        ("vr 4 dec", "2026-12-04"),
        ("vr 4-12", "2026-12-04"),
        ("aanstaande vrijdag", "2026-11-27"),
        ("vrijdag a.s.", "2026-11-27"),
        ("komende vrijdag", "2026-11-27"),
        ("deze vrijdag", "2026-11-27"),
        ("deze week vrijdag", "2026-11-27"),
        ("deze week maandag", "2026-11-23"),
        ("volgende vrijdag", "2026-12-04"),
        ("volgende week vrijdag", "2026-12-04"),
        ("vrijdag volgende week", "2026-12-04"),
        ("volgende week maandag", "2026-11-30"),
        ("vrijdag over een week", "2026-12-04"),
        ("vrijdag over één week", "2026-12-04"),
        ("vandaag over een week", "2026-11-30"),
        ("over twee weken op dinsdag", "2026-12-08"),
        # Counted from today.
        ("over 3 weken", "2026-12-14"),
        ("over drie weken", "2026-12-14"),
        ("over een week", "2026-11-30"),
        ("over veertien dagen", "2026-12-07"),
        ("over een maand", "2026-12-23"),
        ("over 2 maanden", "2027-01-23"),
        # A week or a month without a day: its end, unless it says otherwise.
        ("deze week", "2026-11-27"),
        ("volgende week", "2026-12-04"),
        ("begin volgende week", "2026-11-30"),
        ("eind volgende week", "2026-12-04"),
        ("eind van de week", "2026-11-27"),
        ("week 49", "2026-12-04"),
        ("wk 2", "2027-01-15"),
        ("maandag week 2", "2027-01-11"),
        ("begin week 2", "2027-01-11"),
        ("januari", "2027-01-31"),
        ("eind januari", "2027-01-31"),
        ("eind feb", "2027-02-28"),
        ("eind februari 2028", "2028-02-29"),
        ("half januari", "2027-01-15"),
        ("begin maart", "2027-03-01"),
        ("begin november", "2027-11-01"),
        ("eind november", "2026-11-30"),
        ("deze maand", "2026-11-30"),
        ("eind van de maand", "2026-11-30"),
        ("volgende maand", "2026-12-31"),
        ("half volgende maand", "2026-12-15"),
        ("  Volgende   Week  Vrijdag ", "2026-12-04"),
    ],
)
def test_dates_as_people_type_them_on_a_monday(typed: str, meant: str) -> None:
    assert parse_date(typed, MONDAY) == dt.date.fromisoformat(meant)


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        (SUNDAY, "maandag", "2026-11-30"),
        (SUNDAY, "volgende week vrijdag", "2026-12-04"),
        (SUNDAY, "volgende week", "2026-12-04"),
        (SUNDAY, "deze week", "2026-11-29"),
        (SUNDAY, "zondag", "2026-12-06"),
        (SUNDAY, "deze week zondag", "2026-11-29"),
        (WEDNESDAY, "volgende week vrijdag", "2026-09-25"),
        (WEDNESDAY, "vrijdag over een week", "2026-09-25"),
        (WEDNESDAY, "dinsdag over twee weken", "2026-10-06"),
        (WEDNESDAY, "12-1", "2027-01-12"),
        (WEDNESDAY, "week 38", "2026-09-18"),
        (NEW_YEARS_EVE, "1-1", "2027-01-01"),
        (NEW_YEARS_EVE, "31-12", "2026-12-31"),
        (NEW_YEARS_EVE, "morgen", "2027-01-01"),
        (NEW_YEARS_EVE, "volgende maand", "2027-01-31"),
        (NEW_YEARS_EVE, "week 53", "2027-01-01"),
        (NEW_YEARS_EVE, "week 1", "2027-01-08"),
        (NEW_YEARS_EVE, "over 2 maanden", "2027-02-28"),
        (NEW_YEARS_EVE, "30 april", "2027-04-30"),
        (dt.date(2028, 2, 29), "29-2", "2028-02-29"),
    ],
)
def test_dates_as_people_type_them_on_other_days(today: dt.date, typed: str, meant: str) -> None:
    assert parse_date(typed, today) == dt.date.fromisoformat(meant)


@pytest.mark.parametrize(
    "nonsense",
    [
        *("", " ", "a", "x", "1", "12", "0", "20270112", "13:00", "3 uur", "nu", "12 december om 3"),
        *("30 feb", "31-11", "12-13", "99-99", "0-0", "1-1-1", "29-2-2027", "2027-13-01", "week 60", "week 0"),
        *("zo snel mogelijk", "na de vakantie", "kerst", "volgend jaar", "gisteren", "vrijdag vrijdag"),
        *("over", "over -3 dagen", "over een paar weken", "over 9999999 jaar", "over 999 jaar vrijdag"),
        *("volgende", "eind", "begin", "week", "maand", "12 januari februari", "[red]12-1[/]", "🎉", "vr" * 5_000),
    ],
)
def test_what_names_no_day_is_no_date(nonsense: str) -> None:
    assert parse_date(nonsense, MONDAY) is None


@given(st.text(max_size=80), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_whatever_is_typed_never_fails(text: str, today: dt.date) -> None:
    parse_date(text, today)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 364))
def test_a_day_without_a_year_is_the_first_to_come(today: dt.date, days: int) -> None:
    meant = today + dt.timedelta(days=days)
    assert parse_date(f"{meant.day}-{meant.month}", today) == meant
    assert parse_date(long_date(meant), today) == meant
    assert parse_date(short_date(meant), today) == meant
