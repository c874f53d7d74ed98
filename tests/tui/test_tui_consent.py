"""Consent: component by component, agreed or an objection, and what became of it."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import pytest
from textual.widgets import Button

from room_app import START, Room, room, said
from sleutelworkshop.script.model import Script
from sleutelworkshop.session import agreeing
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Session
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.screens.consent import ConsentScreen
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.form import FormScreen

DOEL, AANPAK, INHOUD = "doel", "aanpak", "inhoud"


@pytest.fixture
def agreed(small_script: Script) -> Session:
    """Two components agreed, the third not, and nobody was asked for consent yet."""
    session = make(small_script, organisation="De Springplank", teams=["Blauw", "Rood"], now=START)
    session = answer(session, "t2", "waarom", TextValue("Kinderen kiezen zelf"), START)
    session = agreeing.agree(session, DOEL, "Kinderen kiezen zelf", [AnswerRef("t2", "waarom")], START)
    return agreeing.agree(session, AANPAK, "Samen, op dinsdag", [], START)


@pytest.fixture
def objected(agreed: Session) -> Session:
    """The same, with an objection to the first."""
    return agreeing.object_to(agreed, DOEL, who="Rood", what="Zelf kiezen is te vaag", now=START)


@asynccontextmanager
async def asked(folder: Path, session: Session, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Room]:
    """Open a session on the screen where consent is asked."""
    async with room(folder, session, size=size) as now:
        await now.press("i")
        assert isinstance(now.app.screen, ConsentScreen)
        yield now


def at_hand(now: Room) -> str:
    screen = now.app.screen
    assert isinstance(screen, ConsentScreen)
    return screen._component.id


def styled(now: Room, words: str, look: str) -> bool:
    """Whether words stand there in a certain look, such as struck."""
    strips = now.app.screen._compositor.render_strips()
    found = "".join(part.text for strip in strips for part in strip if part.style and getattr(part.style, look))
    return words in found


def line_with(now: Room, words: str) -> str:
    return next(line for line in now.seen().splitlines() if words in line)


async def test_each_component_says_how_it_stands_with_a_sign_and_in_words(tmp_path: Path, objected: Session) -> None:
    session = agreeing.consent(objected, AANPAK, START)
    async with asked(tmp_path, session) as now:
        lines = now.seen().splitlines()
        for head, words in (
            ("! Bedoeling", "bezwaar"),
            ("✓ Aanpak", "ingestemd"),
            ("· Inhoud", "nog niets afgesproken"),
        ):
            at = next(number for number, line in enumerate(lines) if line.lstrip().startswith(head))
            assert words in lines[at + 1]


async def test_the_words_stand_there_with_the_answers_they_came_from(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        assert "Kinderen kiezen zelf" in now.seen()
        assert "uit de antwoorden van Rood" in now.seen()
        await now.press("down", "down")
        assert "Hierover is nog niets afgesproken. Met e schrijf je het alsnog op." in now.seen()


async def test_consenting_goes_to_the_next_component_that_waits(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        assert at_hand(now) == DOEL
        await now.press("i")
        assert now.session.consents == {DOEL: START}
        assert at_hand(now) == AANPAK
        assert "✓ Bedoeling" in now.seen()
        await now.press("i")
        assert at_hand(now) == INHOUD
        path = now.desk.path
        await now.app.action_quit()
    assert read(path).consents.keys() == {DOEL, AANPAK}


async def test_it_begins_at_the_first_that_waits_and_goes_round_to_the_one_that_was_skipped(
    tmp_path: Path, agreed: Session
) -> None:
    session = agreeing.agree(agreeing.consent(agreed, DOEL, START), INHOUD, "Lezen", [], START)
    async with asked(tmp_path, session) as now:
        assert at_hand(now) == AANPAK
        await now.press("down", "i")
        assert at_hand(now) == AANPAK
        await now.press("i")
        assert now.session.consents.keys() == {DOEL, AANPAK, INHOUD}
        assert "Met alle bouwstenen is ingestemd." in now.seen()


@pytest.mark.parametrize(
    ("steps", "refusal"),
    [
        (0, "Handel eerst het bezwaar bij “Bedoeling” af."),
        (2, "Over “Inhoud” is nog niets afgesproken."),
    ],
)
async def test_consent_is_refused_with_an_open_objection_and_with_nothing_agreed(
    tmp_path: Path, objected: Session, steps: int, refusal: str
) -> None:
    async with asked(tmp_path, objected) as now:
        await now.press(*["down"] * steps, "i")
        assert refusal in now.seen()
        assert said(now.session) == objected


async def test_an_objection_is_written_down_with_who_and_what(tmp_path: Path, agreed: Session) -> None:
    session = agreeing.consent(agreed, DOEL, START)
    async with asked(tmp_path, session) as now:
        await now.press("up", "b")
        assert "Bezwaar bij “Bedoeling”" in now.seen()
        await now.type("Rood")
        await now.press("enter")
        await now.paste("Dit is te vaag.\nWat kiezen ze dan?")
        await now.press("ctrl+s")
        assert isinstance(now.app.screen, ConsentScreen)
        (objection,) = now.session.objections
        assert (objection.who, objection.what) == ("Rood", "Dit is te vaag.\nWat kiezen ze dan?")
        assert objection.text == "Kinderen kiezen zelf"
        assert objection.is_open
        assert now.session.consents == {}, "what is objected to is not consented to"
        assert "Bezwaar van Rood" in now.seen()
        assert "bezwaar" in line_with(now, "bezwaar afhandelen"), "the key to settle it is offered"


async def test_an_empty_objection_is_refused_in_the_form_and_nothing_typed_is_lost(
    tmp_path: Path, agreed: Session
) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("b")
        await now.type("Rood")
        await now.press("ctrl+s")
        assert isinstance(now.app.screen, FormScreen)
        assert "Schrijf op wat het bezwaar is." in now.seen()
        assert "Rood" in now.seen()
        await now.press("tab")
        await now.type("Vaag")
        await now.press("ctrl+s")
        assert [(each.who, each.what) for each in now.session.objections] == [("Rood", "Vaag")]


async def test_leaving_a_form_in_which_nothing_was_typed_changes_nothing(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("b", "escape")
        assert isinstance(now.app.screen, ConsentScreen)
        assert said(now.session) == agreed


async def test_leaving_a_form_in_which_something_was_typed_asks_first(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("b")
        await now.type("Rood")
        await now.press("escape")
        assert isinstance(now.app.screen, DialogScreen)
        await now.press("enter")
        assert isinstance(now.app.screen, FormScreen), "the safe answer has the focus"
        assert "Rood" in now.seen()
        await now.press("escape", "right", "enter")
        assert isinstance(now.app.screen, ConsentScreen)
        assert said(now.session) == agreed


async def test_settling_an_objection_with_changed_words(tmp_path: Path, objected: Session) -> None:
    async with asked(tmp_path, objected) as now:
        await now.press("f")
        assert "Rood: Zelf kiezen is te vaag" in now.seen()
        assert "Kinderen kiezen zelf" in now.seen(), "the agreement stands there to be changed"
        await now.press("ctrl+s")
        assert "Schrijf op wat er met het bezwaar is gedaan." in now.seen()
        await now.type("Voorbeeld erbij")
        await now.press("tab")
        await now.type(", zoals een boek")
        await now.press("ctrl+s")
        (objection,) = now.session.objections
        assert objection.outcome == "Voorbeeld erbij"
        assert objection.settled_at == START
        agreement = now.session.agreements[DOEL]
        assert agreement.text == "Kinderen kiezen zelf, zoals een boek"
        assert agreement.sources == (AnswerRef("t2", "waarom"),), "where it came from is kept"
        assert "Afgehandeld: Voorbeeld erbij" in now.seen()
        assert "Zo veranderde de tekst:" in now.seen()
        assert styled(now, "zelf", "strike")
        assert styled(now, "zelf, zoals een boek", "underline")
        assert "bezwaar afhandelen" not in now.seen()
        await now.press("i")
        assert DOEL in now.session.consents
        await now.press("ctrl+z", "ctrl+z")
        assert said(now.session) == objected, "settling, changed words and all, is one thing to undo"


async def test_settling_an_objection_and_leaving_the_words_as_they_are(tmp_path: Path, objected: Session) -> None:
    async with asked(tmp_path, objected) as now:
        await now.press("f")
        await now.type("Uitgelegd")
        await now.press("ctrl+s")
        assert now.session.agreements == objected.agreements
        assert not now.session.objections[0].is_open
        assert "Zo veranderde de tekst" not in now.seen()


async def test_changed_words_are_marked_and_stay_as_they_were_typed(tmp_path: Path, agreed: Session) -> None:
    hostile = "[red]x[/] [$primary @click=app.quit]weg"
    session = agreeing.object_to(agreed, DOEL, who="", what="Anders", now=START)
    session = agreeing.agree(session, DOEL, f"Kinderen {hostile}", [], START)
    session = agreeing.settle(session, 1, "Gedaan", START)
    async with asked(tmp_path, session) as now:
        await now.press("home")
        assert f"Kinderen kiezen zelf {hostile}" in now.seen()
        assert styled(now, "kiezen zelf", "strike")
        assert not styled(now, "Kinderen", "strike")
        assert styled(now, hostile, "underline")


async def test_of_two_objections_the_oldest_open_one_is_settled_first(tmp_path: Path, objected: Session) -> None:
    session = agreeing.object_to(objected, DOEL, who="", what="Te kort", now=START + dt.timedelta(minutes=1))
    async with asked(tmp_path, session) as now:
        await now.press("f")
        assert "Rood: Zelf kiezen is te vaag" in now.seen()
        await now.type("Uitgelegd")
        await now.press("ctrl+s", "i")
        assert "Handel eerst het bezwaar bij “Bedoeling” af." in now.seen()
        await now.press("f")
        assert "Te kort" in now.seen()
        await now.type("Langer")
        await now.press("ctrl+s", "i")
        assert DOEL in now.session.consents


async def test_rewording_asks_consent_again(tmp_path: Path, agreed: Session) -> None:
    session = agreeing.consent(agreed, DOEL, START)
    async with asked(tmp_path, session) as now:
        await now.press("up", "e")
        assert "Waarom doen wij dit?" in now.seen(), "what is to be agreed stands over it"
        await now.type(" en samen")
        await now.press("ctrl+s")
        assert now.session.agreements[DOEL].text == "Kinderen kiezen zelf en samen"
        assert now.session.consents == {}
        assert "wacht op instemming" in now.seen()
        await now.press("ctrl+z")
        assert said(now.session) == session
        assert "Ongedaan gemaakt: tekst van Bedoeling" in now.seen()


async def test_what_was_not_agreed_in_the_harvest_can_still_be_written_down(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("end", "e")
        await now.type("Lezen en schrijven")
        await now.press("ctrl+s")
        assert now.session.agreements[INHOUD].text == "Lezen en schrijven"
        await now.press("i")
        assert INHOUD in now.session.consents


async def test_consent_and_an_objection_can_be_undone_and_done_again(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("i")
        consented = now.session
        await now.press("ctrl+z")
        assert said(now.session) == agreed
        assert "Ongedaan gemaakt: instemming met Bedoeling" in now.seen()
        assert "✓" not in line_with(now, "Bedoeling")
        await now.press("ctrl+y")
        assert said(now.session) == said(consented)
        assert "Opnieuw gedaan: instemming met Bedoeling" in now.seen()


async def test_the_mouse_works_too(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("b")
        await now.type("Rood")
        await now.pilot.click("#what")
        await now.type("Vaag")
        await now.pilot.click("#keep")
        await now.settle()
        assert [(each.who, each.what) for each in now.session.objections] == [("Rood", "Vaag")]


async def test_looking_at_a_component_is_not_consenting(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("enter")  # pressed twice, on the way in
        await now.pilot.click("#components", offset=(6, 2))
        await now.settle()
        assert at_hand(now) == AANPAK
        assert "Samen, op dinsdag" in now.seen()
        assert said(now.session) == agreed


@pytest.mark.parametrize("size", [(80, 24), (240, 70)])
async def test_a_long_agreement_and_many_objections_can_all_be_read(
    tmp_path: Path, agreed: Session, size: tuple[int, int]
) -> None:
    session = agreeing.agree(agreed, DOEL, "\n".join(f"Regel {n} van de afspraak" for n in range(90)), [], START)
    async with asked(tmp_path, session, size) as now:
        assert "Regel 0 van de afspraak" in now.seen()
        await now.press(*["pagedown"] * 8)
        assert "Regel 89 van de afspraak" in now.seen()


async def test_an_open_objection_stands_over_a_long_agreement(tmp_path: Path, objected: Session) -> None:
    session = agreeing.agree(objected, DOEL, "\n".join(f"Regel {n}" for n in range(60)), [], START)
    async with asked(tmp_path, session, (80, 24)) as now:
        assert "Bezwaar van Rood" in now.seen()
        assert "Zelf kiezen is te vaag" in now.seen()


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_form_with_long_texts_shows_its_buttons_and_what_is_wrong(
    tmp_path: Path, agreed: Session, size: tuple[int, int]
) -> None:
    long = "\n".join(f"Regel {n}" for n in range(60))
    object_to = partial(agreeing.object_to, component_id=DOEL, who="Rood", what=long, now=START)
    async with asked(tmp_path, object_to(agreeing.agree(agreed, DOEL, long, [], START)), size) as now:
        await now.press("f", "ctrl+s")
        assert "Schrijf op wat er met het bezwaar is gedaan." in now.seen()
        await now.press("tab", "tab", "tab")
        assert isinstance(now.app.screen.focused, Button)
        assert "Vastleggen" in now.seen()


async def test_a_paste_that_is_too_long_is_cut_and_told_in_the_form(tmp_path: Path, agreed: Session) -> None:
    async with asked(tmp_path, agreed) as now:
        await now.press("b", "tab")
        await now.paste("x" * 10_000)
        assert "Dit is te lang: de eerste 5.000 van 10.000 tekens staan erin." in now.seen()
        await now.press("ctrl+s")
        assert now.session.objections[0].what == "x" * 5_000
