"""The log of what the program did: quiet, small, for its owner alone, and without anything that people said."""

import json
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from lived_in import SEEN_AT, lived_in
from sleutelworkshop import cli, crash, log
from sleutelworkshop.commands import check
from sleutelworkshop.commands import list as listing
from sleutelworkshop.store.sessionfile import SessionFile
from starting import PATIENCE, Program


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "staat"))
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_a, **_n: tmp_path / "staat" / "sleutelworkshop")
    yield tmp_path / "staat" / "sleutelworkshop"
    log.stop()


def texts_in(found: object) -> Iterator[str]:
    """All texts in what a session file holds, whatever they are about."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for each in found.values():
            yield from texts_in(each)
    elif isinstance(found, list):
        for each in found:
            yield from texts_in(each)


def test_the_log_holds_nothing_that_people_said(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLEUTELWORKSHOP_SESSIONS", str(tmp_path / "sessies"))
    (tmp_path / "sessies").mkdir()
    path = tmp_path / "sessies" / "2026-11-23-basisschool-de-eik.json"
    SessionFile.create(path, lived_in(), SEEN_AT).close()
    name = path.stem
    for typed in (
        ["list"],
        ["summary", name],
        ["summary", name, "-o", "eik.md"],
        ["check"],
        ["summary", "Regenboog"],
        ["new", "--organisation", "Regenboog", "--team", "Paars"],
    ):
        cli.main(typed)
    told = (state / log.NAME).read_text()
    events = [line.split(" ", 2)[2].partition(" code")[0].partition(" command")[0] for line in told.splitlines()]
    assert events.count("started") == events.count("ended") == 6
    assert "document made" in told
    assert "not done error=NotFoundError" in told
    tables = {name: table for name, table in json.loads(path.read_bytes()).items() if name != "script"}
    given = set(re.findall(r"[^\W\d_]{5,}", " ".join(texts_in(tables)).lower())) | {"regenboog", "paars"}
    assert {"planning", "basisschool", "sanne"} <= given
    found = given & set(re.findall(r"[^\W\d_]+", told.lower()))
    assert found <= {"sleutelworkshop"}  # stands in the file as what made it, and in the log in paths of code


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_it_is_for_its_owner_alone(state: Path) -> None:
    cli.main(["list"])
    assert (state / log.NAME).stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("refused", [False, True], ids=["renamed", "open elsewhere"])
def test_it_stays_small_and_loses_nothing_with_two_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    monkeypatch.setattr(log, "SIZE_LIMIT", 500)
    one, other = (log.RotatingFile(tmp_path / log.NAME) for _ in range(2))
    if refused:  # as Windows does while another program has the file open
        monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(PermissionError))
    for number in range(30):
        for handler in (one, other):
            handler.emit(log._logger.makeRecord("x", 20, "f", 1, f"line {number:03} of a program", (), None))
    one.close()
    other.close()
    files = sorted(tmp_path.iterdir())
    assert len(files) == (1 if refused else 1 + log.BACKUPS)
    assert "line 029" in "".join(file.read_text() for file in files)
    if not refused:
        assert all(file.stat().st_size <= 600 for file in files)


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file is not renamed")
def test_a_program_goes_on_in_the_fresh_log_of_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE_LIMIT", 100)
    one, other = (log.RotatingFile(tmp_path / log.NAME) for _ in range(2))
    one.emit(line("x" * 100))
    one.emit(line("one goes on"))
    other.emit(line("other goes on"))
    one.close()
    other.close()
    assert (tmp_path / log.NAME).read_text() == "one goes on\nother goes on\n"
    assert (tmp_path / f"{log.NAME}.1").read_text() == "x" * 100 + "\n"


@pytest.mark.parametrize("what", ["folder", "file", "pipe"])
def test_a_log_that_cannot_be_written_disturbs_nobody(
    state: Path, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if what == "file":
        state.parent.mkdir()
        state.write_text("in place of the folder")
    elif what == "folder":
        (state / log.NAME).mkdir(parents=True)
    elif sys.platform != "win32":
        state.mkdir(parents=True)
        os.mkfifo(state / log.NAME)
    assert cli.main(["list", "--sessions", str(tmp_path)]) == 0
    assert "raceback" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_under_the_log_fails_no_command(
    state: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        assert cli.main(["list", "--sessions", str(tmp_path)]) == 0
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (state / log.NAME).stat().st_size == 0
    assert "raceback" not in capsys.readouterr().err


def line(said: str) -> logging.LogRecord:
    return log._logger.makeRecord("x", logging.INFO, "f", 1, said, (), None)


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder of an open file cannot be removed")
def test_a_full_log_whose_folder_is_gone_disturbs_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "SIZE_LIMIT", 1)
    folder = tmp_path / "staat"
    folder.mkdir()
    handler = log.RotatingFile(folder / log.NAME)
    handler.emit(line("fills it"))
    shutil.rmtree(folder)
    handler.emit(line("is dropped"))
    folder.mkdir()
    handler.emit(line("comes through"))
    handler.close()
    assert (folder / log.NAME).read_text() == "comes through\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_log_that_cannot_be_closed_disturbs_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handler = log.RotatingFile(tmp_path / log.NAME)
    handler.close()
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        handler.stream = full
        handler.emit(line("is dropped"))
        monkeypatch.setattr(log, "SIZE_LIMIT", 0)
        handler.emit(line("comes through"))
    handler.close()
    assert (tmp_path / log.NAME).read_text() == "comes through\n"


def test_verbose_shows_it(program: Program) -> None:
    before, after = program("--verbose", "list"), program("list", "--verbose")
    for done in (before, after):
        assert done.returncode == 0
        assert "started command=list" in done.stderr
        assert "ended code=0" in done.stderr


# What nobody foresaw.


def test_a_command_that_fails_says_where_the_report_is(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_arguments: object) -> int:
        whisper = "fluisterwoord"
        raise KeyError(whisper)

    monkeypatch.setattr(listing, "run", fail)
    assert cli.main(["list"]) == 1
    told = capsys.readouterr()
    (report,) = state.glob("crash-*.txt")
    sentence = f"Er ging iets mis in het programma (KeyError): stuur {report} mee als je om hulp vraagt.\n"
    assert (told.out, told.err) == ("", sentence)
    assert "test_log.py" in report.read_text()
    assert "fluisterwoord" not in report.read_text().replace('whisper = "fluisterwoord"', "")
    assert "fluisterwoord" not in (state / log.NAME).read_text()


def test_a_report_for_which_there_is_no_place(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    state.parent.mkdir()
    state.write_text("in place of the folder")
    monkeypatch.setattr(check, "run", lambda _arguments: 1 // 0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cli.main(["check"]) == 1
    (report,) = tmp_path.glob("sleutelworkshop-*/crash-*.txt")
    assert str(report) in capsys.readouterr().err
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nergens"))
    assert cli.main(["check"]) == 1
    assert "er is geen plek voor een verslag ervan" in capsys.readouterr().err


def test_a_report_tells_what_led_to_an_error_and_quotes_no_message() -> None:
    try:
        try:
            int("fluisterwoord")
        except ValueError as error:
            raise OSError(2, "fluisterwoord", "fluisterwoord.json") from error
    except OSError as error:
        told = crash.report(error)
    assert "FileNotFoundError: errno 2" in told
    assert "after:\nbuiltins.ValueError\n" in told
    assert "/home" not in told
    assert "fluisterwoord" not in re.sub(r"(?m)^  .*$", "", told)  # the lines of this test itself


@pytest.mark.parametrize("given", ["fluisterwoord", 2**80, None])
def test_an_error_with_an_odd_number_is_told_all_the_same(
    given: object, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_arguments: object) -> int:
        odd = OSError(given, "fluisterwoord")
        odd.filename = "x"
        raise odd

    monkeypatch.setattr(listing, "run", fail)
    assert cli.main(["list"]) == 1
    (report,) = state.glob("crash-*.txt")
    assert "builtins.OSError" in report.read_text()
    assert "fluisterwoord" not in re.sub(r"(?m)^  .*$", "", report.read_text())  # the lines of this test itself
    assert "fluisterwoord" not in (state / log.NAME).read_text()


def test_a_report_of_what_cannot_be_imported_tells_no_path() -> None:
    with pytest.raises(ImportError, match=re.escape(log.__file__)) as caught:
        from sleutelworkshop.log import no_such_name  # type: ignore[attr-defined]  # noqa: F401
    told = crash.report(caught.value)
    assert "ImportError" in told
    assert str(Path(log.__file__).parent) not in told


INTERRUPTED: Final = """
import signal, time
from sleutelworkshop import log
signal.signal(signal.SIGINT, signal.default_int_handler)
log.catch_stray_errors()
class Cleared:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
        for _ in range(10): pass
try:
    Cleared()
    time.sleep(600)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_an_interrupt_while_something_is_cleared_away_is_not_lost() -> None:
    command = [sys.executable, "-c", INTERRUPTED]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=PATIENCE)
    assert (done.stdout, done.stderr) == ("interrupted\n", "")
