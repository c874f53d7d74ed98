"""A child saves and says so; it is killed at any moment; every save that it told of is there."""

import datetime as dt
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import SessionFile, read
from starting import surroundings

KILLS = 30

SAVES = """
import sys
from pathlib import Path
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import SessionFile

file = SessionFile.open(Path(sys.argv[1]))
session, now = file.session, file.seen_at
for number in range(int(sys.argv[2]), 10**9):
    session = answer(session, "t1", "waarom", TextValue(str(number)), now)
    session = answer(session, "t2", "waarom", TextValue(str(number)), now)
    file.save(session, now)
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    path = tmp_path / "s.json"
    SessionFile.create(path, begun, noon).close()
    moments, told = random.Random(1), 0  # noqa: S311  # the same moments each time
    for _kill in range(KILLS):
        told = saves_until_killed(path, told + 1, moments.uniform(0, 0.02))
        session = read(path)
        saved = {int(text_of(session, team)) for team in ("t1", "t2")}
        # At most the one that was being written when it died is there besides, and never half of it.
        assert saved in ({told}, {told + 1})
        told += 1
    assert [each.name for each in tmp_path.glob("*.json")] == ["s.json"]
    SessionFile.open(path).close()
    assert not path.with_name(".s.json.tmp").exists()


def saves_until_killed(path: Path, first: int, after: float) -> int:
    """Let a child save from number ``first`` on, kill it ``after`` seconds, and return the last number it told."""
    with subprocess.Popen(
        [sys.executable, "-c", SAVES, str(path), str(first)],
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings(path.parent),
    ) as child:
        assert child.stdout is not None
        told = int(child.stdout.readline())
        timer = threading.Timer(after, child.send_signal, [signal.SIGKILL])
        timer.start()
        for line in child.stdout:
            told = int(line) if line.endswith("\n") else told
        timer.join()
    return told


def text_of(session: Session, team: str) -> str:
    given = session.answer(team, "waarom")
    assert given is not None
    assert isinstance(given.value, TextValue)
    return given.value.text
