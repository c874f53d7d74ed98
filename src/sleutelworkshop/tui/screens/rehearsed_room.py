"""The facilitating screen in a rehearsal: where it ends is with the report, and not among the sessions."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.screens.closing import ClosingScreen
from sleutelworkshop.tui.screens.facilitate import FacilitateScreen


class RehearsedRoomScreen(FacilitateScreen):
    """The screen from which the room is run; also when the last step is done, it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "dismiss", _("Klaar met oefenen"), show=False)]

    def finished(self) -> None:
        """Show what the group came for, and then how the rehearsal went."""
        closing = ClosingScreen(self.desk.session, self.desk.path.stem, self.desk.clock)
        self.app.push_screen(closing, lambda _nothing: self.dismiss())
