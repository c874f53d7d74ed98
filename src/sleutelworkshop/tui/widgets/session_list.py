"""The list of sessions, or of earlier versions of one: two lines each, laid out for the width there is."""

from collections.abc import Sequence
from typing import ClassVar, Final

from msgspec import Struct
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sleutelworkshop.i18n import _

_NOTHING: Final = Content()


class SessionRow(Struct, frozen=True, kw_only=True):
    """A session in words, as it is or as it once was: ``title`` and ``aside`` on one line, how far it is on the next.

    ``mark`` is a word behind the title; ``key`` is handed back when it is chosen; ``fault`` says why it cannot be
    opened.
    """

    key: str
    title: str
    mark: str = ""
    aside: str = ""
    where: str = ""
    done: int = 0
    total: int = 0
    finished: bool = False
    saved: str = ""
    fault: str = ""


class SessionList(OptionList):
    """The sessions; posts ``OptionSelected`` with the key of a row as the id of the option."""

    DEFAULT_CSS: ClassVar[str] = """
    SessionList {
        height: 1fr;
        border: none;
        padding: 0;
        background: $background;
        &:focus { border: none; background-tint: $background 0%; }
        scrollbar-size-vertical: 1;
        & > .option-list--option-highlighted { background: $background; color: $foreground; text-style: none; }
        &:focus > .option-list--option-highlighted { background: $background; color: $foreground; text-style: none; }
        & > .option-list--option-hover { background: $surface; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("openen"), key_display="enter")]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._rows: tuple[SessionRow, ...] = ()
        self._marked: int | None = None

    @property
    def row(self) -> SessionRow | None:
        """The row that is highlighted."""
        return self._rows[self.highlighted] if self.highlighted is not None else None

    def show(self, rows: Sequence[SessionRow], wanted: str = "") -> None:
        """Draw the rows. The highlight stays on its session, or goes to the one with the key ``wanted``."""
        key = wanted or (self.row.key if self.row else "")
        if tuple(rows) != self._rows:
            self._marked = None
            self.clear_options()
            self._rows = tuple(rows)
            self.add_options([Option(Card(row), id=row.key) for row in rows])
        if rows:
            self.highlighted = next((i for i, row in enumerate(rows) if row.key == key), 0)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the highlighted row with a sign as well: colour is never the only one."""
        if self._marked is not None and self._marked < len(self._rows):
            self.replace_option_prompt_at_index(self._marked, Card(self._rows[self._marked]))
        self._marked = event.option_index
        if event.option_index < len(self._rows):
            self.replace_option_prompt_at_index(event.option_index, Card(self._rows[event.option_index], marked=True))


class Card(Visual):
    """One session, drawn for whatever width the list has."""

    def __init__(self, row: SessionRow, *, marked: bool = False) -> None:
        self._row = row
        self._marked = marked

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Return the lines of the card."""
        return self._content(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002 - Textual asks it so
        """Return the width it likes best: all there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002 - Textual asks it so
        """Return how many lines it takes."""
        return len(self._lines(width))

    def _content(self, width: int) -> Content:
        return Content("\n").join(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        inner = max(width - 4, 20)
        row = self._row
        name = Content.styled(row.title, "bold $primary" if self._marked else "bold")
        lines = [_sides(name, Content.styled(row.aside, "$quiet"), inner, Content.styled(row.mark, "$secondary"))]
        if row.fault:
            lines += Content.styled(f"▲ {row.fault}", "$error").wrap(inner)[:3]
        else:
            lines.append(_sides(self._progress(inner), Content.styled(row.saved, "$quiet"), inner))
        mark = Content.styled("▌ " if self._marked else "  ", "$primary")
        return [*(Content.assemble(mark, line) for line in lines), Content(" ")]

    def _progress(self, inner: int) -> Content:
        row = self._row
        where = Content.styled(row.where, "$foreground" if row.done and not row.finished else "$quiet")
        column, bar_width = (24, 8) if inner < 90 else (40, 20)
        filled = row.done * bar_width // row.total if row.total else 0
        tint = "$success" if row.finished else "$primary"
        return Content.assemble(
            where.truncate(column - 2, ellipsis=True).truncate(column, pad=True),
            ("━" * filled, tint),
            ("─" * (bar_width - filled) + "  ", "$line"),
            (_("{done} van {total}").format(done=row.done, total=row.total), "$quiet"),
        )


def _sides(left: Content, right: Content, width: int, mark: Content = _NOTHING) -> Content:
    """Return a line with one text at its beginning, a mark behind it, and one at its end; the first gives way."""
    room = max(width - right.cell_length - 2, 10)
    behind = Content.assemble("  ", mark) if mark else mark
    left = Content.assemble(left.truncate(max(room - behind.cell_length, 10), ellipsis=True), behind)
    return Content.assemble(left.truncate(room + 2, pad=True), right)
