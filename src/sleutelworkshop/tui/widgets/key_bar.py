"""The foot of a screen: the few keys that matter here, in one line that can also be clicked."""

from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar

from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static


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
        link-style: none;
        link-color: $footer-description-foreground;
        link-background-hover: $panel;
        link-color-hover: $footer-description-foreground;
        link-style-hover: none;
    }
    """

    ALLOW_SELECT = False

    def on_mount(self) -> None:
        self._draw(self.screen)
        self.screen.bindings_updated_signal.subscribe(self, self._draw)

    def _draw(self, screen: Screen[object]) -> None:
        shown = [each for each in _each_action_once(screen) if each.binding.show]
        parts: list[Content] = []
        for group, members in groupby(shown, lambda each: each.binding.group):
            if group is None:
                parts.extend(self._key(each, f" {each.binding.description}") for each in members)
            else:
                parts.append(Content().join([*(self._key(each) for each in members), Content(f" {group.description}")]))
        self.update(Content("  ").join(parts))

    def _key(self, active: ActiveBinding, words: str = "") -> Content:
        name = self.app.get_key_display(active.binding)
        press = Style.from_meta({"@click": f"app.simulate_key('{active.binding.key}')"})
        return Content.assemble((name, "bold $footer-key-foreground"), words).stylize(press)


def _each_action_once(screen: Screen[object]) -> Iterator[ActiveBinding]:
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.action not in seen:
            seen.add(active.binding.action)
            yield active
