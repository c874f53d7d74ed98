"""However the program is left, what was typed is on the disk and the terminal is as it was."""

import datetime as dt
import re
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.session import moving
from sleutelworkshop.session.making import make
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.lock import holder_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.tui.clock import local_time
from starting import HANGUP

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Terminal

NORMAL_SCREEN = b"\x1b[?1049l"
CURSOR_SHOWN = b"\x1b[?25h"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A session with the room at the casus, its timer running."""
    now = local_time()
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Eik", teams=["Blauw", "Rood"], now=now)
    session = moving.start(moving.jump(session, "casus", now), now)
    return SessionsFolder(tmp_path / "sessies").create(session, now)


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    return {"SLEUTELWORKSHOP_SETTINGS": str(tmp_path / "instellingen.json")}


@pytest.mark.parametrize("how", [signal.SIGTERM, HANGUP, signal.SIGINT, "ctrl+q"])
def test_leaving_in_order(path: Path, env: Mapping[str, str], tmp_path: Path, how: signal.Signals | str) -> None:
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("De tijd liep nog")
        terminal.press("enter")
        terminal.wait_for("▸ De casus")
        terminal.press("enter")
        terminal.wait_for("team 1 van 2")
        terminal.type("Leren leren, voor iedereen")
        if isinstance(how, str):
            terminal.press(how)
        else:
            terminal.wait_for("voor iedereen")
            terminal.send_signal(how)
        assert terminal.wait_for_end() == 0
        assert terminal.written.rstrip().endswith(CURSOR_SHOWN) or NORMAL_SCREEN in terminal.written
    left = read(path)
    answer = left.answer("t1", "casus")
    assert answer is not None
    assert answer.value == TextValue("Leren leren, voor iedereen")
    assert left.bookmark is not None
    assert (left.bookmark.screen, left.bookmark.team) == ("answers", "t1")
    # The timer runs on from when it was started, and the file says until when the program lived.
    seen = Follower(path).look()
    assert seen is not None
    assert left.run.started_at is not None
    assert left.run.started_at < answer.at <= seen[1] <= local_time()
    assert holder_of(path) is None


def test_after_a_kill_the_session_opens_again_where_it_was(path: Path, env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("De tijd liep nog")
        terminal.press("enter")
        terminal.wait_for("▸ De casus")
        terminal.press("n", "down", "enter")  # on without answers: the dialog asks first
        terminal.wait_for("▸ Oogst", "opgeslagen")
        terminal.press("b")
        terminal.wait_for("▸ De casus")
        terminal.send_signal(signal.SIGKILL)
        terminal.wait_for_end()
    assert read(path).begun_at is not None  # the file is whole
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("De casus")  # the lock that the dead program left does not stand in the way


def test_after_a_kill_the_draft_is_there_and_no_time_was_lost(
    path: Path, env: Mapping[str, str], tmp_path: Path
) -> None:
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("De tijd liep nog")
        terminal.press("enter")
        terminal.wait_for("▸ De casus")
        terminal.press("enter")
        terminal.wait_for("team 1 van 2")
        terminal.press("ctrl+n")
        terminal.type("Half getypt")
        terminal.wait_for("team 2 van 2 · concept", "Half getypt")
        typed = local_time()
        terminal.wait_until(lambda: saved_since(path, typed))
        terminal.send_signal(signal.SIGKILL)
        terminal.wait_for_end()
    killed, holder, seen = read(path), holder_of(path), Follower(path).look()
    assert killed.run.started_at is not None
    assert holder is not None
    assert seen is not None
    lived = max(holder.seen_at, seen[1]) - killed.run.started_at
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        terminal.wait_for("De tijd liep nog")
        terminal.press("down", "down", "enter")  # stand still
        terminal.wait_for("team 2 van 2 · concept", "Half getypt")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0
    assert read(path).run.used == killed.run.used + lived.total_seconds()


def saved_since(path: Path, moment: dt.datetime) -> bool:
    """Whether both the session and the sign of life are from after ``moment``."""
    seen, holder = Follower(path).look(), holder_of(path)
    return seen is not None and holder is not None and min(seen[1], holder.seen_at) >= moment


def test_a_second_window_is_told_that_the_session_is_open(path: Path, env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal("open", str(path), env=env, cwd=tmp_path) as first:
        first.wait_for("De tijd liep nog")
        with Terminal("open", str(path), env=env, cwd=tmp_path) as second:
            second.wait_for("is al open")
            second.press("escape")
            second.wait_until_gone("is al open")
            second.press("ctrl+q")
            assert second.wait_for_end() == 0


TAKEN = b"\x1b[?1049h"


@pytest.mark.parametrize("signals", [[HANGUP], [signal.SIGTERM, HANGUP]], ids=["one", "two"])
@pytest.mark.parametrize("moment", [TAKEN, b"De tijd liep nog"], ids=["the terminal is taken", "the session opens"])
def test_a_signal_while_it_starts_leaves_the_terminal_as_it_was(
    path: Path, env: Mapping[str, str], tmp_path: Path, signals: list[signal.Signals], moment: bytes
) -> None:
    with Terminal("open", str(path), env=env, cwd=tmp_path) as terminal:
        before = terminal.mode
        terminal.wait_until(lambda: moment in terminal.written and terminal.mode != before)
        for number in signals:
            terminal.send_signal(number)
        assert terminal.wait_for_end() == 0
        assert terminal.mode == before
        assert terminal.written.count(NORMAL_SCREEN) == 1
        assert "Traceback" not in terminal.text
    SessionFile.open(path).close()


def test_a_failure_saves_the_text_restores_the_terminal_and_says_where_the_report_is(
    path: Path, env: Mapping[str, str], tmp_path: Path
) -> None:
    failing = tmp_path / "failing.py"
    failing.write_text(FAILING)
    env = {**env, "XDG_STATE_HOME": str(tmp_path / "staat")}
    with Terminal(
        "open", str(path), program=(sys.executable, str(failing)), env=env, cwd=tmp_path, width=200
    ) as terminal:
        before = terminal.mode
        terminal.wait_for("De tijd liep nog")
        terminal.press("enter")
        terminal.wait_for("▸ De casus")
        terminal.press("enter")
        terminal.wait_for("team 1 van 2")
        terminal.type(WHISPER)
        terminal.wait_for(WHISPER)
        terminal.press("ctrl+t")
        assert terminal.wait_for_end() == 1
        assert terminal.mode == before
        after = terminal.written.partition(NORMAL_SCREEN)[2].decode()
        line = re.sub("\x1b[^a-zA-Z]*[a-zA-Z]", "", after).strip()
    (report,) = (tmp_path / "staat" / "sleutelworkshop").glob("crash-*.txt")
    assert line == (
        "Er ging iets mis in het programma, maar wat je typte is opgeslagen (ValueError): "
        f"stuur {report} mee als je om hulp vraagt."
    )
    assert report.stat().st_mode & 0o777 == 0o600
    assert report.parent.stat().st_mode & 0o777 == 0o700
    told = report.read_text()
    assert "failing.py:6 in break_down: raise ValueError(secret)" in told
    log = (report.parent / "sleutelworkshop.log").read_text()
    assert "screen failed error=ValueError at=" in log
    assert WHISPER not in told + log + after
    file = SessionFile.open(path)
    file.close()
    answer = file.session.answer("t1", "casus")
    assert answer is not None
    assert answer.value == TextValue(WHISPER)


WHISPER = "Leren leren, voor iedereen"

FAILING = f"""import sys
from sleutelworkshop.cli import main
from sleutelworkshop.tui.app import WorkshopApp
def break_down(app):
    secret = {WHISPER!r}
    raise ValueError(secret)
WorkshopApp.action_turn_theme = break_down
sys.exit(main())
"""
