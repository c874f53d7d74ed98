"""The countdown: the one large thing on the screen."""

from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Digits, Static

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import StepRun
from sleutelworkshop.session.timing import Urgency
from sleutelworkshop.tui.human import put
from sleutelworkshop.tui.widgets.block_digits import BlockDigits


class Time(Struct, frozen=True):
    """What a countdown shows: its text, how much is left (1 to 0), how pressing it is, whether it runs."""

    text: str
    share: float
    urgency: Urgency
    running: bool
    begun: bool
    finished: bool
    minutes: int


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
        for urgency in Urgency:
            self.set_class(time.urgency is urgency, f"-{urgency}")


def time_of(run: StepRun, text: str, left: float, urgency: Urgency, *, finished: bool) -> Time:
    """Return what to show of a step with ``left`` seconds left; ``finished``: the whole workshop is over."""
    minutes = run.minutes + run.extra
    return Time(
        text=text,
        # In steps of half a percent: the bar need not be drawn more often than it moves.
        share=round(left / (minutes * 60) * 200) / 200,
        urgency=urgency,
        running=run.started_at is not None,
        finished=finished,
        begun=run.started_at is not None or run.used > 0,
        minutes=minutes,
    )


def _words(time: Time) -> Content:
    total = _("van {n} min.").format(n=time.minutes)
    if time.finished:
        return Content.styled(_("de workshop is afgerond"), "bold $success")
    if not time.begun:
        return Content.styled(_("spatie start de tijd · {n} min.").format(n=time.minutes), "bold $primary")
    if not time.running:
        return Content.assemble((_("de tijd staat stil"), "bold $warning"), f" · {total}")
    match time.urgency:
        case Urgency.OVER:
            return Content.styled(_("de tijd is om · {total}").format(total=total), "bold")
        case Urgency.LAST:
            return Content.styled(_("bijna om · {total}").format(total=total), "bold")
        case Urgency.SOON:
            return Content(_("rond af · {total}").format(total=total))
        case Urgency.CALM:
            return Content.styled(total, "$quiet")
