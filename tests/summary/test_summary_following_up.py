"""The summary of a second meeting, and the words that an objection changed."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.changed_words import Kind, Piece
from sleutelworkshop.session.following_up import copy_as_follow_up, review, take_over
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Session, Went
from sleutelworkshop.summary import render
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.blocks import Agreed, Block, Bullets, Heading, Note, Open, Paragraph, Reworded, Table
from sleutelworkshop.summary.text import to_text

NOW: Final = dt.datetime(2026, 9, 16, 14, 7).astimezone()
LATER: Final = dt.datetime(2027, 1, 13, 14, 7).astimezone()
GOLDEN: Final = Path(__file__).parent / "golden"


@pytest.fixture
def second(done: Session) -> Session:
    """A second meeting, half way: not everything was looked back on, and one agreement has other words."""
    session = copy_as_follow_up(done, LATER)
    session = review(session, "action/1", Went.DONE, "", LATER)
    session = review(session, "action/2", Went.NOT, "Alle lokalen zijn bezet.", LATER)
    session = review(session, "agreement/doel", Went.PARTLY, "Bij de leraren nog niet.\nDaar gaan we verder.", LATER)
    session = take_over(session, session.previous.actions[1]) if session.previous else session
    return agreeing.agree(moving.start(session, LATER), "aanpak", "Vooral samen.", [], LATER)


def blocks(session: Session) -> tuple[Block, ...]:
    return document(session, now=LATER).blocks


def under(session: Session, title: str) -> Iterator[Block]:
    """Yield what stands below a heading, until the next one of its level."""
    level = 0
    for block in blocks(session):
        if isinstance(block, Heading) and 0 < block.level <= level:
            return
        if level:
            yield block
        elif isinstance(block, Heading) and block.text == title:
            level = block.level


# A second meeting.


def test_a_second_meeting_shows_the_arrangement_and_the_looking_back(second: Session) -> None:
    titles = [block.text for block in blocks(second) if isinstance(block, Heading) and block.level == 1]
    assert titles == [
        *("Bedoeling", "Aanpak", "Inhoud", "Acties en evaluatie", "Wat nog openstaat", "Ondertekening"),
        "Terugblik op woensdag 16 september 2026",
    ]


def test_the_actions_of_then_stand_in_a_table_with_how_they_went(second: Session) -> None:
    assert list(under(second, "De acties van toen")) == [
        Table(
            ("Wie", "Wat", "Hoe het ging", "Notitie"),
            (
                ("Marieke", "Eerste bijeenkomst plannen", "gelukt", ""),
                (
                    *("Jan", "Lokaal zoeken", "niet gelukt"),
                    "Alle lokalen zijn bezet.\nLoopt door, bij de acties van nu.",
                ),
                ("De directie", "Tijd vrijmaken", "nog niet besproken", ""),
            ),
        )
    ]


def test_each_agreement_of_then_is_told_with_how_it_went(second: Session) -> None:
    assert list(under(second, "De afspraken van toen")) == [
        Heading(3, "Bedoeling"),
        Paragraph("Kinderen en leraren kunnen zelf verder."),
        Note("Deels gelukt."),
        Paragraph("Bij de leraren nog niet.\nDaar gaan we verder."),
        Heading(3, "Aanpak"),
        Paragraph("Vooral samen.\nHulp halen we van buiten."),
        Open("Nog niet besproken."),
        Heading(3, "Inhoud"),
        Paragraph("We beginnen met plannen."),
        Open("Nog niet besproken."),
    ]


def test_without_consent_then_that_is_said(done: Session) -> None:
    session = copy_as_follow_up(replace(done, consents={}), LATER)
    assert Note("Hier was toen nog geen instemming voor.") in list(under(session, "De afspraken van toen"))


def test_an_agreement_that_still_stands_says_since_when(second: Session) -> None:
    origins = [block.origin for block in blocks(second) if isinstance(block, Agreed)]
    since = "Zo afgesproken op woensdag 16 september 2026."
    assert origins == [since, "Samen verwoord in het gesprek.", since]


def test_what_was_not_looked_back_on_is_open(second: Session) -> None:
    first = blocks(second)[0]
    assert isinstance(first, Open)
    assert "3 punten van de terugblik zijn nog niet besproken" in first.text
    (points,) = under(second, "Wat nog openstaat")
    assert isinstance(points, Bullets)
    assert points.items[-3:] == (
        "Terugblik: “Tijd vrijmaken” (De directie) is nog niet besproken.",
        "Terugblik: de afspraak over “Aanpak” is nog niet besproken.",
        "Terugblik: de afspraak over “Inhoud” is nog niet besproken.",
    )


def test_a_second_meeting_looks_as_agreed(second: Session) -> None:
    for name, suffix in (("text", "txt"), ("md", "md")):
        golden = GOLDEN / f"second.{suffix}"
        text = render(second, name, now=LATER)
        if os.environ.get("GOLDEN") == "write":  # look at the difference before you keep it
            golden.write_text(text, encoding="utf-8")
        assert text == golden.read_text(encoding="utf-8")


def test_json_tells_of_the_meeting_before(done: Session, second: Session) -> None:
    assert json.loads(render(done, "json", now=NOW))["previous"] is None
    previous = json.loads(render(second, "json", now=LATER))["previous"]
    assert previous["date"] == "2026-09-16"
    assert previous["actions"][1] == {
        "id": 2, "who": "Jan", "what": "Lokaal zoeken", "due": None,
        "went": "not", "note": "Alle lokalen zijn bezet.", "taken_over": True,
    }  # fmt: skip
    assert previous["agreements"][1] == {
        "component": {"id": "aanpak", "title": "Aanpak"},
        "text": "Vooral samen.\nHulp halen we van buiten.",
        "consented": True, "went": None, "note": "",
    }  # fmt: skip


# Words that an objection changed.


@pytest.fixture
def objected(script: Script) -> Session:
    session = make(script, organisation="Voorbeeldschool", teams=["Blauw"], now=NOW)
    session = agreeing.agree(session, "doel", "Kinderen leren *zelf*.\nElke maand.", [], NOW)
    return agreeing.object_to(session, "doel", who="Geel", what="Te vaak", now=NOW)


def changed(session: Session) -> list[Block]:
    return list(under(session, "Wat er veranderde bij de instemming"))


def test_what_an_objection_changed_is_marked(objected: Session) -> None:
    after = agreeing.agree(objected, "doel", "Kinderen leren *zelf*.\nElk half jaar.", [], NOW)
    session = agreeing.settle(after, 1, "Minder vaak", NOW)
    session = agreeing.agree(session, "doel", "Later nog anders", [], NOW)
    key, *told = changed(session)
    assert isinstance(key, Reworded)
    assert told == [
        Heading(2, "Bedoeling: bezwaar van Geel"),
        Paragraph("Te vaak"),
        Note("Wat ermee gedaan is: Minder vaak"),
        Reworded(
            (
                Piece("Kinderen leren *zelf*.\n", Kind.SAME),
                Piece("Elke maand. ", Kind.GONE),
                Piece("Elk half jaar.", Kind.CAME),
            )
        ),
    ]
    text = render(session, "text", now=NOW)
    assert "┃ Zo zie je wat er is [-weggehaald-] en wat er is {+bijgekomen.+}" in text
    assert "┃ Kinderen leren *zelf*.\n    ┃ [-Elke maand.-] {+Elk half jaar.+}" in text
    assert "> Kinderen leren \\*zelf\\*.\\\n> ~~Elke maand.~~ **Elk half jaar.**" in render(session, "md", now=NOW)
    objection = json.loads(render(session, "json", now=NOW))["arrangement"]["components"][0]["objections"][0]
    assert objection["after"] == "Kinderen leren *zelf*.\nElk half jaar."
    assert [each["kind"] for each in objection["changes"]] == ["same", "gone", "came"]


def test_on_a_terminal_it_is_struck_and_underlined(objected: Session) -> None:
    after = agreeing.agree(objected, "doel", "Kinderen leren *zelf*.", [], NOW)
    page = document(agreeing.settle(after, 1, "Eruit", NOW), now=NOW)
    assert "\x1b[9;35m[-Elke maand.-]" in to_text(page, color=True)


def test_an_objection_that_changed_nothing_or_is_open_is_not_listed(objected: Session) -> None:
    other = agreeing.agree(objected, "doel", "Heel iets anders", [], NOW)
    assert changed(other) == []
    assert changed(agreeing.settle(objected, 1, "Uitgelegd", NOW)) == []
    told = json.loads(render(objected, "json", now=NOW))["arrangement"]["components"][0]["objections"][0]
    assert (told["after"], told["changes"]) == (None, [])


def test_words_that_are_put_right_after_settling_count_as_well(objected: Session) -> None:
    settled = agreeing.settle(objected, 1, "We passen het aan", NOW)
    later = agreeing.agree(settled, "doel", "Kinderen leren *zelf*.", [], NOW)
    assert changed(later)[-1] == Reworded(
        (Piece("Kinderen leren *zelf*.\n", Kind.SAME), Piece("Elke maand.", Kind.GONE))
    )
    again = agreeing.object_to(settled, "doel", who="Rood", what="Te kort", now=NOW)
    again = agreeing.settle(agreeing.agree(again, "doel", "Kinderen leren.", [], NOW), 2, "Korter", NOW)
    titles = [block.text for block in changed(again) if isinstance(block, Heading)]
    assert titles == ["Bedoeling: bezwaar van Rood"], "what changed since, changed by the other objection"


def test_words_that_were_not_kept_are_those_that_stand_there_now(objected: Session) -> None:
    session = agreeing.settle(agreeing.agree(objected, "doel", "Kinderen leren.", [], NOW), 1, "Korter", NOW)
    old = replace(session, objections=(replace(session.objections[0], who="", text_after=None),))
    assert [block.text for block in changed(old) if isinstance(block, Heading)] == ["Bedoeling: een bezwaar"]
