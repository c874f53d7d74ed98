"""Where a command writes: never where it does harm, and one sentence when it cannot; also in a folder that is gone."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest

from sleutelworkshop.cli import main
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from starting import is_one_line


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A session in a folder of its own, in which the program is at work."""
    for name in ("SLEUTELWORKSHOP_SESSIONS", "SLEUTELWORKSHOP_SETTINGS"):
        monkeypatch.setenv(name, str(tmp_path / "sessies"))
    monkeypatch.chdir(tmp_path)
    return SessionsFolder(tmp_path / "sessies").create(begun, noon)


@pytest.fixture
def no_folder(tmp_path: Path, eik: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The session, of a program that was started in a folder that is gone."""
    if sys.platform == "win32":
        pytest.skip("a folder in which a program works cannot be removed there")
    here = tmp_path / "stick"
    here.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    return eik


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["summary", "sheets"])
@pytest.mark.parametrize("output", [".", "", "map.pdf", "/", f"{'x' * 260}.pdf", "weg/uit.pdf", "a\0.pdf"])
def test_what_is_no_name_for_a_file_is_told(
    eik: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, output: str
) -> None:
    (tmp_path / "map.pdf").mkdir()
    before = contents(tmp_path)
    code = main([command, eik.stem, "--force", "-o", output, *(["--format", "pdf"] if command == "summary" else [])])
    told = capsys.readouterr().err
    assert code in {1, 2}
    assert is_one_line(told.splitlines(keepends=True)[-1])
    assert code == 2 or is_one_line(told)
    assert contents(tmp_path) == before


def test_no_command_writes_over_a_session_or_what_is_kept_beside_one(
    eik: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = eik.parent
    tables = json.loads(eik.read_bytes())
    tables["meta"]["1"]["version"] = 99
    (folder / "nieuwer.json").write_text(json.dumps(tables))
    (folder / "kapot.json").write_bytes(eik.read_bytes()[:3000])
    (folder / "kapot.pdf").write_bytes(eik.read_bytes())
    for kept in (".versies", ".prullenbak"):
        (folder / kept).mkdir()
        (folder / kept / "oud.json").write_bytes(eik.read_bytes())
    names = [eik.name, "nieuwer.json", "kapot.json", f".{eik.name}.lock", f".{eik.name}.open", f".{eik.name}.tmp"]
    before = contents(tmp_path)
    for name in (*names, ".versies/oud.json", ".versies/nieuw.json", ".prullenbak/oud.json"):
        assert main(["summary", eik.stem, "--format", "json", "--force", "-o", str(folder / name)]) == 1
        assert is_one_line(capsys.readouterr().err)
    assert main(["sheets", eik.stem, "--force", "-o", str(folder / "kapot.pdf")]) == 1
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["uit.pdf", "uit.docx", "uit.md"])
def test_documents_are_made_when_the_folder_is_gone(no_folder: Path, tmp_path: Path, name: str) -> None:
    assert main(["summary", no_folder.stem, "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / name).stat().st_size > 100


def test_sheets_are_made_when_the_folder_is_gone(no_folder: Path, tmp_path: Path) -> None:
    assert main(["sheets", no_folder.stem, "--only", "agreement", "-o", str(tmp_path / "uit.pdf")]) == 0


def test_what_cannot_be_printed_is_kept_elsewhere_when_the_folder_is_gone(
    no_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sleutelworkshop.commands.keeping.documents_folder", lambda: tmp_path)
    assert main(["print", no_folder.stem]) == 1
    assert is_one_line(told := capsys.readouterr().err)
    assert str(tmp_path / f"{no_folder.stem}.pdf") in told


def test_what_cannot_be_printed_is_not_kept_among_what_the_store_keeps(
    eik: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sleutelworkshop.commands.keeping.documents_folder", lambda: tmp_path)
    versions = eik.parent / ".versies"
    versions.mkdir(exist_ok=True)
    monkeypatch.chdir(versions)
    assert main(["print", str(eik)]) == 1
    assert str(tmp_path / f"{eik.stem}.pdf") in capsys.readouterr().err
    assert not list(versions.glob("*.pdf"))


@pytest.mark.parametrize(
    "typed",
    [
        ["summary", "{name}", "-o", "uit.pdf"],
        ["summary", "{name}", "-o", "uit.md", "--force"],
        ["sheets", "{name}", "--only", "agreement"],
        ["summary", "elders/x.json"],
        ["--sessions", "elders", "new", "--organisation", "De Linde", "--team", "A"],
        ["restore", "elders/x.json"],
        ["check", "elders/x.json"],
    ],
    ids=" ".join,
)
def test_a_name_in_a_folder_that_is_gone_is_told(
    no_folder: Path, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    assert main([each.format(name=no_folder.stem) for each in typed]) == 1
    assert is_one_line(capsys.readouterr().err)


def test_an_empty_list_of_a_folder_that_is_gone(no_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sessions", "elders", "list"]) == 0
    assert is_one_line(capsys.readouterr().err)
