"""The foot of a screen: the few keys that matter here, in one line that can also be clicked."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, Final

from textual.binding import ActiveBinding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

from sleutelworkshop.tui.human import put

GAP: Final = Content("  ")


class KeyBar(Static):
    """Shows the keys of the screen that ask to be shown.

    One widget with one line of text, where Textual's own Footer makes several widgets for each key and makes
    them anew whenever the focus moves: with every tab and every arrow a person would wait for that.
    """

    DEFAULT_CSS: ClassVar[str] = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 2;
        background: $footer-background;
        color: $footer-description-foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        self._draw(self.screen)
        self.screen.bindings_updated_signal.subscribe(self, self._draw)

    def on_resize(self) -> None:
        self._draw(self.screen)

    def _draw(self, screen: Screen[object]) -> None:
        parts: list[Content] = []
        for group, members in groupby(_shown(screen), lambda each: each.binding.group):
            if group is None:
                parts.extend(self._key(each, f" {each.binding.description}") for each in members)
            else:
                parts.append(Content().join([*(self._key(each) for each in members), Content(f" {group.description}")]))
        # Textual ends a line that fits to the column with an ellipsis all the same.
        put(self, GAP.join(_that_fit(parts, self.content_size.width - 2)), layout=False)

    def _key(self, active: ActiveBinding, words: str = "") -> Content:
        name = self.app.get_key_display(active.binding)
        # Not an “@click” in the text: Textual draws those as links, in one colour.
        key = Style.from_meta({"key": active.binding.key})
        return Content.assemble((name, "bold $footer-key-foreground"), words).stylize(key)

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        if key := event.style.meta.get("key"):
            self.app.simulate_key(str(key))


def _shown(screen: Screen[object]) -> Iterator[ActiveBinding]:
    """Yield what asks to be shown, each action once: it can have a second key that does not ask."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.show and active.binding.action not in seen:
            seen.add(active.binding.action)
            yield active


def _that_fit(parts: list[Content], width: int) -> list[Content]:
    """Leave whole keys out until the others fit; the last two, the way back and the help, stay longest."""
    parts = list(parts)
    while len(parts) > 2 and sum(part.cell_length + GAP.cell_length for part in parts) - GAP.cell_length > width > 0:
        del parts[-3]
    return parts
