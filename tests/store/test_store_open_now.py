"""Which session is open at this moment: what the room's window shows when no name is typed."""

import datetime as dt
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
    place.mkdir()
    file = opened(place / "oefening.json", session, NOON)
    assert open_now(tmp_path) == place / "oefening.json"
    file.close()
