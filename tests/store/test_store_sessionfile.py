import datetime as dt
import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import (
    ChangedElsewhereError,
    DamagedError,
    DiskError,
    InUseError,
    NameTakenError,
    NewerVersionError,
    NotFoundError,
)
from sleutelworkshop.store.sessionfile import SessionFile, read
from starting import surroundings

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    SessionFile.create(tmp_path / "s.json", begun, noon).close()
    return tmp_path / "s.json"


def says(session: Session, text: str, now: dt.datetime, team: str = "t1") -> Session:
    return answer(session, team, "waarom", TextValue(text), now)


def test_a_session_opens_as_it_was_saved(path: Path, begun: Session, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    assert (file.session, file.seen_at) == (begun, noon)
    after = says(begun, "anders", noon)
    file.save(after, noon + MINUTE)
    assert (file.session, file.seen_at) == (after, noon + MINUTE)
    assert read(path) == after
    file.close()
    again = SessionFile.open(path)
    assert (again.session, again.seen_at) == (after, noon + MINUTE)
    again.close()


def test_opening_and_closing_changes_nothing(path: Path) -> None:
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    SessionFile.open(path).close()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_reading_takes_no_lock_and_leaves_nothing(path: Path, begun: Session) -> None:
    beside = path.with_name(".s.json.lock")
    beside.unlink()
    assert read(path) == begun
    assert not beside.exists()
    file = SessionFile.open(path)
    assert read(path) == begun
    file.close()


def test_a_session_that_did_not_change_is_seen(path: Path, begun: Session, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    before = json.loads(path.read_text())
    file.save(file.session, noon + MINUTE)
    file.close()
    after = json.loads(path.read_text())
    assert after.pop("meta") != before.pop("meta")
    assert after == before
    assert SessionFile.open(path).seen_at == noon + MINUTE


def test_a_save_is_one_write(path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[Path] = []
    monkeypatch.setattr(atomic, "write", lambda path, _data, **_options: writes.append(path))
    file = SessionFile.open(path)
    after = begun
    for team in ("t1", "t2", "t3"):
        after = says(after, "nieuw", noon, team)
    file.save(after, noon)
    assert writes == [path]
    file.close()


@pytest.mark.parametrize("late", [False, True])
def test_after_a_failure_the_next_save_is_whole(
    path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    file = SessionFile.open(path)
    write = atomic.write

    def refuse(path: Path, data: bytes, **options: Any) -> None:
        if late:  # the disk has it, and then the folder cannot be synced
            write(path, data, **options)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(DiskError, match="De schijf is vol"):
            file.save(says(begun, "kwijt?", noon, "t3"), noon)
    assert file.session == begun
    # The third team takes its answer back, so what the disk may have of it has to go.
    after = says(begun, "anders", noon)
    file.save(after, noon)
    file.close()
    assert read(path) == after


def test_a_file_spoilt_after_a_failure_is_left_alone(
    path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SessionFile.open(path)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(DiskError):
            file.save(says(begun, "a", noon), noon)
    path.write_bytes(b"bedorven")
    with pytest.raises(ChangedElsewhereError):
        file.save(says(begun, "b", noon), noon)
    assert path.read_bytes() == b"bedorven"
    file.close()


def test_the_second_to_open_is_told(path: Path) -> None:
    file = SessionFile.open(path)
    with pytest.raises(InUseError, match="al open in een ander venster"):
        SessionFile.open(path)
    file.close()
    file.close()
    SessionFile.open(path).close()


def test_a_session_may_be_saved_and_closed_on_other_threads(path: Path, begun: Session, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    for work in (lambda: file.save(says(begun, "x", noon), noon), file.close):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    SessionFile.open(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="links")
def test_another_name_for_the_same_file_is_the_same_lock(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(path)
    file = SessionFile.open(tmp_path / "link.json")
    assert file.path == path.resolve()
    with pytest.raises(InUseError):
        SessionFile.open(path)
    file.close()


HOLDS = """
import sys
from pathlib import Path
from sleutelworkshop.store.sessionfile import SessionFile
file = SessionFile.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_lock_of_another_program_holds_until_it_dies(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings(path.parent),
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(InUseError):
            SessionFile.open(path)
        read(path)
        holder.kill()
    SessionFile.open(path).close()


def test_creating_never_replaces(path: Path, begun: Session, noon: dt.datetime) -> None:
    before = path.read_bytes()
    with pytest.raises(NameTakenError):
        SessionFile.create(path, begun, noon)
    assert path.read_bytes() == before
    SessionFile.open(path).close()


def test_what_is_not_there(tmp_path: Path) -> None:
    for act in (SessionFile.open, read):
        with pytest.raises(NotFoundError, match=r"“weg\.json” is er niet"):
            act(tmp_path / "weg.json")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    for act in (SessionFile.open, read):
        with pytest.raises(DiskError, match="te lang"):
            act(tmp_path / ("x" * 300))


def test_a_folder_is_no_session(tmp_path: Path) -> None:
    for act in (SessionFile.open, read):
        with pytest.raises(DiskError, match="is een map"):
            act(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_a_pipe_does_not_keep_anyone_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(DamagedError):
        read(tmp_path / "pipe.json")


def test_damage_and_newer_files_stay_as_they_are(path: Path) -> None:
    tables = json.loads(path.read_text())
    tables["meta"]["1"]["version"] = 99
    for raw, error in ((json.dumps(tables).encode(), NewerVersionError), (b'{"meta": {', DamagedError)):
        path.write_bytes(raw)
        for act in (SessionFile.open, read):
            with pytest.raises(error):
                act(path)
        assert path.read_bytes() == raw


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="permissions do not hold for root")
def test_a_folder_that_may_not_be_written(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        with pytest.raises(DiskError, match="mag niet"):
            SessionFile.create(path.with_name("n.json"), read(path), dt.datetime.now(dt.UTC))
    finally:
        path.parent.chmod(0o700)
