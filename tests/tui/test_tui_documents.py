"""Which documents are saved, how their files are called, and what is said of them: without a screen."""

import datetime as dt
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.content import Content

from sleutelworkshop import summary
from sleutelworkshop.session.model import Session
from sleutelworkshop.store import atomic
from sleutelworkshop.store.folder import SessionsFolder
from sleutelworkshop.tui import documents
from sleutelworkshop.tui.document_files import folder_of, keep, look, proposed_folder
from sleutelworkshop.tui.documents import PAPERS, Choice, Job, Kept, Seen, State, Wrong
from sleutelworkshop.tui.widgets.file_rows import FileRow, listed, packed
from sleutelworkshop.typesetting import TypesettingError

NAME = "2026-11-23-basisschool-de-eik"


@pytest.fixture
def choice(tmp_path: Path) -> Choice:
    return Choice(("pdf", "md"), nameless=False, folder=str(tmp_path), name="uit")


def test_each_format_is_offered_once_with_what_it_is_for() -> None:
    assert sorted(paper.format for paper in PAPERS) == sorted(summary.FORMATS)
    assert all(paper.title and paper.use for paper in PAPERS)
    assert PAPERS[0].format == "pdf"


# Names.


@pytest.mark.parametrize(
    ("session", "proposed"),
    [(NAME, NAME), ("De Eik: versie 2?", "De Eik- versie 2-"), (" x ", "x")],
)
def test_the_name_that_is_proposed_can_stand_on_any_computer(session: str, proposed: str) -> None:
    assert documents.proposed_name(session, nameless=False) == proposed
    assert documents.proposed_name(session, nameless=True) == f"{proposed}-zonder-namen"
    assert documents.wrong_name(proposed) is None


def test_a_proposed_name_tells_whether_there_are_names_and_one_that_was_made_up_stays() -> None:
    assert documents.renamed(f" {NAME} ", NAME, nameless=True) == f"{NAME}-zonder-namen"
    assert documents.renamed(f"{NAME}-zonder-namen", NAME, nameless=False) == NAME
    assert documents.renamed("Van ons", NAME, nameless=True) == "Van ons"


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("uit", "uit"),
        (" uit.pdf ", "uit"),
        ("uit.MD", "uit"),
        ("uit.doc", "uit.doc"),
        ("v1.2", "v1.2"),
        (".pdf", ".pdf"),
    ],
)
def test_an_ending_that_was_typed_all_the_same_is_no_part_of_the_name(choice: Choice, typed: str, stem: str) -> None:
    assert documents.file_name(replace(choice, name=typed), "docx") == f"{stem}.docx"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Geef de bestanden een naam."),
        ("  ", "Geef de bestanden een naam."),
        ("a/b", "In een naam kan geen / staan: kies een andere."),
        ("a\\b", "In een naam kan geen \\ staan: kies een andere."),
        ("wie: wat", "In een naam kan geen : staan: kies een andere."),
        ("waarom?", "In een naam kan geen ? staan: kies een andere."),
        ("CON", "“CON” kan op Windows geen naam van een bestand zijn: kies een andere."),
        ("nul.oud", "“nul.oud” kan op Windows geen naam van een bestand zijn: kies een andere."),
    ],
)
def test_a_name_that_some_computer_refuses_is_refused_everywhere(typed: str, why: str) -> None:
    assert documents.wrong_name(typed) == Wrong("name", why)


@pytest.mark.parametrize("typed", ["uit", "Ons plan (2)", "x[b]", "één", "console", "..", "Het Kompas 🌈"])
def test_any_other_name_is_fine(typed: str) -> None:
    assert documents.wrong_name(typed) is None


# What is chosen.


@pytest.mark.parametrize(
    ("remembered", "chosen"),
    [
        (("pdf",), ("pdf",)),
        (("md", "docx"), ("docx", "md")),
        ((), ("pdf",)),
        (("odt",), ("pdf",)),
        (("odt", "csv"), ("csv",)),
    ],
)
def test_what_was_chosen_before_is_chosen_again_as_far_as_it_is_there(
    remembered: tuple[str, ...], chosen: tuple[str, ...]
) -> None:
    assert documents.chosen_before(remembered) == chosen


def test_a_format_is_turned_on_and_off() -> None:
    assert documents.turned(("pdf",), "md") == ("pdf", "md")
    assert documents.turned(("pdf", "md"), "pdf") == ("md",)


def test_nothing_chosen_is_told_before_anything_else(choice: Choice) -> None:
    seen = Seen(wrong=Wrong("folder", "weg"))
    nothing = documents.wrong(replace(choice, formats=()), seen)
    assert nothing is not None
    assert nothing.where == "formats"
    assert documents.wrong(choice, seen) == Wrong("folder", "weg")
    assert documents.wrong(choice, Seen()) is None


