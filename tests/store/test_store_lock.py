"""One writer: who has a session open, what is told of them, and what a program that died leaves."""

import datetime as dt
import errno
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lived_in import MINUTE, NOON, lived_in
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.errors import InUseError, NotLockableError
from sleutelworkshop.store.lock import Holder, SessionLock, holder_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.text import clean_line
from starting import surroundings

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes with a name")

HERE: Final = Holder(machine=platform.node(), process=os.getpid(), since=NOON, seen_at=NOON)


@pytest.mark.skipif(sys.platform != "linux", reason="places in which nobody can make a file")
@pytest.mark.parametrize(
    ("place", "why"), [("/proc", "zijn geen bestanden te maken"), ("/dev/null", "/dev/null is geen map")]
)
def test_where_no_lock_can_be_made_nobody_has_it(place: str, why: str) -> None:
    with pytest.raises(NotLockableError, match=why):
        SessionLock(Path(place, "s.json"))


@POSIX
def test_a_disk_that_knows_no_locks_is_given_no_other_kind_of_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    SessionLock(tmp_path / "s.json").release()  # leaves the file of the lock, empty
    monkeypatch.setattr("fcntl.flock", refuse)
    for name in ("s.json", "t.json"):
        with pytest.raises(NotLockableError):
            SessionLock(tmp_path / name)
    assert not recwarn
    monkeypatch.undo()
    for name in ("s.json", "t.json"):
        SessionLock(tmp_path / name).release()


def test_the_file_of_a_lock_stays_behind(tmp_path: Path) -> None:
    lock = SessionLock(tmp_path / "s.json")
    lock.release()
    assert (tmp_path / ".s.json.lock").read_bytes() == b""


