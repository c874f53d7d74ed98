"""The installed program in a real terminal, by keys alone: from an empty folder to a printed agreement."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal as POSIX has it")

if sys.platform != "win32":
    from terminal import Terminal

TEAMS = ("Blauw", "Rood")
HARVESTS = (
    ("Casus",),
    ("Bedoeling", "Mix van benaderingen", "Activiteiten"),
    ("Doelen", "Waarde", "Ontwerpprincipes"),
    ("Ontwikkelingen", "Grensgangers"),
)


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    (tmp_path / "thuis").mkdir()
    return {
        "HOME": str(tmp_path / "thuis"),
        "XDG_CONFIG_HOME": str(tmp_path / "thuis"),
        "XDG_STATE_HOME": str(tmp_path / "staat"),
        "SLEUTELWORKSHOP_SESSIONS": str(tmp_path / "sessies"),
        "SLEUTELWORKSHOP_SETTINGS": str(tmp_path / "instellingen.json"),
    }


def answer_texts(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Leren: {team}")
    terminal.wait_for(f"Leren: {team}")  # the next question takes its place
    terminal.press("tab", "1", "2")


def answer_purpose(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Durf: {team}")


def answer_points(terminal: "Terminal", team: str) -> None:
    for points in "40321":
        terminal.press(points, "down")
    terminal.type(f"Mix: {team}")


def answer_labelled_list(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Bezoek: {team}")
    terminal.press("tab", "4", "enter")
    terminal.type(f"Kring: {team}")


def answer_two_lists(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Samen: {team}")
    terminal.press("enter", "tab")
    terminal.type(f"Eigen: {team}")


def answer_scale(terminal: "Terminal", team: str) -> None:
    terminal.press(*{"Blauw": "543215", "Rood": "123451"}[team])
    terminal.press("tab", "3")


def answer_list(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Regel: {team}")


def answer_developments(terminal: "Terminal", team: str) -> None:
    terminal.type(f"AI ({team})")
    terminal.press("enter", "1", "enter", "2", "enter")
    terminal.type(f"Toets ({team})")


def answer_spanners(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Ib’er: {team}")
    terminal.press("enter", "1", "enter", "j", "enter", "n", "enter", "j")


def answer_assignments(terminal: "Terminal", team: str) -> None:
    terminal.type(f"Buur: {team}")
    terminal.press("enter")
    terminal.type(f"Bel ({team})")
    terminal.press("enter")
    terminal.type(f"Dag ({team})")


def exercise(terminal: "Terminal", title: str, fill: object, *, proof: str) -> None:
    """Enter the answers of all teams to the exercise where the room is, and come back."""
    terminal.wait_for(f"▸ {title[:12]}", "spatie start de tijd")  # as far as it is shown in the plan
    terminal.press("space", "enter")
    for number, team in enumerate(TEAMS, start=1):
        terminal.wait_for(f"team {number} van 2")
        fill(terminal, team)  # type: ignore[operator]  # one of the functions above
        terminal.wait_for(proof.format(team=team))
        if team != TEAMS[-1]:
            terminal.press("ctrl+n")
    terminal.press("escape")  # with which the last answer counts as well
    terminal.wait_for("2 van 2 binnen")
    terminal.press("n")


def harvest(terminal: "Terminal", *components: str) -> None:
    """Take the first answer over into each component's agreement, and add words to it."""
    terminal.wait_for("▸ Oogst", "spatie start de tijd")
    terminal.press("space", "enter")
    for component in components:
        terminal.wait_for(f"▸ {component}")
        terminal.press("enter")
        terminal.wait_for("uit de antwoorden van")
        terminal.press("e")
        terminal.press("ctrl+end")
        terminal.type(f" Dus {component}.")
        terminal.wait_for(f"{component}.")
        terminal.press("escape", "pagedown")
    terminal.press("escape")
    terminal.wait_for("aan het woord geweest")
    terminal.press("n")


