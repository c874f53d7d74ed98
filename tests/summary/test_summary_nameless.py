"""People as initials: where they are named themselves, and wherever else their name stands."""

import datetime as dt
from typing import Final

import pytest
from msgspec.structs import replace

from reading_back import words_in
from sleutelworkshop.session.agreeing import add_action, agree, object_to
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import ListItem, ListValue, TableValue, TextValue
from sleutelworkshop.summary import FORMATS, export
from sleutelworkshop.summary.nameless import without_names

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()


def who(session: Session, name: str) -> str:
    acting = add_action(replace(session, actions=()), who=name, what="Bellen", due=None)
    return without_names(acting).actions[0].who


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Marieke", "M."),
        ("marieke", "m."),
        ("Jan de Vries", "J. de V."),
        ("Sanne (groep 8)", "S. (groep 8)"),
        ("Peter (directeur) en Anne-Fleur", "P. (directeur) en A."),
        ("Anna Raadsma", "A. R."),
        ("De directie", "De directie"),
        ("Directeur", "Directeur"),
        ("intern begeleider", "intern begeleider"),
        ("ICT-coördinator", "ICT-coördinator"),
        ("Alle leraren", "Alle leraren"),
        ("Blauw", "Blauw"),
        ("Team Rood", "Team Rood"),
        ("Özlem", "Ö."),
    ],
)
def test_a_name_becomes_initials_and_a_role_or_team_stays(half: Session, name: str, initials: str) -> None:
    assert who(half, name) == initials


def test_a_name_is_taken_out_of_all_that_was_written(half: Session) -> None:
    session = replace(half, facilitator="Marit Bakker", casus="Marit vroeg het")
    session = add_action(session, who="Kees", what="Met Marit bellen.", due=None)
    session = object_to(session, "doel", who="Noor", what="Kees wil niet", now=NOW)
    session = agree(session, "aanpak", "Kees’ klas en die van Noor. Keesje niet.", [], NOW)
    session = answer(session, "t1", "waarom", TextValue("Vraag het Kees, of Noor."), NOW)
    session = answer(session, "t1", "wensen", ListValue((ListItem("Tijd voor Noor", "klas"),)), NOW)
    session = answer(session, "t1", "onderwerpen", TableValue(({"onderwerp": "Kees", "wie": "allen"},)), NOW)
    bare = without_names(session)
    assert (bare.facilitator, bare.casus) == ("M. B.", "M. vroeg het")
    assert bare.actions[-1].what == "Met M. bellen."
    assert (bare.objections[-1].who, bare.objections[-1].what) == ("N.", "K. wil niet")
    assert bare.agreements["aanpak"].text == "K.’ klas en die van N. Keesje niet."
    assert bare.answers["waarom"]["t1"].value == TextValue("Vraag het K., of N.")
    assert bare.answers["wensen"]["t1"].value == ListValue((ListItem("Tijd voor N.", "klas"),))
    assert bare.answers["onderwerpen"]["t1"].value == TableValue(({"onderwerp": "K.", "wie": "allen"},))
    assert bare.teams == session.teams


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_name_is_left_in_any_format(format_name: str, example: Session) -> None:
    people = ("Kees", "Sanne", "Peter", "Emma", "Anneke", "Fatima", "Youssef", "Marja")
    named = words_in(format_name, export(example, format_name, now=NOW))
    assert all(person in named for person in people)
    bare = words_in(format_name, export(without_names(example), format_name, now=NOW))
    assert not [person for person in people if person in bare]
    assert "Oranje" in bare or format_name == "ics"  # which has no teams
    assert "S. (groep 8)" in bare or format_name == "text"


def test_a_session_without_people_is_left_as_it_is(empty: Session) -> None:
    assert without_names(empty) == empty
