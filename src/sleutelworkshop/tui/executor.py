"""The threads on which work off the event loop is done: none of them keeps the program from ending."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Final, ParamSpec, TypeVar

EXIT_PATIENCE: Final = 3.0
"""Seconds that the end of the program waits for work that is under way, such as a document that is being written."""

_P = ParamSpec("_P")
_T = TypeVar("_T")


class DaemonExecutor(ThreadPoolExecutor):
    """Does each call on a daemon thread of its own, as the default executor of an event loop.

    Python's own threads are waited for without limit, by ``asyncio.run`` and at the end of the process. One that asks
    something of a network share that is gone would keep the terminal for as long as that share stays away.
    """

    def __init__(self) -> None:
        super().__init__(max_workers=1)  # which is never started: asyncio takes no other kind of executor
        self._at_work: set[Thread] = set()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Start ``fn`` at once; raises RuntimeError when the system has no thread for it."""
        future: Future[_T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001  # it is raised where the result is asked for
                future.set_exception(error)
            else:
                future.set_result(result)

        thread = Thread(target=work, name="background", daemon=True)
        self._at_work = {each for each in self._at_work if each.is_alive()}
        thread.start()
        self._at_work.add(thread)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002  # as Python has it
        """Wait until all work is done, ``EXIT_PATIENCE`` seconds at most."""
        deadline = time.monotonic() + EXIT_PATIENCE
        for thread in self._at_work if wait else ():
            thread.join(max(deadline - time.monotonic(), 0.0))
