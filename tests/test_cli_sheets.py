"""The sheets, and what stands at their head, from the command line."""

import datetime as dt
import sys
from pathlib import Path

import pytest

from paper import letters, letters_of, read_back
from reading_back import words_in
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.folder import SessionsFolder
from starting import Program, is_one_line

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30"/></svg>'


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    return SessionsFolder(tmp_path / "sessies").create(begun, noon)


def shown(path: Path) -> str:
    return letters_of(read_back(path.read_bytes()))


# The sheets


def test_sheets_of_a_session(program: Program, eik: Path, tmp_path: Path) -> None:
    done = program("sheets", "2026")
    path = tmp_path / f"{eik.stem}-werkbladen.pdf"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"De werkbladen staan in {path}.\n")
    for text in ("Basisschool De Eik", "Blauw", "Rood", "Geel", "Spoorboekje", "Ons leerarrangement"):
        assert letters(text) in shown(path)


def test_sheets_of_the_script_that_comes_with_the_program(program: Program, tmp_path: Path) -> None:
    assert program("sheets").returncode == 0
    assert "Grensgangersinbeeld" in shown(tmp_path / "sleutel-2-werkbladen.pdf")


def test_sheets_of_a_script_of_one_s_own(program: Program, tmp_path: Path) -> None:
    assert program("sheets", Path(__file__).parent / "small_script.toml", "-o", "x.pdf").returncode == 0
    assert "Kleinbegin" in shown(tmp_path / "x.pdf")


@pytest.mark.parametrize(
    ("only", "name", "there", "not_there"),
    [
        ("run", "spoorboekje", "Spoorboekje", "Handtekening"),
        ("sheets", "teambladen", "team1van3", "Spoorboekje"),
        ("agreement", "invulformulier", "handtekening", "Spoorboekje"),
    ],
)
def test_only_a_part_of_it(
    program: Program, eik: Path, tmp_path: Path, only: str, name: str, there: str, not_there: str
) -> None:
    assert program("sheets", "2026", "--only", only).returncode == 0
    text = shown(tmp_path / f"{eik.stem}-{name}.pdf")
    assert there in text
    assert not_there not in text


def test_the_time_at_which_it_begins(program: Program, tmp_path: Path) -> None:
    assert program("sheets", "--only", "run", "--start", "13.30").returncode == 0
    assert letters("Van 13:30 tot 16:00") in shown(tmp_path / "sleutel-2-spoorboekje.pdf")


def test_nothing_is_replaced_without_force(program: Program, eik: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_text("van mij")
    done = program("sheets", "2026", "-o", "x.pdf")
    assert (done.returncode, path.read_text()) == (1, "van mij")
    assert "--force" in done.stderr
    assert is_one_line(done.stderr)
    assert program("sheets", "2026", "-o", "x.pdf", "--force").returncode == 0
    assert path.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (["nergens"], 1, "Er is geen sessie of draaiboek met de naam “nergens”."),
        (["weg.toml"], 1, "weg.toml: "),
        (["-o", "x.docx"], 2, "laat de naam eindigen op .pdf, niet zoals “x.docx”."),
        (["-o", "nergens/x.pdf"], 1, "niet te vinden"),
        (["--only", "alles"], 2, "“alles” is er niet. Kies uit: sheets, run, agreement."),
        (["--start", "straks"], 2, "“straks” is geen tijd: typ bijvoorbeeld --start 13:30."),
    ],
)
def test_what_cannot_be_is_told(program: Program, tmp_path: Path, typed: list[str], code: int, told: str) -> None:
    done = program("sheets", *typed)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert is_one_line(done.stderr.splitlines(keepends=True)[-1])
    assert not list(tmp_path.glob("*.pdf"))


# What stands at their head


def test_settings_makes_a_file_that_explains_itself(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "voorkeuren.toml"
    done = program("settings")
    assert (done.returncode, done.stdout) == (0, f"{file}\n")
    assert "Het is net gemaakt" in done.stderr
    file.write_text(file.read_text("utf-8").replace("# organisation = 'Bureau", "organisation = 'Bureau"), "utf-8")
    done = program("settings")
    assert "net gemaakt" not in done.stderr
    assert "Organisatie: Bureau Voorbeeld. Logo: geen." in done.stderr
    assert program("sheets").returncode == 0
    assert letters("Bureau Voorbeeld") in shown(tmp_path / "sleutel-2-werkbladen.pdf")


@pytest.mark.parametrize("ending", ["pdf", "html", "docx", "md", "txt"])
def test_the_name_of_the_organisation_is_on_the_summary_too(
    program: Program, eik: Path, tmp_path: Path, ending: str
) -> None:
    (tmp_path / "voorkeuren.toml").write_text("organisation = 'Bureau [b]&'")
    path = tmp_path / f"x.{ending}"
    assert program("summary", eik, "-o", path).returncode == 0
    name = {"txt": "text"}.get(ending, ending)
    assert "Bureau [b]&" in words_in(name, path.read_bytes())


def test_a_logo_that_is_there(program: Program, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    (tmp_path / "voorkeuren.toml").write_text("logo = 'logo.svg'")
    done = program("sheets", "--only", "agreement")
    assert done.returncode == 0
    assert is_one_line(done.stderr)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("logo = 'weg.png'", "Het logo “weg.png” is niet te vinden in"),
        ("logo = 'kapot.png'", "Het logo “kapot.png” is niet te lezen. Ik laat het logo weg."),
        ('logo = "C:\\Users\\x.png"', "zet het pad tussen enkele aanhalingstekens."),
    ],
)
def test_what_is_wrong_with_a_logo_is_told_and_the_sheets_are_made(
    program: Program, tmp_path: Path, written: str, told: str
) -> None:
    (tmp_path / "kapot.png").write_bytes(b"\x89PNG\r\n\x1a\nnee")
    (tmp_path / "voorkeuren.toml").write_text(written)
    done = program("sheets", "--only", "run")
    assert done.returncode == 0
    remark, made = done.stderr.splitlines(keepends=True)
    assert told in remark
    assert is_one_line(remark)
    assert "sleutel-2-spoorboekje.pdf" in made


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="xdg-open")
def test_settings_opens_the_file(program: Program, tmp_path: Path) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    opener.chmod(0o755)
    assert program("settings", "--open", PATH=f"{opener.parent}:/bin:/usr/bin").returncode == 0
    assert (tmp_path / "opened").read_text() == f"{tmp_path / 'voorkeuren.toml'}\n"
    opener.unlink()
    done = program("settings", "--open", PATH=str(opener.parent))
    assert done.returncode == 1
    assert "open het zelf" in done.stderr


# For the calendar


def test_summary_for_the_calendar(program: Program, eik: Path, tmp_path: Path) -> None:
    done = program("summary", "2026", "-o", "a.ics")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Bewaard in a.ics.\n")
    written = (tmp_path / "a.ics").read_bytes()
    assert written.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"Planning maken" in written


def test_a_calendar_with_nothing_in_it_is_not_made(program: Program, tmp_path: Path) -> None:
    program("new", "--organisation", "De Linde", "--team", "A")
    done = program("summary", "20", "-o", "a.ics")
    assert done.returncode == 1
    assert "niets voor in een agenda" in done.stderr
    assert is_one_line(done.stderr)
    assert not (tmp_path / "a.ics").exists()
