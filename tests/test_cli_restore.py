"""``restore``: the earlier versions of a session and back to one; and the other commands that point the way to it."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from sleutelworkshop.cli import main
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.moving import go_on
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store import versions
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import Reason, versions_of
from starting import Program

NAME = "2026-11-23-basisschool-de-eik"

Typed: TypeAlias = Callable[..., tuple[int, str, str]]
"""Lets the program do what is typed; returns its exit code, its results and its messages."""


@pytest.fixture
def eik(tmp_path: Path, begun: Session, noon: dt.datetime) -> Path:
    """A session with two earlier versions: of another step, and after it of more work."""
    path = SessionsFolder(tmp_path / "sessies").create(begun, noon)
    file = SessionFile.open(path)
    minute = dt.timedelta(minutes=1)
    file.save(go_on(begun, noon + minute), noon + minute)
    file.save(answer(file.session, "t1", "waarom", TextValue("later"), noon), noon + 20 * minute)
    file.save(answer(file.session, "t1", "waarom", TextValue("nu"), noon), noon + 21 * minute)
    file.release()
    assert path.stem == NAME
    return path


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    monkeypatch.setenv("SLEUTELWORKSHOP_SESSIONS", str(tmp_path / "sessies"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        return (main(words), *capsys.readouterr())

    return run


def test_it_tells_the_versions_newest_first_and_how_to_go_back(program: Program, eik: Path) -> None:
    done = program("restore", "2026")
    assert (done.returncode, done.stderr) == (0, f"Terugzetten: sleutelworkshop restore {NAME} 1\n")
    head, *lines = done.stdout.splitlines()
    assert head.split() == ["BEWAARD", "STAP", "KLAAR", "WAAROM"]
    step = read(eik).step.title
    assert lines == [
        f"1  ma 23 nov 2026 12:20  {step:4}  2/8    tijdens het werken",
        f"2  ma 23 nov 2026 12:01  {step:4}  2/8    bij een andere stap",
    ]


def test_it_puts_one_back_and_that_can_be_undone(typed: Typed, eik: Path) -> None:
    before, wanted = read(eik), read(versions_of(eik)[1].path)
    code, results, told = typed("restore", NAME, "2")
    assert (code, results) == (0, "")
    first, second = told.splitlines()
    assert first == f"Teruggezet: “{NAME}.json” van ma 23 nov 2026 12:01, {wanted.step.title}, 2 van 8."
    assert second == f"Toch liever wat er net stond: sleutelworkshop restore {NAME} 1"
    assert read(eik) == wanted
    assert typed(*second.partition(": sleutelworkshop ")[2].split())[0] == 0
    assert read(eik) == before


def test_a_path_is_as_good_as_a_name(typed: Typed, eik: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "van [b] mij.json"
    elsewhere.parent.mkdir()
    eik.rename(elsewhere)
    versions.keep(elsewhere, elsewhere.read_bytes(), dt.datetime.now(dt.UTC), Reason.CLOSED)
    code, results, told = typed("restore", "stick/van [b] mij.json")
    assert (code, told) == (0, "Terugzetten: sleutelworkshop restore " + f"'{elsewhere}' 1\n")
    assert "bij het sluiten" in results
    elsewhere.unlink()
    assert typed("restore", "stick/van [b] mij.json", "1")[0] == 0, "also when only its versions are left"
    assert elsewhere.exists()


def test_a_damaged_session_points_the_way_and_comes_back(typed: Typed, eik: Path) -> None:
    wanted = read(versions_of(eik)[0].path)
    eik.write_text("{", encoding="utf-8")
    way = f"Er is een eerdere versie: sleutelworkshop restore {NAME}\n"
    assert typed("list")[1].endswith(f"Er is niets aan veranderd. {way}")
    assert typed("check")[2].endswith(way)
    assert typed("check", str(eik))[2].endswith(way)
    code, _results, told = typed("restore", NAME, "1")
    assert code == 0
    assert told.endswith("Het beschadigde bestand dat er stond, ligt nu bij de eerdere versies.\n")
    assert read(eik) == wanted
    code, results, told = typed("restore", NAME)
    assert "1  " in results
    assert "Deze versie is beschadigd: het is afgebroken" in results
    assert told == f"Terugzetten: sleutelworkshop restore {NAME} 2\n"


def test_there_is_no_way_back_to_what_is_damaged_too(typed: Typed, eik: Path) -> None:
    for path in (eik, *(each.path for each in versions_of(eik))):
        path.write_text("{", encoding="utf-8")
    assert "Er is een eerdere versie" not in typed("list")[1] + typed("check")[2]
    assert typed("restore", NAME)[2] == "Geen van deze versies is nog te lezen.\n"


def test_a_newer_session_is_not_damaged(typed: Typed, eik: Path) -> None:
    eik.write_text(eik.read_text("utf-8").replace('"version": 2', '"version": 9'), "utf-8")
    assert "Er is een eerdere versie" not in typed("list")[1] + typed("check")[2]


def test_a_lost_session_comes_back(typed: Typed, eik: Path, begun: Session, noon: dt.datetime) -> None:
    wanted = read(versions_of(eik)[0].path)
    eik.unlink()
    other = eik.with_stem(f"{NAME}-2")
    SessionFile.create(other, begun, noon).close()
    assert typed("check", str(eik))[2].endswith(f"Er is een eerdere versie: sleutelworkshop restore {NAME}\n")
    code, _results, told = typed("restore", NAME, "1")
    assert (code, len(told.splitlines())) == (0, 1), "nothing stood there, so there is nothing to undo"
    assert read(eik) == wanted
    assert read(other) == begun, "it is not taken for one whose name begins so"


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["2026", "3"], 1, f"Van “{NAME}.json” zijn er 2 eerdere versies: kies een nummer van 1 tot en met 2.\n"),
        (["2026", "1"], 1, "Deze versie is beschadigd: het is leeg. Kies een andere.\n"),
        (["nergens"], 1, "Er is geen sessie die “nergens” heet. Kijk met `sleutelworkshop list` welke er zijn.\n"),
        (["2026", "0"], 2, "sleutelworkshop: N: hier hoort het nummer van een versie, zoals 1.\n"),
        (["2026", "x[/]"], 2, "sleutelworkshop: N: hier hoort het nummer van een versie, zoals 1.\n"),
    ],
)
def test_what_cannot_be_is_told(typed: Typed, eik: Path, words: list[str], code: int, told: str) -> None:
    versions_of(eik)[0].path.write_bytes(b"")
    before = eik.read_bytes()
    done = typed("restore", *words)
    assert done[:2] == (code, "")
    assert done[2].endswith(told)
    assert eik.read_bytes() == before


def test_a_session_that_is_open_or_has_no_versions_stays(typed: Typed, eik: Path, begun: Session) -> None:
    file = SessionFile.open(eik)
    assert typed("restore", NAME, "1") == (
        1,
        "",
        f"“{NAME}.json” is al open in een ander venster: sluit het daar eerst.\n",
    )
    file.release()
    for each in versions_of(eik):
        each.path.unlink()
    assert typed("restore", NAME)[::2] == (1, f"Van “{NAME}.json” is nog geen eerdere versie bewaard.\n")
