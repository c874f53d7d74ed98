"""No key overtakes another.

Textual hands a key to the widget that has the focus at that moment; the widget handles it later, on its own
queue, and what it does not know comes back to the app later still. When someone types fast on a slow computer, a
letter then lands in the field that the tab before it was about to leave, and a digit in the wrong row.
"""

import asyncio
import time
from collections import deque
from typing import Final

from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.screen import Screen

from sleutelworkshop.tui.base_app import BaseApp, ReturnT

_PATIENCE: Final = 1.0
"""Seconds that a key waits for the one before it; only a handler that waits for the app itself takes so long."""


class OrderedKeysApp(BaseApp[ReturnT]):
    """An app in which each key is handled wholly, moving the focus included, before the next one is looked at."""

    typing_pause: float = 1.0
    """Seconds without a key after which a person is taken to have stopped typing."""

    def __init__(self) -> None:
        super().__init__()
        self._key_at = -float("inf")
        self._typed: deque[Event] = deque()
        self._handling = False
        self._held = False

    @property
    def is_typing(self) -> bool:
        """Whether a person is typing: a question that comes up now would take the next letters."""
        return time.monotonic() - self._key_at < self.typing_pause

    def hold_keys(self) -> None:
        """Keep what is typed for a screen that is on its way, and not for the one that is still in front."""
        self._held = True

    def release_keys(self) -> None:
        """Let what was typed go to the screen that is in front now."""
        self._held = False
        if self._typed and not self._handling:
            self._handling = True
            self.call_later(self._handle_next)

    async def finish_keys(self) -> None:
        """Wait until all that follows from the keys that were handled has happened; a second at most."""
        if self.screen_stack:
            await _handled_in_focus(self.screen)

    async def on_event(self, event: Event) -> None:
        """Handle an event; a key or a paste waits for those before it."""
        # One that comes back from a widget that did not know it is a part of the handling.
        if isinstance(event, Key | Paste) and not event.is_forwarded and not (self._held and _leaves(event)):
            self._typed.append(event)
            self._key_at = time.monotonic()
            if not self._handling and not self._held:
                self._handling = True
                await self._handle_next()
        else:
            await super().on_event(event)

    async def _handle_next(self) -> None:
        await _handled_in_focus(self.screen)  # what the binding of the key before set going
        self._handling = bool(self._typed) and not self._held
        if self._handling:
            await super().on_event(self._typed.popleft())
            await _handled_in_focus(self.screen)
            self.call_later(self._handle_next)  # behind what came back from the widgets, to find its binding here


def _leaves(event: Key | Paste) -> bool:
    """Return whether it is the key with which the program is left: that waits for no disk."""
    return isinstance(event, Key) and event.key == "ctrl+q"


async def _handled_in_focus(screen: Screen[object]) -> None:
    """Wait until the widget in focus, and then each one around it, has nothing left to handle."""
    # A screen that was opened a moment ago has no focus until it is composed: then its keys wait for that.
    start = screen.focused or screen
    try:
        async with asyncio.timeout(_PATIENCE):
            for node in start.ancestors_with_self:
                if node is screen.app:
                    return
                await _idle(node)
    except TimeoutError:
        return


async def _idle(node: DOMNode) -> None:
    while True:
        handled = asyncio.Event()
        if not node.call_later(handled.set):
            return  # it is being removed
        await handled.wait()
        if node.message_queue_size == 0:  # else a key made it send something, to itself as well
            return
