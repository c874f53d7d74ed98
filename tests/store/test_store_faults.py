"""A disk that fails, in every way it can: the old file stays whole, nothing is left behind, and the next save succeeds.

A power cut cannot be had here. What stands in for it is the order of the calls: the bytes of the new file are on the
disk (*sync file*) before it takes the name of the old one (*replace*), and the name is on the disk (*sync folder*)
before the save is told of. So under that name there is at every moment a whole file, and after the save the
new one; that a disk does what it says when it is told to sync is for the disk to keep.
"""

import datetime as dt
import errno
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from failing_disk import AFTER, BEFORE, Disk
from nobody import nobody_in_particular
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import DiskError, NotLockableError
from sleutelworkshop.store.sessionfile import SessionFile, read
from starting import Program

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions, limits and folders")

CODES = {
    "full": (errno.ENOSPC, "vol"),
    "quota": (errno.EDQUOT, "vol"),
    "read-only": (errno.EROFS, "niet kunt schrijven"),
    "no permission": (errno.EACCES, "mag niet"),
    "gone": (errno.ENOENT, "stick"),
    "pulled out": (errno.ENODEV, "stick"),
    "network gone": (getattr(errno, "ESTALE", errno.ENXIO), "stick"),
    "name too long": (errno.ENAMETOOLONG, "te lang"),
    "failing": (errno.EIO, "werkt niet goed"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.json"


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def says(session: Session, text: str, now: dt.datetime) -> Session:
    return answer(session, "t1", "waarom", TextValue(text), now)


def names_beside(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()} - {path.name, f".{path.name}.lock"}


def test_the_bytes_are_on_the_disk_before_the_name_and_the_name_before_it_is_told(
    path: Path, begun: Session, noon: dt.datetime, disk: Disk
) -> None:
    file = SessionFile.create(path, begun, noon)
    disk.calls.clear()
    file.save(says(begun, "anders", noon), noon)
    assert disk.calls == [*BEFORE, *AFTER]
    file.close()


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("call", [*BEFORE, *AFTER])
def test_whichever_call_fails(path: Path, begun: Session, noon: dt.datetime, disk: Disk, call: str, kind: str) -> None:
    code, told = CODES[kind]
    file = SessionFile.create(path, begun, noon)
    old = path.read_bytes()
    disk.fail(call, code)
    with pytest.raises(DiskError, match=told):
        file.save(says(begun, "anders", noon), noon)
    disk.mend()
    if call in BEFORE:
        assert path.read_bytes() == old
    else:
        assert read(path) == says(begun, "anders", noon)
    assert not names_beside(path)
    file.save(says(begun, "nog anders", noon), noon)
    file.close()
    assert read(path) == says(begun, "nog anders", noon)


@pytest.mark.parametrize("call", [call for call in BEFORE if call != "fchmod file"])
def test_whichever_call_fails_in_a_first_save(
    path: Path, begun: Session, noon: dt.datetime, disk: Disk, call: str
) -> None:
    disk.fail(call, errno.ENOSPC)
    with pytest.raises(DiskError, match="vol"):
        SessionFile.create(path, begun, noon)
    disk.mend()
    assert not path.exists()
    assert not names_beside(path)
    SessionFile.create(path, begun, noon).close()
    assert read(path) == begun


def test_what_could_not_be_cleared_away_is_cleared_by_the_next_save(
    path: Path, begun: Session, noon: dt.datetime, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SessionFile.create(path, begun, noon)
    old = path.read_bytes()

    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    disk.fail("write file", errno.EIO)
    with monkeypatch.context() as patched:
        patched.setattr(os, "unlink", refuse)
        with pytest.raises(DiskError, match="werkt niet goed"):
            file.save(says(begun, "anders", noon), noon)
    disk.mend()
    assert path.read_bytes() == old
    file.save(says(begun, "anders", noon), noon)
    assert not names_beside(path)
    file.close()


# And for real, as far as that can be had.


def fails_and_recovers(
    path: Path, begun: Session, now: dt.datetime, fault: Callable[[], object], mended: Callable[[], object], told: str
) -> None:
    """Save with a fault and again without it; the words are too many to fit in what was left over."""
    file = SessionFile.create(path, begun, now)
    old = path.read_bytes()
    fault()
    try:
        with pytest.raises(DiskError, match=told):
            file.save(says(begun, "woord " * 800, now), now)
    finally:
        mended()
    assert path.read_bytes() == old
    assert not names_beside(path) - {"ballast"}
    file.save(says(begun, "anders", now), now)
    assert read(path) == says(begun, "anders", now)
    file.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of a quarter of a megabyte, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or not mounts("-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)):
        pytest.skip("a disk of one's own takes Linux and leave to mount it; the injected faults stand in for it")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607  # as in mounts


def mounts(*options: str) -> bool:
    try:
        done = subprocess.run(["mount", *options], check=False, capture_output=True)  # noqa: S607  # it is elsewhere each time
    except FileNotFoundError:
        return False
    return done.returncode == 0


def test_a_disk_that_is_full(small_disk: Path, begun: Session, noon: dt.datetime) -> None:
    ballast = small_disk / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
            file.writelines(iter(lambda: bytes(4096), b""))

    fails_and_recovers(small_disk / "s.json", begun, noon, fill, ballast.unlink, "De schijf is vol")


def test_a_disk_that_is_read_only(small_disk: Path, begun: Session, noon: dt.datetime) -> None:
    path = small_disk / "s.json"
    SessionFile.create(path, begun, noon).close()
    old = path.read_bytes()
    assert mounts("-o", "remount,ro", str(small_disk))
    with pytest.raises(DiskError, match="waarop je niet kunt schrijven"):
        SessionFile.open(path)
    with pytest.raises(DiskError, match="waarop je niet kunt schrijven"):
        SessionFile.create(small_disk / "n.json", begun, noon)
    with pytest.raises(OSError, match="Read-only"):
        atomic.write(path, b"new")
    assert read(path) == begun
    assert mounts("-o", "remount,rw", str(small_disk))
    assert path.read_bytes() == old
    assert not names_beside(path)
    file = SessionFile.open(path)
    file.save(says(begun, "anders", noon), noon)
    file.close()


def test_a_stick_that_was_made_read_only_can_be_shown_and_printed(
    small_disk: Path, begun: Session, noon: dt.datetime, tmp_path: Path, program: Program
) -> None:
    path = small_disk / "s.json"
    SessionFile.create(path, begun, noon).close()
    assert mounts("-o", "remount,ro", str(small_disk))
    for typed in (("list",), ("check",), ("summary", "s"), ("summary", "s", "-o", tmp_path / "x.pdf"), ("sheets", "s")):
        done = program("--sessions", small_disk, *typed)
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0), done.stderr
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(NotLockableError, match="waarop je niet kunt schrijven"):
        SessionFile.open(path)
    assert mounts("-o", "remount,rw", str(small_disk))


@POSIX
def test_a_file_that_may_not_grow(path: Path, begun: Session, noon: dt.datetime) -> None:
    import resource  # POSIX only

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, limits[1]))

    fails_and_recovers(path, begun, noon, limit, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits), "vol")


@POSIX
def test_a_stick_that_is_pulled_out(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "la"
    stick.mkdir()
    fails_and_recovers(
        stick / "s.json", begun, noon, lambda: stick.rename(elsewhere), lambda: elsewhere.rename(stick), "stick"
    )


@POSIX
def test_a_folder_that_may_no_longer_be_written(begun: Session, noon: dt.datetime) -> None:
    with tempfile.TemporaryDirectory() as name, nobody_in_particular(Path(name)):
        folder = Path(name)
        fails_and_recovers(
            folder / "s.json", begun, noon, lambda: folder.chmod(0o500), lambda: folder.chmod(0o700), "mag niet"
        )


def test_a_name_that_leaves_no_room_for_what_stands_beside_it(
    tmp_path: Path, begun: Session, noon: dt.datetime
) -> None:
    with pytest.raises(DiskError, match="te lang"):
        SessionFile.create(tmp_path / f"{'x' * 247}.json", begun, noon)
    assert not list(tmp_path.iterdir())
    SessionFile.create(tmp_path / f"{'x' * 200}.json", begun, noon).close()
