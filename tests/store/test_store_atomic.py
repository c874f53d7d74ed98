import datetime as dt
import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sleutelworkshop.store import atomic, locations, versions
from sleutelworkshop.store.errors import explain
from sleutelworkshop.store.plain_file import NotPlainError
from sleutelworkshop.store.versions import Reason

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX modes and links")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@POSIX
def test_a_new_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    atomic.write(tmp_path / "new", b"hoi")
    assert (tmp_path / "new").read_bytes() == b"hoi"
    assert mode_of(tmp_path / "new") == 0o600


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o600, 0o666])
def test_an_existing_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(mode)
    atomic.write(path, b"new")
    assert (path.read_bytes(), mode_of(path)) == (b"new", mode)


def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError):
        atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["old"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        atomic.write(tmp_path / "folder", b"new")


@POSIX
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(NotPlainError) as raised:
        atomic.write(Path("/dev/null"), b"new")
    assert "is geen gewoon bestand" in explain(raised.value, Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in which nobody can make a file")
def test_a_folder_for_no_files_is_not_called_gone() -> None:
    with pytest.raises(FileNotFoundError) as raised:
        atomic.write(Path("/proc/new.json"), b"new")
    assert "In /proc zijn geen bestanden te maken" in explain(raised.value, Path("/proc/new.json"))


@POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "file"
    target.write_bytes(b"old")
    (tmp_path / "link").symlink_to(target)
    atomic.write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"


@POSIX
def test_links_in_a_circle_are_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="Too many levels"):
        atomic.write(tmp_path / "a", b"new")


def test_what_a_killed_program_left_is_swept_and_does_not_stand_in_the_way(tmp_path: Path) -> None:
    left = tmp_path / ".file.tmp"
    left.write_bytes(b"half")
    atomic.write(tmp_path / "file", b"whole")
    assert names_in(tmp_path) == ["file"]
    left.write_bytes(b"half")
    atomic.sweep(tmp_path / "file")
    atomic.sweep(tmp_path / "file")
    assert names_in(tmp_path) == ["file"]


def refuses(code: int) -> Callable[..., None]:
    def call(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    return call


@POSIX
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["os.open", "os.fchmod", "os.fdatasync", "pathlib.Path.replace"])
def test_whichever_call_fails_the_old_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    if call == "os.fdatasync" and sys.platform != "linux":
        call = "os.fsync"
    with monkeypatch.context() as patched:
        patched.setattr(call, refuses(code))
        with pytest.raises(OSError, match=os.strerror(code)):
            atomic.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["file"]


@POSIX
def test_a_folder_that_cannot_be_synced_is_taken_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_sync", lambda _descriptor: None)
    monkeypatch.setattr("os.fsync", refuses(errno.EINVAL))
    atomic.write(tmp_path / "file", b"new")
    monkeypatch.setattr("os.fsync", refuses(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        atomic.write(tmp_path / "file", b"newer")


@pytest.mark.skipif(sys.platform == "win32", reason="there no folder is synced")
def test_a_new_folder_is_synced_in_the_one_that_it_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    locations.make_folder(tmp_path / "a" / "b")
    assert synced == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]
    synced.clear()
    versions.keep(tmp_path / "a" / "s.json", b"{}", dt.datetime.now(dt.UTC), Reason.STEP)
    assert synced[:2] == [(tmp_path / "a").stat().st_ino, (tmp_path / "a" / ".versies").stat().st_ino]