@pytest.mark.timeout(400)  # fourteen questions, and every key drawn: a minute on a busy machine
def test_a_whole_workshop_by_keys_alone(env: Mapping[str, str], tmp_path: Path) -> None:
    with Terminal(env=env, cwd=tmp_path, width=80, height=24) as terminal:
        terminal.wait_for("Begin je eerste sessie")
        terminal.press("n")
        terminal.wait_for("Organisatie")
        terminal.type("De Springplank")
        terminal.press("tab")
        terminal.type("Ans")
        terminal.press("tab", "tab", "tab")
        terminal.type("\r".join(TEAMS))
        terminal.press("ctrl+s")

        terminal.wait_for("Welkom en bedoeling", "spatie start de tijd")
        terminal.press("space")
        terminal.wait_for("van 5 min.")
        terminal.press("n")
        exercise(terminal, "De casus", answer_texts, proof="■  Een bouw of sectie")
        harvest(terminal, *HARVESTS[0])
        terminal.wait_for("TIP 1", "▸ Uitleg")
        terminal.press("n")
        exercise(terminal, "Waarom", answer_purpose, proof="Durf: {team}")
        exercise(terminal, "Hoe", answer_points, proof="Mix: {team}")
        exercise(terminal, "Wat", answer_labelled_list, proof="Kring: {team}")
        harvest(terminal, *HARVESTS[1])
        terminal.wait_for("TIP 2", "▸ Uitleg")
        terminal.press("n")
        exercise(terminal, "Doelen naast elkaar", answer_two_lists, proof="Eigen: {team}")
        terminal.wait_for("▸ Waarde wegen", "spatie start de tijd")
        terminal.press("space", "enter")
        terminal.wait_for("▶ 6:5")
        terminal.press("ctrl+q")
        assert terminal.wait_for_end() == 0

    with Terminal("open", "2", env=env, cwd=tmp_path, width=80, height=24) as terminal:
        terminal.wait_for("De tijd liep nog", "Waarde wegen", "Verder waar hij stond")
        terminal.press("enter")
        terminal.wait_for("Waarde wegen", "team 1 van 2")  # where it was left
        terminal.press("escape")
        terminal.wait_for("TIP 2", "▸ Waarde wegen", "van 7 min.")
        terminal.press("space")
        terminal.wait_for("de tijd staat stil")
        terminal.press("enter")
        terminal.wait_for("Ⅱ 6:")  # as when it was left, however long it was away
        for number, team in enumerate(TEAMS, start=1):
            terminal.wait_for(f"team {number} van 2")
            answer_scale(terminal, team)
            if team != TEAMS[-1]:
                terminal.press("ctrl+n")
        terminal.press("escape")
        terminal.wait_for("2 van 2 binnen")
        terminal.press("n")
        exercise(terminal, "Balans herstellen", answer_list, proof="Regel: {team}")
        harvest(terminal, *HARVESTS[2])
        terminal.wait_for("PAUZE")
        terminal.press("n")
        terminal.wait_for("TIP 3", "▸ Uitleg")
        terminal.press("n")
        exercise(terminal, "Lees de omgeving", answer_developments, proof="Toets ({team})")
        exercise(terminal, "Grensgangers in", answer_spanners, proof="alleen binnen")
        exercise(terminal, "Werkbare opdrachten", answer_assignments, proof="Dag ({team})")
        harvest(terminal, *HARVESTS[3])
        terminal.wait_for("AFSLUITING", "▸ Lees het arr")
        terminal.press("n")
        terminal.wait_for("▸ Instemming", "instemming")
        terminal.press("enter")
        terminal.wait_for("iedereen stemt in")
        terminal.press("b")
        terminal.wait_for("Wat is het bezwaar?")
        terminal.type("Rood")
        terminal.press("enter")
        terminal.type("Te breed")
        terminal.press("ctrl+s")
        terminal.wait_for("Te breed")
        terminal.press("f")
        terminal.wait_for("Wat is ermee gedaan?")
        terminal.type("Kleiner")
        terminal.press("ctrl+s")
        terminal.wait_for("Afgehandeld")
        terminal.press(*"iiiiiiiii")
        terminal.wait_for("Met alle bouwstenen is ingestemd")
        terminal.press("escape")
        terminal.wait_for("AFSLUITING")
        terminal.press("n")
        terminal.wait_for("▸ Acties en ver", "spatie start de tijd")
        terminal.press("enter")
        terminal.wait_for("Wie doet wat")
        terminal.type("Directie")
        terminal.press("enter")
        terminal.type("Tijd maken")
        terminal.press("enter")
        terminal.type("12 januari 2027")
        terminal.wait_for("dinsdag 12 januari 2027")
        terminal.press("enter")
        terminal.wait_for("Directie · di 12 jan 2027")
        terminal.press("tab", "tab", "tab")
        terminal.type("3-2-2027")
        terminal.wait_for("woensdag 3 februari 2027")
        terminal.press("escape", "n")
        terminal.wait_for("▸ Check-uit", "spatie start de tijd")
        terminal.press("n")
        terminal.wait_for("Ons leerarrangement", "Met de namen van mensen")
        terminal.press("z")
        terminal.wait_for("Zonder namen van mensen")
        terminal.press("s")
        terminal.wait_for("Er komt 1 bestand in", "zonder-namen.pdf")
        terminal.press("2", "4")
        terminal.wait_for("Er komen 3 bestanden in")
        terminal.press("ctrl+s")
        terminal.wait_for("Alle 3 bestanden staan in", "map openen")
        terminal.press("escape", "ctrl+q")
        assert terminal.wait_for_end() == 0

    assert {path.suffix for path in (tmp_path / "thuis").iterdir()} == {".pdf", ".docx", ".ics"}
    log = (tmp_path / "staat" / "sleutelworkshop" / "sleutelworkshop.log").read_text()
    assert all(event in log for event in ("session opened", "document made", "session closed"))
    assert not [text for text in ("pringplank", "Directie", "Tijd maken", "Te breed", "Blauw") if text in log]
    markdown, shape = (_summary(form, env, tmp_path) for form in ("md", "json"))
    json.loads(shape)
    heads = ("Leren", "Durf", "Mix", "Bezoek", "Kring", "Samen", "Eigen", "Regel", "Ib’er", "Buur")
    words = [
        *(f"{head}: {team}" for team in TEAMS for head in heads),
        *(f"Dus {component}." for harvested in HARVESTS for component in harvested),
        *("Te breed", "Kleiner", "Tijd maken", "Directie"),
    ]
    for word in words:
        assert word in markdown, word
        assert word in shape, word
    for team in TEAMS:  # Markdown puts a backslash before a bracket; what a reader sees is the same
        for text in ("AI ({})", "Toets ({})", "Bel ({})", "Dag ({})"):
            assert text.format(team) in markdown.replace("\\", "")
            assert text.format(team) in shape
    assert "woensdag 3 februari 2027" in markdown
    assert "2027-02-03" in shape


def _summary(form: str, env: Mapping[str, str], cwd: Path) -> str:
    program = Path(sys.executable).with_name("sleutelworkshop")
    done = subprocess.run(
        [program, "summary", "2", "--format", form], env=dict(env), cwd=cwd, capture_output=True, check=True, timeout=30
    )
    return done.stdout.decode()
