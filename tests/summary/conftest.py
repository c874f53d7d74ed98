import datetime as dt
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
import pytest

import crowd as crowds
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.agreeing import add_action, agree, consent, evaluate_on, object_to, settle
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.moving import go_on, start
from sleutelworkshop.session.teams import set_aside
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    Row,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store.sessionfile import read

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
"""In the zone of whoever runs the tests, so that the clock on paper says 14:07 everywhere."""

ROOT: Final = Path(__file__).parents[2]
SMALL: Final = ROOT / "tests" / "small_script.toml"


HOSTILE: Final = (
    "x[/]",
    "[TODO]",
    "[$primary @click=app.quit]x",
    "[red]",
    "<script>alert(1)</script>",
    "| a |",
    "a | b \\| c \\",
    "# kop",
    "## kop ##",
    "- streep",
    "+ plus",
    "1. een",
    "1) een",
    "> citaat",
    "---",
    "kop\n===",
    "kop\n---",
    "a | b\n--- | ---\nc | d",
    "a\n:-:\nb",
    "    vier spaties",
    "```\ncode\n```",
    "~~~\ncode",
    "`code`",
    "*ster* _streep_ **dik** ~~door~~",
    "[tekst](https://example.org) ![plaatje](x.png)",
    "<https://example.org>",
    "[x]: https://example.org\n[x]",
    "&amp; &#33; &nbsp; R&D",
    "regel een\nregel twee  \nregel drie\\\nregel vier",
    "alinea een\n\nalinea twee\n\n\n- drie",
    "x" * 4_990,  # as long as fits, with what the session below adds to it
    "👩‍🏫 juf & 🏳️‍🌈 🇳🇱 日本語 é",
    "الدرس الأول",
    "{{7*7}} ${x} $a$ @everyone :smile: http://example.org www.example.org",
)
"""What people might type or paste, and what must come out as it went in."""


@pytest.fixture(params=HOSTILE, ids=lambda text: text[:12])
def hostile(request: pytest.FixtureRequest) -> str:
    text: str = request.param
    return text


@pytest.fixture(scope="session")
def script() -> Script:
    return msgspec.convert(tomllib.loads(SMALL.read_text(encoding="utf-8")), Script)


@pytest.fixture
def empty(script: Script) -> Session:
    return make(script, organisation="Voorbeeldschool", teams=["Blauw", "Rood", "Geel"], now=NOW)


@pytest.fixture
def half(empty: Session) -> Session:
    """Quit in the middle: two teams answered, one agreement, one objection open."""
    session = start(empty, NOW)
    session = answer(session, "t1", "waarom", TextValue("Omdat het moet.\nEn omdat we het willen."), NOW)
    session = answer(session, "t2", "waarom", TextValue("Voor de kinderen"), NOW)
    session = answer(session, "t2", "verdeling", PointsValue({"samen": 4, "alleen": 3}), NOW)
    session = agree(session, "doel", "Wij leren voor de kinderen.", [AnswerRef("t2", "waarom")], NOW)
    return object_to(session, "doel", who="Geel", what="En voor onszelf dan?", now=NOW)


@pytest.fixture
def done(script: Script) -> Session:
    """A workshop that is finished, with every kind of answer, and one team set aside on the way."""
    return finished(script)


@pytest.fixture(scope="session")
def example() -> Session:
    """The invented workshop that comes with the program."""
    return read(ROOT / "sessions" / "2026-09-16-voorbeeldschool.json")


@pytest.fixture(scope="session")
def crowd() -> Session:
    """A finished workshop with forty teams that write long."""
    return crowds.crowd()


@pytest.fixture(scope="session")
def hostiles() -> Session:
    """A finished workshop with something else everywhere that could break a document."""
    return crowds.hostile()


