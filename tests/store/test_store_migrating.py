"""Files of every version of the schema that there has been: real ones, which stay as they were written."""

import datetime as dt
import errno
import json
import os
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lived_in import FILES, SEEN_AT, lived_in
from sleutelworkshop.cli import main
from sleutelworkshop.script.model import TextQuestion
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import atomic, versions
from sleutelworkshop.store.errors import DamagedError, DiskError, StoreError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.heading import VERSION
from sleutelworkshop.store.migrating import migrated
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.tables import Tables
from sleutelworkshop.store.versions import Reason, versions_of

NAMES: Final = sorted(path.name for path in FILES.glob("*.json"))
OLD: Final = [name for name in NAMES if not name.startswith(f"v{VERSION}-")]

MINUTE: Final = dt.timedelta(minutes=1)


@pytest.fixture
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A copy of the file that the test is about."""
    copy = tmp_path / "s.json"
    copy.write_bytes((FILES / request.param).read_bytes())
    return copy


every_file = pytest.mark.parametrize("path", NAMES, indirect=True)
every_old_file = pytest.mark.parametrize("path", OLD, indirect=True)


def tables_in(path: Path) -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(path.read_bytes())
    return tables


def on_disk(tables: Tables) -> dict[str, Any]:
    """The tables as they come back from a file."""
    copy: dict[str, Any] = json.loads(msgspec.json.encode(tables))
    return copy


def seen_at(path: Path) -> dt.datetime:
    return dt.datetime.fromisoformat(tables_in(path)["meta"]["1"]["seen_at"])


def everything_beside(path: Path) -> dict[str, bytes]:
    """Every file in the folder of a session but for its lock, which is empty and stays."""
    found = {str(each.relative_to(path.parent)): each for each in path.parent.rglob("*") if each.is_file()}
    return {name: each.read_bytes() for name, each in found.items() if name != f".{path.name}.lock"}


# The files themselves.


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_there_are_files_of_every_version(version: int) -> None:
    """When this fails, ``VERSION`` was raised: run ``tests/support/lived_in.py`` and copy the new example."""
    kinds = {name.removeprefix(f"v{version}-") for name in NAMES if name.startswith(f"v{version}-")}
    assert {"afgerond.json", "onderweg.json"} <= kinds


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_of_the_version_that_it_is_called_after(name: str) -> None:
    assert tables_in(FILES / name)["meta"]["1"]["version"] == int(name[1 : name.index("-")])


def test_the_file_of_this_version_holds_all_that_it_can() -> None:
    path = FILES / f"v{VERSION}-onderweg.json"
    assert (read(path), seen_at(path)) == (lived_in(), SEEN_AT)
    tables = tables_in(path)
    assert all(tables.values())
    assert tables == on_disk(tables_of(lived_in(), SEEN_AT))
    for table in tables.values():
        rows = list(table.values())
        assert not {field for field in rows[0] if all(row[field] in ("", [], {}) for row in rows)}
    assert tables["session"]["1"]["bookmark"]
    assert any(row["draft"] for row in tables["agreements"].values())
    assert any(row["draft"] for row in tables["answers/waarom"].values())


# Only looked at, a file stays as it is.


@every_file
def test_looking_changes_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything_beside(path)
    session = read(path)
    entry = entry_of(path)
    assert (entry.fault, entry.organisation, entry.saved_at) == ("", session.organisation, seen_at(path))
    assert Follower(path).look() == (session, seen_at(path))
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: in orde\n"
    assert everything_beside(path) == before


@every_file
def test_what_is_read_is_a_session_of_today(path: Path) -> None:
    session = read(path)
    assert session_of(tables_of(session, SEEN_AT), "x.json") == (session, SEEN_AT)


# Opened to be written, it becomes one of today.


@every_old_file
def test_it_becomes_current_and_says_the_same(path: Path) -> None:
    original, session, when = path.read_bytes(), read(path), seen_at(path)
    file = SessionFile.open(path)
    assert (file.session, file.seen_at) == (session, when)
    assert (read(path), seen_at(path)) == (session, when)
    assert tables_in(path) == on_disk(tables_of(session, when))
    (version,) = versions_of(path)
    assert (version.reason, version.kept_at) == (Reason.MIGRATED, when)
    assert version.path.read_bytes() == original
    file.close()
    assert len(versions_of(path)) == 1
    current = path.read_bytes()
    SessionFile.open(path).close()
    assert path.read_bytes() == current
    assert len(versions_of(path)) == 1


@every_old_file
def test_it_is_saved_as_any_other_then(path: Path) -> None:
    file = SessionFile.open(path)
    question = next(each.id for each in file.session.script.questions() if isinstance(each, TextQuestion))
    after = answer(file.session, "t1", question, TextValue("anders dan toen"), file.seen_at, draft=True)
    file.save(after, file.seen_at + MINUTE)
    assert read(path) == after
    file.close()
    again = SessionFile.open(path)
    assert again.session == after
    again.close()


@every_old_file
def test_the_original_can_be_put_back_and_opened_again(path: Path, noon: dt.datetime) -> None:
    original, session = path.read_bytes(), read(path)
    SessionFile.open(path).close()
    (version,) = versions_of(path)
    assert read(version.path) == session
    versions.put_back(path, version.path, noon)
    assert path.read_bytes() == original
    file = SessionFile.open(path)
    assert file.session == session
    file.close()


@every_old_file
def test_a_program_that_died_over_it_lived_until_its_last_pulse(path: Path) -> None:
    file = SessionFile.open(path)
    died_at = file.seen_at + 5 * MINUTE
    file.pulse(died_at)
    file._database.lock._lock.release(force=True)
    path.write_bytes(versions_of(path)[0].path.read_bytes())  # as if it had been of the earlier version all along
    again = SessionFile.open(path)
    assert again.seen_at == died_at
    again.close()


# When it cannot be, it stays as it was.


@every_old_file
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_without_a_copy_the_original_stays(path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    before = everything_beside(path)
    write = atomic.write

    def refuse(where: Path, data: bytes) -> None:
        if where != path:
            raise OSError(code, os.strerror(code))
        write(where, data)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(DiskError):
            SessionFile.open(path)
    assert everything_beside(path) == before
    SessionFile.open(path).close()
    assert len(versions_of(path)) == 1


@every_old_file
def test_a_file_in_the_place_of_the_copies(path: Path) -> None:
    path.with_name(versions.FOLDER).write_text("in de weg")
    before = everything_beside(path)
    with pytest.raises(StoreError):
        SessionFile.open(path)
    assert everything_beside(path) == before


@every_old_file
def test_when_it_cannot_be_written_the_original_stays_and_so_does_its_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = path.read_bytes()
    write = atomic.write

    def refuse(where: Path, data: bytes) -> None:
        if where == path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(where, data)

    with monkeypatch.context() as patched:
        patched.setattr(atomic, "write", refuse)
        with pytest.raises(DiskError, match="vol"):
            SessionFile.open(path)
    assert path.read_bytes() == original
    assert [each.path.read_bytes() for each in versions_of(path)] == [original]
    file = SessionFile.open(path)
    assert tables_in(path)["meta"]["1"]["version"] == VERSION
    file.close()


@every_old_file
def test_what_is_wrong_in_it_stays_wrong(path: Path) -> None:
    tables = tables_in(path)
    tables["teams"]["1"]["present"] = "misschien"
    path.write_text(json.dumps(tables))
    before = everything_beside(path)
    for act in (read, SessionFile.open):
        with pytest.raises(DamagedError):
            act(path)
    assert everything_beside(path) == before


V1: Final = [json.loads((FILES / name).read_bytes()) for name in NAMES if name.startswith("v1-")]

NEW_IN_2: Final = ("drafts", "earlier", "earlier/waarom", "answers/waarom", "agreements", "session")


@settings(max_examples=40, deadline=None)
@given(
    number=st.integers(0, len(V1) - 1),
    table=st.sampled_from(NEW_IN_2),
    rows=st.dictionaries(
        st.sampled_from("123"),
        st.dictionaries(st.sampled_from(["draft", "bookmark", "form", "team"]), st.sampled_from([None, True, "x"])),
    ),
)
def test_what_version_1_never_held_is_not_taken_for_what_it_means_now(
    number: int, table: str, rows: dict[str, dict[str, object]]
) -> None:
    tables = {name: {key: dict(row) for key, row in each.items()} for name, each in V1[number].items()}
    right = session_of(tables, "x.json")
    there = tables.setdefault(table, {})
    for key, fields in rows.items():
        there[key] = {**there.get(key, {}), **fields}
    changed = tables != V1[number]
    before = json.dumps(tables)
    try:
        found = session_of(tables, "x.json")
    except DamagedError:
        assert changed
    else:
        assert found == right
        assert not changed
    assert json.dumps(tables) == before


def test_a_file_of_today_is_left_as_it_is() -> None:
    tables = tables_of(lived_in(), SEEN_AT)
    assert migrated(tables, VERSION) is tables
