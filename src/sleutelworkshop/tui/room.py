"""What stands at the head of every screen of a session: a pure reading of the session, the clock and the disk."""

import datetime as dt

from msgspec import Struct

from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.timing import (
    Urgency,
    chosen_end,
    clock_text,
    expected_end,
    minutes_behind,
    seconds_left,
    still_seconds,
    urgency,
)
from sleutelworkshop.tui.room_words import room_sees
from sleutelworkshop.tui.safe import SaveState


class RoomState(Struct, frozen=True):
    """The head of the screen, in words. ``waiting`` says for how long the time was not started.

    ``is_read_only``: nothing can be started from here.
    """

    title: str
    group: str
    clock: str
    end: str
    behind: str
    late: bool
    left: str
    waiting: str
    urgency: Urgency
    running: bool
    saved: str
    unsaved: bool
    room: str
    is_read_only: bool


def room_state(
    session: Session, save: SaveState, now: dt.datetime, *, is_read_only: bool = False, muted: bool = False
) -> RoomState:
    """Return the head of the screen as it is at ``now``; ``muted``: no sound tells that the time is up."""
    keeps = session.rehearsal is None and not is_read_only  # else there is nothing to be saved from here
    unsaved = _unsaved_text(save) if keeps else ""
    behind = minutes_behind(session, now)
    teams = len(session.present_teams)
    return RoomState(
        title=session.script.title,
        group=f"{session.organisation} · {ngettext('{n} team', '{n} teams', teams).format(n=teams)}",
        clock=clock_time(now),
        end=_("klaar")
        if session.finished_at
        else _("einde {time}").format(time=clock_time(expected_end(session, now))),
        behind=_behind_text(behind) if _has_end(session) else "",
        late=behind > 0,
        left=clock_text(seconds_left(session.run, now)),
        waiting=_waiting_text(session, now),
        urgency=urgency(session.run, now),
        running=session.run.is_running,
        saved=unsaved or (_("geluid uit · ") if muted else "") + _saved_text(session, save, is_read_only=is_read_only),
        unsaved=bool(unsaved),
        room=room_sees(session),
        is_read_only=is_read_only,
    )


def _has_end(session: Session) -> bool:
    """Return whether it can be said how far behind the workshop is."""
    return session.finished_at is None and chosen_end(session) is not None


def _waiting_text(session: Session, now: dt.datetime) -> str:
    """Return for how long the room has been in a step of which the time was never started; empty below a minute."""
    minutes = int(still_seconds(session.run, now) // 60)
    if session.run.has_begun or session.finished_at is not None or not minutes:
        return ""
    return _("al {n} min. niet gestart").format(n=minutes)


def _unsaved_text(save: SaveState) -> str:
    if save.fault:
        return _("NIET opgeslagen · {why}").format(why=save.fault)
    if save.unsaved:
        return _("nog niet opgeslagen · de schijf antwoordt niet")
    return ""


def _saved_text(session: Session, save: SaveState, *, is_read_only: bool) -> str:
    if session.rehearsal is not None:
        return _("oefening")
    time = f"{save.saved_at.astimezone():%H:%M:%S}"
    if is_read_only:
        watching = _("je kijkt mee · bijgewerkt {time}").format(time=time)
        return _("{watching} · {why}").format(watching=watching, why=save.fault) if save.fault else watching
    saved = _("opgeslagen {time}").format(time=time)
    return (
        _("{saved} · geen eerdere versies: {why}").format(saved=saved, why=save.versions_fault)
        if (save.versions_fault)
        else saved
    )


def _behind_text(minutes: int) -> str:
    if minutes > 0:
        return _("{n} min. achter").format(n=minutes)
    return _("{n} min. voor").format(n=-minutes) if minutes < 0 else _("op tijd")