@pytest.fixture
def hostile_session(script: Script) -> Callable[[str], Session]:
    """A finished session in which one and the same text stands wherever a person can write one."""

    def make_it(text: str) -> Session:
        line = " ".join(text.split())[:200]
        name = line[:30]
        session = make(script, organisation=line, facilitator=line, casus=text, teams=[name, f"{name} 2"], now=NOW)
        session = answer(session, "t1", "waarom", TextValue(text), NOW)
        session = answer(session, "t1", "wensen", ListValue((ListItem(line, "klas"), ListItem(line))), NOW)
        rows: tuple[Row, ...] = ({"onderwerp": line, "wie": "allen", "nodig": True, "leuk": False}, {"onderwerp": line})
        session = answer(session, "t2", "onderwerpen", TableValue(rows), NOW)
        session = agree(session, "doel", f"{text} (oud)", [AnswerRef("t1", "waarom")], NOW)
        session = object_to(session, "doel", who=line, what=text, now=NOW)
        session = settle(session, 1, text, NOW)
        session = agree(session, "doel", text, [AnswerRef("t1", "waarom")], NOW)
        session = add_action(session, who=line, what=line, due=None)
        return set_aside(session, "t2")

    return make_it


def finished(script: Script) -> Session:
    names = ["Blauw", "Rood", "Geel", "Groen"]
    session = make(
        script, organisation="Voorbeeldschool", facilitator="Marit", casus="Leren leren", teams=names, now=NOW
    )
    session = _answered(session)
    session = set_aside(session, "t4")
    session = _agreed(session)
    session = add_action(session, who="Marieke", what="Eerste bijeenkomst plannen", due=dt.date(2026, 10, 2))
    session = add_action(session, who="Jan", what="Lokaal zoeken", due=None)
    session = add_action(session, who="De directie", what="Tijd vrijmaken", due=dt.date(2026, 9, 25))
    session = evaluate_on(session, dt.date(2027, 1, 13))
    session = start(session, NOW)
    while session.finished_at is None:
        session = go_on(session, NOW)
    return session


def _answered(session: Session) -> Session:
    given: dict[tuple[str, str], Value] = {
        ("t1", "waarom"): TextValue("Zodat kinderen zelf verder kunnen.\n\nEn wij ook."),
        ("t2", "waarom"): TextValue("Omdat de brugklas erom vraagt"),
        ("t1", "wensen"): ListValue((ListItem("Rust", "klas"), ListItem("Vertrouwen"))),
        ("t1", "verdeling"): PointsValue({"samen": 6, "alleen": 4}),
        ("t2", "verdeling"): PointsValue({"samen": 2, "met-hulp": 8}),
        ("t4", "verdeling"): PointsValue({"samen": 1, "alleen": 1}),
        ("t1", "stellingen"): ScaleValue({"tijd": 2, "rust": 5}),
        ("t2", "stellingen"): ScaleValue({"tijd": 5}),
        ("t1", "moment"): ChoiceValue(("ochtend", "middag")),
        ("t2", "moment"): ChoiceValue(("middag",)),
        ("t1", "onderwerpen"): TableValue(
            (
                {"onderwerp": "Plannen", "wie": "allen", "nodig": True, "leuk": True},
                {"onderwerp": "Toetsen", "wie": "starters", "nodig": True, "leuk": False},
                {"onderwerp": "Lezen"},
            )
        ),
        ("t2", "onderwerpen"): TableValue(
            (
                {"onderwerp": "plannen", "nodig": True, "leuk": True},
                {"onderwerp": "Vergaderen", "nodig": False, "leuk": False},
                {"onderwerp": "Taart bakken", "nodig": False, "leuk": True},
            )
        ),
    }
    for (team, question), value in given.items():
        session = answer(session, team, question, value, NOW)
    return session


def _agreed(session: Session) -> Session:
    why = [AnswerRef("t1", "waarom"), AnswerRef("t2", "waarom"), AnswerRef("t1", "wensen")]
    everyone = [AnswerRef(team.id, "verdeling") for team in session.teams]
    session = agree(session, "doel", "Kinderen kunnen zelf verder.", why, NOW)
    session = object_to(session, "doel", who="Geel", what="Waar blijven wij zelf?", now=NOW)
    session = settle(session, 1, "De leraren staan er nu ook in.", NOW)
    session = agree(session, "doel", "Kinderen en leraren kunnen zelf verder.", why, NOW)
    session = agree(session, "aanpak", "Vooral samen.\nHulp halen we van buiten.", everyone, NOW)
    session = agree(session, "inhoud", "We beginnen met plannen.", [], NOW)
    for component in session.script.components:
        session = consent(session, component.id, NOW)
    return session
