"""Files of every version of the schema that there has been: real ones, which stay as they were written."""

import datetime as dt
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lived_in import FILES, SEEN_AT, lived_in
from sleutelworkshop.cli import main
from sleutelworkshop.script.model import TextQuestion
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Rehearsal, Rung
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

    def refuse(where: Path, data: bytes, **options: Any) -> None:
        if where != path:
            raise OSError(code, os.strerror(code))
        write(where, data, **options)

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

    def refuse(where: Path, data: bytes, **options: Any) -> None:
        if where == path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(where, data, **options)

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


# From version 2 to 3.

V2: Final = {name: json.loads((FILES / name).read_bytes()) for name in NAMES if name.startswith("v2-")}

every_old_table = pytest.mark.parametrize("name", OLD)


def v2(name: str = "v2-onderweg.json") -> dict[str, Any]:
    tables: dict[str, Any] = json.loads(json.dumps(V2[name]))
    return tables


@every_old_table
def test_what_version_3_added_is_there_and_says_nothing_yet(name: str) -> None:
    session = read(FILES / name)
    assert (session.ends_at, session.revealed, session.rehearsal, session.rung) == (None, (), None, {})
    for run in session.runs.values():
        assert (run.still_since, run.paused, run.dropped) == (None, 0.0, False)
    assert not any(step.droppable for step in session.script.steps())


@every_old_table
def test_the_last_part_of_a_script_of_before_is_protected(name: str) -> None:
    *others, last = read(FILES / name).script.parts
    assert last.id == "afsluiting"
    assert last.protected
    assert not any(part.protected for part in others)


def test_a_script_of_one_part_is_not_protected_from_beginning_to_end() -> None:
    tables = v2()
    script = tables["script"]["1"]
    script["parts"] = [script["parts"][0] | {"steps": [step for part in script["parts"] for step in part["steps"]]}]
    (part,) = session_of(tables, "x.json")[0].script.parts
    assert not part.protected


@pytest.mark.parametrize("name", sorted(V2))
def test_all_else_of_a_file_of_version_2_is_as_it_was(name: str) -> None:
    before, after = v2(name), migrated(v2(name), 2)
    assert after.keys() == before.keys() | {"rung", "previous", "reviews"}
    assert after["meta"]["1"] == before["meta"]["1"] | {"version": 3}
    for table in before.keys() - {"meta", "script"}:
        for key, row in before[table].items():
            assert after[table][key].items() >= row.items()
    old, new = before["script"]["1"], after["script"]["1"]
    assert {key: new[key] for key in new if key != "parts"} == {key: old[key] for key in old if key != "parts"}
    assert [part["id"] for part in new["parts"]] == [part["id"] for part in old["parts"]]
    assert before == V2[name], "what is read is not changed in place"


def last_part(tables: dict[str, Any]) -> Any:
    return tables["script"]["1"]["parts"][-1]


FORGED: Final[dict[str, Callable[[dict[str, Any]], object]]] = {
    "sounds": lambda t: t.update(rung={}),
    "an end that was chosen": lambda t: t["session"]["1"].update(ends_at=None),
    "what is revealed": lambda t: t["session"]["1"].update(revealed=[]),
    "a rehearsal": lambda t: t["session"]["1"].update(rehearsal=None),
    "a pause": lambda t: t["steps"]["2"].update(paused=0.0),
    "since when it stands still": lambda t: t["steps"]["2"].update(still_since=None),
    "a dropped step": lambda t: t["steps"]["2"].update(dropped=False),
    "a protected part": lambda t: last_part(t).update(protected=True),
    "a droppable step": lambda t: last_part(t)["steps"][0].update(droppable=False),
    "no script": lambda t: t.update(script={}),
    "no parts": lambda t: t["script"]["1"].pop("parts"),
    "parts that are none": lambda t: t["script"]["1"].update(parts=None),
    "parts that are words": lambda t: t["script"]["1"].update(parts="afsluiting"),
    "parts by name": lambda t: t["script"]["1"].update(parts={"1": last_part(t)}),
    "no part among the parts": lambda t: t["script"]["1"].update(parts=[]),
    "a part that is none": lambda t: t["script"]["1"]["parts"].append(None),
    "a part that is a word": lambda t: t["script"]["1"]["parts"].insert(0, "opening"),
    "a part without steps": lambda t: last_part(t).pop("steps"),
    "steps that are none": lambda t: last_part(t).update(steps=None),
    "steps by name": lambda t: last_part(t).update(steps={"1": {}}),
    "a step that is a number": lambda t: last_part(t)["steps"].append(7),
    "a step that is empty": lambda t: last_part(t)["steps"].append({}),
    "a part twice": lambda t: t["script"]["1"]["parts"].append(last_part(t)),
    "a session that is empty": lambda t: t.update(session={"1": {}}),
    "no session": lambda t: t.pop("session"),
    "no steps": lambda t: t.pop("steps"),
    "a step too many": lambda t: t["steps"].update({"99": t["steps"]["1"]}),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_file_of_version_2_is_one_dutch_sentence(what: str, tmp_path: Path) -> None:
    tables = v2()
    FORGED[what](tables)
    path = tmp_path / "s.json"
    path.write_text(json.dumps(tables))
    before = path.read_bytes()
    for act in (read, SessionFile.open):
        with pytest.raises(
            DamagedError, match=r"^“s(\.json)?” is beschadigd: .* Er is niets aan veranderd\.$"
        ) as caught:
            act(path)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 400
    assert path.read_bytes() == before


hostile = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-1, 9), st.sampled_from(["", "x", "welkom"])),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(st.sampled_from(["id", "steps", "parts", "protected", "droppable", "1"]), inside, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=75, deadline=None)
@given(
    where=st.sampled_from(["script", "parts", "part", "steps", "step", "session", "run"]),
    what=hostile,
)
def test_nothing_that_stands_in_a_file_of_version_2_makes_it_crash(where: str, what: object) -> None:
    tables = v2()
    match where:
        case "script":
            tables["script"]["1"] = what if isinstance(what, dict) else {"parts": what}
        case "parts":
            tables["script"]["1"]["parts"] = what
        case "part":
            tables["script"]["1"]["parts"][-1] = what
        case "steps":
            last_part(tables)["steps"] = what
        case "step":
            last_part(tables)["steps"][0] = what
        case "session":
            tables["session"]["1"] = what if isinstance(what, dict) else {"ends_at": what}
        case _:
            tables["steps"]["1"] = what if isinstance(what, dict) else {"dropped": what}
    with pytest.raises(DamagedError):
        session_of(tables, "x.json")


