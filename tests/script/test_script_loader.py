import copy
import pickle
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from script_small import SMALL
from sleutelworkshop.script import loader
from sleutelworkshop.script.faults import Fault, ScriptError
from sleutelworkshop.script.loader import (
    DEFAULT_SCRIPT,
    SIZE_LIMIT,
    find_script,
    load_script,
    load_shipped,
    read_script,
)
from sleutelworkshop.script.model import Script, StepKind, TableQuestion


def test_the_small_script_holds_every_kind_of_step_and_question() -> None:
    script = read_script(SMALL, "klein.toml")
    assert len(script.parts) == 3
    assert {step.kind for step in script.steps()} == set(StepKind)
    assert len({type(question) for question in script.questions()}) == 6
    table = script.question("onderwerpen")
    assert isinstance(table, TableQuestion)
    assert table.four_fields
    assert script.step("welkom").notes.introduce == "Heet iedereen welkom.\n\nVraag ieder team om een naam."


def test_a_file_is_read_with_whatever_line_ends_and_mark_an_editor_gives_it(tmp_path: Path) -> None:
    file = tmp_path / "klein.toml"
    file.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert load_script(file) == find_script(str(file)) == read_script(SMALL, "klein.toml")


NO_SCRIPTS: list[tuple[str | bytes, str]] = [
    ('id = "klein\ntitle = "x"', "regel 1, kolom 12: Deze tekst sluit niet."),
    ("id = 'klein", "einde van het bestand: Deze tekst sluit niet."),
    ('id = """klein', "einde van het bestand: Deze tekst sluit niet."),
    ('\nid = "een "twee""', "regel 2, kolom 12: Achter deze waarde staat nog iets."),
    ('a = ["x"', "einde van het bestand: Deze lijst sluit niet."),
    ("a = {b = 1", "einde van het bestand: Dit blok sluit niet."),
    ("[[parts]", "Dit kopje sluit niet."),
    ("titel", "Achter deze naam ontbreekt een =."),
    ("a = 1\na = 2\n", "regel 2, kolom 6: Deze naam stond er al."),
    ("[a]\n[a]", "regel 2, kolom 3: Deze naam stond er al."),
    ("[parts]\n[[parts]]", "regel 2, kolom 8: Deze naam stond er al."),
    ("a = ja", "regel 1, kolom 5: Deze waarde klopt niet. Zet aanhalingstekens om een tekst"),
    ('a = "c:\\quiz"', "regel 1, kolom 10: Een \\ kan niet zomaar in een tekst. Schrijf \\\\"),
    ('a = "\x1b[2J"', "regel 1, kolom 6: Hier staat een teken dat niet in een draaiboek kan."),
    ("a = 2026-02-31", "regel 1, kolom 5: Dit is geen geldige TOML."),
    ("a = " + "9" * 9_999, "Dit is geen geldige TOML."),
    ("a = " + "[" * 99_999, "Hier zit te veel in elkaar."),
    ("\n[" + "a." * 99_999, "regel 2: Hier zit te veel in elkaar."),
    (b"id = 1\ntitle = \xff", "regel 2: Hier staan tekens die geen UTF-8 zijn. Bewaar het opnieuw"),
    (SMALL.encode("utf-16"), "regel 1: Hier staan tekens die geen UTF-8 zijn."),
    ("# \ud800", "regel 1: Hier staan tekens die geen UTF-8 zijn."),
    ("#" * (SIZE_LIMIT + 1), "Dit bestand is groter dan 1 MB; zo groot is een draaiboek nooit."),
    ("", 'id: Dit ontbreekt. Voeg toe: id = "…"'),
]


@pytest.mark.parametrize(("text", "told"), NO_SCRIPTS, ids=[told for _, told in NO_SCRIPTS])
def test_what_is_no_toml_is_told_with_its_line(text: str | bytes, told: str) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(text, "klein.toml")
    assert str(caught.value).startswith("klein.toml: ")
    assert told in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_the_largest_script_is_read() -> None:
    room = SIZE_LIMIT - len(SMALL.encode())
    assert read_script(SMALL + "#" * room, "klein.toml").id == "klein"


@given(st.one_of(st.text(), st.binary()))
@example("a = 0x" + "f" * 9_999)
@example("a = nan")
@example("a = 0001-01-01T00:00:00+23:59")
def test_any_text_is_a_script_or_a_script_error(text: str | bytes) -> None:
    with pytest.raises(ScriptError) as caught:
        read_script(text, "wat.toml")
    assert all(line.startswith("wat.toml: ") for line in str(caught.value).split("\n"))


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("sleutel2", "sleutel2: Dit draaiboek is er niet. Bedoel je sleutel-2?"),
        ("iets", "iets: Dit draaiboek is er niet. Kies uit: sleutel-2."),
        ("iets.toml", "iets.toml: Dit bestand is er niet. Kijk de naam en de map na."),
        ("../shipped/sleutel-2", "Dit bestand is er niet."),
        (".", ".: Dit is geen bestand. Noem een bestand met een draaiboek."),
        ("", "Dit is geen bestand."),
        ("a\0b", "ab: Dit bestand is niet te lezen."),
        ("x" * 5_000, "Dit bestand is niet te lezen."),
        ("\x1b[2J.toml", "[2J.toml: Dit bestand is er niet."),
    ],
)
def test_a_script_that_is_not_there_is_one_sentence(
    wanted: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(loader, "shipped_scripts", lambda: ("sleutel-2",))
    with pytest.raises(ScriptError) as caught:
        find_script(wanted)
    assert told in str(caught.value)
    assert len(caught.value.faults) == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (PermissionError(13, "Permission denied"), "Dit bestand mag je niet lezen. Vraag de eigenaar om toegang."),
        (OSError(5, "Input/output error"), "Dit bestand is niet te lezen. Maak een kopie en probeer die."),
    ],
)
def test_a_disk_that_refuses_is_one_sentence(
    fault: OSError, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise fault

    file = tmp_path / "klein.toml"
    file.write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ScriptError) as caught:
        load_script(file)
    assert str(caught.value) == f"{file}: {told}"


def test_a_large_file_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "groot.toml"
    with file.open("wb") as out:
        out.truncate(5 * 1024**3)  # a hole: takes no room on the disk
    with pytest.raises(ScriptError, match="groter dan 1 MB"):
        load_script(file)


def test_a_file_without_ending_in_this_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("klein").write_text(SMALL, encoding="utf-8")
    assert find_script("klein").id == "klein"


def test_the_error_is_one_fault_a_line_and_can_be_copied() -> None:
    error = ScriptError("a.toml", [Fault("parts 1", "Dit mist.", "Vul aan."), Fault("", "Dit ook.", "")])
    assert str(error) == "a.toml: parts 1: Dit mist. Vul aan.\na.toml: Dit ook."
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):  # noqa: S301 - our own
        assert (twin.name, twin.faults) == (error.name, error.faults)


def test_the_default_is_found_by_its_name() -> None:
    assert isinstance(find_script(DEFAULT_SCRIPT), Script)
    assert find_script(DEFAULT_SCRIPT) == load_shipped(DEFAULT_SCRIPT)
