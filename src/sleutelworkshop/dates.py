"""Dates the Dutch way: as they are written on paper and as people type them.

What is typed is one of some twenty phrases: a day (``12-1``, ``vr 4 dec``), a distance (``over 3 weken``), a week or
a month (``volgende week vrijdag``, ``eind januari``, ``week 3``). Whoever names a week or a month and no day in it is
ready at its end: on its Friday, or its last day.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Final, TypeAlias

from sleutelworkshop.i18n import _

_WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_NUMBERS: Final = (
    *("een", "twee", "drie", "vier", "vijf", "zes", "zeven"),
    *("acht", "negen", "tien", "elf", "twaalf", "dertien", "veertien"),
)
_LONGEST: Final = 60
"""Characters in the longest text that is read as a date."""

_Meaning: TypeAlias = Callable[[re.Match[str], dt.date], dt.date | None]


def long_date(date: dt.date) -> str:
    """Return a date in full, for paper: ``woensdag 16 september 2026``."""
    return f"{_(_WEEKDAYS[date.weekday()])} {date.day} {_(_MONTHS[date.month - 1])} {date.year}"


def short_date(date: dt.date) -> str:
    """Return a date for a table or a list: ``wo 16 sep 2026``."""
    month = "mrt" if date.month == 3 else _MONTHS[date.month - 1][:3]
    return f"{_(_WEEKDAYS[date.weekday()][:2])} {date.day} {_(month)} {date.year}"


def clock_time(moment: dt.datetime) -> str:
    """Return the time on the clock in the room: ``14:07``."""
    return f"{moment.astimezone():%H:%M}"


def parse_time(text: str, now: dt.datetime) -> dt.datetime | None:
    """Return the moment at which the clock next shows the time that somebody typed, or None when it is none.

    ``16:00``, ``16.00``, ``1600``, ``16u`` and ``16`` are all four o'clock in the afternoon.
    """
    match = re.fullmatch(r"(?P<hour>\d{1,2}) ?(?:[:.u]? ?(?P<minute>\d{2}))? ?(?:u|uur)?", text.casefold().strip())
    if match is None or int(match["hour"]) > 23 or int(match["minute"] or 0) > 59:
        return None
    here = now.astimezone()
    moment = here.replace(hour=int(match["hour"]), minute=int(match["minute"] or 0), second=0, microsecond=0)
    return moment if moment > here else moment + dt.timedelta(days=1)


def parse_date(text: str, today: dt.date) -> dt.date | None:
    """Return the day that somebody means, or None when the text names none.

    Without a year it is the first such day from ``today`` on. Show the person the day that was understood: a
    phrase such as *volgende vrijdag* (here: the Friday of next week) means different days to different people.
    """
    if len(text) > _LONGEST:
        return None
    phrase = _in_one_spelling(text)
    try:
        for pattern, meaning in _phrases():
            if match := pattern.fullmatch(phrase):
                return meaning(match, today)
    except (OverflowError, ValueError):  # no such day: week 60, or past the end of the calendar
        return None
    return None


# From what is typed to one spelling.


def _in_one_spelling(text: str) -> str:
    """Return the words of a date: names in full, numbers as digits, without the words that change nothing."""
    text = re.sub(r"(?<=\d)\s*(de|ste|e)\b", "", text.casefold())  # 12e januari
    text = re.sub(r"(?<=[a-z])\.|[,'’]", "", text).replace("éé", "ee")
    text = re.sub(r"\b(op|uiterlijk|voor|vóór|per|in|van|de|het)\b", " ", text)
    return " ".join(_full_word(word) for word in text.split())


def _full_word(word: str) -> str:
    if word in _NUMBERS:
        return str(_NUMBERS.index(word) + 1)
    if word == "mrt":
        return "maart"
    days = [day for day in _WEEKDAYS if word in (day, day[:2], day[:3])]
    months = [month for month in _MONTHS if len(word) >= 3 and month.startswith(word)]
    return next(iter(days + months), word)


# The phrases, and what each means.


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], _Meaning], ...]:
    """Return what can be said and its meaning; compiled when the first date is typed."""
    words = {
        "WEEKDAY": f"(?P<weekday>{'|'.join(_WEEKDAYS)})",
        "MONTH": f"(?P<month>{'|'.join(_MONTHS)})",
        "PLACE": "(?P<place>begin|half|medio|midden|einde?)",
        "WHICH": "(?P<which>deze|volgende|komende)",
        "WEEK": r"(?:week|wk) (?P<week>\d{1,2})",
        "WEEKS": r"over (?P<n>\d{1,3}) (?:week|weken)",
        "YEAR": r"(?P<year>\d{4}|\d{2})",
        "UNIT": "(?P<unit>dag|dagen|week|weken|maand|maanden|jaar)",
    }
    phrases: tuple[tuple[str, _Meaning], ...] = (
        ("(?:(?:deze|as|aanstaande|komende|aankomende) )?WEEKDAY", _first_to_come),
        ("WEEKDAY (?:as|aanstaande)", _first_to_come),
        ("deze week WEEKDAY", _this_week),
        ("WEEKDAY deze week", _this_week),
        ("volgende (?:week )?WEEKDAY", _next_week),
        ("WEEKDAY volgende week", _next_week),
        ("WEEKS WEEKDAY", _day_after_weeks),
        ("(?P<day>[a-z]+) WEEKS", _weeks_after_day),
        ("WEEKDAY WEEK", _day_of_numbered_week),
        ("WEEK WEEKDAY", _day_of_numbered_week),
        ("(?:PLACE )?WEEK", _in_numbered_week),
        ("(?:PLACE )?WHICH week", _in_this_or_next_week),
        ("PLACE week", _in_this_or_next_week),
        ("(?:PLACE )?WHICH maand", _in_this_or_next_month),
        ("PLACE maand", _in_this_or_next_month),
        ("(?:PLACE )?MONTH(?: YEAR)?", _in_named_month),
        (r"(?:WEEKDAY )?(?P<day>\d{1,2}) MONTH(?: YEAR)?", _named_day),
        (r"(?:WEEKDAY )?(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})(?:[-/. ]YEAR)?", _named_day),
        (r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", _year_first),
        ("(?P<near>vandaag|morgen|overmorgen)", _near_day),
        (r"over (?P<n>\d{1,3}) UNIT", _day_ahead),
    )
    return tuple((re.compile(re.sub("[A-Z]{2,}", lambda name: words[name[0]], text)), to) for text, to in phrases)


def _first_to_come(match: re.Match[str], today: dt.date) -> dt.date:
    tomorrow = today + dt.timedelta(days=1)
    return tomorrow + dt.timedelta(days=(_weekday(match) - tomorrow.weekday()) % 7)


def _this_week(match: re.Match[str], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=(_weekday(match) - today.weekday()) % 7)


def _next_week(match: re.Match[str], today: dt.date) -> dt.date:
    return _day_of_week(today, 1, _weekday(match))


def _day_after_weeks(match: re.Match[str], today: dt.date) -> dt.date:
    return _day_of_week(today, int(match["n"]), _weekday(match))


def _weeks_after_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    day = parse_date(match["day"], today)
    return day and day + dt.timedelta(weeks=int(match["n"]))


def _day_of_numbered_week(match: re.Match[str], today: dt.date) -> dt.date:
    return _numbered_week(match, today, _weekday(match))


def _in_numbered_week(match: re.Match[str], today: dt.date) -> dt.date:
    return _numbered_week(match, today, _place_in_week(match))


def _in_this_or_next_week(match: re.Match[str], today: dt.date) -> dt.date:
    return max(_day_of_week(today, _periods_ahead(match), _place_in_week(match)), today)


def _in_this_or_next_month(match: re.Match[str], today: dt.date) -> dt.date:
    later = today.month - 1 + _periods_ahead(match)
    return _place_in_month(match, today.year + later // 12, later % 12 + 1)


def _in_named_month(match: re.Match[str], today: dt.date) -> dt.date:
    month = _month(match)
    if match["year"]:
        return _place_in_month(match, int(_whole_year(match["year"])), month)
    day = _place_in_month(match, today.year, month)
    return day if day >= today else _place_in_month(match, today.year + 1, month)


def _named_day(match: re.Match[str], today: dt.date) -> dt.date | None:
    day, month = int(match["day"]), _month(match)
    if match["year"]:
        return dt.date(int(_whole_year(match["year"])), month, day)
    # 29 February comes once in four or eight years; any other day that is in a calendar within one.
    years = (year for year in range(today.year, today.year + 9) if _is_from(today, year, month, day))
    return next((dt.date(year, month, day) for year in years), None)


def _is_from(today: dt.date, year: int, month: int, day: int) -> bool:
    """Return whether there is such a day in that year, and it is not past."""
    return day <= calendar.monthrange(year, month)[1] and dt.date(year, month, day) >= today


def _year_first(match: re.Match[str], today: dt.date) -> dt.date:  # noqa: ARG001 – whatever day it is today
    year, month, day = map(int, match.groups())
    return dt.date(year, month, day)


def _near_day(match: re.Match[str], today: dt.date) -> dt.date:
    return today + dt.timedelta(days=("vandaag", "morgen", "overmorgen").index(match["near"]))


def _day_ahead(match: re.Match[str], today: dt.date) -> dt.date:
    number = int(match["n"])
    match match["unit"][0]:
        case "d":
            return today + dt.timedelta(days=number)
        case "w":
            return today + dt.timedelta(weeks=number)
        case "m":
            return _months_ahead(today, number)
        case _:
            return _months_ahead(today, 12 * number)


# The calendar.


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS.index(match["weekday"])


def _day_of_week(today: dt.date, weeks: int, weekday: int) -> dt.date:
    return today + dt.timedelta(weeks=weeks, days=weekday - today.weekday())


def _month(match: re.Match[str]) -> int:
    return _MONTHS.index(match["month"]) + 1 if match["month"] in _MONTHS else int(match["month"])


def _months_ahead(today: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or the last one of a month that is shorter."""
    later = today.month - 1 + months
    year, month = today.year + later // 12, later % 12 + 1
    return dt.date(year, month, min(today.day, calendar.monthrange(year, month)[1]))


def _numbered_week(match: re.Match[str], today: dt.date, weekday: int) -> dt.date:
    year, week = today.isocalendar().year, int(match["week"])
    if week < today.isocalendar().week:
        year += 1
    return max(dt.date.fromisocalendar(year, week, weekday + 1), today)


def _place_in_week(match: re.Match[str]) -> int:
    return {"begin": 0, "half": 2, "medio": 2, "midden": 2}.get(match["place"] or "", 4)


def _place_in_month(match: re.Match[str], year: int, month: int) -> dt.date:
    last = calendar.monthrange(year, month)[1]
    return dt.date(year, month, {"begin": 1, "half": 15, "medio": 15, "midden": 15}.get(match["place"] or "", last))


def _periods_ahead(match: re.Match[str]) -> int:
    return 0 if match.groupdict().get("which", "deze") == "deze" else 1


def _whole_year(year: str) -> str:
    return f"20{year}" if len(year) == 2 else year
