"""Waiting until an app is still: exactly, not by guess. The only place where tests patch Textual and asyncio.

Textual's pilot sleeps in turns of 20 ms until the processor seems idle. That is long for an app that is still after
two, and on a busy computer an app that only waits for its turn seems idle too. Here an app is still when its event loop
has nothing left to run, no thread is at work for it, and no timer is about to go off; one that never is fails its test.
What the app does stays the same. A screen is drawn when a test looks at it: all other frames are half of the work.
`tests/tui/test_tui_unpatched.py` walks past every screen without all this.

A thread is at work

- from ``run_in_executor`` until the event loop has been told that it is done: the task that waits for it then goes on
  in the same turn. (The future of the thread pool is done earlier, on the thread: for a moment nothing seems left.)
- from ``start`` to its end, when the program starts it itself: a sound, a disk that may never answer;
- while the saver saves, or is about to, and while the window for the room looks at its file. Only ``pilot.pause()``
  and :func:`until` wait for these two: a key does not, as people type on while a session is being saved.

A test that keeps a thread waiting does so at a :class:`Gate`, or it is waited for in vain.
"""

import asyncio
import inspect
import threading
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
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

from sleutelworkshop import sound
from sleutelworkshop.store.saver import Saver
from sleutelworkshop.tui import safe
from sleutelworkshop.tui.room_app import Lookout

_SOON: Final = 1 / 50
"""Seconds within which a timer is waited for: as long as Textual's own wait takes at least."""

_MOMENT: Final = 0.001
"""Seconds after which is looked again whether a thread has done its work."""

PATIENCE: Final = 30.0
"""Seconds after which an app is taken never to be still: a large screen on a busy computer takes some."""

_BETWEEN_PAINTINGS: Final = 1 / 200
"""Seconds between two paintings at least; 1 / 60 for a person, whose eye is not faster."""

_ResultT = TypeVar("_ResultT")


class _Work:
    """Something that a thread does; ``thread`` is its ident once it has begun."""

    def __init__(self, what: object) -> None:
        self.what = what
        self.thread: int | None = None

    def do(self, function: Callable[..., _ResultT], *args: Any) -> _ResultT:
        self.thread = threading.get_ident()
        _on_threads.add(self)
        try:
            return function(*args)
        finally:
            _on_threads.discard(self)


_on_threads: set[_Work] = set()
"""What is being done, also when nobody waits for it any more: a worker that is cancelled leaves its thread at work."""

_awaited: dict["asyncio.Future[Any]", _Work] = {}
"""What the event loop has not been told the end of, even if the thread is done with it."""

_looking: set[_Work] = set()
_savers: "WeakSet[Saver]" = WeakSet()
_at_gates: set[int] = set()
_parsed: dict[object, list[RuleSet]] = {}
_sheets: dict[object, list[RuleSet]] = {}
_maps: dict[int, dict[str, list[RuleSet]]] = {}

_run_in_executor = BaseEventLoop.run_in_executor
_put = Saver.put
_look = Lookout._look
_parse_rules = Stylesheet._parse_rules
_parse = Stylesheet.parse
_render_update = Compositor.render_update


def wait_exactly(patch: pytest.MonkeyPatch) -> None:
    """Let the pilot wait until the app is still, and the screen be painted as soon as something on it has changed."""
    for left_over in (_on_threads, _awaited, _looking, _savers, _at_gates):
        left_over.clear()  # of a test that failed half-way
    patch.setattr(BaseEventLoop, "run_in_executor", _counted_in_executor)
    patch.setattr(Saver, "put", _noted_put)
    patch.setattr(Lookout, "_look", _counted_look)
    patch.setattr(safe, "Thread", _CountedThread)
    patch.setattr(sound, "Thread", _CountedThread)
    patch.setattr(textual.app, "wait_for_idle", still)
    patch.setattr(textual.pilot, "wait_for_idle", saved_and_still)
    patch.setattr(Pilot, "_wait_for_screen", _screen_is_still)  # else it asks each widget, a hundred at a time
    patch.setattr(textual.screen, "UPDATE_PERIOD", _BETWEEN_PAINTINGS)
    patch.setattr(Compositor, "render_update", _put_off)


def parse_styles_once(patch: pytest.MonkeyPatch) -> None:
    """Let all apps share the style sheets that were parsed, where each would parse them again with every screen."""
    patch.setattr(Stylesheet, "_parse_rules", _rules)
    patch.setattr(Stylesheet, "parse", _sheet)
    patch.setattr(Stylesheet, "rules_map", property(_map))
    patch.setattr(RuleSet, "__hash__", object.__hash__)  # the same number, not by way of Python


async def still(_at_least: float = 0, _at_most: float = 0) -> None:
    """Wait until the event loop is still; raises AssertionError when it never is. Called as Textual's own wait."""
    await _stillness(_busy)


async def saved_and_still(_at_least: float = 0, _at_most: float = 0) -> None:
    """Wait as above, and for the threads that nobody awaits: the saver, the look at the file of a session."""
    await _stillness(lambda: _busy() or _saving())


