"""The waiting of these tests itself: it ends when what was waited for has come, and fails when that never comes."""

import asyncio
import threading
import time
from concurrent.futures import Future
from typing import Any

import pytest
from textual.app import App

import stillness
from stillness import Gate, still, until


async def test_work_on_a_thread_is_done_when_the_task_that_waits_for_it_has_gone_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The future of the thread is done before the event loop hears of it: here that takes a while."""
    set_result = Future.set_result

    def set_late(self: Any, result: object) -> None:
        *others, asyncio_s_own = self._done_callbacks
        self._done_callbacks = others
        set_result(self, result)
        time.sleep(0.03)
        asyncio_s_own(self)

    monkeypatch.setattr(Future, "set_result", set_late)
    awaited = threading.Event()
    done: list[str] = []

    def on_the_thread() -> None:
        awaited.wait()
        done.append("on the thread")

    async def work() -> None:
        asyncio.get_running_loop().call_soon(awaited.set)
        await asyncio.to_thread(on_the_thread)
        done.append("after it")

    task = asyncio.create_task(work())
    await still()
    assert done == ["on the thread", "after it"]
    await task


async def test_a_worker_that_was_cancelled_leaves_a_thread_that_is_waited_for() -> None:
    gate, done = threading.Event(), threading.Event()

    def work() -> None:
        gate.wait()
        time.sleep(0.01)
        done.set()

    task = asyncio.create_task(asyncio.to_thread(work))
    await asyncio.sleep(0)
    task.cancel()
    gate.set()
    await still()
    assert done.is_set()


async def test_what_is_never_still_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stillness, "PATIENCE", 0.05)
    with Gate() as gate:
        stuck = threading.Event()
        task = asyncio.create_task(asyncio.to_thread(stuck.wait))
        with pytest.raises(AssertionError, match="never still"):
            await still()
        stuck.set()
        held = asyncio.create_task(asyncio.to_thread(gate.pass_through))
        while not gate.waiting.is_set():
            await asyncio.sleep(0.001)
        await still()
        assert not held.done()
    await asyncio.gather(task, held)


async def test_what_never_comes_fails() -> None:
    async with App[None]().run_test() as pilot:
        with pytest.raises(AssertionError, match=r"0.01 s in vain for the moon"):
            await until(pilot, lambda: False, timeout=0.01, what="the moon")
