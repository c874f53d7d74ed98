"""What many tests begin with: a small script, a session, a moment, and the program in a process of its own."""

import datetime as dt
import gc
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from sleutelworkshop import typesetting
from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.agreeing import add_action, agree, consent, evaluate_on, object_to, settle
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.moving import go_on, start
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.sheets import as_pdf as sheets_pdf
from sleutelworkshop.summary import as_pdf as summary_pdf
from starting import PATIENCE, Program, command, surroundings

# Times are told in the zone of this computer: for texts and pictures that are the same everywhere, that is Amsterdam.
os.environ["TZ"] = "Europe/Amsterdam"
if hasattr(time, "tzset"):
    time.tzset()

# The log and crash files of what is tested are not among those of who tests.
_state = tempfile.TemporaryDirectory(prefix="sleutelworkshop-tests-")
os.environ["XDG_STATE_HOME"] = _state.name

# Each app leaves tens of thousands of objects behind: to look through them less often is a sixth of the time.
gc.set_threshold(50_000, 10, 10)

# The same examples each time, so that a test that fails fails for who changed something; `make hunt` looks for others.
# However long they take: how busy the computer is, is nothing that a test should say.
settings.register_profile("same", max_examples=50, derandomize=True, database=None, deadline=None)
settings.register_profile("hunt", print_blob=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two more than there are cores: a test that waits for a program or a screen leaves its core to another."""
    return (os.cpu_count() or 1) + 2


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays: there is no need to look through it for what can go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def typeset_once() -> Iterator[None]:
    """Typeset the same data once: it makes the same bytes, and of all that tests make no more than half is new."""
    made: dict[bytes, bytes] = {}

    def typeset(template: bytes, data: Mapping[str, Any], *, stamp: int, pictures: Path | None = None) -> bytes:
        if pictures:  # which may hold anything by now
            return typesetting.typeset(template, data, stamp=stamp, pictures=pictures)
        key = msgspec.msgpack.encode((template, data, stamp))
        if key not in made:
            made[key] = typesetting.typeset(template, data, stamp=stamp)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summary_pdf, "typeset", typeset)
        patch.setattr(sheets_pdf, "typeset", typeset)
        yield


NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture(scope="session")
def small_script() -> Script:
    return load_script(Path(__file__).parent / "small_script.toml")


@pytest.fixture
def noon() -> dt.datetime:
    return NOON


@pytest.fixture
def begun(small_script: Script) -> Session:
    """A session in which everything that can be said has been said once."""
    session = make(
        small_script,
        organisation="Basisschool De Eik",
        facilitator="Sanne",
        casus="Leren leren\nin groep 5",
        teams=["Blauw", "Rood", "Geel"],
        now=NOON,
    )
    session = go_on(start(session, NOON), NOON + dt.timedelta(minutes=4))
    session = start(session, NOON + dt.timedelta(minutes=5))
    question = next(q for q in small_script.questions() if q.id == "waarom")
    for team, text in (("t1", "Omdat ’t moet 🙂"), ("t2", "Wij willen dat kinderen\nzelf kiezen")):
        session = answer(session, team, question.id, TextValue(text), NOON)
    component = small_script.components[0].id
    session = agree(session, component, "Kinderen kiezen zelf", [AnswerRef("t2", question.id)], NOON)
    session = object_to(session, component, who="Rood", what="Te vaag", now=NOON)
    session = consent(settle(session, 1, "We noemen een voorbeeld", NOON), component, NOON)
    session = add_action(session, who="Sanne", what="Planning maken", due=dt.date(2026, 12, 1))
    return evaluate_on(session, dt.date(2027, 3, 1))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program in a process of its own, with its sessions in ``tmp_path / "sessies"``."""

    def run(*typed: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command(*typed),
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=tmp_path,
            env=surroundings(tmp_path, **environment),
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
        )

    return run
