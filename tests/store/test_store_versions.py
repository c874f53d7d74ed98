"""Whole earlier versions: when one is kept, which go, and how one is put back."""

import datetime as dt
import errno
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lived_in import MINUTE
from nobody import nobody_in_particular
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_back, go_on, jump
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic, versions
from sleutelworkshop.store.errors import DiskError, InUseError, NotFoundError, StoreError
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import (
    ALL_OF,
    MOST,
    MOST_BYTES,
    Reason,
    Version,
    excess,
    folder_of,
    keep,
    put_back,
    versions_of,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions and pipes")

AFTER = versions.AFTER
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.json"


@pytest.fixture
def file(path: Path, begun: Session, noon: dt.datetime) -> SessionFile:
    """A session that was just made and is open."""
    return SessionFile.create(path, begun, noon)


def says(session: Session, text: str, now: dt.datetime) -> Session:
    return answer(session, "t1", "waarom", TextValue(text), now)


def kept(path: Path) -> list[tuple[Reason, dt.datetime]]:
    """Why and when the versions of a session were kept, the oldest first."""
    return [(each.reason, each.kept_at) for each in reversed(versions_of(path))]


def refuses_versions(patched: pytest.MonkeyPatch, code: int) -> None:
    """Let a disk refuse everything that is written in a folder with versions, and nothing else."""
    write = atomic.write

    def written(path: Path, data: bytes, **options: Any) -> None:
        if versions.FOLDER in path.parts:
            raise OSError(code, os.strerror(code))
        write(path, data, **options)

    patched.setattr(atomic, "write", written)


# When one is kept.


def test_a_new_session_has_no_versions(path: Path, file: SessionFile) -> None:
    file.close()
    assert kept(path) == []
    assert not folder_of(path).parent.exists()


def test_one_is_kept_when_the_room_goes_to_another_step(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    there = go_on(file.session, noon + MINUTE)
    file.save(there, noon + MINUTE)
    assert kept(path) == [(Reason.STEP, noon + MINUTE)]
    back = go_back(there, noon + 2 * MINUTE)
    file.save(back, noon + 2 * MINUTE)
    assert kept(path) == [(Reason.STEP, noon + MINUTE), (Reason.STEP, noon + 2 * MINUTE)]
    newest, older = versions_of(path)
    assert read(newest.path) == back
    assert read(older.path) == there
    file.close()


def test_one_is_kept_when_the_workshop_is_finished(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    steps = list(file.session.script.steps())
    at_the_end = jump(file.session, steps[-1].id, noon)
    file.save(at_the_end, noon)
    finished = go_on(at_the_end, noon + MINUTE)
    assert (finished.position, at_the_end.finished_at) == (at_the_end.position, None)
    file.save(finished, noon + MINUTE)
    assert kept(path) == [(Reason.STEP, noon), (Reason.STEP, noon + MINUTE)]
    file.close()


def test_one_is_kept_after_ten_minutes_of_work_and_not_before(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    moment = noon
    for minute in range(1, 10):
        moment = noon + minute * MINUTE
        file.save(says(file.session, f"woord {minute}", moment), moment)
    assert kept(path) == []
    file.save(says(file.session, "tien", moment), noon + AFTER)
    assert kept(path) == [(Reason.WORK, noon + AFTER)]
    assert read(versions_of(path)[0].path) == file.session
    file.save(says(file.session, "negentien", moment), noon + 2 * AFTER - MINUTE)
    assert len(kept(path)) == 1
    file.save(says(file.session, "twintig", moment), noon + 2 * AFTER)
    assert kept(path)[1:] == [(Reason.WORK, noon + 2 * AFTER)]
    file.close()


def test_a_clock_set_back_does_not_keep_work_from_being_kept(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.save(says(file.session, "een", noon), noon - DAY)
    file.save(says(file.session, "twee", noon), noon - DAY + AFTER)
    file.save(says(file.session, "drie", noon), noon - DAY + 2 * AFTER)
    assert [reason for reason, _kept_at in kept(path)] == [Reason.WORK] * 3
    file.close()


def test_time_that_passes_is_no_work(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    for number in range(1, 4):
        file.save(file.session, noon + number * AFTER)
    file.close()
    assert kept(path) == []


def test_one_is_kept_at_closing_when_something_changed(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    after = says(file.session, "tot slot", noon + MINUTE)
    file.save(after, noon + MINUTE)
    assert kept(path) == []
    file.close()
    assert kept(path) == [(Reason.CLOSED, noon + MINUTE)]
    assert read(versions_of(path)[0].path) == after
    file.close()
    SessionFile.open(path).close()
    assert len(kept(path)) == 1


def test_what_was_kept_already_is_not_kept_again_at_closing(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.save(go_on(file.session, noon), noon)
    file.close()
    assert [reason for reason, _kept_at in kept(path)] == [Reason.STEP]


def test_letting_go_of_a_file_keeps_nothing(path: Path, file: SessionFile, noon: dt.datetime) -> None:
    file.save(says(file.session, "x", noon), noon)
    file.release()
    assert kept(path) == []
    SessionFile.open(path).close()


def test_a_save_that_failed_keeps_none(
    path: Path, file: SessionFile, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    file.save(says(file.session, "dit wel", noon), noon)
    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        for session in (go_on(file.session, noon), says(file.session, "anders", noon)):
            with pytest.raises(DiskError):
                file.save(session, noon + 2 * AFTER)
        assert kept(path) == []
    file.close()  # nobody knows what the disk has
    assert kept(path) == []


# A version that cannot be kept is no reason to fail.


def a_file_for_all_versions(path: Path) -> None:
    folder_of(path).parent.write_text("in de weg")


def a_file_for_its_versions(path: Path) -> None:
    folder_of(path).parent.mkdir()
    folder_of(path).write_text("in de weg")


@pytest.mark.parametrize("in_the_way", [a_file_for_all_versions, a_file_for_its_versions])
def test_a_file_in_the_way_is_told_and_the_save_is_fine(
    path: Path, file: SessionFile, noon: dt.datetime, in_the_way: Callable[[Path], None]
) -> None:
    in_the_way(path)
    after = go_on(file.session, noon)
    file.save(after, noon)
    assert file.session == read(path) == after
    assert file.versions_fault.endswith(".")
    file.save(says(after, "x", noon), noon + MINUTE)
    file.close()
    assert read(path) == says(after, "x", noon)
    assert SessionFile.open(path).versions_fault == ""


@pytest.mark.parametrize(("code", "told"), [(errno.ENOSPC, "vol"), (errno.EIO, "werkt niet goed")])
def test_a_disk_that_refuses_a_version_is_told_until_one_is_kept(
    path: Path, file: SessionFile, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, code: int, told: str
) -> None:
    session = file.session
    with monkeypatch.context() as patched:
        refuses_versions(patched, code)
        session = go_on(session, noon)
        file.save(session, noon)
        assert told in file.versions_fault
        session = says(session, "en door", noon)
        file.save(session, noon + MINUTE)
        assert told in file.versions_fault
        assert read(path) == session
    assert kept(path) == []
    session = go_on(session, noon + 2 * MINUTE)
    file.save(session, noon + 2 * MINUTE)
    assert file.versions_fault == ""
    assert kept(path) == [(Reason.STEP, noon + 2 * MINUTE)]
    file.close()


def test_a_disk_without_room_is_not_asked_at_every_letter(
    path: Path, file: SessionFile, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Reason] = []

    def refuse(path: Path, raw: bytes, now: dt.datetime, reason: Reason) -> None:
        asked.append(reason)
        raise DiskError(os.strerror(errno.ENOSPC))

    monkeypatch.setattr(versions, "keep", refuse)
    for second in range(30):
        file.save(says(file.session, f"woord {second}", noon), noon + AFTER + second * MINUTE / 60)
    assert asked == [Reason.WORK]
    file.close()
    assert asked == [Reason.WORK, Reason.CLOSED]


@POSIX
def test_a_folder_of_versions_that_may_not_be_written(begun: Session, noon: dt.datetime) -> None:
    with tempfile.TemporaryDirectory() as name, nobody_in_particular(Path(name)):
        path = Path(name) / "s.json"
        file = SessionFile.create(path, begun, noon)
        session = go_on(begun, noon)
        file.save(session, noon)
        assert file.versions_fault == ""
        folder_of(path).chmod(0o500)
        session = go_on(session, noon)
        file.save(session, noon + MINUTE)
        folder_of(path).chmod(0o700)
        assert "mag niet" in file.versions_fault
        assert read(path) == session
        assert len(versions_of(path)) == 1
        file.close()


@POSIX
def test_versions_that_may_not_be_looked_at(begun: Session, noon: dt.datetime) -> None:
    with tempfile.TemporaryDirectory() as name, nobody_in_particular(Path(name)):
        path = Path(name) / "s.json"
        keep(path, b"x", noon, Reason.STEP)
        folder_of(path).chmod(0)
        with pytest.raises(DiskError, match="mag niet"):
            versions_of(path)
        folder_of(path).chmod(0o700)


# What stands in the folder.


def test_a_clock_set_back_still_puts_the_newest_first(path: Path, noon: dt.datetime) -> None:
    moments = [noon, noon - DAY, noon - DAY, noon - 400 * DAY, noon, noon + MINUTE, noon]
    for number, moment in enumerate(moments):
        keep(path, str(number).encode(), moment, Reason.WORK)
    found = versions_of(path)
    assert [each.path.read_bytes() for each in reversed(found)] == [str(n).encode() for n in range(len(moments))]
    assert len({each.kept_at for each in found}) == len(moments)
    assert [each.path.name for each in found] == sorted((each.path.name for each in found), reverse=True)


@pytest.mark.parametrize("day", ["29990101", "99991231"])
def test_a_version_from_the_end_of_days_does_not_stop_the_work(
    path: Path, file: SessionFile, noon: dt.datetime, day: str
) -> None:
    folder_of(path).mkdir(parents=True)
    strange = folder_of(path) / f"{day}T235959.999999Z-stap.json"
    strange.write_text("x")
    session = go_on(file.session, noon)
    file.save(session, noon)
    file.save(says(session, "x", noon), noon + MINUTE)
    file.close()
    assert read(path) == says(session, "x", noon)
    assert any(each.path != strange and read(each.path) for each in versions_of(path)[:2])


def test_what_someone_else_put_there_is_passed_over(path: Path, noon: dt.datetime) -> None:
    keep(path, b"1", noon, Reason.STEP)
    (mine,) = versions_of(path)
    names = (
        "aantekening.txt",
        mine.path.name.replace("stap", "zomaar"),
        mine.path.name.replace("2026", "202x"),
        "20261399T999999.000000Z-stap.json",
        f"{mine.path.name}.kopie",
    )
    for name in names:
        mine.path.with_name(name).write_text("van een ander")
    mine.path.with_name("20261101T110000.000000Z-stap.json").mkdir()
    if sys.platform != "win32":
        mine.path.with_name("20261102T110000.000000Z-stap.json").symlink_to("nergens")
        mine.path.with_name("20261103T110000.000000Z-stap.json").symlink_to("20261103T110000.000000Z-stap.json")
    assert versions_of(path) == (mine,)
    for number in range(MOST + ALL_OF):
        keep(path, b"2", noon + number * DAY, Reason.STEP)
    assert all(mine.path.with_name(name).read_text() == "van een ander" for name in names)


def test_what_a_killed_program_left_is_cleared_away(path: Path, noon: dt.datetime) -> None:
    keep(path, b"1", noon, Reason.STEP)
    left = folder_of(path) / ".20261123T100000.000000Z-stap.json.tmp"
    left.write_bytes(b"half")
    keep(path, b"2", noon, Reason.STEP)
    assert not left.exists()
    assert len(versions_of(path)) == 2


def test_sessions_beside_each_other_have_their_own(path: Path, noon: dt.datetime) -> None:
    keep(path, b"1", noon, Reason.STEP)
    keep(path.with_name("s-2.json"), b"2", noon, Reason.STEP)
    assert [each.path.read_bytes() for each in versions_of(path)] == [b"1"]
    assert [each.path.read_bytes() for each in versions_of(path.with_name("s-2.json"))] == [b"2"]


# Which go.


def test_what_is_too_many_goes_when_one_is_kept(path: Path, noon: dt.datetime) -> None:
    for minute in range(ALL_OF + 5):  # all in one hour
        keep(path, str(minute).encode(), noon + minute * MINUTE, Reason.WORK)
    found = [int(each.path.read_bytes()) for each in versions_of(path)]
    assert found == list(range(ALL_OF + 4, 4, -1))


def test_of_each_hour_and_later_of_each_day_the_last_stays(path: Path, noon: dt.datetime) -> None:
    for hour in range(48):
        keep(path, b"x", noon + hour * HOUR, Reason.WORK)
        keep(path, b"y", noon + hour * HOUR + 5 * MINUTE, Reason.WORK)
    last = noon + 47 * HOUR
    older = versions_of(path)[ALL_OF:]
    assert all(each.path.read_bytes() == b"y" for each in older)
    hours = [each.kept_at for each in older if last - each.kept_at <= DAY]
    days = [each.kept_at for each in older if last - each.kept_at > DAY]
    assert 18 <= len(hours) <= 19
    assert len({f"{each:%d}" for each in days}) == len(days) == 2


def test_what_goes_takes_no_room_from_what_stays(noon: dt.datetime) -> None:
    room = MOST_BYTES // (2 * ALL_OF)
    now = noon.replace(minute=59)
    many = [a_version(now - number * dt.timedelta(seconds=10), room) for number in range(10 * ALL_OF)]
    before = a_version(now - HOUR, room)
    assert before not in excess([*many, before], now)


def a_version(kept_at: dt.datetime, size: int) -> Version:
    name = f"{kept_at:%Y%m%dT%H%M%S.%f}Z-stap.json"
    return Version(path=Path(name), kept_at=kept_at, reason=Reason.STEP, size=size)


END = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)

ages = st.one_of(st.integers(0, 7200), st.integers(0, 3 * 86_400), st.integers(0, 90 * 86_400))
sizes = st.one_of(st.just(1), st.integers(0, 100_000), st.integers(0, MOST_BYTES // 3), st.just(MOST_BYTES * 2))


@st.composite
def folders(draw: st.DrawFn) -> list[Version]:
    """Versions as they lie in a folder, the newest first, with the age of each in seconds."""
    size = draw(st.sampled_from([st.just(1), sizes]))
    found = draw(st.lists(st.tuples(ages, size), max_size=70, unique_by=lambda each: each[0]))
    return [a_version(END - dt.timedelta(seconds=age), size) for age, size in sorted(found)]


def span_of(version: Version) -> tuple[object, ...]:
    moment = version.kept_at
    return (moment.date(),) if END - moment > DAY else (moment.date(), moment.hour)


def total(found: Sequence[Version]) -> int:
    return sum(each.size for each in found)


@settings(deadline=None)
@given(found=folders())
@example(found=[a_version(END - number * HOUR, 1) for number in range(3 * MOST)])
@example(found=[a_version(END - number * DAY, 1) for number in range(3 * MOST)])
@example(found=[a_version(END - number * DAY, MOST_BYTES) for number in range(5)])
def test_which_are_too_many(found: list[Version]) -> None:
    as_given = list(found)
    gone = excess(found, END)
    assert found == as_given
    assert gone == excess(tuple(found), END)
    assert list(gone) == [each for each in found if each in gone]
    stay = [each for each in found if each not in gone]
    assert stay[:3] == found[:3]
    assert len(stay) <= MOST
    assert len(stay) <= 3 or total(stay) <= MOST_BYTES
    spans = [span_of(each) for each in stay[ALL_OF:]]
    assert len(spans) == len(set(spans))
    # Nothing goes without a reason.
    for number, each in enumerate(found):
        newer = [one for one in found[:number] if one in stay]
        taken = number >= ALL_OF and span_of(each) in map(span_of, found[:number])
        if each in gone:
            assert taken or len(newer) >= MOST or total([*newer, each]) > MOST_BYTES
    # What was thinned out is thin enough.
    assert excess(stay, END) == ()


# Putting one back.


@pytest.fixture
def lived(path: Path, file: SessionFile, noon: dt.datetime) -> tuple[Session, Session]:
    """What the session was when its only version was kept, and what it is now; it is closed."""
    then = go_on(file.session, noon)
    file.save(then, noon)
    now = says(then, "later", noon + MINUTE)
    file.save(now, noon + MINUTE)
    file.release()
    return then, now


def test_a_version_is_put_back_and_that_can_be_undone(
    path: Path, lived: tuple[Session, Session], noon: dt.datetime
) -> None:
    then, now = lived
    raw = path.read_bytes()
    (version,) = versions_of(path)
    put_back(path, version.path, noon + HOUR)
    assert read(path) == then
    assert path.read_bytes() == version.path.read_bytes()
    newest, same = versions_of(path)
    assert (newest.reason, newest.kept_at, newest.path.read_bytes()) == (Reason.REPLACED, noon + HOUR, raw)
    assert same == version
    put_back(path, newest.path, noon + 2 * HOUR)
    assert path.read_bytes() == raw
    assert read(path) == now
    assert read(versions_of(path)[0].path) == then
    file = SessionFile.open(path)
    assert file.session == now
    file.close()


def damaged(path: Path) -> bytes | None:
    path.write_bytes(b'{"meta": {')
    return b'{"meta": {'


def empty(path: Path) -> bytes | None:
    path.write_bytes(b"")
    return b""


def missing(path: Path) -> bytes | None:
    path.unlink()
    return None


@pytest.mark.parametrize("spoil", [damaged, empty, missing])
def test_over_a_file_that_is_no_session_any_more(
    path: Path, lived: tuple[Session, Session], noon: dt.datetime, spoil: Callable[[Path], bytes | None]
) -> None:
    then, _now = lived
    left = spoil(path)
    (version,) = versions_of(path)
    put_back(path, version.path, noon + HOUR)
    assert read(path) == then
    aside = [each.path.read_bytes() for each in versions_of(path) if each.reason is Reason.REPLACED]
    assert aside == ([] if left is None else [left])
    SessionFile.open(path).close()


def test_nothing_is_put_back_while_the_session_is_open(
    path: Path, lived: tuple[Session, Session], noon: dt.datetime
) -> None:
    raw = path.read_bytes()
    (version,) = versions_of(path)
    file = SessionFile.open(path)
    with pytest.raises(InUseError):
        put_back(path, version.path, noon + HOUR)
    assert path.read_bytes() == raw
    assert versions_of(path) == (version,)
    file.save(says(file.session, "nog open", noon), noon)
    file.release()
    put_back(path, version.path, noon + HOUR)


def test_a_version_that_has_gone(path: Path, lived: tuple[Session, Session], noon: dt.datetime) -> None:
    raw = path.read_bytes()
    (version,) = versions_of(path)
    version.path.unlink()
    with pytest.raises(NotFoundError, match="is er niet meer"):
        put_back(path, version.path, noon)
    assert path.read_bytes() == raw
    assert versions_of(path) == ()
    SessionFile.open(path).close()


def test_what_cannot_be_set_aside_is_not_replaced(
    path: Path, lived: tuple[Session, Session], noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = path.read_bytes()
    (version,) = versions_of(path)
    with monkeypatch.context() as patched:
        refuses_versions(patched, errno.ENOSPC)
        with pytest.raises(DiskError, match="vol"):
            put_back(path, version.path, noon)
    assert path.read_bytes() == raw
    SessionFile.open(path).close()


@POSIX
def test_a_pipe_is_not_replaced(path: Path, lived: tuple[Session, Session], noon: dt.datetime) -> None:
    path.unlink()
    os.mkfifo(path)
    (version,) = versions_of(path)
    with pytest.raises(StoreError, match="geen gewoon sessiebestand"):
        put_back(path, version.path, noon)
    assert path.is_fifo()


def test_putting_back_the_oldest_of_many_keeps_what_it_says(path: Path, begun: Session, noon: dt.datetime) -> None:
    SessionFile.create(path, begun, noon).close()
    for number in range(ALL_OF):
        keep(path, path.read_bytes() + b" " * number, noon + number * MINUTE, Reason.WORK)
    oldest = versions_of(path)[-1]
    raw = oldest.path.read_bytes()
    put_back(path, oldest.path, noon + HOUR)  # makes it one too many itself
    assert path.read_bytes() == raw
    assert versions_of(path)[0].reason is Reason.REPLACED
