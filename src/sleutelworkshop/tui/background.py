"""Work off the event loop: how a screen has something done on a thread, and what happens when it is gone by then.

Textual cancels the workers of a screen once it is unmounted, but takes its widgets away before that, and a screen that
is still there need not be in front any more. So whatever a screen does that may block goes through here.
"""

import asyncio
from asyncio import to_thread
from collections.abc import Callable
from typing import Any, TypeVar

from textual.dom import DOMNode
from textual.screen import Screen

from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.tui.human import tell

_T = TypeVar("_T")


def has_gone(node: DOMNode) -> bool:
    """Return whether a screen was dismissed, or the app is exiting: its widgets may not be used any more."""
    app = node.app
    return not node.is_attached or not app.is_running or (isinstance(node, Screen) and node not in app.screen_stack)


async def run_in_thread(owner: DOMNode, work: Callable[[], _T], *, done: Callable[[_T], object] | None = None) -> _T:
    """Return the result of ``work``, which may block, in a worker of ``owner``: a screen or the app.

    ``done`` is called with the result on the event loop, also when the owner has gone or its worker was cancelled: the
    place to tell what was changed on the disk, which has happened all the same.

    Raises:
        asyncio.CancelledError: the owner has gone. The result is dropped, and the worker ends as Textual ends it.
        Exception: whatever ``work`` raises.
    """

    async def run() -> _T:
        result = await to_thread(work)
        if done is not None:
            done(result)
        return result

    try:
        # A task of its own: a worker that is cancelled neither stops the thread nor keeps what it did from being told.
        return await asyncio.shield(asyncio.create_task(run()))
    finally:
        if has_gone(owner):
            raise asyncio.CancelledError


async def tried(owner: DOMNode, change: Callable[[], _T], *, done: Callable[[_T], object] | None = None) -> _T | None:
    """Change something on the disk; tell it when it cannot be done, and return None. The rest is as above."""

    def attempt() -> _T | StoreError:
        try:
            return change()
        except StoreError as fault:
            return fault

    def tell_or_go_on(result: _T | StoreError) -> None:
        if isinstance(result, StoreError):
            tell(owner.app, str(result), "warning")
        elif done is not None:
            done(result)

    result = await run_in_thread(owner, attempt, done=tell_or_go_on)
    return None if isinstance(result, StoreError) else result


async def in_front(screen: Screen[Any]) -> None:
    """Wait until nothing lies over a screen: only then can it be dismissed, or a question be asked over it.

    Textual's ``dismiss`` takes away whatever screen is in front.

    Raises:
        asyncio.CancelledError: the screen has gone, and with it what was to be done in it.
    """
    changed = asyncio.Event()
    if not has_gone(screen) and not screen.is_active:
        # This ends with the screen. To unsubscribe would end it for everyone who waits for the same screen.
        screen.app.screen_change_signal.subscribe(screen, lambda _front: changed.set(), immediate=True)
    while not has_gone(screen):
        if screen.is_active:
            return
        changed.clear()
        await changed.wait()
    raise asyncio.CancelledError
