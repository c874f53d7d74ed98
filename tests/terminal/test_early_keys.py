"""Keys pressed before anything is on the screen: who types ahead finds done what was typed."""

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Terminal


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    return {
        "SLEUTELWORKSHOP_SESSIONS": str(tmp_path / "sessies"),
        "SLEUTELWORKSHOP_SETTINGS": str(tmp_path / "instellingen.json"),
    }


def test_keys_pressed_before_the_first_paint_are_not_lost(env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal(env=env, cwd=tmp_path) as terminal:
        terminal.press("n")
        terminal.type("De Springplank")
        terminal.press("tab")
        terminal.type("Ans")
        terminal.wait_for("Organisatie", "De Springplank", "Ans")
        terminal.press("ctrl+q")


def test_a_key_pressed_before_a_session_is_open_is_for_the_session(env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal(
        "new", "--organisation", "De Eik", "--team", "Blauw", "--team", "Rood", env=env, cwd=tmp_path
    ) as terminal:
        assert terminal.wait_for_end() == 0
    with Terminal("open", "2", env=env, cwd=tmp_path) as terminal:
        terminal.press("space")
        terminal.wait_for("▸ Welkom en bedoeling", "van 5 min.")
