import datetime as dt
from pathlib import Path

import pytest

import stillness
from room_app import START
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import moving
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session


@pytest.fixture(autouse=True)
def _stillness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the screens no longer than they take."""
    stillness.wait_exactly(monkeypatch)
    stillness.parse_styles_once(monkeypatch)


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the settings of whoever runs the tests out of them, and the other way round."""
    path = tmp_path / "instellingen.json"
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(path))
    return path


@pytest.fixture(scope="session")
def shipped() -> Script:
    """The workshop that comes with the program."""
    return load_shipped(DEFAULT_SCRIPT)


@pytest.fixture
def fresh(shipped: Script) -> Session:
    """A new session of the shipped workshop, with three teams."""
    return make(shipped, organisation="De Springplank", teams=["Blauw", "Rood", "Geel"], now=START)


@pytest.fixture
def at_purpose(fresh: Session) -> Session:
    """The same, with the room at the exercise *Waarom*, its timer not started."""
    session = moving.start(fresh, START - dt.timedelta(minutes=20))
    return moving.jump(session, "waarom", START)
