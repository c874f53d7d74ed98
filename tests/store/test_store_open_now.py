"""Which session is open at this moment: what the room's window shows when no name is typed."""

import datetime as dt
import os
import sys
import tempfile
from pathlib import Path

import pytest

from lived_in import NOON, lived_in
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.errors import NotFoundError
from sleutelworkshop.store.open_now import REHEARSAL, open_now
from sleutelworkshop.store.sessionfile import SessionFile

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def session() -> Session:
    return lived_in()


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files in which no other program rehearses."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(folder))
    return folder


def opened(path: Path, session: Session, now: dt.datetime) -> SessionFile:
    file = SessionFile.create(path, session, now)
    file.pulse(now)
    return file


def test_none_is_open(tmp_path: Path, session: Session) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(NotFoundError, match="geen sessie open"):
            open_now(folder)
    opened(tmp_path / "one.json", session, NOON).close()
    with pytest.raises(NotFoundError):
        open_now(tmp_path)


def test_the_one_that_was_opened_last(tmp_path: Path, session: Session) -> None:
    SessionFile.create(tmp_path / "closed.json", session, NOON).close()
    first = opened(tmp_path / "first.json", session, NOON)
    assert open_now(tmp_path) == tmp_path / "first.json"
    second = opened(tmp_path / "second.json", session, NOON + HOUR)
    assert open_now(tmp_path) == tmp_path / "second.json"
    second.close()
    assert open_now(tmp_path) == tmp_path / "first.json"
    first.close()


def test_a_rehearsal_counts(tmp_path: Path, temporary: Path, session: Session) -> None:
    place = temporary / f"{REHEARSAL}x"
    place.mkdir(mode=0o700)
    file = opened(place / "oefening.json", session, NOON)
    assert open_now(tmp_path) == place / "oefening.json"
    file.close()


def test_a_rehearsal_that_died_is_not_open(tmp_path: Path, temporary: Path, session: Session) -> None:
    place = temporary / f"{REHEARSAL}x"
    place.mkdir(mode=0o700)
    note = place / ".oefening.json.open"
    dying = opened(place / "oefening.json", session, NOON + 70 * 365 * 24 * HOUR)  # by a clock that was far ahead
    left_behind = note.read_bytes()
    dying.release()
    note.write_bytes(left_behind)  # as kill -9 leaves it
    with pytest.raises(NotFoundError):
        open_now(tmp_path)
    file = opened(tmp_path / "echt.json", session, NOON)
    assert open_now(tmp_path) == tmp_path / "echt.json"
    file.close()


@pytest.mark.skipif(sys.platform == "win32", reason="owners and rights are otherwise there")
@pytest.mark.parametrize("mode", [0o755, 0o777, 0o1777, 0o750])
def test_a_folder_that_others_can_reach_is_not_believed(
    tmp_path: Path, temporary: Path, session: Session, mode: int
) -> None:
    place = temporary / f"{REHEARSAL}x"
    place.mkdir()
    place.chmod(mode)
    file = opened(place / "oefening.json", session, NOON)
    with pytest.raises(NotFoundError):
        open_now(tmp_path)
    file.close()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root gives files away")
def test_a_folder_of_someone_else_is_not_believed(tmp_path: Path, temporary: Path, session: Session) -> None:
    place = temporary / f"{REHEARSAL}x"
    place.mkdir(mode=0o700)
    file = opened(place / "oefening.json", session, NOON)
    os.chown(place, 12345, 12345)
    with pytest.raises(NotFoundError):
        open_now(tmp_path)
    (temporary / f"{REHEARSAL}link").symlink_to(tmp_path / "elders")
    (tmp_path / "elders").mkdir(mode=0o700)
    with pytest.raises(NotFoundError):
        open_now(tmp_path)
    file.close()


def test_looking_takes_the_lock_from_nobody(tmp_path: Path, session: Session) -> None:
    file = opened(tmp_path / "s.json", session, NOON)
    note = (tmp_path / ".s.json.open").read_bytes()
    file.close()
    (tmp_path / ".s.json.open").write_bytes(note)
    with pytest.raises(NotFoundError):
        open_now(tmp_path)
    SessionFile.open(tmp_path / "s.json").close()
