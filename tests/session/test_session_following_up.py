import datetime as dt

import pytest

from sleutelworkshop.session import agreeing, moving, teams
from sleutelworkshop.session.answering import answer
from sleutelworkshop.session.following_up import (
    copy_as_follow_up,
    is_carried_on,
    is_taken_over,
    keys,
    leads_further,
    not_reviewed,
    review,
    take_over,
)
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import AnswerRef, Bookmark, EarlierAgreed, RefusedError, Session, Went
from sleutelworkshop.session.values import TextValue
from sleutelworkshop.text import TextTooLongError

LATER = dt.timedelta(days=60)


@pytest.fixture
def before(session: Session, now: dt.datetime) -> Session:
    session = moving.go_on(moving.start(session, now), now + dt.timedelta(minutes=9))
    session = answer(session, "t1", "waarom", TextValue("Omdat het moet"), now)
    session = agreeing.agree(session, "inhoud", "Lezen", [], now)
    session = agreeing.agree(session, "doel", "Kinderen kiezen", [AnswerRef("t1", "waarom")], now)
    session = agreeing.agree(session, "aanpak", "Samen, in de och", [], now, draft=True)
    session = agreeing.consent(session, "doel", now)
    session = agreeing.object_to(session, "inhoud", who="Rood", what="Te smal", now=now)
    session = agreeing.add_action(session, who="Sanne", what="Planning maken", due=(now + LATER * 2).date())
    session = agreeing.add_action(session, who="Rood", what="Lokaal zoeken", due=(now + LATER / 2).date())
    session = agreeing.evaluate_on(session, dt.date(2027, 3, 1))
    return teams.set_aside(session, "t3")


@pytest.fixture
def second(before: Session, now: dt.datetime) -> Session:
    return copy_as_follow_up(before, now + LATER)


def test_a_second_meeting_goes_on_from_what_was_agreed(before: Session, second: Session, now: dt.datetime) -> None:
    assert (second.script, second.organisation, second.teams) == (before.script, "De Springplank", before.present_teams)
    assert (second.date, second.made_at, second.position) == ((now + LATER).date(), now + LATER, "welkom")
    assert {key: agreed.text for key, agreed in second.agreements.items()} == {
        "doel": "Kinderen kiezen", "inhoud": "Lezen", "aanpak": "Samen, in de och"
    }  # fmt: skip
    assert not any(agreed.sources for agreed in second.agreements.values()), "the answers stay behind"
    assert second.agreements["aanpak"].draft
    assert not any((second.consents, second.objections, second.actions, second.answers))
    assert (second.begun_at, second.evaluation) == (None, None)
    assert second.bookmark == Bookmark("review"), "it begins with looking back"


def test_what_is_looked_back_on_is_what_counted_then(before: Session, second: Session) -> None:
    assert second.previous is not None
    assert second.previous.date == before.date
    assert second.previous.actions == before.actions
    assert second.previous.agreements == {
        "doel": EarlierAgreed("Kinderen kiezen", consented=True),
        "inhoud": EarlierAgreed("Lezen", consented=False),
    }
    assert keys(second) == ("action/1", "action/2", "agreement/doel", "agreement/inhoud")
    assert not_reviewed(second) == keys(second)
    assert (keys(before), not_reviewed(before)) == ((), ())


def test_without_anything_agreed_there_is_nothing_to_follow_up(session: Session, now: dt.datetime) -> None:
    assert not leads_further(agreeing.agree(session, "doel", "half", [], now, draft=True))
    with pytest.raises(RefusedError, match="nog niets afgesproken"):
        copy_as_follow_up(session, now)


def test_the_times_can_be_those_that_it_really_took(before: Session, now: dt.datetime) -> None:
    assert copy_as_follow_up(before, now).runs["welkom"].minutes == 3
    assert copy_as_follow_up(before, now, real=True).runs["welkom"].minutes == 9


def test_how_it_went_is_written_down_with_a_note(second: Session, now: dt.datetime) -> None:
    after = review(second, "action/1", Went.PARTLY, " De helft\x1b ", now)
    assert (after.reviews["action/1"].went, after.reviews["action/1"].note) == (Went.PARTLY, "De helft")
    assert not_reviewed(after) == keys(second)[1:]
    only_noted = review(second, "action/1", None, "Later", now)
    assert not_reviewed(only_noted) == keys(second), "a note alone says not how it went"
    assert review(only_noted, "action/1", None, "", now).reviews == {}
    assert review(after, "action/1", Went.PARTLY, "De helft", now + LATER) is after
    assert review(second, "action/1", None, " ", now) is second


@pytest.mark.parametrize("key", ["action/3", "agreement/aanpak", "agreement/hm", ""])
def test_nothing_else_is_looked_back_on(second: Session, now: dt.datetime, key: str) -> None:
    with pytest.raises(KeyError):
        review(second, key, Went.DONE, "", now)


def test_a_note_that_is_too_long_is_refused(second: Session, now: dt.datetime) -> None:
    with pytest.raises(TextTooLongError):
        review(second, "action/1", None, "x" * 5_001, now)


def test_an_action_goes_on_with_its_day_when_that_is_still_to_come(second: Session) -> None:
    assert second.previous is not None
    planning, room = second.previous.actions
    after = take_over(take_over(second, room), planning)
    assert [(each.id, each.who, each.due) for each in after.actions] == [(1, "Rood", None), (2, "Sanne", planning.due)]
    assert is_taken_over(after, room)
    assert not is_taken_over(second, room)
    with pytest.raises(RefusedError, match="staat al bij de acties"):
        take_over(after, room)


def test_an_agreement_is_carried_on_until_it_gets_other_words(second: Session, now: dt.datetime) -> None:
    assert is_carried_on(second, "doel")
    assert not is_carried_on(second, "aanpak"), "it was a draft then"
    assert not is_carried_on(agreeing.agree(second, "doel", "Kinderen kiezen zelf", [], now), "doel")
    assert not is_carried_on(agreeing.agree(second, "doel", "", [], now), "doel")


def test_looking_back_can_be_undone(second: Session, now: dt.datetime) -> None:
    history = History(second).record(review(second, "action/1", Went.NOT, "", now), "terugblik")
    assert history.undo().now == second
    assert history.undo().redo().now.reviews["action/1"].went is Went.NOT


def test_of_a_third_meeting_the_previous_one_is_the_second(second: Session, now: dt.datetime) -> None:
    session = agreeing.agree(second, "doel", "Kinderen kiezen zelf", [], now + LATER)
    session = agreeing.add_action(session, who="Geel", what="Boeken kopen", due=None)
    session = review(session, "action/1", Went.DONE, "Mooi", now + LATER)
    third = copy_as_follow_up(session, now + 2 * LATER)
    assert third.previous is not None
    assert third.previous.date == second.date
    assert [each.what for each in third.previous.actions] == ["Boeken kopen"]
    assert third.previous.agreements["doel"].text == "Kinderen kiezen zelf"
    assert third.reviews == {}
