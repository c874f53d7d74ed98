"""What stood there before: the earlier values of one answer or agreement, to read and to take back."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from sleutelworkshop.dates import clock_time, short_date
from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human


class EarlierValue(Struct, frozen=True):
    """A value that stood there until something else did: when it was given, and its lines."""

    at: dt.datetime
    lines: tuple[str, ...]


class EarlierList(OptionList):
    """The earlier values; enter takes the highlighted one back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("terugzetten"), key_display="enter")]


class EarlierScreen(ModalScreen[int | None]):
    """Lists ``values``, the newest first; returns the number of the one to take back, or None."""

    CSS_PATH = "earlier.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f9", "dismiss(None)", _("Terug"), key_display="esc"),
        Binding("f1,question_mark", "app.help", _("toetsen"), key_display="?"),  # a modal cuts off those of the app
    ]

    def __init__(self, title: str, question: str, values: Sequence[EarlierValue], now: dt.datetime) -> None:
        super().__init__()
        self._title, self._question, self._values, self._now = title, question, values, now

    def compose(self) -> ComposeResult:
        with VerticalGroup(id="earlier"):
            yield Static(Content.assemble((self._title, "bold $primary"), ("   " + _("eerder"), "bold")))
            yield Static(human(self._question, "$quiet"), id="earlier-question")
            if self._values:
                yield EarlierList(*(Option(_content(each, self._now)) for each in self._values), id="earlier-values")
            else:
                yield Static(human(_("Hier stond nog niet eerder iets anders.")))
            keys = _("enter zet terug · esc laat staan wat er staat") if self._values else _("esc terug")
            yield Static(human(keys, "$quiet"), id="earlier-keys")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option_index)


def _content(value: EarlierValue, now: dt.datetime) -> Content:
    moment = value.at.astimezone()
    time = clock_time(moment)
    when = time if moment.date() == now.astimezone().date() else f"{short_date(moment.date())} {time}"
    lines = [human(line) for line in value.lines] or [human(_("(leeg)"), "$quiet")]
    return Content("\n").join([human(when, "bold $primary"), *lines, Content(" ")])
