"""The countdown: the one large thing on the screen."""

import datetime as dt
from typing import ClassVar, Final

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Digits, Static

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.ringing import flashes
from sleutelworkshop.session.timing import (
    Urgency,
    clock_text,
    planned_seconds,
    seconds_left,
    still_seconds,
    urgency,
)
from sleutelworkshop.tui.human import put
from sleutelworkshop.tui.widgets.block_digits import BlockDigits

LONG: Final = 2
"""Minutes from which nobody can overlook any more that the time was not started."""


class Time(Struct, frozen=True):
    """What a countdown shows: its text, how much is left (1 to 0), how pressing it is, whether it runs.

    ``still`` are the whole minutes that it has not run while the room was there, ``flash`` whether it lights up now.
    ``is_read_only``: no key starts it here.
    """

    text: str
    share: float
    urgency: Urgency
    running: bool
    begun: bool
    finished: bool
    minutes: int
    still: int = 0
    flash: bool = False
    is_read_only: bool = False


class TimeBar(Static):
    """A line of which the part that is left is heavy."""

    share: reactive[float] = reactive(1.0)

    def render(self) -> Content:
        """Draw the line as wide as there is room."""
        width = self.size.width
        filled = round(width * min(max(self.share, 0.0), 1.0))
        return Content.assemble(("━" * filled, ""), ("─" * (width - filled), "$line"))


class Countdown(Vertical):
    """Large digits, a bar and a line of words; its colour follows the urgency, its words say the same."""

    DEFAULT_CSS: ClassVar[str] = """
    Countdown {
        height: auto;
        color: $time-calm;
        &.-soon { color: $time-soon; }
        &.-last { color: $time-last; }
        &.-over { color: $time-over; }
        &.-flash { background: $time-over; color: $background; }
        &.-flash TimeBar { color: $background; }
        &.-finished Digits, &.-finished BlockDigits, &.-finished TimeBar { display: none; }
        Digits { width: 1fr; text-align: center; text-style: bold; }
        BlockDigits { width: 1fr; height: 5; text-align: center; margin-bottom: 1; display: none; }
        TimeBar { height: 1; width: 1fr; }
        #countdown-words { width: 1fr; text-align: center; }
    }
    """

    time: reactive[Time | None] = reactive(None, init=False)

    def compose(self) -> ComposeResult:
        yield Digits()
        yield BlockDigits()  # in place of the other where the style sheet sees room for it
        yield TimeBar()
        yield Static(id="countdown-words")

    def watch_time(self, time: Time | None) -> None:
        if time is None:
            return
        self.query_one(Digits).update(time.text)
        self.query_one(BlockDigits).show(time.text)
        self.query_one(TimeBar).share = time.share
        put(self.query_one("#countdown-words", Static), _words(time))
        self.set_class(time.finished, "-finished")
        self.set_class(time.flash, "-flash")
        for each in Urgency:
            self.set_class(time.urgency is each, f"-{each}")


def time_of(session: Session, now: dt.datetime, *, is_read_only: bool = False) -> Time:
    """Return what to show of the step where the room is."""
    run, finished = session.run, session.finished_at is not None
    left = seconds_left(run, now)
    return Time(
        text=clock_text(left),
        # In steps of half a percent: the bar need not be drawn more often than it moves.
        share=round(left / planned_seconds(run) * 200) / 200,
        urgency=urgency(run, now),
        running=run.is_running,
        finished=finished,
        begun=run.has_begun,
        minutes=run.total,
        still=int(still_seconds(run, now) // 60),
        # On and off in turns of half a second, by the clock: a screen that is drawn late is not out of step.
        flash=flashes(session, now) and int(-left * 2) % 2 == 0,
        is_read_only=is_read_only,
    )


def _words(time: Time) -> Content:
    total = _("van {n} min.").format(n=time.minutes)
    if time.finished:
        return Content.styled(_("de workshop is afgerond"), "bold $success")
    if not time.begun:
        return _reminder(time)
    if not time.running:
        still = _("de tijd staat al {n} min. stil").format(n=time.still) if time.still else _("de tijd staat stil")
        return Content.assemble((still, "bold $warning"), f" · {total}")
    match time.urgency:
        case Urgency.OVER:
            return Content.styled(_("de tijd is om · {total}").format(total=total), "bold")
        case Urgency.LAST:
            return Content.styled(_("bijna om · {total}").format(total=total), "bold")
        case Urgency.SOON:
            return Content(_("rond af · {total}").format(total=total))
        case Urgency.CALM:
            return Content.styled(total, "$quiet")


def _reminder(time: Time) -> Content:
    """Return that the time is still to be started: louder the longer nobody does."""
    words = _("spatie start de tijd · {n} min.").format(n=time.minutes)
    if time.is_read_only:
        since = _(" al {n} min. niet gestart ") if time.still else _("nog niet gestart · {total} min.")
        return Content.styled(
            since.format(n=time.still, total=time.minutes), "bold $warning" if time.still else "$quiet"
        )
    if time.still < 1:
        return Content.styled(words, "bold $primary")
    waiting = _(" al {n} min. niet gestart · spatie start · v al begonnen ").format(n=time.still)
    return Content.styled(waiting, "bold $warning" if time.still < LONG else "bold $background on $warning")
