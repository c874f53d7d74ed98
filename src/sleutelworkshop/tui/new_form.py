"""What is typed for a new session, read as it is typed: what is understood, what is wrong, and the session. Pure."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from sleutelworkshop.dates import clock_time, long_date, parse_date
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.planning import DoesNotFitError, fit
from sleutelworkshop.session.teams import NAME_LIMIT, named_teams, split_names
from sleutelworkshop.text import TextTooLongError, clean_line, clean_text, shorten

MOST_MINUTES: Final = 600

_TIME: Final = re.compile(
    r"(?:(?P<hours>\d{1,2}(?:[.,]\d)?) ?(?:uur|u)(?: ?(?:en )?(?P<rest>\d{1,2})(?: ?min\w*\.?)?)?"
    r"|(?P<h>\d{1,2}):(?P<m>[0-5]\d)"
    r"|(?P<minutes>\d{1,4})(?: ?min\w*\.?)?)"
)


class Typed(Struct, frozen=True):
    """What stands in the fields; the names are those of the fields, in their order."""

    organisation: str = ""
    facilitator: str = ""
    date: str = ""
    casus: str = ""
    teams: str = ""
    minutes: str = ""


class Note(Struct, frozen=True):
    """What to say beside a field: what was understood or what belongs there, or what is wrong."""

    text: str = ""
    fault: str = ""


def notes_on(typed: Typed, script: Script, now: dt.datetime) -> dict[str, Note]:
    """Return what to say beside each field, by its name."""
    return {
        "organisation": _note_on_organisation(typed.organisation),
        "facilitator": _note_on_text(typed.facilitator, line=True, hint=_("Mag leeg blijven.")),
        "date": _note_on_date(typed.date, now.date()),
        "casus": _note_on_text(typed.casus, line=False, hint=_("Mag leeg blijven.")),
        "teams": _note_on_teams(typed.teams),
        "minutes": _note_on_minutes(typed.minutes, script, now),
    }


def session_of(typed: Typed, script: Script, now: dt.datetime) -> Session:
    """Return the session that was typed; to be called when no note names a fault."""
    return make(
        script,
        organisation=typed.organisation,
        facilitator=typed.facilitator,
        casus=typed.casus,
        date=date_of(typed.date, now.date()),
        teams=split_names(clean_text(typed.teams)),
        minutes=minutes_of(typed.minutes),
        now=now,
    )


def date_of(text: str, today: dt.date) -> dt.date | None:
    """Return the day that is meant; today when nothing was typed."""
    # Not left to parse_date: reading dates takes a library that is slow to load, and today is what most want.
    return today if text.strip().casefold() in {"", _("vandaag")} else parse_date(text, today)


def minutes_of(text: str) -> int | None:
    """Return the minutes in ``150``, ``150 min``, ``2,5 uur``, ``2u30`` or ``2:30``, or None."""
    match = _TIME.fullmatch(" ".join(text.casefold().split()))
    if match is None:
        return None
    if match["minutes"]:
        return int(match["minutes"])
    if match["h"]:
        return int(match["h"]) * 60 + int(match["m"])
    return round(float(match["hours"].replace(",", ".")) * 60) + int(match["rest"] or 0)


def planned_minutes(script: Script) -> int:
    """Return the minutes that the script plans for the whole workshop."""
    return sum(step.minutes for step in script.steps())


def _note_on_organisation(text: str) -> Note:
    if not text.strip():
        return Note(_("Van wie zijn de teams?"), fault=_("Vul de naam van de school of organisatie in."))
    return _note_on_text(text, line=True)


def _note_on_text(text: str, *, line: bool, hint: str = "") -> Note:
    try:
        clean_line(text) if line else clean_text(text)
    except TextTooLongError as fault:
        return Note(fault=str(fault))
    return Note("" if text.strip() else hint)


def _note_on_date(text: str, today: dt.date) -> Note:
    date = date_of(text, today)
    if date is None:
        return Note(fault=_("Welke dag is dat? Typ bijvoorbeeld 12-1 of vrijdag."))
    return Note(long_date(date))


def _note_on_teams(text: str) -> Note:
    try:
        names = split_names(clean_text(text))
        if not names:
            return Note(_("Eén naam per regel; een lijst plakken mag."), fault=_("Noem ten minste één team."))
        if fault := _fault_in_names(names):
            return Note(fault=fault)
        teams = named_teams(names)
    except (RefusedError, TextTooLongError) as refusal:
        return Note(fault=str(refusal))
    count = ngettext("{n} team", "{n} teams", len(teams)).format(n=len(teams))
    # By name: “Blauw, Rood” on a line of its own is one team, and that must be seen before it is made.
    return Note(shorten(f"{count}: {' · '.join(team.name for team in teams)}", 120))


def _fault_in_names(names: Sequence[str]) -> str:
    """Return the first fault in the names, with the name in it."""
    seen: set[str] = set()
    for name in names:
        if len(name) > NAME_LIMIT:
            return _("“{name}” is te lang: er passen {most} tekens.").format(name=shorten(name, 24), most=NAME_LIMIT)
        if name.casefold() in seen:
            return _("“{name}” staat er twee keer.").format(name=name)
        seen.add(name.casefold())
    return ""


def _note_on_minutes(text: str, script: Script, now: dt.datetime) -> Note:
    planned, minutes = planned_minutes(script), minutes_of(text)
    if minutes is None:
        return Note(fault=_("Hoeveel minuten zijn er? Typ bijvoorbeeld {n} of 2 uur.").format(n=planned))
    if minutes > MOST_MINUTES:
        return Note(fault=_("Dat is langer dan tien uur. Een workshop past in een dag."))
    try:
        fit(script, minutes)
    except DoesNotFitError as refusal:
        return Note(
            fault=ngettext(
                "Dat past niet: er is {n} minuut te weinig, het minimum is {least}.",
                "Dat past niet: er zijn {n} minuten te weinig, het minimum is {least}.",
                refusal.shortage,
            ).format(n=refusal.shortage, least=minutes + refusal.shortage)
        )
    end = _("Begin je nu, dan ben je om {time} klaar.").format(time=clock_time(now + dt.timedelta(minutes=minutes)))
    return Note(f"{_how_it_fits(minutes - planned)} {end}")


def _how_it_fits(more: int) -> str:
    if more == 0:
        return _("Dat past precies.")
    if more < 0:
        return _("{n} min. minder dan gepland: de stappen worden korter.").format(n=-more)
    return _("{n} min. meer dan gepland: de stappen worden langer.").format(n=more)
