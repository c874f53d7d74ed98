"""The CSV, opened again: a row for each answer, and nothing that a spreadsheet would run."""

import datetime as dt
from typing import Final

import pytest

from reading_back import csv_rows
from sleutelworkshop.session.model import Session
from sleutelworkshop.summary import export
from sleutelworkshop.summary.as_csv import defused

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
HEAD: Final = ["Soort", "Onderdeel", "Stap", "Vraag of bouwsteen", "Wie", "Tekst", "Stand", "Datum"]


def rows(session: Session, kind: str) -> list[list[str]]:
    head, *others = csv_rows(export(session, "csv", now=NOW))
    assert head == HEAD
    assert {len(row) for row in others} == {len(HEAD)}
    return [row for row in others if row[0] == kind]


def test_there_is_a_row_for_each_answer(example: Session) -> None:
    answers = rows(example, "antwoord")
    assert len(answers) == sum(len(given) for given in example.answers.values())
    assert answers[0][1:5] == [
        "Opening: Waar gaat het vandaag om?",
        "De casus",
        "Welk leertraject ontwerpen we, voor wie, en waarom nu?",
        "Blauw",
    ]
    assert answers[0][7] == "2026-09-16"


def test_there_is_a_row_for_each_agreement_with_who_said_it(done: Session) -> None:
    assert [(row[3], row[4], row[6]) for row in rows(done, "afspraak")] == [
        ("Bedoeling", "Blauw en Rood", "ingestemd"),
        ("Aanpak", "Blauw, Rood, Geel en Groen", "ingestemd"),
        ("Inhoud", "", "ingestemd"),
    ]
    assert rows(done, "actie")[0][4:6] == ["Marieke", "Eerste bijeenkomst plannen"]
    assert rows(done, "evaluatie")[0][7] == "2027-01-13"


def test_what_is_not_agreed_is_listed_as_open(half: Session) -> None:
    assert [(row[3], row[6]) for row in rows(half, "afspraak")] == [
        ("Bedoeling", "nog geen instemming"),
        ("Aanpak", "nog open"),
        ("Inhoud", "nog open"),
    ]
    assert rows(half, "bezwaar")[0][6] == "open"


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-2", "@SUM(1)", "  =1", "\t=1", "|x", "＝1", "%x"])
def test_a_cell_that_would_be_run_is_made_text(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "gewoon", "a=1", "'quote", "3 – 4", "…", "“=1”"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert defused(cell) == cell


def test_no_cell_begins_as_a_formula(hostiles: Session) -> None:
    for row in csv_rows(export(hostiles, "csv", now=NOW)):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "|", "%"))]
