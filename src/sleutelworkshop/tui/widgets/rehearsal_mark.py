"""The mark of a rehearsal: a band over the whole width, on whatever screen it is put."""

from typing import ClassVar

from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human


class RehearsalMark(Static):
    """Says that this is a rehearsal, and how fast (``speed``) its clock goes; no widget of the screen can cover it."""

    DEFAULT_CSS: ClassVar[str] = """
    RehearsalMark {
        split: top;  /* besides what the screen itself docks at its edges */
        height: 1;
        background: $warning;
        color: $background;
        text-style: bold;
        text-align: center;
        text-wrap: nowrap;
    }
    """

    ALLOW_SELECT = False

    def __init__(self, speed: str) -> None:
        super().__init__(human(_("OEFENING · {speed} · er wordt niets bewaard").format(speed=speed)))
