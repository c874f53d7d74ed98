"""Where a document may be written: never onto a session, nor onto what the store keeps beside one."""

import datetime as dt
import json
import os
import sys
from pathlib import Path

import pytest

from sleutelworkshop.export.targets import refusal
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile
from sleutelworkshop.summary import export

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links need leave there")


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    return SessionsFolder(tmp_path).create(begun, noon)


def damaged(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def newer(path: Path, eik: Path) -> Path:
    tables = json.loads(eik.read_bytes())
    tables["meta"]["1"]["version"] = 99
    return damaged(path, json.dumps(tables).encode())


def test_a_session_is_never_written_to_under_whatever_name(eik: Path, tmp_path: Path) -> None:
    copy = tmp_path / "afspraken.pdf"
    copy.write_bytes(eik.read_bytes())
    for path in (eik, copy, tmp_path / ".." / tmp_path.name / eik.name):
        assert "is een sessie" in refusal(path)


@ON_POSIX
def test_nor_through_a_link(eik: Path, tmp_path: Path) -> None:
    (tmp_path / "zacht.json").symlink_to(eik)
    (tmp_path / "hard.json").hardlink_to(eik)
    (tmp_path / "slot.pdf").symlink_to(tmp_path / f".{eik.name}.lock")
    (tmp_path / "oud").symlink_to(tmp_path / ".versies")
    for name in ("zacht.json", "hard.json"):
        assert "is een sessie" in refusal(tmp_path / name)
    assert "is van sleutelworkshop zelf" in refusal(tmp_path / "slot.pdf")
    assert ".versies" in refusal(tmp_path / "oud" / "uit.pdf")


@pytest.mark.parametrize("kept", [b"", b"\0" * 4096, b"{\n", b"[1, 2", b'{"session": {}}', b'{"meta": {"1": {}}}'])
def test_what_may_have_been_a_session_stays(tmp_path: Path, kept: bytes) -> None:
    path = damaged(tmp_path / "kapot.json", kept)
    assert "kan een sessie zijn" in refusal(path)


def test_half_a_session_and_one_of_a_newer_version_stay(eik: Path, tmp_path: Path) -> None:
    for name in ("half.json", "half.pdf"):
        assert "kan een sessie zijn" in refusal(damaged(tmp_path / name, eik.read_bytes()[:3000]))
    assert "kan een sessie zijn" in refusal(newer(tmp_path / "nieuwer.json", eik))


def test_what_was_opened_as_a_session_stays_whatever_it_holds(eik: Path, noon: dt.datetime, begun: Session) -> None:
    other = eik.with_name("zonder-ending")
    SessionFile.create(other, begun, noon).close()
    other.write_bytes(b"weg")
    assert "kan een sessie zijn" in refusal(other)


def test_the_place_of_a_session_of_which_only_versions_are_left_stays_free(eik: Path) -> None:
    versions = eik.parent / ".versies" / eik.stem
    versions.mkdir(parents=True)
    eik.unlink()
    assert "eerdere versies" in refusal(eik)
    assert refusal(eik.with_suffix(".pdf")) == ""


@pytest.mark.parametrize(
    "name",
    [
        ".x.json.lock",
        ".x.json.open",
        ".X.JSON.LOCK",
        ".x.json.tmp",
        ".x.json.lock. ",
        ".versies/x/uit.pdf",
        ".Versies/uit.json",
        ".prullenbak/uit.pdf",
        ".PRULLENBAK./uit.pdf",
    ],
)
@pytest.mark.parametrize("there", [True, False])
def test_what_the_store_keeps_is_not_for_documents(tmp_path: Path, name: str, *, there: bool) -> None:
    path = tmp_path / name
    if there:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert refusal(path)


@pytest.mark.parametrize("name", ["", ".", "..", "/", "map", "a\0b.pdf"])
def test_what_is_no_file_is_told(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "map").mkdir()
    monkeypatch.chdir(tmp_path)
    assert "is een map" in refusal(Path(name)) or "NUL" in refusal(Path(name))


@pytest.mark.parametrize(
    "name",
    ["sleutelworkshop.log", "sleutelworkshop.log.2", "crash-20261201-023931-77.txt", "Crash-20261201-023931-77.TXT"],
)
def test_the_log_and_the_crash_files_stay(tmp_path: Path, name: str) -> None:
    assert "is van sleutelworkshop zelf" in refusal(tmp_path / name)
    assert refusal(tmp_path / f"mijn-{name}.pdf") == ""


@pytest.mark.parametrize("there", [True, False])
def test_the_settings_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(tmp_path / "keuzes.json"))
    for path in (tmp_path / "keuzes.json", tmp_path / "voorkeuren.toml"):
        if there:
            path.write_bytes(b"{}")
            (tmp_path / f"{path.name}.pdf").hardlink_to(path)
            assert "is van sleutelworkshop zelf" in refusal(tmp_path / f"{path.name}.pdf")
        assert "is van sleutelworkshop zelf" in refusal(path)


def test_a_device_is_called_what_it_is() -> None:
    assert "is geen gewoon bestand" in refusal(Path(os.devnull))


def test_any_other_file_may_be_written_to(eik: Path, tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    summary = damaged(tmp_path / "samenvatting.json", export(begun, "json", now=noon))
    paper = damaged(tmp_path / "uit.pdf", b"%PDF-1.7")
    empty = damaged(tmp_path / "leeg.pdf", b"")
    for path in (summary, paper, empty, tmp_path / "nieuw.json", eik.with_suffix(".pdf")):
        assert refusal(path) == ""
