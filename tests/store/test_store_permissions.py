"""What people said is for who wrote it down: every file and folder that the store makes, from the very first byte."""

import datetime as dt
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lived_in import FILES, MINUTE
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on
from sleutelworkshop.store import atomic, settings
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.store.versions import put_back, versions_of
from starting import command, surroundings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes")


@pytest.fixture(params=[0, 0o022, 0o077], ids="umask {:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Every mask that someone may have."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """The mode that each file had when it was made, before anything was written in it."""
    found: dict[str, int] = {}
    real = os.open

    def watched(path: Any, flags: int, mode: int = 0o777, **options: Any) -> int:
        descriptor = real(path, flags, mode, **options)
        if flags & os.O_CREAT and isinstance(path, str | os.PathLike):
            found.setdefault(Path(path).name, stat.S_IMODE(os.fstat(descriptor).st_mode))
        return descriptor

    monkeypatch.setattr(os, "open", watched)
    return found


def modes(root: Path, kind: Callable[[Path], bool]) -> dict[str, str]:
    found = {each.relative_to(root): each for each in root.rglob("*") if kind(each)}
    return {str(name): oct(stat.S_IMODE(each.stat().st_mode)) for name, each in found.items()}


def only(found: dict[str, str], mode: str) -> bool:
    return bool(found) and set(found.values()) == {mode}


def lives(root: Path, session: Session, now: dt.datetime) -> None:
    """Do everything with sessions that makes a file or a folder."""
    folder = SessionsFolder(root / "van" / "mij" / "sessies")
    path = folder.create(session, now)
    file = SessionFile.open(path)
    file.pulse(now)
    for minute in (1, 2):
        file.save(go_on(file.session, now), now + minute * MINUTE)
    file.close()
    put_back(path, versions_of(path)[-1].path, now + 3 * MINUTE)
    folder.remove(path)
    folder.copy_file(FILES / "v2-onderweg.json", now)
    old = folder.path / "oud.json"
    old.write_bytes((FILES / "v1-onderweg.json").read_bytes())
    old.chmod(0o600)  # it came from elsewhere
    open_still = SessionFile.open(old)
    open_still.pulse(now)
    open_still._database.lock._lock.release(force=True)  # as if killed: its note stays


def test_every_file_and_folder_is_for_its_owner_alone(
    tmp_path: Path, begun: Session, noon: dt.datetime, umask: int, made: dict[str, int]
) -> None:
    lives(tmp_path, begun, noon)
    files, folders = modes(tmp_path, Path.is_file), modes(tmp_path, Path.is_dir)
    assert only(files, "0o600"), files
    assert only(folders, "0o700"), folders
    assert {mode for name, mode in made.items() if name.startswith(".")} == {0o600}, made
    kinds = ("sessies", ".prullenbak", ".versies")
    assert all(any(Path(name).name == kind for name in folders) for kind in kinds)
    assert any(name.endswith(".open") for name in files)
    assert any(name.endswith(".lock") for name in files)
    assert sum("-stap.json" in name for name in files) == 2
    assert sum("-oudeversie.json" in name for name in files) == 1
    assert sum("-vervangen.json" in name for name in files) == 1
    assert any(name.endswith("-stap.json.tmp") for name in made)
    assert any(name.endswith("-eik.json.tmp") for name in made)


def test_a_file_that_others_may_read_is_for_its_owner_alone_once_it_is_opened(
    tmp_path: Path, begun: Session, noon: dt.datetime, umask: int
) -> None:
    path = tmp_path / "s.json"
    SessionFile.create(path, begun, noon).close()
    path.chmod(0o644)
    file = SessionFile.open(path)
    assert file.made_private
    file.pulse(noon)
    file.save(go_on(begun, noon), noon)
    found = modes(tmp_path, Path.is_file)
    assert only(found, "0o600"), found
    file.close()
    file = SessionFile.open(path)
    assert not file.made_private
    file.close()


def test_what_is_passed_on_is_as_a_person_wants_it(tmp_path: Path, umask: int) -> None:
    atomic.write(tmp_path / "verslag.md", b"x", mode=atomic.SHARED)
    assert stat.S_IMODE((tmp_path / "verslag.md").stat().st_mode) == 0o666 & ~umask


def test_what_a_person_chose_to_see_is_theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, umask: int) -> None:
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(tmp_path / "in" / "settings.json"))
    settings.save(settings.Settings())
    assert only(modes(tmp_path, Path.is_file), "0o600")


def test_so_it_is_from_the_command_line(tmp_path: Path) -> None:
    subprocess.run(
        command("new", "--organisation", "De Eik", "--team", "Blauw"),
        check=True,
        capture_output=True,
        env=surroundings(tmp_path),
        cwd=tmp_path,
        umask=0,
    )
    assert only(modes(tmp_path / "sessies", Path.is_file), "0o600")
    assert only(modes(tmp_path, Path.is_dir), "0o700")
