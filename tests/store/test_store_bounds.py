"""A file that was made to harm: it is told what it is before it takes memory or time."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from large import session_with
from sleutelworkshop.script.faults import FAULTS_LIMIT, ScriptError
from sleutelworkshop.script.loader import VALUES_LIMIT as SCRIPT_LIMIT
from sleutelworkshop.script.loader import build_script
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import tables
from sleutelworkshop.store.errors import DamagedError
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.sessionfile import read
from starting import PATIENCE, surroundings

Tables: TypeAlias = dict[str, Any]

SIZE = 12 * 1024 * 1024
"""Bytes in a hostile file: enough to take gigabytes, or minutes, without a bound."""

MOST_MEMORY = 200
"""MiB that a list may take."""

HEAD = '{"meta": {"1": {"format": "sleutelworkshop", "version": 3, "seen_at": "2026-09-16T12:00:00Z"}}, '
ABOUT = '"session": {"1": {"organisation": "%s", "date": "2026-09-16", "position": "a", "finished_at": null}}, '
STEPS = '"script": {"1": {"parts": [{"steps": ['

SHAPES = {
    "objects": (HEAD + '"x": {"1": {"a": [', '{"a":{}},', "0]}}}"),
    "lists": (HEAD + '"x": {"1": {"a": [', "[[]],", "0]}}}"),
    "in-the-heading": ('{"meta": {"1": {"a": [', '"a",', "0]}}}"),
    "rows": (HEAD + '"steps": {', '"1":{"done":true},', '"2": {"done": true}}}'),
    "steps": (
        HEAD + ABOUT % "x" + '"script": {"1": {"parts": [{"steps": [',
        '{"id":"\U0001f600","title":"a"},',
        "{}]}]}}}",
    ),
    "text": (HEAD + (ABOUT % "\U0001f600")[:-66], "a", '"}}}'),
    "number": (HEAD + '"x": {"1": {"a": ', "1", "}}}"),
    "deep": (HEAD + '"x": {"1": {"a": ', '{"a":', "}}}"),
}

# Tells the most memory it took, in MiB, at the end of standard error.
RUN = """
import re, sys
from sleutelworkshop.cli import main
code = main(sys.argv[1:])
with open("/proc/self/status") as status:  # and not getrusage, which begins with what the parent took
    print(int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1]) // 1024, file=sys.stderr)
raise SystemExit(code)
"""


def hostile(path: Path, shape: str) -> Path:
    head, unit, tail = SHAPES[shape]
    path.write_text(head + unit * (SIZE // len(unit)) + tail, encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is told in another way elsewhere")
def test_no_file_takes_the_memory_of_a_list(tmp_path: Path) -> None:
    folder = tmp_path / "sessies"
    folder.mkdir()
    for shape in SHAPES:
        hostile(folder / f"{shape}.json", shape)
    done = subprocess.run(
        [sys.executable, "-c", RUN, "list"],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=surroundings(tmp_path),
        timeout=PATIENCE,
    )
    assert done.returncode == 0
    assert done.stdout.count("is beschadigd") == len(SHAPES)
    assert int(done.stderr) < MOST_MEMORY


def test_a_session_of_ten_thousand_answers_is_far_from_too_large(noon: dt.datetime) -> None:
    raw = tables.encode(tables_of(session_with(10_000), noon))
    assert len(raw) > 2_000_000
    assert not tables.is_too_large(raw)
    assert sum(map(raw.count, b",[{")) < tables.VALUES_LIMIT / 10


def test_what_could_not_be_read_again_is_too_large_to_write() -> None:
    assert not tables.is_too_large(b'"x", ' * 400_000)
    assert tables.is_too_large(b'"x", ' * 1_100_000)
    assert tables.is_too_large(b'"' + b"x" * 4_000_000 + b'"')


def test_a_file_that_only_lost_its_bytes_is_called_empty(tmp_path: Path) -> None:
    path = tmp_path / "leeg.json"
    path.write_bytes(b"\0" * 3_000_000)
    with pytest.raises(DamagedError, match="het is leeg"):
        read(path)
    assert "het is leeg" in entry_of(path).fault


def changed(begun: Session, noon: dt.datetime, change: Callable[[Tables], None]) -> Tables:
    found: Tables = json.loads(tables.encode(tables_of(begun, noon)))
    change(found)
    return found


def with_strange_names(found: Tables) -> None:
    found["script"]["1"] |= {f"naam{number}": 1 for number in range(50_000)}


def with_strange_parts(found: Tables) -> None:
    found["script"]["1"]["components"] = [{"id": "Eén"}] * 20_000


def with_no_end(found: Tables) -> None:
    found["script"]["1"]["components"] = [{"id": "a"}] * SCRIPT_LIMIT


def with_a_long_text(found: Tables) -> None:
    found["session"]["1"]["casus"] = "ab " * 300_000 + "\u0301" * 700_000


@pytest.mark.parametrize("change", [with_strange_names, with_strange_parts, with_no_end, with_a_long_text])
def test_what_is_wrong_is_told_in_one_sentence(
    tmp_path: Path, begun: Session, noon: dt.datetime, change: Callable[[Tables], None]
) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(changed(begun, noon, change)))
    with pytest.raises(DamagedError) as told:
        read(path)
    assert len(str(told.value)) < 400


def test_a_screen_of_faults_is_told_and_the_rest_counted() -> None:
    with pytest.raises(ScriptError) as told:
        build_script({f"naam{number}": 1 for number in range(30)}, "x.toml")
    # Thirty names that are not known, and the six that are missing.
    lines = str(told.value).split("\n")
    assert len(lines) == 21
    assert lines[-1] == f"x.toml: En nog {len(told.value.faults) - 20}."


def test_of_endless_faults_no_more_than_enough_are_looked_for() -> None:
    with pytest.raises(ScriptError) as told:
        build_script({f"naam{number}": 1 for number in range(50_000)}, "x.toml")
    assert len(told.value.faults) == FAULTS_LIMIT
    assert str(told.value).endswith("x.toml: En nog 80 of meer.")
