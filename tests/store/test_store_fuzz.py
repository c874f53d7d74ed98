"""Whatever stands in a session file: it is read, or one Dutch sentence says why not; and it stays as it is."""

import contextlib
import datetime as dt
import io
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lived_in import FILES, lived_in
from mutating import Mutation, flips, meddlings, mutations
from sleutelworkshop.cli import main
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import versions
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.heading import VERSION
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.text import clean_line

SMALL: Final = (FILES / f"v{VERSION}-onderweg.json").read_bytes()
OLD: Final = (FILES / "v1-onderweg.json").read_bytes()
SHIPPED: Final = (Path(__file__).parents[2] / "sessions" / "2026-09-16-voorbeeldschool.json").read_bytes()

LOCK: Final = ".s.json.lock"
MINUTE: Final = dt.timedelta(minutes=1)

PATIENT: Final = dt.timedelta(seconds=10)
"""For one file: what takes longer hangs, also on a slow machine."""


def meets(raw: bytes) -> bool:
    """Let everything that opens a session file meet one with these bytes, and return whether it holds a session."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "s.json"
        path.write_bytes(raw)
        session, told = looked_at(path)
        assert path.read_bytes() == raw
        assert [each.name for each in path.parent.iterdir()] == ["s.json"]
        if session is None:
            with pytest.raises(StoreError) as caught:
                SessionFile.open(path)
            assert str(caught.value) == told
            assert path.read_bytes() == raw
            assert {each.name for each in path.parent.iterdir()} <= {"s.json", LOCK}
            return False
        comes_back(session)
        is_worked_on(path, raw, session)
        return True


def looked_at(path: Path) -> tuple[Session | None, str]:
    """Look at a file in every way that takes no lock; return the session in it, or what is told of it."""
    entry = entry_of(path)
    code, out, err = check(path)
    try:
        session = read(path)
    except StoreError as fault:
        told = str(fault)
        is_one_sentence(told)
        assert (code, out, err) == (1, "", f"{told}\n")
        with pytest.raises(type(fault)):
            Follower(path).look()
        if entry.fault:
            is_one_sentence(entry.fault)
        return None, told
    assert (code, out, err) == (0, f"{path}: in orde\n", "")
    assert entry.fault == "" or has_doubles(path.read_bytes())
    looked = Follower(path).look()
    assert looked is not None
    assert looked[0] == session
    return session, ""


def has_doubles(raw: bytes) -> bool:
    """Whether a key stands somewhere twice: a list looks at both, and a reading at the last."""
    doubles = []

    def paired(pairs: list[tuple[str, object]]) -> None:
        doubles.extend(pairs[len({key for key, _value in pairs}) :])

    json.loads(raw, object_pairs_hook=paired)
    return bool(doubles)


def check(path: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["check", str(path)])
    return code, out.getvalue(), err.getvalue()


def is_one_sentence(told: str) -> None:
    assert told == clean_line(told, limit=399)
    assert told[0] == "“"
    assert told.endswith(".")


def comes_back(session: Session) -> None:
    """A session that was read is one that this program could have written: written down it says the same."""
    tables = json.loads(msgspec.json.encode(tables_of(session, session.made_at)))
    assert session_of(tables, "x.json") == (session, session.made_at)


def is_worked_on(path: Path, raw: bytes, session: Session) -> None:
    file = SessionFile.open(path)
    try:
        assert file.session == session
        if path.read_bytes() != raw:  # only of a file of an earlier version, and then it is kept
            (version,) = versions.versions_of(path)
            assert (version.path.read_bytes(), version.reason) == (raw, versions.Reason.MIGRATED)
        file.save(session, file.seen_at + MINUTE)
    finally:
        file.close()
    assert read(path) == session


quick = settings(max_examples=30, deadline=PATIENT, suppress_health_check=[HealthCheck.too_slow])


def test_a_right_file_is_read() -> None:
    assert all(meets(raw) for raw in (SMALL, OLD, SHIPPED))


# What was found once, and would take long to be found again.


def with_an_unnamed_table(tables: Any) -> None:
    tables[""] = {}
    tables["meta"][""] = {}


def with_more_points_than_can_be_told(tables: Any) -> None:
    tables["answers/verdeling"]["1"]["value"]["points"] = {"samen": "@4300", "alleen": "@4300"}


def with_a_version_of_many_digits(tables: Any) -> None:
    tables["meta"]["1"]["version"] = "-@4000"


def with_a_fault_deep_inside(tables: Any) -> None:
    part = tables["script"]["1"]["parts"][1]
    step = part["steps"][2]
    column = step["questions"][0]["columns"][1]
    for each in (part, step, step["questions"][0], column, column["options"][0]):
        each["id"] = "naam-" * 11 + "x"
    column["options"][0]["een veld dat er niet is en dat ook nog eens lang heet"] = 1


@pytest.mark.parametrize(
    "forge",
    [
        with_an_unnamed_table,
        with_more_points_than_can_be_told,
        with_a_version_of_many_digits,
        with_a_fault_deep_inside,
    ],
)
def test_a_forged_file(forge: Callable[[Any], None]) -> None:
    tables = json.loads(SMALL)
    forge(tables)
    raw = re.sub(r'"(-?)@(\d+)"', lambda found: found[1] + "9" * int(found[2]), json.dumps(tables))
    assert not meets(raw.encode())


@pytest.mark.parametrize(
    "forged",
    [
        {"screen": "\x1b[2J"},
        {"screen": "x" * 1_000_000},
        {"step": "nergens"},
        {"team": "t99"},
        {"question": -1},
        {"question": 10**30},
    ],
)
def test_a_bookmark_that_points_at_nothing_is_no_damage_and_no_bookmark(forged: dict[str, Any]) -> None:
    tables = json.loads(SMALL)
    tables["session"]["1"]["bookmark"] |= forged
    assert session_of(tables, "x.json")[0] == replace(lived_in(), bookmark=None)
    assert meets(json.dumps(tables).encode())


@quick
@given(raw=st.binary(max_size=400))
@example(raw=b"")
@example(raw=bytes(5_000))
@example(raw=b"\xef\xbb\xbf" + SMALL)
@example(raw=SMALL.decode().encode("utf-16"))
@example(raw=b"[" * 1_000_000)
@example(raw=b'{"a":' * 200_000)
@example(raw=b'"' + b"x" * 1_000_000)
@example(raw=b'{"meta": {}}')
@example(raw=b'{"meta": {"1": {"format": "sleutelworkshop", "version": 2, "seen_at": "2026-11-23T12:00:00Z"}}}')
def test_any_bytes(raw: bytes) -> None:
    assert not meets(raw)


@quick
@given(raw=st.sampled_from([SMALL, SMALL, OLD]), mutation=mutations)
def test_a_small_file_to_which_something_happened(raw: bytes, mutation: Mutation) -> None:
    meets(mutation(raw))


@quick
@given(hands=st.lists(meddlings(), min_size=2, max_size=3), then=st.none() | flips())
def test_a_small_file_to_which_more_happened(hands: list[Mutation], then: Mutation | None) -> None:
    raw = SMALL
    for meddle in hands:
        with contextlib.suppress(ValueError, RecursionError):  # what happened before left no JSON
            raw = meddle(raw)
    meets(then(raw) if then else raw)


@settings(quick, max_examples=15)
@given(mutation=mutations)
def test_the_shipped_file_to_which_something_happened(mutation: Mutation) -> None:
    meets(mutation(SHIPPED))
