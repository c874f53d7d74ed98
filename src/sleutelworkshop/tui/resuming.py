"""Going on where a session was left: what to do with the time that the program was away."""

import datetime as dt

from textual.app import App

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.tui.desk import Desk
from sleutelworkshop.tui.screens.dialog import DialogScreen


async def go_on_from(app: App[int], desk: Desk, seen_at: dt.datetime) -> None:
    """Close the gap between ``seen_at``, when the program last lived, and now; ask if a timer was running."""
    choice = "wait"
    if desk.session.run.started_at is not None:
        choice = await app.push_screen_wait(_question(desk, seen_at))

    def go_on(session: Session) -> Session:
        now = desk.now()
        session = moving.close_gap(session, seen_at, now, count=choice == "count")
        return moving.start(session, now) if choice in {"go", "count"} else session

    desk.resume(go_on)


def _question(desk: Desk, seen_at: dt.datetime) -> DialogScreen:
    away = _duration(desk.now() - seen_at)
    return DialogScreen(
        _("De tijd liep nog toen je hier wegging"),
        [
            ("go", _("Verder waar hij stond")),
            ("count", _("Die tijd meetellen")),
            ("wait", _("Stil laten staan")),
        ],
        _("Dat was {away} geleden, bij “{step}”.").format(away=away, step=desk.session.step.title),
    )


def _duration(gap: dt.timedelta) -> str:
    minutes = max(round(gap.total_seconds() / 60), 0)
    if minutes < 1:
        return _("minder dan een minuut")
    if minutes < 120:
        return ngettext("{n} minuut", "{n} minuten", minutes).format(n=minutes)
    if minutes < 48 * 60:
        return _("{n} uur").format(n=minutes // 60)
    return _("{n} dagen").format(n=minutes // (24 * 60))
