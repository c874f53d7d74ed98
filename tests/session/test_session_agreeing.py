import datetime as dt

import pytest

from sleutelworkshop.session import agreeing
from sleutelworkshop.session.model import AnswerRef, RefusedError, Session

REF = AnswerRef("t1", "waarom")


@pytest.fixture
def agreed(session: Session, now: dt.datetime) -> Session:
    return agreeing.agree(session, "doel", " Samen leren ", [REF, REF], now)


def test_an_agreement_says_where_it_came_from(agreed: Session) -> None:
    assert agreed.agreements["doel"].text == "Samen leren"
    assert agreed.agreements["doel"].sources == (REF,)


def test_an_empty_agreement_is_none(agreed: Session, now: dt.datetime) -> None:
    assert agreeing.agree(agreed, "doel", " ", [], now).agreements == {}


def test_consent_needs_an_agreement(session: Session, agreed: Session, now: dt.datetime) -> None:
    with pytest.raises(RefusedError, match="nog niets afgesproken"):
        agreeing.consent(session, "doel", now)
    assert agreeing.consent(agreed, "doel", now).consents == {"doel": now}


def test_other_words_ask_for_consent_again(agreed: Session, now: dt.datetime) -> None:
    session = agreeing.consent(agreed, "doel", now)
    assert agreeing.agree(session, "doel", "Samen leren", [], now).consents == {"doel": now}
    assert agreeing.agree(session, "doel", "Samen werken", [REF], now).consents == {}


def test_an_objection_keeps_the_words_it_was_made_against_and_holds_consent_up(
    agreed: Session, now: dt.datetime
) -> None:
    session = agreeing.object_to(agreeing.consent(agreed, "doel", now), "doel", who="Rood", what="Te vaag", now=now)
    assert session.consents == {}
    assert session.objections[0].text == "Samen leren"
    with pytest.raises(RefusedError, match="Handel eerst"):
        agreeing.consent(session, "doel", now)
    session = agreeing.settle(session, 1, "Zin aangescherpt", now)
    assert not session.objections[0].is_open
    assert agreeing.consent(session, "doel", now).consents == {"doel": now}


@pytest.mark.parametrize("empty", ["", "  \n "])
def test_an_objection_and_its_outcome_say_something(agreed: Session, now: dt.datetime, empty: str) -> None:
    with pytest.raises(RefusedError, match="wat het bezwaar is"):
        agreeing.object_to(agreed, "doel", who="Rood", what=empty, now=now)
    with pytest.raises(RefusedError, match="is gedaan"):
        agreeing.settle(agreed, 1, empty, now)


def test_actions_can_be_added_changed_and_removed(session: Session) -> None:
    day = dt.date(2027, 1, 12)
    session = agreeing.add_action(session, who="Ib’er", what="Agenda maken", due=day)
    session = agreeing.add_action(session, who="Directeur", what="Tijd vrijmaken", due=None)
    session = agreeing.change_action(session, 1, who="Ib’er", what="Agenda delen", due=day)
    assert [action.what for action in session.actions] == ["Agenda delen", "Tijd vrijmaken"]
    session = agreeing.remove_action(session, 1)
    assert [action.id for action in session.actions] == [2]
    assert agreeing.evaluate_on(session, day).evaluation == day


def test_an_action_says_who_and_what(session: Session) -> None:
    with pytest.raises(RefusedError, match="wat er gebeurt"):
        agreeing.add_action(session, who="x", what=" ", due=None)
    with pytest.raises(RefusedError, match="wie dit doet"):
        agreeing.add_action(session, who=" ", what="x", due=None)


def test_the_words_that_an_objection_led_to_are_kept_with_it(session: Session, now: dt.datetime) -> None:
    session = agreeing.agree(session, "doel", "Kinderen kiezen", [], now)
    session = agreeing.object_to(session, "doel", who="Rood", what="Te vaag", now=now)
    assert session.objections[0].text_after is None
    session = agreeing.settle(agreeing.agree(session, "doel", "Kinderen kiezen zelf", [], now), 1, "Aangevuld", now)
    session = agreeing.agree(session, "doel", "Heel iets anders", [], now)
    assert (session.objections[0].text, session.objections[0].text_after) == ("Kinderen kiezen", "Kinderen kiezen zelf")
    session = agreeing.object_to(agreeing.agree(session, "doel", "", [], now), "doel", who="", what="Leeg", now=now)
    assert agreeing.settle(session, 2, "Het blijft weg", now).objections[1].text_after == ""