# What version 3 holds.


@pytest.mark.parametrize("speed", [0.5, 1.0, 60.0, 10_000.0])
def test_that_it_is_a_rehearsal_and_when_it_is_to_end_comes_back(speed: float) -> None:
    session = replace(lived_in(), rehearsal=Rehearsal(speed, SEEN_AT), ends_at=SEEN_AT + 90 * MINUTE)
    session = replace(session, revealed=("waarom", "moment"), rung={"waarom": Rung(8, 5), "acties": Rung(0, 600)})
    runs = {**session.runs, "pauze": replace(session.runs["pauze"], dropped=True, paused=12.5)}
    session = replace(session, runs={**runs, "hoe": replace(runs["hoe"], still_since=SEEN_AT)})
    assert session_of(on_disk(tables_of(session, SEEN_AT)), "x.json") == (session, SEEN_AT)


WRONG: Final[dict[str, Callable[[dict[str, Any]], object]]] = {
    "an end without a time zone": lambda t: t["session"]["1"].update(ends_at="2026-11-23T13:00:00"),
    "an end in the year 1": lambda t: t["session"]["1"].update(ends_at="0001-01-01T00:00:00+14:00"),
    "a rehearsal since no time": lambda t: t["session"]["1"].update(rehearsal=rehearsal(since="2026-11-23T13:00:00")),
    "a rehearsal since the year 1": lambda t: t["session"]["1"].update(
        rehearsal=rehearsal(since="0001-01-01T00:00:00+14:00")
    ),
    "a rehearsal that stands still": lambda t: t["session"]["1"].update(rehearsal=rehearsal(speed=0)),
    "a rehearsal backwards": lambda t: t["session"]["1"].update(rehearsal=rehearsal(speed=-60)),
    "a rehearsal without end": lambda t: t["session"]["1"].update(rehearsal=rehearsal(speed=1e300)),
    "a rehearsal with more": lambda t: t["session"]["1"].update(rehearsal=rehearsal(more=1)),
    "a question revealed twice": lambda t: t["session"]["1"].update(revealed=["waarom", "waarom"]),
    "an unknown question revealed": lambda t: t["session"]["1"].update(revealed=["nergens"]),
    "a pause below zero": lambda t: t["steps"]["1"].update(paused=-1.0),
    "a pause of centuries": lambda t: t["steps"]["1"].update(paused=1e12),
    "still since no time": lambda t: t["steps"]["1"].update(still_since="2026-11-23T13:00:00"),
    "dropped perhaps": lambda t: t["steps"]["1"].update(dropped="misschien"),
    "a sound of no step": lambda t: t["rung"].update({"1": {"step": "nergens", "minute": 1, "end": 0}}),
    "a sound of another step": lambda t: t["rung"].update({"1": {"step": "hoe", "minute": 1, "end": 0}}),
    "a sound before zero": lambda t: t["rung"].update({"1": {"step": "welkom", "minute": -1, "end": 0}}),
    "no sounds at all": lambda t: t.pop("rung"),
}


def rehearsal(**fields: object) -> dict[str, object]:
    return {"speed": 60.0, "since": "2026-11-23T12:00:00+01:00", **fields}


@pytest.mark.parametrize("what", WRONG)
def test_a_forged_file_of_version_3_is_one_dutch_sentence(what: str) -> None:
    tables = on_disk(tables_of(lived_in(), SEEN_AT))
    tables["session"]["1"]["rehearsal"] = rehearsal()
    assert session_of(tables, "x.json")[0].rehearsal is not None
    WRONG[what](tables)
    with pytest.raises(DamagedError, match=r"^“x\.json” is beschadigd: .* Er is niets aan veranderd\.$"):
        session_of(tables, "x.json")


def test_a_file_of_today_is_left_as_it_is() -> None:
    tables = tables_of(lived_in(), SEEN_AT)
    assert migrated(tables, VERSION) is tables


@every_old_file
def test_an_earlier_file_follows_nothing_up(path: Path) -> None:
    session = read(path)
    assert (session.previous, session.reviews) == (None, {})
    assert all(objection.text_after is None for objection in session.objections)


@pytest.mark.parametrize("table", ["previous", "reviews"])
@every_old_file
def test_what_an_earlier_version_never_held_is_refused(path: Path, table: str) -> None:
    tables = tables_in(path)
    tables[table] = {}
    path.write_text(json.dumps(tables))
    with pytest.raises(DamagedError, match="niet hoort"):
        read(path)
