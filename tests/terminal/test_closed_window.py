"""The terminal window is really closed, with a shell in it: the program is gone, its text saved and its lock free."""

import contextlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.session import moving
from sleutelworkshop.session.making import make
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.lock import holder_of
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.tui.clock import local_time

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Window

TYPED = "Leren leren, voor iedereen"
WINDOWS = 20


def session_in(folder: Path) -> Path:
    """A session with the room at the casus, its time not running: it opens without a question."""
    now = local_time()
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Eik", teams=["Blauw", "Rood"], now=now)
    return SessionsFolder(folder / "sessies").create(moving.jump(session, "casus", now), now)


def type_half(window: "Window") -> None:
    window.wait_for("▸ De casus")
    window.press("enter")
    window.wait_for("team 1 van 2")
    window.type(TYPED)
    window.wait_for(TYPED)


def in_a_dialog(window: "Window") -> None:
    type_half(window)
    window.press("escape")
    window.wait_for("▸ De casus")
    window.press("n")
    window.wait_for("Nog niet iedereen is klaar")


def while_documents_are_made(window: "Window") -> None:
    type_half(window)
    window.press("f3")
    window.wait_for("Ons leerarrangement")
    window.press("s")
    window.wait_for("Er komt 1 bestand in")
    window.press("2", "4")
    window.wait_for("Er komen 3 bestanden in")
    window.press("ctrl+s")


def in_a_rehearsal(window: "Window") -> None:
    window.wait_for("▸ Welkom", "spatie start de tijd")
    window.press("space")


def on_the_room_screen(window: "Window") -> None:
    window.wait_for("De casus")


STATES: Mapping[str, tuple[tuple[str, ...], Callable[["Window"], None]]] = {
    "text half typed": (("open", "{session}"), type_half),
    "in a dialog": (("open", "{session}"), in_a_dialog),
    "while documents are made": (("open", "{session}"), while_documents_are_made),
    "in a rehearsal": (("rehearse",), in_a_rehearsal),
    "on the room screen": (("screen", "{session}"), on_the_room_screen),
}


def test_a_closed_window_leaves_no_process_behind_and_loses_nothing(tmp_path: Path) -> None:
    with contextlib.ExitStack() as windows:
        opened = []
        for number in range(WINDOWS):  # all of them start while the first is being worked in
            name = list(STATES)[number % len(STATES)]
            folder = tmp_path / str(number)
            folder.mkdir()
            path, arguments = session_in(folder), STATES[name][0]
            env = {"HOME": str(folder), "TMPDIR": str(folder), "SLEUTELWORKSHOP_SESSIONS": str(path.parent)}
            window = Window(*(each.format(session=path) for each in arguments), env=env, cwd=folder)
            opened.append((name, path, windows.enter_context(window)))
        stayed, times = [], []
        for name, path, window in opened:
            STATES[name][1](window)
            window.close_window()
            took = window.seconds_until_gone()
            times.append(took)
            if took is None:
                stayed.append(name)
            if name not in {"in a rehearsal", "on the room screen"}:
                file = SessionFile.open(path)  # raises while another has its lock
                answer = file.session.answer("t1", "casus")
                file.close()
                assert answer is not None, name
                assert answer.value == TextValue(TYPED), name
            assert holder_of(path) is None, name
        print(f"gone within {max(took or 99 for took in times):.1f} s")
    assert stayed == []
    assert not list(tmp_path.glob("*/sleutelworkshop-oefening-*"))
