"""What the room may see: no note of the facilitator and no hidden answer, whatever was done before."""

import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lived_in import NOON, VALUES, small_script
from sleutelworkshop.script.model import Notes, Script
from sleutelworkshop.session import agreeing, moving
from sleutelworkshop.session.answering import Progress, answer
from sleutelworkshop.session.drafts import bookmarked, keep_draft
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Bookmark, Session
from sleutelworkshop.session.revealing import (
    RoomView,
    component_at_hand,
    for_the_room,
    is_revealed,
    reveal,
    shows_arrangement,
)
from sleutelworkshop.session.values import ListItem, ListValue, TextValue

NOTE, HIDDEN, AGREED = "fluistertekst", "verborgenantwoord", "overgenomen"

TEXTS = ("waarom", "wensen")
"""The questions that are answered in a team's own words."""

TEAMS = ("t1", "t2")


def whispering(script: Script) -> Script:
    """The script with a word in every note that stands nowhere else."""
    parts = tuple(
        replace(part, steps=tuple(replace(step, notes=Notes(NOTE, NOTE, NOTE)) for step in part.steps))
        for part in script.parts
    )
    return replace(script, parts=parts)


def words(team: str, question: str) -> str:
    return f"{HIDDEN}-{team}-{question}"


@pytest.fixture
def told() -> Session:
    return a_session()


def a_session() -> Session:
    """Two of three teams answered everything; each text has a mark of its own."""
    session = make(
        whispering(small_script()),
        organisation="De Eik",
        facilitator=NOTE,
        casus=NOTE,
        teams=["Blauw", "Rood", "Geel"],
        now=NOON,
    )
    for question, values in VALUES.items():
        for team, value in zip(TEAMS, values, strict=True):
            session = answer(session, team, question, value, NOON)
    for team in TEAMS:  # which leaves what stood there before among the earlier answers
        session = answer(session, team, "waarom", TextValue(words(team, "waarom")), NOON)
        session = answer(session, team, "wensen", ListValue((ListItem(words(team, "wensen")),)), NOON)
        session = answer(session, team, "wensen", ListValue((ListItem(words(team, "wensen")), ListItem("x"))), NOON)
    session = keep_draft(session, "object/doel", {"what": NOTE}, NOON)
    return moving.start(moving.jump(session, "oogst", NOON), NOON)


def seen(session: Session) -> str:
    """All that is handed to whoever draws for the room."""
    return msgspec.json.encode(for_the_room(session)).decode()


def view(session: Session) -> RoomView:
    return for_the_room(session)


def test_answers_are_hidden_until_they_are_revealed_and_can_be_hidden_again(told: Session) -> None:
    assert not view(told).session.answers
    shown = reveal(told, "waarom", shown=True)
    assert is_revealed(shown, "waarom")
    assert set(view(shown).session.answers) == {"waarom"}
    hidden = reveal(shown, "waarom", shown=False)
    assert not view(hidden).session.answers
    assert hidden == told


def test_what_was_revealed_last_comes_last(told: Session) -> None:
    session = reveal(reveal(told, "waarom", shown=True), "wensen", shown=True)
    assert session.revealed == ("waarom", "wensen")
    assert reveal(session, "waarom", shown=True).revealed == ("wensen", "waarom")


def test_no_question_no_revealing(told: Session) -> None:
    with pytest.raises(KeyError):
        reveal(told, "weg", shown=True)


def test_the_room_sees_how_many_answered_and_not_what(told: Session) -> None:
    assert view(told).answered["waarom"] == 2
    assert "waarom" not in view(told).session.answers


def test_in_a_harvest_it_counts_who_told_and_in_an_exercise_who_answered(told: Session) -> None:
    heard = moving.mark_presented(told, "oogst", "t2", presented=True)
    assert view(heard).progress == {"t1": Progress.NOTHING, "t2": Progress.READY, "t3": Progress.NOTHING}
    exercise = moving.jump(told, "waarom", NOON)
    assert view(exercise).progress == {"t1": Progress.READY, "t2": Progress.READY, "t3": Progress.NOTHING}


