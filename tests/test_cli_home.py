"""The program where a person has no home folder, and where what it reads there is no plain file."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from starting import PATIENCE, command, is_one_line, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX")

NOBODY = 12345
"""A user id without an account."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder that anyone may use; those of pytest are for its user alone."""
    folder = tmp_path / "werk"
    folder.mkdir()
    for each in (folder, tmp_path, tmp_path.parent):
        each.chmod(0o755)
    folder.chmod(0o777)
    return folder


def run(place: Path, *typed: str, home: str | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    env = surroundings(place, **more)
    for name in ("HOME", "SLEUTELWORKSHOP_SESSIONS", "SLEUTELWORKSHOP_SETTINGS", "XDG_STATE_HOME"):
        if name not in more:
            env.pop(name, None)
    # Not what `sys.executable` is a link to: root's own folders are closed to others.
    return subprocess.run(
        command(*typed),
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=place,
        env=env if home is None else env | {"HOME": home},
        stdin=subprocess.DEVNULL,
        timeout=PATIENCE,
        preexec_fn=without_account if os.getuid() == 0 else None,  # only a system call
    )


def without_account() -> None:
    # Root keeps the leave to read everything, as where Python lies may be closed to others.
    os.setresuid(NOBODY, 0, 0)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can be someone without an account")
@pytest.mark.parametrize("home", [None, ""], ids=["unset", "empty"])
def test_someone_without_a_home_is_told_what_to_do(place: Path, home: str | None) -> None:
    new = ("new", "--organisation", "De Eik", "--team", "Blauw", "--team", "Rood")
    for typed in (("list",), new, ("settings",)):
        done = run(place, *typed, home=home)
        assert (done.returncode, done.stdout) == (1, "")
        assert is_one_line(done.stderr), done.stderr
        assert "geen eigen map (HOME)" in done.stderr
    made = run(place, *new, "--sessions", "hier", home=home)
    assert (made.returncode, made.stderr) == (0, "")
    done = run(place, "print", made.stdout.strip(), "--sessions", "hier", home=home, PATH="/nergens")
    assert "Traceback" not in done.stderr
    assert {path.name for path in place.iterdir()} <= {"hier", f"{made.stdout.strip()}.pdf"}  # no folder “~”


def test_an_empty_home_is_not_the_root_of_the_disk(place: Path) -> None:
    done = run(place, "list", home="", XDG_DATA_HOME=str(place / "data"))
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize("name", ["settings.json", "voorkeuren.toml"])
def test_a_pipe_in_place_of_settings_keeps_nobody_waiting(place: Path, name: str) -> None:
    settings: Mapping[str, str] = {"SLEUTELWORKSHOP_SETTINGS": str(place / "settings.json")}
    os.mkfifo(place / name)
    done = run(place, "settings", home=str(place), **settings)
    assert done.returncode == 0
    if name == "voorkeuren.toml":
        assert "geen gewoon bestand" in done.stderr
