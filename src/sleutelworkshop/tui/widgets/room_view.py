"""What the room sees, in a widget that fills a window: it draws again only the rows that changed."""

import datetime as dt
from typing import ClassVar

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from sleutelworkshop.session.revealing import RoomView
from sleutelworkshop.tui.stage.picture import Stage


class RoomDisplay(Widget):
    """Shows a :class:`RoomView` and nothing else: whatever is not in it, cannot be seen here."""

    DEFAULT_CSS: ClassVar[str] = """
    RoomDisplay { width: 1fr; height: 1fr; background: $background; color: $foreground; }
    """

    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._seen: tuple[RoomView, dt.datetime, str] | None = None
        self._stage: Stage | None = None
        self._rows: list[Content] = []
        self._page: int | None = None
        self._subject: tuple[str, ...] = ()

    def show(self, view: RoomView, now: dt.datetime, notice: str = "") -> None:
        """Show the view as it is at ``now``. ``notice`` is said quietly at the head."""
        self._seen = (view, now, notice)
        session = view.session
        subject = (session.position, view.component, *session.revealed)
        if subject != self._subject:  # something else is talked about: the page that was turned to is of before
            self._subject, self._page = subject, None
        self._draw()

    def turn(self, pages: int) -> None:
        """Turn that many pages onward, or back."""
        if self._stage is not None:
            scene = self._stage.scene
            self._page = min(max(scene.page + pages, 0), scene.pages - 1)
            self._stage = None
            self._draw()

    def on_resize(self) -> None:
        self._stage = None
        self._draw()

    def _draw(self) -> None:
        if self._seen is None or not self.size:
            return
        view, now, notice = self._seen
        if self._stage is None or self._stage.view is not view:
            self._stage = Stage(view, *self.size, page=self._page)
        before, self._rows = self._rows, self._stage.rows(now, notice)
        changed = [
            Region(0, y, self.size.width, 1)
            for y, row in enumerate(self._rows)
            if y >= len(before) or not row.is_same(before[y])
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Return one row."""
        row = self._rows[y] if y < len(self._rows) else Content()
        # A row of no cells gives no strip at all.
        (strip,) = Visual.to_strips(self, row or Content(" "), self.size.width, 1, self.visual_style, pad=True)
        return strip