@pytest.fixture
def path(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    SessionFile.create(tmp_path / "s.json", begun, noon).close()
    return tmp_path / "s.json"


@pytest.fixture
def note(path: Path) -> Path:
    return path.with_name(".s.json.open")


@pytest.fixture
def file(path: Path) -> Iterator[SessionFile]:
    """The session, open."""
    file = SessionFile.open(path)
    yield file
    file.close()


def told(path: Path) -> str:
    """What is told to who wants to open it too."""
    with pytest.raises(InUseError) as caught:
        SessionLock(path)
    return str(caught.value)


# The note.


def test_a_pulse_says_who_has_it_since_when_and_that_they_live(
    path: Path, note: Path, file: SessionFile, noon: dt.datetime
) -> None:
    assert holder_of(path) is None
    file.pulse(noon + MINUTE)
    since_then = replace(HERE, since=noon + MINUTE, seen_at=noon + MINUTE)
    assert holder_of(path) == since_then
    for minute in (2, 3, 200):
        file.pulse(noon + minute * MINUTE)
    assert holder_of(path) == replace(since_then, seen_at=noon + 200 * MINUTE)
    assert len(note.read_bytes()) == 513


def test_a_clean_close_takes_the_note_away(path: Path, note: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.pulse(noon)
    assert note.exists()
    file.close()
    assert not note.exists()
    SessionFile.open(path).close()
    file.close()


def test_who_has_let_go_takes_nobody_elses_note_away(
    path: Path, note: Path, file: SessionFile, noon: dt.datetime
) -> None:
    file.close()
    other = SessionFile.open(path)
    other.pulse(noon)
    file.close()
    assert note.exists()
    other.close()


def test_who_is_kept_out_takes_no_note_away(path: Path, note: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.pulse(noon)
    told(path)
    assert note.exists()


def test_a_pulse_puts_nothing_in_the_session(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    before = path.read_bytes()
    file.pulse(noon + 5 * MINUTE)
    assert path.read_bytes() == before
    assert file.seen_at == noon


def test_a_note_that_cannot_be_written_is_no_harm(path: Path, note: Path, file: SessionFile, noon: dt.datetime) -> None:
    note.mkdir()
    file.pulse(noon)
    assert holder_of(path) is None
    assert told(path) == "“s.json” is al open in een ander venster: sluit het daar eerst."
    file.close()
    note.rmdir()


def test_a_pulse_goes_over_whatever_stood_there(path: Path, note: Path, noon: dt.datetime) -> None:
    note.write_bytes(b"x" * 5000)
    file = SessionFile.open(path)
    file.pulse(noon)
    assert holder_of(path) == HERE
    file.close()


@POSIX
def test_a_note_is_written_through_no_link(path: Path, note: Path, file: SessionFile, noon: dt.datetime) -> None:
    victim = path.with_name("dagboek.txt")
    victim.write_text("lief dagboek")
    note.symlink_to(victim)
    file.pulse(noon)
    assert victim.read_text() == "lief dagboek"
    assert holder_of(path) is None


@POSIX
def test_a_pipe_for_a_note_keeps_nobody_waiting(path: Path, note: Path, noon: dt.datetime) -> None:
    os.mkfifo(note)
    assert holder_of(path) is None
    file = SessionFile.open(path)
    file.pulse(noon)
    assert "in een ander venster:" in told(path)
    file.close()


# What is told to who is kept out.


def test_in_another_window(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.pulse(noon + 7 * MINUTE)
    file.pulse(noon + 60 * MINUTE)
    assert told(path) == (
        f"“s.json” is al open in een ander venster, sinds 12:07 (proces {os.getpid()}): sluit het daar eerst."
    )


def test_on_another_computer(path: Path, note: Path, file: SessionFile) -> None:
    note.write_bytes(msgspec.json.encode(replace(HERE, machine="laptop-van-sanne", process=4711)))
    assert told(path) == ("“s.json” is al open op laptop-van-sanne, sinds 12:00 (proces 4711): sluit het daar eerst.")


def test_a_time_is_told_as_it_is_here(path: Path, note: Path, file: SessionFile) -> None:
    note.write_bytes(msgspec.json.encode(replace(HERE, since=NOON.astimezone(dt.UTC) + 3 * MINUTE)))
    assert "sinds 12:03" in told(path)


RIGHT: Final = {"machine": "laptop", "process": 4711, "since": NOON, "seen_at": NOON}

FORGED: Final[dict[str, bytes]] = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "no text": b"\xff\xfe",
    "half": msgspec.json.encode(RIGHT)[:60],
    "a megabyte": b'{"machine": "' + b"x" * 1_000_000,
    "a name of a megabyte": msgspec.json.encode(RIGHT | {"machine": "x" * 1_000_000}),
    "deep nesting": b"[" * 1_000_000,
    "deep nesting inside": b'{"machine": ' + b'{"a":' * 1_900,
    "a machine by number": msgspec.json.encode(RIGHT | {"machine": 5}),
    "a process by name": msgspec.json.encode(RIGHT | {"process": "init"}),
    "a very large process": msgspec.json.encode(RIGHT | {"process": 0}).replace(b":0", b":" + b"9" * 4_000),
    "a process below nothing": msgspec.json.encode(RIGHT | {"process": -(10**18)}),
    "since no zone": msgspec.json.encode(RIGHT | {"since": "2026-11-23T12:00:00"}),
    "seen in no zone": msgspec.json.encode(RIGHT | {"seen_at": "2026-11-23T12:00:00"}),
    "since the beginning": msgspec.json.encode(RIGHT | {"since": "0001-01-01T00:00:00+14:00"}),
    "since the end": msgspec.json.encode(RIGHT | {"since": "9999-12-31T23:59:59-14:00"}),
    "seen at the end": msgspec.json.encode(RIGHT | {"seen_at": "9999-12-31T23:59:59-14:00"}),
    "less": b'{"machine": "laptop"}',
}


@pytest.mark.parametrize("forgery", FORGED)
def test_a_note_that_is_no_note_is_not_believed(path: Path, note: Path, file: SessionFile, forgery: str) -> None:
    note.write_bytes(FORGED[forgery])
    assert holder_of(path) is None
    assert told(path) == "“s.json” is al open in een ander venster: sluit het daar eerst."


@pytest.mark.parametrize(
    "machine", ["\x1b[2J\x1b]52;c;eA==\x07", "\u202egnal", "[red]x[/]", "x" * 9_000, "\n\n\x00", "é" * 80]
)
def test_a_name_that_is_no_name_is_safe_to_show(path: Path, note: Path, file: SessionFile, machine: str) -> None:
    note.write_bytes(msgspec.json.encode(RIGHT | {"machine": machine}))
    sentence = told(path)
    assert sentence == clean_line(sentence)
    assert sentence.startswith("“s.json” is al open ")
    assert "op ," not in sentence


def jsons() -> st.SearchStrategy[Any]:
    moments = st.one_of(st.datetimes(), st.datetimes(timezones=st.just(dt.UTC)))
    plain = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=80), moments)
    return st.one_of(plain, st.lists(plain, max_size=3), st.dictionaries(st.text(max_size=5), plain, max_size=3))


@settings(max_examples=100, deadline=None)
@given(
    raw=st.one_of(
        st.binary(max_size=600),
        st.fixed_dictionaries(dict.fromkeys(RIGHT, jsons())).map(msgspec.json.encode),
        st.fixed_dictionaries(
            {
                "machine": st.text(),
                "process": st.integers(),
                "since": st.datetimes(timezones=st.just(dt.UTC)),
                "seen_at": st.datetimes(timezones=st.just(dt.UTC)),
            }
        ).map(msgspec.json.encode),
    )
)
def test_whatever_stands_in_a_note(raw: bytes, held: Path) -> None:
    held.with_name(f".{held.name}.open").write_bytes(raw)
    sentence = told(held)
    assert sentence.isprintable() or sentence == clean_line(sentence)
    assert len(sentence) < 200
    assert sentence.endswith(": sluit het daar eerst.")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A session that is open all the while."""
    path = tmp_path_factory.mktemp("open") / "s.json"
    file = SessionFile.create(path, lived_in(), NOON)
    yield path
    file.close()


# A program that died.


LIVES = """
import datetime as dt
import sys
from pathlib import Path
from sleutelworkshop.store.sessionfile import SessionFile
path, saved_at, *pulses = sys.argv[1:]
file = SessionFile.open(Path(path))
file.save(file.session, dt.datetime.fromisoformat(saved_at))
for moment in pulses:
    file.pulse(dt.datetime.fromisoformat(moment))
print("open", flush=True)
sys.stdin.read()
"""


def lives_and_is_killed(path: Path, saved_at: dt.datetime, *pulses: dt.datetime) -> None:
    """Have another program open a session, save it, live on until the last pulse, and be killed."""
    with subprocess.Popen(
        [sys.executable, "-c", LIVES, str(path), *(moment.isoformat() for moment in (saved_at, *pulses))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=surroundings(path.parent),
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "open\n"
        assert f"(proces {victim.pid})" in told(path)
        os.kill(victim.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def test_a_killed_program_is_in_nobodys_way_and_its_last_pulse_is_when_it_was_last_seen(
    path: Path, note: Path, noon: dt.datetime
) -> None:
    saved_at, died_at = noon + 10 * MINUTE, noon + 14 * MINUTE
    lives_and_is_killed(path, saved_at, noon + 12 * MINUTE, died_at)
    assert note.exists()
    file = SessionFile.open(path)
    assert file.seen_at == died_at > saved_at
    assert read(path) == file.session
    file.close()
    # Only looked into: what became of it is still to be asked about.
    file = SessionFile.open(path)
    assert file.seen_at == died_at
    file.save(file.session, died_at + MINUTE)
    file.close()
    assert not note.exists()
    file = SessionFile.open(path)
    assert file.seen_at == died_at + MINUTE
    file.close()


def abandoned(file: SessionFile) -> None:
    """Leave a file as a program does that is killed: the system lets go of the lock, and nothing else happens."""
    file._database.lock._lock.release(force=True)


def test_a_save_after_the_last_pulse_counts(path: Path, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    file.pulse(noon + MINUTE)
    file.save(answer(file.session, "t1", "waarom", TextValue("later"), noon), noon + 3 * MINUTE)
    abandoned(file)
    again = SessionFile.open(path)
    assert again.seen_at == noon + 3 * MINUTE
    again.close()


def test_who_dies_before_its_first_pulse_leaves_what_the_one_before_left(path: Path, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    file.pulse(noon + 9 * MINUTE)
    abandoned(file)
    abandoned(SessionFile.open(path))
    again = SessionFile.open(path)
    assert again.seen_at == noon + 9 * MINUTE
    again.close()


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_note_does_not_say_when_a_session_was_last_seen(
    path: Path, note: Path, noon: dt.datetime, forgery: str
) -> None:
    note.write_bytes(FORGED[forgery])
    file = SessionFile.open(path)
    assert file.seen_at == noon
    file.close()


def test_a_new_session_was_not_seen_before(path: Path, note: Path, begun: Session, noon: dt.datetime) -> None:
    path.unlink()
    note.write_bytes(msgspec.json.encode(RIGHT | {"seen_at": noon + 60 * MINUTE}))
    file = SessionFile.create(path, begun, noon)
    assert file.seen_at == noon
    file.close()


def test_an_opening_that_fails_leaves_the_note_for_one_that_does_not(path: Path, note: Path, noon: dt.datetime) -> None:
    file = SessionFile.open(path)
    file.pulse(noon + 5 * MINUTE)
    abandoned(file)
    raw = path.read_bytes()
    path.write_bytes(raw[:100])
    with pytest.raises(Exception, match="beschadigd"):
        SessionFile.open(path)
    path.write_bytes(raw)
    again = SessionFile.open(path)
    assert again.seen_at == noon + 5 * MINUTE
    again.close()


@POSIX
def test_the_note_of_a_link_is_that_of_the_file(path: Path, tmp_path: Path, noon: dt.datetime) -> None:
    link = tmp_path / "elders" / "link.json"
    link.parent.mkdir()
    link.symlink_to(path)
    file = SessionFile.open(link)
    file.pulse(noon)
    assert holder_of(path) == holder_of(link) == HERE
    assert [each.name for each in link.parent.iterdir()] == ["link.json"]
    file.close()
