"""The countdown for the room: as large as there is place for, with a bar, and in words what the colour says."""

import datetime as dt
from typing import Final

from msgspec import Struct
from textual.content import Content

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.session.model import StepRun
from sleutelworkshop.session.timing import Urgency, clock_text, seconds_left, urgency
from sleutelworkshop.tui.stage.rows import Rows, centred, high
from sleutelworkshop.tui.widgets.block_digits import TIME, block_rows, block_unit

LEAST: Final = 3
"""Rows of the smallest digits of blocks."""


class StageTime(Struct, frozen=True):
    """How it stands with the time of a step: its text, what is left (1 to 0), how pressing it is, whether it runs."""

    text: str
    share: float
    urgency: Urgency
    running: bool
    begun: bool
    minutes: int

    @property
    def style(self) -> str:
        """The colour: quiet while no time runs."""
        return f"bold $time-{self.urgency}" if self.running else "$quiet"

    @property
    def words(self) -> Content:
        """What the colour says, in words."""
        total = ngettext("{n} minuut", "{n} minuten", self.minutes).format(n=self.minutes)
        if not self.begun:
            return Content.styled(total, "$quiet")
        if not self.running:
            return Content.styled(_("de tijd staat stil"), "bold $warning")
        match self.urgency:
            case Urgency.OVER:
                return Content.styled(_("de tijd is om"), self.style)
            case Urgency.LAST:
                return Content.styled(_("bijna om"), self.style)
            case Urgency.SOON:
                return Content.styled(_("rond af"), self.style)
            case Urgency.CALM:
                return Content.styled(_("van {total}").format(total=total), "$quiet")


def stage_time(run: StepRun, now: dt.datetime) -> StageTime:
    """Return how it stands with the time of a step."""
    left = seconds_left(run, now)
    return StageTime(
        text=clock_text(left),
        share=min(max(round(left / (run.total * 60), 3), 0.0), 1.0),
        urgency=urgency(run, now),
        running=run.is_running,
        begun=run.has_begun,
        minutes=run.total,
    )


def digits(time: StageTime, width: int, height: int) -> Rows:
    """Return the time in digits that fill the place, or in one row where there is no place for large ones."""
    unit = block_unit(time.text, width, height)
    if not unit:
        return [Content.styled(time.text, f"bold {time.style}")]
    return [Content.styled(row, time.style) for row in block_rows(time.text, unit)]


def digits_width(text: str, height: int) -> int:
    """Return the cells that the digits take in so many rows."""
    unit = max(height * 2 // 5, 1)
    return max(len(block_rows(each, unit)[0]) for each in (text, TIME))


def bar(time: StageTime, width: int) -> Content:
    """Return a line of which the part that is left is heavy."""
    filled = round(width * time.share)
    return Content.assemble(("━" * filled, time.style), ("─" * (width - filled), "$line"))


def large(time: StageTime, width: int, height: int) -> Rows:
    """Return the countdown for a place of its own: a blank row, then digits, bar and words in the middle of it."""
    room = max(height - 1, 0)
    # A blank row over the bar, unless the digits would be smaller for it.
    airy = block_unit(time.text, width, room - 3) == block_unit(time.text, width, room - 2)
    rows = digits(time, width, room - 3 if airy else room - 2)
    long = min(max(rows[0].cell_length, digits_width(time.text, LEAST)), width)
    rows = [*rows, *([Content()] if airy else []), bar(time, long), time.words]
    return high([Content(), *high(centred(rows, width), room, middle=True)], height)
