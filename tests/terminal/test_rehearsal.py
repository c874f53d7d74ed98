"""The installed program rehearses in a real terminal: by keys to the end, left early, and stopped by the system."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sleutelworkshop.script.loader import load_script
from starting import HANGUP

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Terminal

SMALL = Path(__file__).parents[1] / "small_script.toml"
MARK = "OEFENING · {speed}× zo snel"


@pytest.fixture
def sessions(tmp_path: Path) -> Path:
    return tmp_path / "sessies"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "tijdelijk"
    folder.mkdir()
    return folder


@pytest.fixture
def env(tmp_path: Path, sessions: Path, temporary: Path) -> Mapping[str, str]:
    return {
        "SLEUTELWORKSHOP_SESSIONS": str(sessions),
        "SLEUTELWORKSHOP_SETTINGS": str(tmp_path / "instellingen.json"),
        "TMPDIR": str(temporary),
    }


def test_to_the_end_by_keys_alone(env: Mapping[str, str], tmp_path: Path, sessions: Path, temporary: Path) -> None:
    sessions.mkdir()
    steps = list(load_script(SMALL).steps())
    with Terminal("rehearse", str(SMALL), "--speed", "120", env=env, cwd=tmp_path, height=50) as terminal:
        terminal.wait_for("▸ Welkom", "spatie start de tijd")
        assert MARK.format(speed=120) in terminal.text  # from the first painting on
        assert len(list(temporary.iterdir())) == 1
        for step in steps:
            terminal.wait_for(f"▸ {step.title}", "spatie start de tijd")
            terminal.press("space")
            terminal.wait_for(f"van {step.minutes} min.")
            if step.questions:
                terminal.wait_for("6 van 6 binnen")
            terminal.press("n")
        terminal.wait_for("Ons leerarrangement")
        assert MARK.format(speed=120) in terminal.text
        terminal.press("escape")
        terminal.wait_for("Alle stappen zijn geweest.", "✓ Map met sessies", "Samen")
        terminal.press("enter")
        assert terminal.wait_for_end() == 0
        terminal.wait_for("Klein begin · 6 verzonnen teams · 120× zo snel")  # behind the screen, where results go
        terminal.wait_for("gepland  gebruikt  verschil", "Samen", "○ Geluid gehoord: nog niet bekeken")
    assert list(sessions.iterdir()) == []
    assert list(temporary.iterdir()) == []


def test_left_early_it_tells_how_far_it_came(
    env: Mapping[str, str], tmp_path: Path, sessions: Path, temporary: Path
) -> None:
    with Terminal("rehearse", "--speed", "60", "--teams", "3", env=env, cwd=tmp_path, height=60) as terminal:
        terminal.wait_for("▸ Welkom en bedoeling", "3 teams", MARK.format(speed=60))
        terminal.press("space", "n")
        terminal.wait_for("▸ De casus")
        terminal.press("ctrl+q")
        terminal.wait_for("Je kwam tot stap 2 van 23", "✓ Map met sessies")
        terminal.press("enter")
        assert terminal.wait_for_end() == 0
        terminal.wait_for("Begin met de bedoeling · 3 verzonnen teams · 60× zo snel", "Check-uit")
    assert not sessions.exists()
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, HANGUP, signal.SIGINT])
def test_stopped_by_the_system_it_leaves_nothing(
    env: Mapping[str, str], tmp_path: Path, sessions: Path, temporary: Path, number: signal.Signals
) -> None:
    with Terminal("rehearse", str(SMALL), env=env, cwd=tmp_path, height=50) as terminal:
        terminal.wait_for("▸ Welkom", "spatie start de tijd")
        terminal.press("space")
        terminal.wait_for("van 3 min.")
        terminal.send_signal(number)
        assert terminal.wait_for_end() == 0
        terminal.wait_for("Je kwam tot stap 1 van 8: Welkom.")
    assert not sessions.exists()
    assert list(temporary.iterdir()) == []
