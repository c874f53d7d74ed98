import datetime as dt

import pytest

from sleutelworkshop.script.loader import load_shipped
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    """In the zone of whoever runs the tests, so that the clock on paper says 13:00 everywhere."""
    return dt.datetime(2026, 9, 16, 13, 0).astimezone()


@pytest.fixture(scope="session")
def shipped() -> Script:
    return load_shipped("sleutel-2")


@pytest.fixture(scope="session")
def school(shipped: Script, now: dt.datetime) -> Session:
    return make(shipped, organisation="Voorbeeldschool", facilitator="Marit", teams=["Blauw", "Rood"], now=now)
