"""The window is closed, or the system asks the program to stop: leave in order, with everything saved."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any


def leave_in_order(leave: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Call ``leave`` when the terminal window is closed (SIGHUP) or the program is asked to stop (SIGTERM, SIGINT).

    While the program has the terminal, ctrl+c is a key like any other; SIGINT comes from another program.

    Windows has neither; there closing the window sends SIGBREAK, which gives a program a few seconds.
    """
    loop = asyncio.get_running_loop()
    tasks: set[asyncio.Task[None]] = set()

    def leave_soon() -> None:
        task = loop.create_task(leave())
        tasks.add(task)  # a task that nobody holds can vanish before it is done
        task.add_done_callback(tasks.discard)

    for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        try:
            loop.add_signal_handler(number, leave_soon)
        except NotImplementedError:  # the event loop on Windows: the signal arrives on the main thread
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(leave_soon))
