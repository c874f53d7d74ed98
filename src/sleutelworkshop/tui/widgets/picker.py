"""A chooser of one line, without a list that drops down: what can be chosen is always in sight or one key away."""

from collections.abc import Sequence
from typing import ClassVar, Final, Self

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widget import Widget

from sleutelworkshop.i18n import _
from sleutelworkshop.text import shorten
from sleutelworkshop.tui.human import human

_GAP: Final = 2
_CURSOR: Final = "bold $block-cursor-foreground on $block-cursor-background"


class Picker(Widget, can_focus=True):
    """Chooses one of ``options``, pairs of an id and a text, or none ("").

    Shows them all where they fit (``● ja  ○ nee``) and else the chosen one between arrows. Arrows and space step,
    a digit or a first letter chooses, backspace clears, a click chooses.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", _("Vorige keuze"), show=False),
        Binding("right,space", "step(1)", _("Volgende keuze"), show=False),
        Binding("backspace,delete", "clear", _("Keuze wissen"), show=False),
    ]

    DEFAULT_CSS: ClassVar[str] = """
    Picker {
        width: 1fr;
        height: 1;
        pointer: pointer;
        &:focus { background: $panel; }
    }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """As Textual has it, but for laying out the whole screen again when the picker has come: it never scrolls."""

    chosen: reactive[str] = reactive("")
    """The id of the chosen option, or "". Setting it posts nothing."""

    class Changed(Message):
        """The person chose ``chosen``, or cleared the choice ("")."""

        def __init__(self, picker: "Picker", chosen: str) -> None:
            super().__init__()
            self.picker = picker
            self.chosen = chosen

        @property
        def control(self) -> "Picker":
            """The picker in which it happened."""
            return self.picker

    def __init__(self, options: Sequence[tuple[str, str]], *, chosen: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.options = tuple(options)
        self.set_reactive(Picker.chosen, chosen)

    @property
    def inline_width(self) -> int:
        """The cells it takes to show all options beside each other."""
        return sum(human(f"● {title}").cell_length for _id, title in self.options) + _GAP * (len(self.options) - 1)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return self.inline_width

    def render(self) -> Content:
        width = self.content_size.width
        return self._inline() if self.inline_width <= width else self._between_arrows(width)

    def _inline(self) -> Content:
        shown = []
        for option_id, title in self.options:
            if option_id == self.chosen:
                shown.append(human(f"● {title}", _CURSOR if self.has_focus else "bold"))
            else:
                shown.append(human(f"○ {title}", "$foreground" if self.has_focus else "$quiet"))
        return human(" " * _GAP).join(shown)

    def _between_arrows(self, width: int) -> Content:
        title = next((title for option_id, title in self.options if option_id == self.chosen), "")
        room = max(width - 4, 1)
        words = human(shorten(title, room) if title else shorten(_("kies"), room) if room > 3 else "…")
        words = words.stylize(_CURSOR) if self.has_focus else words.stylize("bold" if title else "$quiet")
        arrow = "$foreground" if self.has_focus else "$quiet"
        return Content.assemble(human("◂ ", arrow), words, human(" ▸", arrow))

    def choose(self, option_id: str) -> None:
        """Choose an option as a person would: posts :class:`Changed` when that is a change."""
        if option_id != self.chosen:
            self.chosen = option_id
            self.post_message(self.Changed(self, option_id))

    def action_step(self, by: int) -> None:
        ids = [option_id for option_id, _title in self.options]
        if self.chosen in ids:
            self.choose(ids[(ids.index(self.chosen) + by) % len(ids)])
        else:
            self.choose(ids[0 if by > 0 else -1])

    def action_clear(self) -> None:
        self.choose("")

    def on_key(self, event: Key) -> None:
        if event.character is None or not event.character.isalnum():
            return
        if event.character.isdecimal() and event.character.isascii():
            number = int(event.character)
            if 1 <= number <= len(self.options):
                self.choose(self.options[number - 1][0])
        else:
            self._jump(event.character)
        event.stop()

    def _jump(self, letter: str) -> None:
        """Choose the next option that begins with ``letter``."""
        ids = [option_id for option_id, _title in self.options]
        start = ids.index(self.chosen) + 1 if self.chosen in ids else 0
        for option_id, title in (*self.options[start:], *self.options[:start]):
            if title.casefold().startswith(letter.casefold()):
                self.choose(option_id)
                return

    def on_click(self, event: Click) -> None:
        event.stop()
        if self.inline_width > self.content_size.width:
            self.action_step(-1 if event.x < 2 else 1)
            return
        edge = 0
        for option_id, title in self.options:
            edge += human(f"● {title}").cell_length
            if event.x < edge:
                self.choose("" if option_id == self.chosen else option_id)
                return
            edge += _GAP


class YesNoPicker(Picker):
    """Chooses yes or no; ``j`` and ``n`` do too."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__((("yes", _("ja")), ("no", _("nee"))), id=id)

    @property
    def answer(self) -> bool | None:
        """Yes, no, or None while it is open."""
        return None if not self.chosen else self.chosen == "yes"

    def show(self, answer: bool | None) -> Self:
        """Show an answer; posts nothing."""
        self.chosen = {True: "yes", False: "no", None: ""}[answer]
        return self


class MarkPicker(Picker):
    """Chooses a mark from 1 to 5."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__([(str(mark), str(mark)) for mark in range(1, 6)], id=id)

    @property
    def mark(self) -> int | None:
        """The mark, or None while there is none."""
        return int(self.chosen) if self.chosen else None

    def show(self, mark: int | None) -> Self:
        """Show a mark; posts nothing."""
        self.chosen = str(mark) if mark else ""
        return self
