"""A list of which each line can be ticked: with the space bar or enter, with its digit, or with a click."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.reactive import reactive
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sleutelworkshop.i18n import _


class Tick(Struct, frozen=True):
    """A line: its words, beside each other in columns, and whether it stands ``apart`` from those above it."""

    id: str
    words: tuple[str, ...]
    apart: bool = False


class TickList(OptionList):
    """Shows which lines are ``ticked``; posts ``OptionSelected`` when a person turns one, and turns nothing itself."""

    DEFAULT_CSS: ClassVar[str] = """
    TickList { height: auto; padding: 0; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", _("aan of uit")),
        Binding("enter", "select", show=False),
    ]

    ticked: reactive[frozenset[str]] = reactive(frozenset(), init=False)

    def __init__(self, ticks: Sequence[Tick], ticked: frozenset[str], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._ticks = tuple(ticks)
        self._widths = [
            max(Content(tick.words[column]).cell_length for tick in ticks if len(tick.words) > column + 1)
            for column in range(max(len(tick.words) for tick in ticks) - 1)
        ]
        self.set_reactive(TickList.ticked, ticked)

    def on_mount(self) -> None:
        for number, tick in enumerate(self._ticks, start=1):
            if tick.apart:
                self.add_option(Option("", disabled=True))
            self.add_option(Option(self._line(number, tick), id=tick.id))
        self.highlighted = 0

    def watch_ticked(self) -> None:
        for number, tick in enumerate(self._ticks, start=1):
            self.replace_option_prompt(tick.id, self._line(number, tick))

    def _line(self, number: int, tick: Tick) -> Content:
        on = tick.id in self.ticked
        sign = ("■  ", "bold $primary") if on else ("□  ", "$quiet")
        *columns, last = tick.words
        padded = [
            Content(text).truncate(width + 2, pad=True) for text, width in zip(columns, self._widths, strict=False)
        ]
        title, *more = [*padded, Content(last)]
        quiet = [each.stylize("$quiet") for each in more]
        return Content.assemble((f"{number}  ", "$quiet"), sign, title.stylize("bold") if on else title, *quiet)

    def on_key(self, event: Key) -> None:
        """Turn the line of a digit."""
        if event.character and event.character in "123456789"[: len(self._ticks)]:
            event.stop()
            self.highlighted = self.get_option_index(self._ticks[int(event.character) - 1].id)
            self.action_select()
