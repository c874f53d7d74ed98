"""All answers that feed one component: sections under one another, cards side by side, and keys that walk them."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region
from textual.message import Message

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.widgets.board_layout import Place
from sleutelworkshop.tui.widgets.board_view import BoardView
from sleutelworkshop.tui.widgets.takeable import GUTTER, Takeables


class AnswerBoard(BoardView):
    """The sections. Arrows walk through lines and cards; the card at hand is always in sight.

    It takes nothing over itself: it says that it was asked to.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,o", "take", _("overnemen"), key_display="enter"),
        Binding("O", "take_all", _("Alles van deze kaart overnemen"), show=False),
        Binding("v", "present", _("heeft verteld")),
        Binding("down", "line(1)", _("Volgende regel"), show=False),
        Binding("up", "line(-1)", _("Vorige regel"), show=False),
        Binding("right", "card(1)", _("Volgende kaart"), show=False),
        Binding("left", "card(-1)", _("Vorige kaart"), show=False),
        Binding("home", "edge(0)", _("Eerste kaart"), show=False),
        Binding("end", "edge(-1)", _("Laatste kaart"), show=False),
    ]

    class TakeOver(Message):
        """A line (or, without ``index``, every line) is to be taken over, or out again."""

        def __init__(self, value: Takeables, index: int | None) -> None:
            super().__init__()
            self.value = value
            self.index = index

    class Presented(Message):
        """The team has told its answer to the others, or has not after all."""

        def __init__(self, value: Takeables) -> None:
            super().__init__()
            self.value = value

    def focus_last(self) -> None:
        """Take the focus, with the cursor in sight, where it was on this board."""
        self.screen.set_focus(self)
        self.call_after_refresh(self.show_cursor)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"take", "take_all"}:
            return self.at_hand is not None
        if action == "present":
            return self._is_card(self.at_hand)
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Ask for the line at the cursor to be taken over, or out again."""
        if (value := self.at_hand) and value.lines:
            self.post_message(self.TakeOver(value, self.line))

    def action_take_all(self) -> None:
        """Ask for every line to be taken over, or out again."""
        if (value := self.at_hand) and value.lines:
            self.post_message(self.TakeOver(value, None))

    def action_present(self) -> None:
        """Ask for the team to be marked as having told its answer, or not."""
        if value := self.at_hand:
            self.post_message(self.Presented(value))

    def action_line(self, step: int) -> None:
        """Go to the line above or under; from the last line of a card to the card under it."""
        value, line = self.at_hand, self.line
        here = self.place_of(value) if value else None
        if value is None or here is None:
            self.scroll_relative(y=step, animate=False)
        elif self._scroll_within(here, line, step):
            return
        elif 0 <= line + step < len(value.lines):
            self._walk_to(value, line + step)
        elif there := self._neighbour(here, step):
            self._walk_to(there.value, 0 if step > 0 else max(len(there.value.lines) - 1, 0))
        else:
            self.scroll_relative(y=step * 2, animate=False)

    def action_card(self, step: int) -> None:
        """Go to the card before or after."""
        values = self.takeables
        at = next((number for number, value in enumerate(values) if value is self.at_hand), -1) + step
        if 0 <= at < len(values):
            self._walk_to(values[at])

    def action_edge(self, index: int) -> None:
        """Go to the first or the last card."""
        if values := self.takeables:
            self._walk_to(values[index])

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        spot = offset + self.scroll_offset if offset else None
        place = next((each for each in self.places if spot and each.region.contains_point(spot)), None)
        if spot is None or place is None:
            return
        lines = [self.region_of(place, line) for line in range(len(place.value.lines))]
        hit = next((line for line, region in enumerate(lines) if region.contains_point(spot)), None)
        self._walk_to(place.value, hit)
        # One click in the gutter, where the tick is, or two anywhere.
        if hit is not None and (event.chain == 2 or (event.chain == 1 and spot.x < lines[hit].x + GUTTER)):
            self.action_take()

    def _walk_to(self, value: Takeables, line: int | None = None) -> None:
        self.go_to(value, line)
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll as far as it takes to see the line at the cursor."""
        place = self.place_of(self.at_hand) if self.at_hand else None
        if place is None:
            return
        line, view = self.region_of(place, self.line), self.scrollable_content_region.height
        if self.line == 0:
            # With what stands above it, as far as that fits: the head of the card, and the question over the first row.
            for above in (place.region.y, place.over):
                if line.y - above < view // 2 or line.bottom - above <= view:
                    line = Region(line.x, above, line.width, line.bottom - above)
        if line.height > view:
            line = Region(line.x, line.y, line.width, view)
        self.scroll_to_region(line, animate=False, x_axis=False, force=True)

    def _scroll_within(self, place: Place, line: int, step: int) -> bool:
        """Scroll as long as more of the line, or under the last line of the card, is out of sight that way."""
        region, view = self.region_of(place, line), self.scrollable_content_region.height
        if step > 0 and line == len(place.value.lines) - 1:
            region = region.union(place.region)
        more = region.bottom - self.scroll_offset.y - view if step > 0 else self.scroll_offset.y - region.y
        if more <= 0:
            return False
        self.scroll_relative(y=step * min(more, max(view // 2, 1)), animate=False)
        return True

    def _neighbour(self, here: Place, step: int) -> Place | None:
        """Return the nearest card in the row above or under."""
        at = here.region
        beyond = [each for each in self.places if (each.region.y - at.y) * step > 0]
        row = min((abs(each.region.y - at.y) for each in beyond), default=0)
        near = [each for each in beyond if abs(each.region.y - at.y) == row]
        return min(near, key=lambda each: abs(each.region.x - at.x), default=None)