async def until(
    pilot: Pilot[Any], condition: Callable[[], object], *, timeout: float = PATIENCE, what: str = ""
) -> None:
    """Let the app go on until ``condition`` holds and it is still; raises AssertionError when that never comes.

    The normal way to wait in a test of a screen: it asks nothing of how fast the computer is.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + timeout
    pause = _MOMENT
    while not condition():
        assert pilot.app._exception is None, pilot.app._exception
        if loop.time() > deadline:
            wanted = what or inspect.getsource(condition).strip()
            raise AssertionError(f"waited {timeout:g} s in vain for {wanted}\non {pilot.app.screen}")
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, _SOON)  # to look costs as much as some keys do, and others want the processor
    await pilot.pause()


class Gate:
    """Keeps a thread waiting, such as at a disk that does not answer, while the app is taken to be still.

    As a context it is closed, and opens at the end, whatever happens: a thread that waits for ever ends no program.
    """

    def __init__(self) -> None:
        self._open = threading.Event()
        self.waiting = threading.Event()
        """Set when a thread has come to the gate."""

    def __enter__(self) -> "Gate":
        return self

    def __exit__(self, *_: object) -> None:
        self.open()

    def open(self) -> None:
        """Let through what waits, and all that comes."""
        self._open.set()

    def pass_through(self) -> None:
        """Wait until the gate opens. Called on the thread that is to wait."""
        me = threading.get_ident()
        _at_gates.add(me)
        self.waiting.set()
        try:
            self._open.wait()
        finally:
            _at_gates.discard(me)


def draw(app: textual.app.App[Any]) -> None:
    """Draw what has changed on the screen, as is done at once outside the tests."""
    if app.screen._compositor._dirty_regions:
        _render_update(app.screen._compositor, screen_stack=app._background_screens)


async def _stillness(busy: Callable[[], bool]) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE
    quiet = 0
    while quiet < 2:
        await asyncio.sleep(0)  # all that can run does, and what came from outside is noticed
        quiet += 1
        if loop._ready:  # type: ignore[attr-defined]  # asyncio tells nobody what is next
            quiet = 0
        elif busy():
            quiet = 0
            await asyncio.sleep(_MOMENT)
        elif soon := _timers_about_to_go_off(loop):
            quiet = 0
            await asyncio.sleep(min(each.when() for each in soon) - loop.time())
        if loop.time() > deadline:
            raise AssertionError(f"never still in {PATIENCE:g} s: {_what_goes_on(loop)}")


def _busy() -> bool:
    return any(work.thread not in _at_gates for work in [*_on_threads, *_awaited.values()])


def _saving() -> bool:
    return any(work.thread not in _at_gates for work in list(_looking)) or any(map(_is_saving, list(_savers)))


def _is_saving(saver: Saver) -> bool:
    """Return whether a state is being saved or about to be. A disk that refused is tried again, but not soon."""
    with saver._changed:
        saving = saver._writing or (saver._waiting is not None and saver._hurry)
        return saving and saver._thread.is_alive() and saver._thread.ident not in _at_gates


def _timers_about_to_go_off(loop: asyncio.AbstractEventLoop) -> list[asyncio.TimerHandle]:
    app = active_app.get(None)
    if app is not None and app._exit:  # its timers go off again and again, and do nothing
        return []
    soon = loop.time() + _SOON
    return [each for each in loop._scheduled if not each.cancelled() and each.when() < soon]  # type: ignore[attr-defined]


def _what_goes_on(loop: asyncio.AbstractEventLoop) -> str:
    parts = {
        "on threads": [work.what for work in list(_on_threads | _looking)],
        "awaited": list(_awaited),
        "savers": [saver._file for saver in list(_savers) if _is_saving(saver)],
        "timers": _timers_about_to_go_off(loop),
        "ready": list(loop._ready),  # type: ignore[attr-defined]
    }
    return "; ".join(f"{name}: {found}" for name, found in parts.items() if found)


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


def _counted_in_executor(
    self: BaseEventLoop, executor: Executor | None, function: Callable[..., Any], *args: Any
) -> "asyncio.Future[Any]":
    work = _Work(function)
    future = _run_in_executor(self, executor, partial(work.do, function, *args))
    _awaited[future] = work
    future.add_done_callback(_awaited.pop)
    return future


def _noted_put(self: Saver, *args: Any) -> bool:
    _savers.add(self)
    return _put(self, *args)


def _counted_look(self: Lookout) -> None:
    work = _Work(self)
    work.thread = threading.get_ident()
    _looking.add(work)
    try:
        _look(self)
    finally:
        _looking.discard(work)


class _CountedThread(threading.Thread):
    """At work from before it starts, so that there is no moment between."""

    def start(self) -> None:
        self._work = _Work(self)
        _on_threads.add(self._work)
        try:
            super().start()
        except RuntimeError:  # no thread to be had
            _on_threads.discard(self._work)
            raise

    def run(self) -> None:
        self._work.do(super().run)


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


def _sheet(self: Stylesheet) -> None:
    key = (*self.source.items(), *self._variables.items())
    if key in _sheets:
        self._rules, self._require_parse, self._rules_map = _sheets[key], False, None
    else:
        _parse(self)
        _sheets[key] = self._rules


def _map(self: Stylesheet) -> dict[str, list[RuleSet]]:
    if self._rules_map is None:
        rules = self.rules
        if id(rules) not in _maps:
            by_name: dict[str, list[RuleSet]] = {}
            for rule in rules:
                for name in rule.selector_names:
                    by_name.setdefault(name, []).append(rule)
            _maps[id(rules)] = by_name
        self._rules_map = _maps[id(rules)]
    return self._rules_map
