"""The components that are agreed on, side by side: which one is at hand, and which are agreed."""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual.containers import HorizontalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static


class ComponentTab(Struct, frozen=True):
    """One component in the row."""

    title: str
    agreed: bool


class _Tab(Static):
    def __init__(self, index: int) -> None:
        super().__init__()
        self.index = index

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(ComponentTabs.Chosen(self.index))


class ComponentTabs(HorizontalScroll, can_focus=False):
    """A row of titles; ``show`` says which is at hand, a click posts :class:`Chosen`."""

    DEFAULT_CSS: ClassVar[str] = """
    ComponentTabs {
        height: 1;
        scrollbar-size: 0 0;
        & > Static { width: auto; max-width: 40; margin-right: 3; text-wrap: nowrap; text-overflow: ellipsis; }
        & > _Tab:hover { text-style: underline; }
    }
    """

    class Chosen(Message):
        """A component was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, where: Content, many: int, accent: str, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """``where`` stands at the left; ``many`` is how many components there are."""
        self._tabs = [_Tab(index) for index in range(many)]
        super().__init__(Static(where), *self._tabs, id=id)
        self._accent = accent
        self._shown: tuple[tuple[ComponentTab, ...], int] | None = None

    def show(self, tabs: Sequence[ComponentTab], active: int) -> None:
        """Show the components, of which ``active`` is at hand."""
        if self._shown == (tuple(tabs), active):
            return
        self._shown = (tuple(tabs), active)
        for number, (tab, drawn) in enumerate(zip(tabs, self._tabs, strict=True)):
            here = number == active
            drawn.update(
                Content.assemble(
                    ("▸ " if here else "", f"bold {self._accent}"),
                    (tab.title, "bold" if here else "$quiet"),
                    (" ✓" if tab.agreed else "", "bold $success"),
                )
            )
        self.scroll_to_widget(self._tabs[active], animate=False)
