import datetime as dt

import pytest

from sleutelworkshop.script.model import Script
from sleutelworkshop.session import answering, making, teams
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.text import TextTooLongError


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("Blauw\nRood\r\n\n  Geel ", ["Blauw", "Rood", "Geel"]),
        ("Blauw, Rood; Geel", ["Blauw", "Rood", "Geel"]),
        ("Onderbouw, groep 1 en 2\nBovenbouw", ["Onderbouw, groep 1 en 2", "Bovenbouw"]),
        ("", []),
    ],
)
def test_a_pasted_list_is_split_into_names(pasted: str, names: list[str]) -> None:
    assert teams.split_names(pasted) == names


@pytest.mark.parametrize(
    ("names", "sentence"),
    [([], "ten minste één"), (["A", " "], "een naam"), (["Rood", "rood"], "al een team"), (["x"] * 41, "41 teams")],
)
def test_teams_that_cannot_be_are_refused(names: list[str], sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        teams.named_teams(names)


def test_a_name_has_a_length() -> None:
    with pytest.raises(TextTooLongError):
        teams.named_teams(["x" * 41])


def test_forty_teams_fit_and_no_more(script: Script, now: dt.datetime) -> None:
    session = making.make(script, organisation="S", teams=[f"Team {n}" for n in range(40)], now=now)
    with pytest.raises(RefusedError, match="40 teams"):
        teams.add_team(session, "Nog een")


def test_a_team_set_aside_keeps_its_answers_and_nobody_waits_for_it(session: Session, now: dt.datetime) -> None:
    session = answering.answer(session, "t1", "waarom", TextValue("Daarom"), now)
    session = teams.set_aside(session, "t1")
    assert [team.name for team in session.present_teams] == ["Rood", "Geel"]
    assert session.answer("t1", "waarom") is not None
    assert "t1" not in {team.id for team in answering.teams_not_ready(session, session.script.step("waarom"))}
    assert len(teams.take_back(session, "t1").present_teams) == 3


def test_the_last_team_stays(session: Session) -> None:
    session = teams.set_aside(teams.set_aside(session, "t1"), "t2")
    with pytest.raises(RefusedError, match="laatste team"):
        teams.set_aside(session, "t3")


def test_a_new_team_gets_a_number_that_was_never_used(session: Session) -> None:
    session = teams.add_team(teams.set_aside(session, "t3"), "Groen")
    assert session.teams[-1].id == "t4"


def test_renaming_keeps_names_apart(session: Session) -> None:
    assert teams.rename_team(session, "t1", "Lichtblauw").team("t1").name == "Lichtblauw"
    assert teams.rename_team(session, "t1", "blauw").team("t1").name == "blauw"
    with pytest.raises(RefusedError, match="Rood"):
        teams.rename_team(session, "t1", "Rood")
