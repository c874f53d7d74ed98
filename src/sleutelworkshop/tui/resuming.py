"""Going on where a session was left: what to do with the time that the program was away."""

import datetime as dt

from textual.app import App

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.session_controller import SessionController


async def go_on_from(app: App[int], desk: SessionController, seen_at: dt.datetime) -> None:
    """Close the gap between ``seen_at``, when the program last lived, and now; ask if a timer was running."""
    choice = "wait"
    if desk.running:
        question = _("De tijd liep nog toen je hier wegging")
        gap = desk.now() - seen_at
        choice = await app.push_screen_wait(_question(desk, question, _("Dat was {away} geleden, bij “{step}”."), gap))
    desk.resume(lambda session: _gone_on(session, seen_at, desk.now(), choice))


async def close_gap(app: App[int], desk: SessionController, away: float) -> None:
    """Ask what to do with the ``away`` seconds that the laptop slept while the timer ran, and do it.

    The desk is on hold until then.
    """
    seen_at = desk.now() - dt.timedelta(seconds=away)
    question, gap = _("Je laptop sliep terwijl de tijd liep"), dt.timedelta(seconds=away)
    choice = await app.push_screen_wait(_question(desk, question, _("Dat duurde {away}, bij “{step}”."), gap))
    desk.resume(lambda session: _gone_on(session, seen_at, desk.now(), choice))


def close_quietly(desk: SessionController, away: float) -> None:
    """Close the gap of ``away`` seconds in which no timer ran: after hours, that is another meeting."""
    now = desk.now()
    desk.resume(lambda session: moving.close_gap(session, now - dt.timedelta(seconds=away), now, count=False))


def _gone_on(session: Session, seen_at: dt.datetime, now: dt.datetime, choice: str) -> Session:
    running = session.run.started_at is not None
    session = moving.close_gap(session, seen_at, now, count=choice == "count")
    return moving.start(session, now) if running and choice in {"go", "count"} else session


def _question(desk: SessionController, question: str, details: str, gap: dt.timedelta) -> DialogScreen:
    away = _duration(gap)
    return DialogScreen(
        question,
        [
            ("go", _("Verder waar hij stond")),
            ("count", _("Die tijd meetellen ({away})").format(away=away)),
            ("wait", _("Stil laten staan")),
        ],
        details.format(away=away, step=desk.session.step.title),
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
