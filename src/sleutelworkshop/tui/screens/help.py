"""The keys that work here, and whose ideas the workshop stands on."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human


class HelpScreen(ModalScreen[None]):
    """Lists keys with what they do, as pairs; ``foot`` names the source."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,f1,enter,space", "dismiss", _("Sluiten"))]

    def __init__(self, keys: Iterable[tuple[str, str]], foot: str = "") -> None:
        super().__init__()
        self._keys, self._foot = list(keys), foot

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(human(_("Toetsen die hier werken"), "bold"), id="help-title")
            lines = [Content.assemble((f"{key:>12}  ", "bold $primary"), words) for key, words in self._keys]
            yield Static(Content("\n").join(lines))
            yield Static(human(self._foot), id="help-foot")