def test_only_what_is_chosen_can_be_in_the_way(choice: Choice) -> None:
    seen = Seen(frozenset({"json"}), {"json": "een sessie"})
    assert documents.wrong(choice, seen) is None
    assert documents.wrong(replace(choice, formats=("json", "pdf")), seen) == Wrong("name", "een sessie")


@pytest.mark.parametrize(
    ("replacing", "expected"), [(True, [("pdf", False), ("md", True)]), (False, [("pdf", False), ("md", False)])]
)
def test_only_what_was_asked_about_is_replaced(
    choice: Choice,
    tmp_path: Path,
    replacing: bool,  # noqa: FBT001
    expected: list[tuple[str, bool]],
) -> None:
    seen = Seen(frozenset({"md", "docx"}))
    assert documents.standing(choice, seen) == ("uit.md",)
    todo = documents.jobs(choice, tmp_path, seen, replace=replacing)
    assert [(job.format, job.replace) for job in todo] == expected
    assert [job.path for job in todo] == [tmp_path / "uit.pdf", tmp_path / "uit.md"]


# What is said.


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ("s", "Bewaard in {folder}."),
        ("ss", "Beide bestanden staan in {folder}."),
        ("sss", "Alle 3 bestanden staan in {folder}."),
        ("sfl", "1 van de 3 bestanden is bewaard, in {folder}."),
        ("ssx", "2 van de 3 bestanden zijn bewaard, in {folder}."),
        ("f", "Er is niets bewaard."),
        ("lx", "Er is niets bewaard."),
    ],
)
def test_it_ends_with_one_line(tmp_path: Path, states: str, words: str) -> None:
    named = {"s": State.SAVED, "f": State.FAILED, "l": State.LEFT, "x": State.STOPPED}
    done = [(Job("pdf", tmp_path / "uit.pdf"), Kept(named[each])) for each in states]
    assert documents.ending(done) == words.format(folder=tmp_path)


def test_what_became_of_a_document_in_words() -> None:
    assert Kept(State.SAVED).words == "bewaard"
    assert Kept(State.SAVED, "1 actie zonder datum").words == "bewaard · 1 actie zonder datum"
    assert Kept(State.FAILED, "De schijf is vol.").words == "De schijf is vol."
    assert all(Kept(state, "x").words for state in State)


def test_what_is_asked() -> None:
    assert documents.question(("uit.pdf",)) == "“uit.pdf” bestaat al"
    assert documents.question(("uit.pdf", "uit.md")) == "2 bestanden bestaan al"


# Rows.

ROWS = [FileRow("x[/]" + "n" * 30, suffix, words) for suffix, words in ((".pdf", ""), (".docx", "bestaat al"))]


@pytest.mark.parametrize("width", [30, 40, 68, 120])
def test_rows_are_never_wider_than_there_is_room_and_keep_the_ending(width: int) -> None:
    for rows in (listed(ROWS, width), packed(ROWS, width)):
        assert all(row.cell_length <= width for row in rows), rows
        text = "\n".join(row.plain for row in rows)
        assert "x[/]" in text
        assert ".pdf" in text
        assert ".docx" in text
        assert "bestaat al" in text


def test_long_words_stand_below_the_name() -> None:
    fault = "De schijf is vol, dus dit past er niet meer op: maak ruimte vrij."
    rows = [FileRow("uit", ".pdf", "bewaard", sign="✓"), FileRow("uit", ".md", fault, sign="▲")]
    assert [row.plain.rstrip() for row in listed(rows, 50)] == [
        "✓ uit.pdf  bewaard",
        "▲ uit.md",
        "  De schijf is vol, dus dit past er niet meer op:",
        "  maak ruimte vrij.",
    ]


def test_files_of_one_name_are_packed() -> None:
    rows = [FileRow("uit", ".pdf"), FileRow("uit", ".md", "bestaat al"), FileRow("uit", ".csv")]
    assert [row.plain for row in packed(rows, 40)] == ["uit  .pdf  .md (bestaat al)  .csv"]
    assert [row.plain for row in packed(rows, 22)] == ["uit  .pdf", ".md (bestaat al)  .csv"]
    assert packed([], 40) == []
    assert listed([], 40) == list[Content]()


# On the disk.


def test_what_stands_there_is_seen_whatever_is_chosen(choice: Choice, tmp_path: Path, begun: Session) -> None:
    (tmp_path / "uit.docx").write_text("van iemand anders")
    (tmp_path / "uit.csv").mkdir()
    SessionsFolder(tmp_path).create(begun, begun.made_at).rename(tmp_path / "uit.json")
    seen = look(choice)
    assert seen.there == {"docx", "csv", "json"}
    assert seen.refused == {
        "csv": "“uit.csv” is een map: kies een andere naam.",
        "json": "“uit.json” is een sessie: kies een andere naam.",
    }
    assert seen.wrong is None


