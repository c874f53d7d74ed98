"""Waiting until an app is still: exactly, not by guess.

Textual's pilot sleeps in turns of 20 ms until the processor seems idle. That is long for an app that is still after
two, and on a busy computer an app that only waits for its turn seems idle too. Here an app is still when its event loop
has nothing left to run, no thread is at work for it, and no timer is about to go off. What the app does stays the same.
A screen is drawn when it has come up, and when a test looks at it: all other frames are a third of the work.
"""

import asyncio
import inspect
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar
from weakref import WeakSet

import pytest
import textual.app
import textual.pilot
import textual.screen
from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

_SOON: Final = 1 / 50
"""Seconds within which a timer is waited for: as long as Textual's own wait takes at least."""

_MOMENT: Final = 0.001
"""Seconds after which is looked again whether a thread has done its work."""

_PATIENCE: Final = 10.0
"""Seconds after which an app is taken never to be still: a large screen on a busy computer takes some."""

_TURNS: Final = 20
"""How often a timer is waited for: those of an app that is leaving go off again and again, and do nothing."""

_BETWEEN_PAINTINGS: Final = 1 / 200
"""Seconds between two paintings at least; 1 / 60 for a person, whose eye is not faster."""

_ResultT = TypeVar("_ResultT")

_working: set["Future[Any]"] = set()
_drawn: "WeakSet[textual.screen.Screen[Any]]" = WeakSet()
_parsed: dict[object, list[RuleSet]] = {}
_submit = ThreadPoolExecutor.submit
_parse_rules = Stylesheet._parse_rules
_render_update = Compositor.render_update


def wait_exactly(patch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait until the app is still, and the screen be painted as soon as something on it has changed."""
    patch.setattr(ThreadPoolExecutor, "submit", _submitted)
    patch.setattr(textual.app, "wait_for_idle", still)
    patch.setattr(textual.pilot, "wait_for_idle", _still_and_drawn)
    patch.setattr(Pilot, "_wait_for_screen", _screen_is_still)  # else it asks each widget, a hundred at a time
    patch.setattr(textual.screen, "UPDATE_PERIOD", _BETWEEN_PAINTINGS)
    patch.setattr(Compositor, "render_update", _put_off)


def parse_styles_once(patch: pytest.MonkeyPatch) -> None:
    """Let all apps share the style sheets that were parsed, where each would parse them again with every screen."""
    patch.setattr(Stylesheet, "_parse_rules", _rules)


async def still(_at_least: float = 0, at_most: float = _PATIENCE) -> None:
    """Wait until the event loop is still; or, when it never is, for as long as there is patience."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + at_most
    quiet, turns = 0, 0
    while quiet < 2 and turns < _TURNS and loop.time() < deadline:
        await asyncio.sleep(0)  # all that can run does, and what came from outside is noticed
        quiet += 1
        if loop._ready:  # type: ignore[attr-defined]  # asyncio tells nobody what is next
            quiet = 0
        elif _working:
            quiet = 0
            await asyncio.sleep(_MOMENT)
        elif soon := [each.when() for each in loop._scheduled if _is_soon(each, loop)]:  # type: ignore[attr-defined]
            quiet, turns = 0, turns + 1
            await asyncio.sleep(min(soon) - loop.time())


async def until(pilot: Pilot[Any], condition: Callable[[], object], *, timeout: float = 30.0, what: str = "") -> None:
    """Let the app go on until ``condition`` holds; raises AssertionError when it never does.

    The normal way to wait in a test of a screen: it asks nothing of how fast the computer is.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout
    while not condition():
        assert loop.time() < deadline, (
            f"waited {timeout:g} s in vain for {what or inspect.getsource(condition).strip()}"
        )
        await pilot.pause()
        await asyncio.sleep(_MOMENT)


async def _still_and_drawn(_at_least: float = 0, at_most: float = _PATIENCE) -> None:
    """Wait as above, and draw a screen that came up since: what cannot be drawn is found, also by who does not look."""
    await still(at_most=at_most)
    app = active_app.get(None)
    if app is not None and app.screen_stack and app.screen not in _drawn:
        _drawn.add(app.screen)
        _render_update(app.screen._compositor, full=True, screen_stack=app._background_screens)


def draw(app: textual.app.App[Any]) -> None:
    """Draw what has changed on the screen, as is done at once outside the tests."""
    if app.screen._compositor._dirty_regions:
        _render_update(app.screen._compositor, screen_stack=app._background_screens)


async def _screen_is_still(self: Pilot[Any], _timeout: float = 30.0) -> bool:
    await still()
    return not self.app._exception_event.is_set()


def _put_off(
    self: Compositor,
    full: bool = False,  # noqa: FBT001, FBT002  # as Textual has it
    screen_stack: list[textual.screen.Screen[Any]] | None = None,
    simplify: bool = False,  # noqa: FBT001, FBT002  # idem
) -> RenderableType | None:
    """Let what is dirty stay so until it is drawn; but draw a picture of the whole when that is asked for."""
    if full:
        return _render_update(self, full, screen_stack, simplify)
    return None


def _is_soon(timer: asyncio.TimerHandle, loop: asyncio.AbstractEventLoop) -> bool:
    return not timer.cancelled() and timer.when() < loop.time() + _SOON


def _submitted(self: ThreadPoolExecutor, /, *args: Any, **named: Any) -> "Future[Any]":
    future = _submit(self, *args, **named)
    _working.add(future)
    future.add_done_callback(_working.discard)
    return future


def _rules(
    self: Stylesheet,
    css: str,
    read_from: tuple[str, str],
    is_default_rules: bool = False,  # noqa: FBT001, FBT002  # as Textual has it
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    key = (css, read_from, is_default_rules, tie_breaker, scope, frozenset(self._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse_rules(self, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]
