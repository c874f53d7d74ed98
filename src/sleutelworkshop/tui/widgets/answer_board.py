"""All answers that feed one component: sections under one another, cards side by side, and a cursor that walks them."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import ItemGrid, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.answer_card import AnswerCard
from sleutelworkshop.tui.widgets.takeable import Takeable, Takeables

CARD_WIDTH = 33
"""Cells that a card needs to be read; how many stand side by side follows from it."""


class Section(Struct, frozen=True):
    """One question: its chart, if people would rather look than read, the cards of the teams, and who is missing.

    ``seen`` is whether the room sees the answers now.
    """

    question: str
    heading: str
    chart: Takeables | None
    cards: tuple[Takeables, ...]
    missing: str
    seen: bool = False


class SectionView(Vertical):
    """One question: heading, chart, cards, and who is missing. Only what changed is drawn again."""

    DEFAULT_CSS: ClassVar[str] = """
    SectionView {
        height: auto;
        margin-bottom: 1;
        padding-right: 1;
        & > Static { width: 1fr; padding-left: 1; }
        & > .heading { margin-bottom: 1; }
        & > .missing { color: $quiet; }
        & > Takeable { margin-bottom: 1; }
        & > ItemGrid { grid-gutter: 1 2; margin-bottom: 1; }
    }
    """

    def __init__(self, section: Section, accent: str) -> None:
        self._section = section
        self._accent = accent
        self._heading = Static(self._head(section), classes="heading")
        self._chart = Takeable(section.chart) if section.chart else None
        self._cards = {value.key: AnswerCard(value) for value in section.cards}
        self._grid = ItemGrid(*self._cards.values(), min_column_width=CARD_WIDTH)
        self._missing = Static(human(section.missing), classes="missing")
        super().__init__()

    def compose(self) -> ComposeResult:
        yield self._heading
        if self._chart is not None:
            yield self._chart
        yield self._grid
        yield self._missing

    def on_mount(self) -> None:
        self._show_if_any()

    def show(self, section: Section) -> None:
        """Show the question as it is answered now."""
        if section == self._section:
            return
        if not self._grid.is_attached:
            self.call_after_refresh(self.show, section)
            return
        put(self._heading, self._head(section))
        missing, self._section = section.missing != self._section.missing, section
        self._show_chart(section.chart)
        self._show_cards(section.cards)
        if missing:
            self._missing.update(human(section.missing))
        self._show_if_any()

    def _head(self, section: Section) -> Content:
        """Return the question, and whether the room sees what was answered to it."""
        seen = (_("● in de zaal"), "bold $success") if section.seen else (_("○ niet in de zaal"), "$quiet")
        return Content.assemble((section.heading, f"bold {self._accent}"), "   ", seen)

    def _show_chart(self, chart: Takeables | None) -> None:
        if chart is None:
            if self._chart is not None:
                self._chart.remove()
                self._chart = None
        elif self._chart is None:
            self._chart = Takeable(chart)
            self.mount(self._chart, after=self._heading)
        else:
            self._chart.value = chart

    def _show_cards(self, values: Sequence[Takeables]) -> None:
        wanted = {value.key: value for value in values}
        for key in [key for key in self._cards if key not in wanted]:
            self._cards.pop(key).remove()
        before: Widget | None = None
        for key, value in reversed(wanted.items()):
            card = self._cards.get(key)
            if card is None:
                card = self._cards[key] = AnswerCard(value)
                self._grid.mount(card, before=before)
            else:
                card.value = value
            before = card

    def _show_if_any(self) -> None:
        self._grid.display = bool(self._cards)
        self._missing.display = bool(self._section.missing)


class AnswerBoard(VerticalScroll):
    """The sections. Arrows walk through lines and cards; the card at hand is always in sight."""

    DEFAULT_CSS: ClassVar[str] = """
    AnswerBoard { height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable; padding-left: 2; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "line(1)", _("Volgende regel"), show=False),
        Binding("up", "line(-1)", _("Vorige regel"), show=False),
        Binding("right", "card(1)", _("Volgende kaart"), show=False),
        Binding("left", "card(-1)", _("Vorige kaart"), show=False),
        Binding("home", "edge(0)", _("Eerste kaart"), show=False),
        Binding("end", "edge(-1)", _("Laatste kaart"), show=False),
    ]

    def __init__(self, sections: Sequence[Section], accent: str) -> None:
        self._sections = {section.question: SectionView(section, accent) for section in sections}
        super().__init__(*self._sections.values())
        self._last: Takeable | None = None

    def show(self, sections: Sequence[Section]) -> None:
        """Show the answers as they are now."""
        for section in sections:
            self._sections[section.question].show(section)

    def focus_last(self) -> None:
        """Put the cursor back where it was on this board, or at the first card."""
        takeables = list(self.query(Takeable))
        last = self._last if self._last in takeables else None
        target = last or next(iter(takeables), None)
        self.screen.set_focus(target if target is not None else self)

    def action_line(self, step: int) -> None:
        """Go to the line above or under; from the last line of a card to the card under it."""
        here = self._here
        if here is None:
            self.scroll_relative(y=step, animate=False)
        elif not self._scroll_within(here, step) and not here.move(step):
            there = self._neighbour(here, step)
            if there is None:
                self.scroll_relative(y=step * 2, animate=False)
            else:
                there.cursor = 0 if step > 0 else max(len(there.value.lines) - 1, 0)
                there.focus(scroll_visible=False)

    def action_card(self, step: int) -> None:
        """Go to the card before or after."""
        takeables = list(self.query(Takeable))
        here = self._here
        if here is not None:
            at = takeables.index(here) + step
            if 0 <= at < len(takeables):
                takeables[at].focus(scroll_visible=False)

    def action_edge(self, index: int) -> None:
        """Go to the first or the last card."""
        takeables = list(self.query(Takeable))
        if takeables:
            takeables[index].focus(scroll_visible=False)

    def on_takeable_moved(self, event: Takeable.Moved) -> None:
        event.stop()
        takeable = event.takeable
        if takeable.has_focus:
            self._last = takeable
            # After the layout that a new card or text asks for: its place is only known then.
            self.call_after_refresh(self._into_sight, takeable)

    @property
    def _here(self) -> Takeable | None:
        focused = self.screen.focused
        return focused if isinstance(focused, Takeable) and focused in self.query(Takeable) else None

    def _into_sight(self, takeable: Takeable) -> None:
        if not takeable.is_attached or not takeable.has_focus:
            return
        line, view = self._on_board(takeable, takeable.line_region), self.scrollable_content_region.height
        if takeable.cursor == 0:
            # With what stands above it, as far as that fits: the head of the card, and the question over the first row.
            for above in (self._on_board(takeable, takeable.size.region).y, self._heading_over(takeable)):
                if line.y - above < view // 2 or line.bottom - above <= view:
                    line = Region(line.x, above, line.width, line.bottom - above)
        if line.height > view:
            line = Region(line.x, line.y, line.width, view)
        self.scroll_to_region(line, animate=False, x_axis=False, force=True)

    def _heading_over(self, takeable: Takeable) -> int:
        """Return the row of the question when the card stands in its first row; else the row of the card."""
        section = next(each for each in self._sections.values() if each in takeable.ancestors)
        first = section.query(Takeable).first()
        over = section if first.region.y == takeable.region.y else takeable
        return over.region.y - self.scrollable_content_region.y + self.scroll_offset.y

    def _scroll_within(self, takeable: Takeable, step: int) -> bool:
        """Scroll as long as more of the line, or under the last line of the card, is out of sight that way."""
        line, view = self._on_board(takeable, takeable.line_region), self.scrollable_content_region.height
        if step > 0 and takeable.cursor == len(takeable.value.lines) - 1:
            line = line.union(self._on_board(takeable, takeable.size.region))
        more = line.bottom - self.scroll_offset.y - view if step > 0 else self.scroll_offset.y - line.y
        if more <= 0:
            return False
        self.scroll_relative(y=step * min(more, max(view // 2, 1)), animate=False)
        return True

    def _on_board(self, takeable: Takeable, region: Region) -> Region:
        """Return a region of a card as a region of what the board scrolls over."""
        return region.translate(takeable.region.offset - self.scrollable_content_region.offset + self.scroll_offset)

    def _neighbour(self, here: Takeable, step: int) -> Takeable | None:
        """Return the nearest card in the row above or under."""
        at = here.region
        if step > 0:
            beyond = [each for each in self.query(Takeable) if each.region.y > at.y]
            row = min((each.region.y for each in beyond), default=0)
        else:
            beyond = [each for each in self.query(Takeable) if each.region.y < at.y]
            row = max((each.region.y for each in beyond), default=0)
        near = [each for each in beyond if each.region.y == row]
        return min(near, key=lambda each: abs(each.region.x - at.x), default=None)
