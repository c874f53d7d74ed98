"""Another program changes a session that is open: it is found before anything is written, and both are kept."""

import contextlib
import datetime as dt
import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import (
    ChangedElsewhereError,
    DiskError,
    InUseError,
    Meddling,
    NotLockableError,
    StoreError,
)
from sleutelworkshop.store.going_back import earlier_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import Reason, versions_of

write = atomic.write
fill = atomic._fill

POSIX: Final = pytest.mark.skipif(sys.platform == "win32", reason="there an open file keeps its name")


@pytest.fixture
def path(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    SessionFile.create(tmp_path / "s.json", begun, noon).close()
    return tmp_path / "s.json"


@pytest.fixture
def file(path: Path) -> Iterator[SessionFile]:
    file = SessionFile.open(path)
    yield file
    file.release()


@pytest.fixture
def other(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    """The same session as another laptop has it."""
    folder = tmp_path / "elders"
    folder.mkdir()
    SessionFile.create(folder / "s.json", says(begun, "De andere laptop", noon), noon).close()
    return folder / "s.json"


def says(session: Session, text: str, now: dt.datetime) -> Session:
    return answer(session, "t1", "waarom", TextValue(text), now)


def kept(path: Path, reason: Reason) -> list[bytes]:
    return [each.path.read_bytes() for each in versions_of(path) if each.reason is reason]


def replaced(path: Path, other: Path) -> None:
    shutil.copy(other, other.with_suffix(".new"))
    other.with_suffix(".new").replace(path)


def written_over(path: Path, other: Path) -> None:
    path.write_bytes(other.read_bytes())


def with_the_same_size_and_time(path: Path, _other: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Sanne", b"Hanne"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def cut_off(path: Path, _other: Path) -> None:
    path.write_bytes(path.read_bytes()[:500])


def emptied(path: Path, _other: Path) -> None:
    path.write_bytes(b"")


def removed(path: Path, _other: Path) -> None:
    path.unlink()


def renamed(path: Path, _other: Path) -> None:
    path.rename(path.with_name("s (conflict).json"))


MEDDLINGS: Final[dict[Callable[[Path, Path], None], Meddling]] = {
    replaced: Meddling.CHANGED,
    written_over: Meddling.CHANGED,
    with_the_same_size_and_time: Meddling.CHANGED,
    cut_off: Meddling.UNREADABLE,
    emptied: Meddling.UNREADABLE,
    removed: Meddling.GONE,
    renamed: Meddling.GONE,
}

every_meddling = pytest.mark.parametrize("meddle", MEDDLINGS, ids=lambda each: each.__name__)


@every_meddling
def test_what_another_program_did_is_not_written_over(
    path: Path, file: SessionFile, other: Path, begun: Session, noon: dt.datetime, meddle: Callable[[Path, Path], None]
) -> None:
    meddle(path, other)
    theirs = path.read_bytes() if path.exists() else None
    ours = says(begun, "Van hier", noon)
    with pytest.raises(ChangedElsewhereError) as found:
        file.save(ours, noon)
    assert found.value.meddling is MEDDLINGS[meddle]
    assert (path.read_bytes() if path.exists() else None) == theirs
    assert kept(path, Reason.OTHER) == ([] if theirs is None else [theirs])
    assert [read(each.path) for each in versions_of(path) if each.reason is Reason.OURS] == [ours]
    # And it stays so, at every letter and with nothing new, until a person says what is to be done.
    ours = says(begun, "Van hier, en verder", noon)
    for _again in range(2):
        with pytest.raises(ChangedElsewhereError):
            file.save(ours, noon)
    assert [read(each.path) for each in versions_of(path) if each.reason is Reason.OURS] == [ours]
    assert len(versions_of(path)) == (1 if theirs is None else 2)


@every_meddling
def test_going_on_with_ours_writes_it_and_the_other_is_an_earlier_version(
    path: Path, file: SessionFile, other: Path, begun: Session, noon: dt.datetime, meddle: Callable[[Path, Path], None]
) -> None:
    meddle(path, other)
    theirs = path.read_bytes() if path.exists() else None
    ours = says(begun, "Van hier", noon)
    with pytest.raises(ChangedElsewhereError):
        file.save(ours, noon)
    file.overrule()
    file.save(ours, noon)
    assert read(path) == ours
    assert theirs is None or theirs in kept(path, Reason.OTHER)
    file.save(says(begun, "Nog meer", noon), noon)
    file.close()
    assert read(path) == says(begun, "Nog meer", noon)


def test_what_another_program_does_after_the_choice_is_found_again(
    path: Path, file: SessionFile, other: Path, begun: Session, noon: dt.datetime
) -> None:
    replaced(path, other)
    ours = says(begun, "Van hier", noon)
    with pytest.raises(ChangedElsewhereError):
        file.save(ours, noon)
    file.overrule()
    path.write_bytes(b"en nu dit")
    with pytest.raises(ChangedElsewhereError) as found:
        file.save(ours, noon)
    assert found.value.meddling is Meddling.UNREADABLE
    assert path.read_bytes() == b"en nu dit"
    assert set(kept(path, Reason.OTHER)) == {other.read_bytes(), b"en nu dit"}


def test_a_disk_that_fails_after_the_choice_does_not_undo_it(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"iets anders")
    with pytest.raises(ChangedElsewhereError):
        file.save(begun, noon)
    file.overrule()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(DiskError):
            file.save(begun, noon)
    file.save(begun, noon)
    assert read(path) == begun


def test_without_room_for_the_other_version_it_is_not_written_over(
    path: Path, file: SessionFile, other: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced(path, other)

    def keep_nothing(path: Path, data: bytes, **options: Any) -> None:
        if ".versies" in path.parts:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, data, **options)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", keep_nothing)
        for _again in range(2):
            with pytest.raises(DiskError, match="vol"):
                file.save(begun, noon)
            file.overrule()
    assert path.read_bytes() == other.read_bytes()
    with pytest.raises(ChangedElsewhereError):
        file.save(begun, noon)
    assert kept(path, Reason.OTHER) == [other.read_bytes()]


def test_between_the_fsync_and_the_new_name_is_looked_once_more(
    path: Path, file: SessionFile, other: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def filled_and_meddled(temporary: Path, data: bytes, mode: int, *, exact: bool) -> None:
        fill(temporary, data, mode, exact=exact)
        if temporary.name == ".s.json.tmp":
            replaced(path, other)

    monkeypatch.setattr(atomic, "_fill", filled_and_meddled)
    with pytest.raises(ChangedElsewhereError):
        file.save(says(begun, "Van hier", noon), noon)
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("late", [False, True])
def test_a_write_of_our_own_that_failed_is_no_other_program(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    def refuse(path: Path, data: bytes, *, before_replacing: Callable[[], None]) -> None:
        if late:
            write(path, data, before_replacing=before_replacing)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    for text in ("een", "twee", "drie"):
        with monkeypatch.context() as patched:
            patched.setattr(atomic, "write", refuse)
            with pytest.raises(DiskError):
                file.save(says(begun, text, noon), noon)
    file.verify(noon)
    file.save(says(begun, "vier", noon), noon)
    assert read(path) == says(begun, "vier", noon)
    assert not versions_of(path)


def test_a_file_that_was_only_copied_over_itself_is_the_same(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime
) -> None:
    path.with_name("kopie").write_bytes(path.read_bytes())
    path.with_name("kopie").replace(path)
    file.verify(noon)
    os.utime(path)
    file.save(says(begun, "Van hier", noon), noon)
    assert read(path) == says(begun, "Van hier", noon)


@every_meddling
def test_without_a_letter_typed_it_is_found_as_well(
    path: Path, file: SessionFile, other: Path, noon: dt.datetime, meddle: Callable[[Path, Path], None]
) -> None:
    file.verify(noon)
    meddle(path, other)
    if meddle is with_the_same_size_and_time:
        file.verify(noon)  # the content is read when there is something to write
        return
    with pytest.raises(ChangedElsewhereError):
        file.verify(noon)
    # What was called saved is no longer in the file: it is on the disk all the same.
    assert [read(each.path) for each in versions_of(path) if each.reason is Reason.OURS] == [file.session]


def test_what_is_put_back_as_it_was_is_no_conflict_any_more(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime
) -> None:
    path.rename(path.with_name("weg"))
    with pytest.raises(ChangedElsewhereError):
        file.verify(noon)
    path.with_name("weg").rename(path)
    file.verify(noon)
    file.save(says(begun, "Van hier", noon), noon)
    assert read(path) == says(begun, "Van hier", noon)


def pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("made", [Path.mkdir, pytest.param(pipe, marks=POSIX)])
def test_what_is_no_file_is_never_replaced(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime, made: Callable[[Path], None]
) -> None:
    path.unlink()
    made(path)
    for _again in range(2):
        with pytest.raises(StoreError):
            file.save(begun, noon)
    with pytest.raises(ChangedElsewhereError) as found:
        file.save(begun, noon)
    assert found.value.meddling is Meddling.NO_FILE
    with pytest.raises(StoreError):
        file.overrule()
    assert not stat.S_ISREG(path.lstat().st_mode)


def test_versions_say_whose_they_are(path: Path, file: SessionFile, other: Path, noon: dt.datetime) -> None:
    replaced(path, other)
    with pytest.raises(ChangedElsewhereError):
        file.verify(noon)
    assert {each.why for each in earlier_of(path)} == {
        "van een ander programma",
        "van hier, toen een ander programma de sessie veranderde",
    }


# The lock.


@pytest.fixture
def lock(path: Path) -> Path:
    return path.with_name(".s.json.lock")


@POSIX
def test_a_lock_that_is_removed_is_taken_again(
    path: Path, lock: Path, file: SessionFile, begun: Session, noon: dt.datetime
) -> None:
    for act in (partial(file.save, says(begun, "a", noon)), file.verify):
        lock.unlink()
        act(noon)
        with pytest.raises(InUseError):
            SessionFile.open(path)


@POSIX
def test_who_takes_the_lock_when_it_is_removed_keeps_the_session(
    path: Path, lock: Path, file: SessionFile, begun: Session, noon: dt.datetime
) -> None:
    lock.unlink()
    second = SessionFile.open(path)
    second.save(says(begun, "Van de tweede", noon), noon)
    for act in (partial(file.save, says(begun, "Van de eerste", noon)), file.verify):
        with pytest.raises(ChangedElsewhereError) as found:
            act(noon)
        assert found.value.meddling is Meddling.TAKEN
    with pytest.raises(StoreError):
        file.overrule()
    second.save(says(begun, "Van de tweede, verder", noon), noon)
    second.close()
    assert read(path) == says(begun, "Van de tweede, verder", noon)
    ours = [read(each.path) for each in versions_of(path) if each.reason is Reason.OURS]
    assert begun in ours or says(begun, "Van de eerste", noon) in ours
    # Now that it is free again, it is the file itself that differs.
    with pytest.raises(ChangedElsewhereError) as found:
        file.save(says(begun, "Van de eerste", noon), noon)
    assert found.value.meddling is Meddling.CHANGED


@POSIX
def test_who_lost_the_lock_leaves_the_note_of_who_has_it(
    path: Path, lock: Path, file: SessionFile, noon: dt.datetime
) -> None:
    lock.unlink()
    second = SessionFile.open(path)
    second.pulse(noon)
    note = path.with_name(".s.json.open").read_bytes()
    file.pulse(noon + dt.timedelta(hours=1))
    file.release()
    assert path.with_name(".s.json.open").read_bytes() == note
    second.close()


def test_a_save_that_comes_after_it_was_let_go_of_takes_no_lock(
    path: Path, file: SessionFile, begun: Session, noon: dt.datetime
) -> None:
    file.release()
    for act in (partial(file.save, says(begun, "te laat", noon)), file.verify):
        with pytest.raises(StoreError, match="al gesloten"):
            act(noon)
    SessionFile.open(path).close()
    assert read(path) == begun


@POSIX
def test_a_link_under_the_name_of_the_lock_is_not_followed(path: Path, lock: Path, tmp_path: Path) -> None:
    victim = tmp_path / "dagboek.txt"
    victim.write_text("lief dagboek")
    lock.unlink(missing_ok=True)
    lock.symlink_to(victim)
    with pytest.raises(NotLockableError):
        SessionFile.open(path)
    assert victim.read_text() == "lief dagboek"


@pytest.mark.parametrize("code", [errno.ENOTSUP, errno.ENOLCK, errno.EROFS, errno.EACCES])
def test_a_disk_without_locks_says_so_and_can_be_read(
    path: Path, begun: Session, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    from filelock import FileLock

    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(NotLockableError):
        SessionFile.open(path)
    assert read(path) == begun


# At any moment, whatever the other does.

TEXTS: Final = st.sampled_from(["", "een", "twee woorden", "x[/]", "é" * 30])

STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(
            ("type",) * 6 + ("overrule", "replace", "write over", "truncate", "remove", "rename", "remove the lock")
        ),
        TEXTS,
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
)


class Other:
    """Another program, that does what it likes with the session in ``path``, and all that it ever left there."""

    def __init__(self, path: Path) -> None:
        self.path, self.left = path, set[bytes]()
        self._number = 0

    def do(self, what: str, text: str) -> None:
        self._number += 1
        raw = f"van een ander {self._number} {text}".encode()
        beside = self.path.with_name(f"van-een-ander-{self._number}")
        match what:
            case "replace":
                beside.write_bytes(raw)
                beside.replace(self.path)
                self.left.add(raw)
            case "write over" | "truncate" if self.path.exists():
                raw = raw if what == "write over" else self.path.read_bytes()[: 40 + self._number]
                self.path.write_bytes(raw)
                self.left.add(raw)
            case "remove":
                self.path.unlink(missing_ok=True)
            case "rename" if self.path.exists():
                self.path.rename(beside)
            case "remove the lock" if sys.platform != "win32":
                self.path.with_name(f".{self.path.name}.lock").unlink(missing_ok=True)


def type_in(file: SessionFile, text: str, now: dt.datetime, meanwhile: Callable[[], None]) -> bool:
    """Save an answer, while another program slips in between what is written and its name; return what is called so."""

    def filled(temporary: Path, data: bytes, mode: int, *, exact: bool) -> None:
        fill(temporary, data, mode, exact=exact)
        if temporary.parent == file.path.parent:
            meanwhile()

    with pytest.MonkeyPatch.context() as patched, contextlib.suppress(StoreError):
        patched.setattr(atomic, "_fill", filled)
        file.save(says(file.session, text, now), now)
        return True
    return False


def texts_in(path: Path) -> set[str]:
    """Every answer that stands in a session, or stood in it before."""
    try:
        session = read(path)
    except StoreError:
        return set()
    answers = (session.answer("t1", "waarom"), *session.earlier_answers.get("waarom", {}).get("t1", ()))
    return {each.value.text for each in answers if each and isinstance(each.value, TextValue)}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_that_was_called_saved_and_nothing_of_the_other_is_lost(
    tmp_path_factory: pytest.TempPathFactory, begun: Session, noon: dt.datetime, steps: list[tuple[str, str, bool]]
) -> None:
    path = tmp_path_factory.mktemp("map") / "s.json"
    file, other = SessionFile.create(path, begun, noon), Other(path)
    called_saved = set[str]()
    for number, (what, text, slips_in) in enumerate(steps):
        # The program looks every second, so what the other wrote and then wrote over itself was seen here as well.
        with contextlib.suppress(StoreError):
            file.verify(noon)
        match what:
            case "type":
                said = f"{text} {number}".strip()
                meanwhile = partial(other.do, "replace" if slips_in else "nothing", text)
                if type_in(file, said, noon, meanwhile):
                    called_saved.add(said)
            case "overrule":
                file.overrule()
            case _:
                other.do(what, text)
    with contextlib.suppress(StoreError):
        file.verify(noon)
    file.release()
    left = [each for each in path.parent.rglob("*") if each.is_file()]
    assert other.left <= {each.read_bytes() for each in left}
    assert called_saved <= set().union(*map(texts_in, left))
