import datetime as dt
from pathlib import Path

import pytest

from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def script() -> Script:
    return load_script(Path(__file__).parents[1] / "small_script.toml")


@pytest.fixture
def now() -> dt.datetime:
    return NOON


@pytest.fixture
def session(script: Script, now: dt.datetime) -> Session:
    return make(script, organisation="De Springplank", teams=["Blauw", "Rood", "Geel"], now=now)