def test_an_agreement_of_hidden_answers_is_hidden(told: Session) -> None:
    agreed = agreeing.agree(told, "doel", AGREED, [AnswerRef("t1", "waarom")], NOON)
    assert not view(agreed).session.agreements
    assert not view(reveal(agreed, "wensen", shown=True)).session.agreements
    assert view(reveal(agreed, "waarom", shown=True)).session.agreements


def test_an_agreement_in_own_words_is_seen_once_something_of_it_is_revealed(told: Session) -> None:
    agreed = agreeing.agree(told, "doel", AGREED, [], NOON)
    assert not view(agreed).session.agreements
    assert view(reveal(agreed, "wensen", shown=True)).session.agreements


@pytest.mark.parametrize("step", ["instemming", "acties"])
def test_the_closing_shows_every_agreement(told: Session, step: str) -> None:
    agreed = agreeing.agree(told, "doel", AGREED, [AnswerRef("t1", "waarom")], NOON)
    closing = moving.jump(agreed, step, NOON)
    assert shows_arrangement(closing)
    assert view(closing).session.agreements
    assert not view(closing).session.answers


def test_a_protected_opening_is_no_closing(told: Session) -> None:
    parts = tuple(replace(part, protected=True) for part in told.script.parts)
    session = replace(told, script=replace(told.script, parts=parts))
    assert not shows_arrangement(moving.jump(session, "welkom", NOON))


def test_what_an_objection_says_is_not_for_the_screen(told: Session) -> None:
    session = agreeing.agree(moving.jump(told, "instemming", NOON), "doel", "Zo doen we het", [], NOON)
    session = agreeing.object_to(session, "doel", who=HIDDEN, what=HIDDEN, now=NOON)
    assert HIDDEN not in seen(session)
    assert view(session).session.objections[0].is_open


def test_the_component_at_hand_is_where_the_facilitator_is_at_work(told: Session) -> None:
    def at(session: Session) -> str:
        component = component_at_hand(session)
        return component.id if component else ""

    assert at(told) == "doel"
    assert at(bookmarked(told, Bookmark("harvest", "oogst", question=2))) == "inhoud"
    assert at(bookmarked(told, Bookmark("answers", "oogst", question=2))) == "doel"
    agreed = agreeing.agree(told, "doel", AGREED, [], NOON)
    assert at(agreed) == "aanpak"  # who left the harvest for a moment is not back at its beginning
    consent = moving.jump(agreed, "instemming", NOON)
    assert at(consent) == "doel"
    assert at(bookmarked(consent, Bookmark("consent", "instemming", question=1))) == "aanpak"
    assert at(moving.jump(told, "waarom", NOON)) == ""


_STEPS = [step.id for step in small_script().steps()]
_COMPONENTS = [component.id for component in small_script().components]
_REFS = st.lists(st.builds(AnswerRef, st.sampled_from(TEAMS), st.sampled_from(TEXTS)), max_size=3)


@settings(deadline=None)
@given(
    revealed=st.lists(st.sampled_from(list(VALUES)), unique=True),
    step=st.sampled_from(_STEPS),
    taken=st.dictionaries(st.sampled_from(_COMPONENTS), _REFS, max_size=3),
    mark=st.one_of(st.none(), st.builds(Bookmark, st.sampled_from(["harvest", "consent"]), st.sampled_from(_STEPS))),
    minutes=st.integers(0, 200),
)
def test_no_note_and_no_hidden_answer_is_ever_handed_over(
    revealed: list[str], step: str, taken: dict[str, list[AnswerRef]], mark: Bookmark | None, minutes: int
) -> None:
    session = a_session()
    for component, refs in taken.items():
        text = "\n".join(words(ref.team, ref.question) for ref in refs)
        session = agreeing.agree(session, component, text, refs, NOON)
        session = agreeing.agree(session, component, f"{text}!" if text else "", refs, NOON)
    for question in revealed:
        session = reveal(session, question, shown=True)
    session = bookmarked(moving.jump(session, step, NOON + dt.timedelta(minutes=minutes)), mark)
    handed = seen(session)
    assert NOTE not in handed
    read_aloud = "".join(each.text for each in session.agreements.values()) if shows_arrangement(session) else ""
    for team in TEAMS:
        for question in TEXTS:
            if question not in revealed and words(team, question) not in read_aloud:
                assert words(team, question) not in handed