@pytest.mark.parametrize(
    ("changed", "where", "why"),
    [
        ({"folder": ""}, "folder", "Zeg in welke map het moet komen."),
        ({"folder": "er/niet"}, "folder", "bestaat niet."),
        ({"folder": "~niemand-heet-zo/x"}, "folder", "bestaat niet."),
        ({"folder": "bestand.txt"}, "folder", "is geen map."),
        ({"folder": "bestand.txt/x"}, "folder", "bestaat niet."),
        ({"folder": "é" * 150}, "folder", "is te lang voor deze schijf"),
        ({"name": "a/b"}, "name", "geen / staan"),
        ({"name": "é" * 150}, "name", "is te lang voor deze schijf"),
    ],
)
def test_a_place_where_it_cannot_be_is_refused(
    choice: Choice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: Mapping[str, str], where: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bestand.txt").touch()
    wrong = look(replace(choice, **changed)).wrong
    assert wrong is not None
    assert wrong.where == where
    assert why in wrong.why


def test_the_folder_as_it_is_typed_or_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert folder_of(" ~/Stukken ") == tmp_path / "Stukken"
    assert folder_of(f'"{tmp_path}"') == tmp_path
    assert folder_of("hier") == tmp_path / "hier"


@pytest.mark.skipif(sys.platform == "win32", reason="asks the system there, whatever the environment says")
def test_documents_are_proposed_where_they_are_and_else_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("XDG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert proposed_folder() == tmp_path
    (tmp_path / "Documents").mkdir()
    assert proposed_folder() == tmp_path / "Documents"


def test_a_document_is_kept_whole(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    path = tmp_path / "x[b].md"
    assert keep(Job("md", path), begun, now=noon) == Kept(State.SAVED)
    assert path.read_text(encoding="utf-8") == summary.render(begun, "md", now=noon)
    assert [each.name for each in tmp_path.iterdir()] == ["x[b].md"], "nothing half made stays behind"


def test_a_file_that_came_there_since_stays(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    path = tmp_path / "uit.md"
    path.write_text("van iemand anders")
    assert keep(Job("md", path), begun, now=noon) == Kept(State.LEFT)
    assert path.read_text() == "van iemand anders"
    assert keep(Job("md", path, replace=True), begun, now=noon).state is State.SAVED


def test_a_file_that_came_there_while_it_was_made_stays(
    tmp_path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "uit.md"

    def overtaken(*given: Any, **named: Any) -> bytes:
        path.write_text("van iemand anders")
        return export(*given, **named)

    export = summary.export
    monkeypatch.setattr(summary, "export", overtaken)
    assert keep(Job("md", path), begun, now=noon) == Kept(State.LEFT)
    assert path.read_text() == "van iemand anders"


def test_a_session_is_never_replaced(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    path = SessionsFolder(tmp_path).create(begun, noon)
    before = path.read_bytes()
    kept = keep(Job("json", path, replace=True), begun, now=noon)
    assert kept.state is State.FAILED
    assert "is een sessie" in kept.more
    assert path.read_bytes() == before


def test_what_cannot_be_made_or_written_says_what_to_do(
    tmp_path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = replace(begun, actions=(), evaluation=None)
    assert "niets voor in een agenda" in keep(Job("ics", tmp_path / "uit.ics"), empty, now=noon).more

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "write", full)
    kept = keep(Job("md", tmp_path / "uit[b].md"), begun, now=noon)
    assert kept == Kept(State.FAILED, "De schijf is vol, dus “uit[b].md” past er niet meer op: maak ruimte vrij.")
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_out_is_told(tmp_path: Path, begun: Session, noon: dt.datetime) -> None:
    undated = replace(begun, actions=tuple(replace(each, due=None) for each in begun.actions))
    kept = keep(Job("ics", tmp_path / "uit.ics"), undated, now=noon)
    assert kept.words == "bewaard · 1 actie zonder datum staat niet in de agenda."


def test_a_logo_that_cannot_be_read_is_left_out_and_told(
    tmp_path: Path, begun: Session, noon: dt.datetime, settings: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg")
    settings.with_name("voorkeuren.toml").write_text(f"logo = '{logo}'\n", encoding="utf-8")
    kept = keep(Job("pdf", tmp_path / "uit.pdf"), begun, now=noon)
    assert kept == Kept(State.SAVED, "Het logo “logo.svg” is niet te lezen. Ik laat het logo weg.")
    assert (tmp_path / "uit.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_typeset_is_a_sentence(
    tmp_path: Path, begun: Session, noon: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bytes:
        raise TypesettingError("geen lettertype")

    monkeypatch.setattr(summary, "export", refuse)
    kept = keep(Job("pdf", tmp_path / "uit.pdf"), begun, now=noon)
    assert kept.state is State.FAILED
    assert "geen lettertype" in kept.more
