"""Two real processes: the facilitator at work in one terminal, and in another the screen for the room that follows."""

import datetime as dt
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Notes, Script
from sleutelworkshop.session import moving
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.timing import clock_text, seconds_left
from sleutelworkshop.session.values import PointsValue, TextValue
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.clock import local_time
from sleutelworkshop.tui.widgets.block_digits import block_rows

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Terminal

SIZE: Mapping[str, Any] = {"width": 120, "height": 36}

NOTE, SHOWN, HIDDEN, AGREED = "fluisterwoord", "zichtbaarwoord", "geheimwoord", "afspraakwoord"


def whispering(script: Script) -> Script:
    parts = tuple(
        replace(part, steps=tuple(replace(step, notes=Notes(NOTE)) for step in part.steps)) for part in script.parts
    )
    return replace(script, parts=parts)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A session with the room at the last exercise of the first tip, everything answered but that."""
    now = local_time()
    script = whispering(load_shipped(DEFAULT_SCRIPT))
    session = make(script, organisation="De Eik", facilitator=NOTE, teams=["Blauw", "Rood"], now=now)
    for team in ("t1", "t2"):
        session = answer(session, team, "bedoeling", TextValue(f"{SHOWN} van {team}"), now)
        session = answer(session, team, "benaderingen", PointsValue({"gesitueerd-leren": 10}), now)
        session = answer(session, team, "waarom-mix", TextValue(f"{HIDDEN} van {team}"), now)
    session = moving.pause(moving.start(moving.jump(session, "hoe", now), now - dt.timedelta(seconds=40)), now)
    return SessionsFolder(tmp_path / "sessies").create(session, now)


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    return {"SLEUTELWORKSHOP_SETTINGS": str(tmp_path / "instellingen.json")}


@contextmanager
def both(path: Path, env: Mapping[str, str], cwd: Path) -> "Iterator[tuple[Terminal, Terminal]]":
    """Open the facilitator's program and the screen for the room; what the room's screen wrote is looked through."""
    with (
        Terminal("open", str(path), env=env, cwd=cwd, **SIZE) as facilitator,
        Terminal("screen", str(path), env=env, cwd=cwd, **SIZE) as room,
    ):
        facilitator.wait_for("▸ Hoe", NOTE)
        room.wait_for("Hoe willen jullie leren?", "de tijd staat stil", "2 van 2 klaar")
        yield facilitator, room
        assert NOTE.encode() not in room.written
        assert HIDDEN.encode() not in room.written


def waited_for(room: "Terminal", path: Path) -> None:
    """Wait until the room's screen shows the time that the file says is left now."""

    def shows_the_time() -> bool:
        left = seconds_left(read(path).run, local_time())
        texts = {clock_text(left), clock_text(left + 1)}  # a second may pass while it is read
        return any(stand_there(room.text, block_rows(text, unit)) for text in texts for unit in range(1, 12))

    room.wait_until(shows_the_time)


def stand_there(text: str, rows: list[str]) -> bool:
    """Whether rows of blocks stand under one another."""
    lines = text.splitlines()
    wanted = [row.rstrip() for row in rows]
    for number, line in enumerate(lines[: len(lines) - len(wanted) + 1]):
        at = line.find(wanted[0])
        if at >= 0 and all(lines[number + n][at : at + len(row)] == row for n, row in enumerate(wanted)):
            return True
    return False


def test_the_room_follows_what_the_facilitator_does(path: Path, env: Mapping[str, str], tmp_path: Path) -> None:
    with both(path, env, tmp_path) as (facilitator, room):
        facilitator.wait_for("zaal: Hoe")
        waited_for(room, path)
        facilitator.press("space")
        room.wait_for("van 10 minuten")
        facilitator.press("n")
        room.wait_for("Wat gaan jullie doen?", "0 van 2 klaar")
        waited_for(room, path)
        facilitator.press("n", "down", "enter")  # nobody answered: the dialog asks first
        room.wait_for("Bedoeling", "De antwoorden komen zo.", "2 van 2 teams hebben geantwoord")
        facilitator.wait_for("zaal: oogst Bedoeling · geen antwoorden")
        assert SHOWN.encode() not in room.written

        facilitator.press("enter")
        facilitator.wait_for("○ niet in de zaal", f"{SHOWN} van t1", "tonen aan de zaal")
        facilitator.press("r")
        room.wait_for(f"{SHOWN} van t1", f"{SHOWN} van t2", "Blauw")
        facilitator.wait_for("zaal: oogst Bedoeling · de antwoorden", "● in de zaal")
        facilitator.press("e")
        facilitator.type(f"{AGREED} r")  # an r in the agreement is a letter
        room.wait_for(f"{AGREED} r")
        facilitator.press("escape")
        facilitator.wait_for("verbergen voor de zaal")
        facilitator.press("r")
        room.wait_until_gone(SHOWN)
        room.wait_until_gone(AGREED)
        facilitator.press("pagedown")
        room.wait_for("Mix van benaderingen", "bouwsteen 2 van 3")


def test_the_room_outlives_the_facilitator_s_program(path: Path, env: Mapping[str, str], tmp_path: Path) -> None:
    with both(path, env, tmp_path) as (facilitator, room):
        facilitator.press("space")
        room.wait_for("van 10 minuten")
        facilitator.send_signal(signal.SIGKILL)
        facilitator.wait_for_end()
        assert read(path).run.is_running
        gone = room.text
        room.wait_until(lambda: room.text != gone)  # a second has passed
        waited_for(room, path)
        with Terminal("open", str(path), env=env, cwd=tmp_path, **SIZE) as again:
            again.wait_for("De tijd liep nog")
            again.press("enter")
            again.wait_for("▸ Hoe", "van 10 min.")
            waited_for(room, path)
            again.press("space")
            room.wait_for("de tijd staat stil")
            again.press("ctrl+q")
            assert again.wait_for_end() == 0
        room.wait_for("de tijd staat stil")


def test_the_room_s_screen_writes_nothing_and_waits_for_a_file_that_is_away(
    path: Path, env: Mapping[str, str], tmp_path: Path
) -> None:
    before, there = path.read_bytes(), set(tmp_path.rglob("*"))
    with Terminal("screen", str(path), env=env, cwd=tmp_path, **SIZE) as room:
        room.wait_for("Hoe willen jullie leren?")
        room.press("ctrl+t")
        waited_for(room, path)
        assert set(tmp_path.rglob("*")) == there  # no lock, and no settings
        path.rename(tmp_path / "weg.json")
        room.wait_for("geen nieuws sinds", "Hoe willen jullie leren?")
        (tmp_path / "weg.json").rename(path)
        room.wait_until_gone("geen nieuws sinds")
        room.press("q")
        assert room.wait_for_end() == 0
    assert path.read_bytes() == before


def test_a_session_that_is_not_there_is_told_in_one_sentence(env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal("screen", "weg", env=env, cwd=tmp_path) as room:
        room.wait_for("“weg”")
        assert room.wait_for_end() == 1
