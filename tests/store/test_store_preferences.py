"""What a facilitator wrote in their own file: nothing in it can keep a document from being made."""

import os
import sys
from pathlib import Path

import pytest

from logos import CUT_OFF_PNG, JPEG_WITHOUT_JFIF, PNG
from sleutelworkshop.store import preferences
from sleutelworkshop.store.errors import DiskError


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(tmp_path / "in" / "settings.json"))
    (tmp_path / "in").mkdir()
    return tmp_path / "in" / "voorkeuren.toml"


def test_without_a_file_nothing_is_wanted() -> None:
    assert preferences.load() == preferences.Preferences()


def test_the_file_that_is_made_is_right_and_wants_nothing(file: Path) -> None:
    assert preferences.make_file()
    assert preferences.load() == preferences.Preferences()
    file.write_text(
        file.read_text("utf-8").replace("# logo", "logo").replace("# organisation", "organisation"), "utf-8"
    )
    found = preferences.load()
    assert found.organisation == "Bureau Voorbeeld"
    assert "logo.png” is niet te vinden" in " ".join(found.remarks)
    assert not preferences.make_file()  # what a person wrote stays


def test_it_is_read_as_windows_writes_it(file: Path) -> None:
    file.write_bytes("\ufefforganisation = 'Bureau Één'\r\n".encode())
    assert preferences.load().organisation == "Bureau Één"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", PNG),
        ("LOGO.PNG", PNG),
        ("logo.jpg", JPEG_WITHOUT_JFIF),
        ("logo.jpeg", JPEG_WITHOUT_JFIF),
        ("logo.svg", b'<?xml version="1.0"?>\n<svg/>'),
    ],
)
def test_a_logo_is_found_beside_the_file(file: Path, name: str, content: bytes) -> None:
    (file.parent / name).write_bytes(content)
    file.write_text(f"logo = '{name}'")
    assert preferences.load() == preferences.Preferences(logo=file.parent / name)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("logo.gif", b"GIF89a", "moet een png, jpg of svg zijn"),
        ("logo.png", CUT_OFF_PNG, "Het logo “logo.png” is niet te lezen. Ik laat het logo weg."),
        ("logo.png", PNG.replace(b"IDAT", b"IDAt"), "is niet te lezen"),
        ("logo.png", PNG[:8], "is niet te lezen"),
        ("logo.jpg", JPEG_WITHOUT_JFIF[:-1], "is niet te lezen"),
        ("logo.jpg", JPEG_WITHOUT_JFIF[:40], "is niet te lezen"),
        ("logo.jpg", b"\xff\xd8\xff\xd9", "is niet te lezen"),
        ("logo", PNG, "moet een png, jpg of svg zijn"),
        ("logo.png", b"GIF89a", "is van binnen geen png"),
        ("logo.svg", PNG, "is van binnen geen svg"),
        ("logo.svg", b"<svg><g></svg>", "Het logo “logo.svg” is niet te lezen. Ik laat het logo weg."),
        ("logo.svg", b'<svg><use xlink:href="#a"/></svg>', "is niet te lezen"),
        ("logo.png", PNG + b"0" * preferences.LOGO_LIMIT, "er past 5 MB"),
        ("logo.png", PNG[:16] + (60_000).to_bytes(4, "big") * 2, "8000 beeldpunten"),
        ("logo.png", None, "is niet te vinden"),
    ],
)
def test_what_is_no_logo_is_told(file: Path, name: str, content: bytes | None, told: str) -> None:
    if content is not None:
        (file.parent / name).write_bytes(content)
    file.write_text(f"organisation = 'De Eik'\nlogo = '{name}'")
    found = preferences.load()
    assert (found.organisation, found.logo) == ("De Eik", None)
    (remark,) = found.remarks
    assert told in remark
    assert remark.endswith("Ik laat het logo weg.")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name, and folders that open")
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("pipe", "Het logo “logo.png” is geen gewoon bestand."),
        ("folder", "“logo.png” is een map en geen bestand: noem een bestand."),
    ],
)
def test_a_logo_that_is_no_plain_file_is_told(file: Path, kind: str, told: str) -> None:
    make = {"pipe": os.mkfifo, "folder": os.mkdir}[kind]
    make(file.parent / "logo.png")
    file.write_text("logo = 'logo.png'")
    assert preferences.load().remarks == (f"{told} Ik laat het logo weg.",)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"logo = ", "is niet te begrijpen"),
        (b"\xff\xfe", "is niet te begrijpen"),
        (b"a = " + b"[" * 20_000, "is niet te begrijpen"),
        (b'logo = "C:\\Users\\logo.png"', "tussen enkele aanhalingstekens"),
        (b"#" * 70_000, "te groot"),
        (b"lgo = 'x'", "staat “lgo”"),
        (b"organisation = '" + b"x" * 61 + b"'", "past er niet"),
    ],
)
def test_a_file_that_is_not_right_is_told(file: Path, raw: bytes, told: str) -> None:
    file.write_bytes(raw)
    found = preferences.load()
    assert (found.organisation, found.logo) == ("", None)
    assert told in " ".join(found.remarks)


@pytest.mark.parametrize("raw", ["logo = 3\norganisation = ['x']", "logo = ''\norganisation = ''"])
def test_what_says_nothing_is_left(file: Path, raw: str) -> None:
    file.write_text(raw)
    assert (preferences.load().organisation, preferences.load().logo) == ("", None)


def test_a_path_that_nobody_could_mean(file: Path) -> None:
    file.write_text("logo = \"a\\u0000b.png\"\norganisation = 'a\\nb'")
    preferences.load()  # a sentence or nothing, but no fault


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    assert len(preferences.load().remarks) == 1


def test_a_file_that_cannot_be_made_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "bestand").write_text("")
    monkeypatch.setenv("SLEUTELWORKSHOP_SETTINGS", str(file.parent / "bestand" / "settings.json"))
    with pytest.raises(DiskError):
        preferences.make_file()
