"""Said when the window is smaller than the workshop fits in."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.sizes import LEAST, fits


class TooSmallScreen(ModalScreen[None]):
    """Covers everything until the window is large enough; what is underneath goes on as it was."""

    DEFAULT_CSS: ClassVar[str] = """
    TooSmallScreen { align: center middle; background: $background; }
    TooSmallScreen Static { text-align: center; width: 100%; }
    """

    def on_resize(self) -> None:
        self._leave()

    def on_screen_resume(self) -> None:
        self._leave()

    def _leave(self) -> None:
        """Leave when there is room; also when something came in front meanwhile, and has left again."""
        if self.is_active and fits(self.app.size):
            self.dismiss()

    def compose(self) -> ComposeResult:
        yield Static(
            human(
                _("Maak het venster groter\n\nhet past vanaf {w} × {h} tekens").format(w=LEAST.width, h=LEAST.height),
                "bold",
            )
        )
