"""Looking on: every change that is saved is seen at the next look, once, and nothing is ever written."""

import errno
import os
import sys
from pathlib import Path

import pytest

from lived_in import MINUTE, SEEN_AT, lived_in
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import following
from sleutelworkshop.store.errors import DamagedError, DiskError, NewerVersionError, NotFoundError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.store.tables import Tables, load
from sleutelworkshop.store.versions import put_back, versions_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    SessionFile.create(tmp_path / "s.json", lived_in(), SEEN_AT).close()
    return tmp_path / "s.json"


def says(session: Session, text: str) -> Session:
    return answer(session, "t1", "waarom", TextValue(text), SEEN_AT)


def test_the_first_look_sees_what_is_there(path: Path) -> None:
    follower = Follower(path)
    assert follower.look() == (lived_in(), SEEN_AT)
    assert follower.look() is None
    assert Follower(path).look() == (lived_in(), SEEN_AT)


def test_every_save_is_seen_once(path: Path) -> None:
    follower = Follower(path)
    follower.look()
    file = SessionFile.open(path)
    assert follower.look() is None
    for number in range(20):  # of the same length, and within one tick of many a clock
        after = says(file.session, f"woord {number:02}")
        file.save(after, SEEN_AT)
        assert follower.look() == (after, SEEN_AT)
        assert follower.look() is None
    file.close()
    assert follower.look() is None


def test_a_save_at_the_same_moment_and_of_the_same_length_is_seen(path: Path) -> None:
    follower = Follower(path)
    follower.look()
    before = path.stat()
    file = SessionFile.open(path)
    after = answer(file.session, "t3", "waarom", TextValue("Wij zijn nu bijn"), SEEN_AT, draft=True)
    file.save(after, SEEN_AT)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert follower.look() == (after, SEEN_AT)
    file.close()


def test_what_was_missed_is_seen_in_its_last_state(path: Path) -> None:
    follower = Follower(path)
    follower.look()
    file = SessionFile.open(path)
    for number in range(5):
        file.save(says(file.session, f"woord {number}"), SEEN_AT + number * MINUTE)
    assert follower.look() == (file.session, SEEN_AT + 4 * MINUTE)
    assert follower.look() is None
    file.close()


def test_also_a_session_that_did_not_change_was_seen_later(path: Path) -> None:
    follower = Follower(path)
    follower.look()
    file = SessionFile.open(path)
    file.save(file.session, SEEN_AT + MINUTE)
    assert follower.look() == (lived_in(), SEEN_AT + MINUTE)
    file.pulse(SEEN_AT + 2 * MINUTE)
    assert follower.look() is None
    file.close()


def test_a_version_that_is_put_back_is_seen(path: Path) -> None:
    follower = Follower(path)
    file = SessionFile.open(path)
    then = go_on(file.session, SEEN_AT)
    file.save(then, SEEN_AT)
    file.save(says(then, "later"), SEEN_AT + MINUTE)
    file.release()
    follower.look()
    put_back(path, versions_of(path)[-1].path, SEEN_AT + MINUTE)
    assert follower.look() == (then, SEEN_AT)


def test_it_takes_no_lock_and_leaves_nothing(path: Path) -> None:
    path.with_name(".s.json.lock").unlink()
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    follower = Follower(path)
    for _ in range(3):
        follower.look()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [each.name for each in path.parent.iterdir()] == ["s.json"]


def test_a_file_that_did_not_change_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Path] = []

    def counted(path: Path) -> Tables | None:
        reads.append(path)
        return load(path)

    monkeypatch.setattr(following, "load", counted)
    follower = Follower(path)
    for _ in range(5):
        follower.look()
    assert reads == [path]


def test_a_change_while_it_is_read_is_seen_at_the_next_look(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = SessionFile.open(path)
    after = says(file.session, "intussen")

    def overtaken(path: Path) -> Tables | None:
        tables = load(path)
        file.save(after, SEEN_AT)
        return tables

    follower = Follower(path)
    with monkeypatch.context() as patched:
        patched.setattr(following, "load", overtaken)
        assert follower.look() == (lived_in(), SEEN_AT)
    assert follower.look() == (after, SEEN_AT)
    assert follower.look() is None
    file.close()


# What goes wrong is told at each look until it is over.


def test_a_session_that_is_not_there(tmp_path: Path) -> None:
    follower = Follower(tmp_path / "weg.json")
    for _ in range(2):
        with pytest.raises(NotFoundError, match=r"“weg\.json” is er niet"):
            follower.look()
    SessionFile.create(tmp_path / "weg.json", lived_in(), SEEN_AT).close()
    assert follower.look() == (lived_in(), SEEN_AT)


def test_a_stick_that_is_pulled_out_and_put_in_again(path: Path) -> None:
    follower = Follower(path)
    follower.look()
    elsewhere = path.rename(path.with_name("elders.json"))
    for _ in range(2):
        with pytest.raises(NotFoundError):
            follower.look()
    elsewhere.rename(path)  # the very same file
    assert follower.look() == (lived_in(), SEEN_AT)
    assert follower.look() is None


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b'{"meta": {', DamagedError),
        (b"", DamagedError),
        (b'{"meta": {"1": {"format": "sleutelworkshop", "version": 99}}}', NewerVersionError),
    ],
)
def test_damage_is_told_until_it_is_over(path: Path, raw: bytes, error: type[Exception]) -> None:
    good = path.read_bytes()
    follower = Follower(path)
    follower.look()
    path.write_bytes(raw)
    for _ in range(2):
        with pytest.raises(error):
            follower.look()
    assert path.read_bytes() == raw
    path.write_bytes(good)
    assert follower.look() == (lived_in(), SEEN_AT)


def test_a_disk_that_fails_for_a_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> Tables | None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    follower = Follower(path)
    with monkeypatch.context() as patched:
        patched.setattr(following, "load", refuse)
        with pytest.raises(DiskError, match="werkt niet goed"):
            follower.look()
    assert follower.look() == (lived_in(), SEEN_AT)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DiskError, match="is een map"):
        Follower(tmp_path).look()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name")
def test_a_pipe_does_not_keep_anyone_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(DamagedError):
        Follower(tmp_path / "pipe.json").look()
