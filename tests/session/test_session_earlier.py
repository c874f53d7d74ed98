import datetime as dt

from sleutelworkshop.session import agreeing, answering, drafts, moving, teams
from sleutelworkshop.session.earlier import MOST, earlier_agreements, earlier_answers
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Bookmark, Session
from sleutelworkshop.session.values import TextValue

MINUTE = dt.timedelta(minutes=1)


def says(session: Session, text: str, now: dt.datetime, *, draft: bool = False) -> Session:
    return answering.answer(session, "t1", "waarom", TextValue(text), now, draft=draft)


def before(session: Session) -> list[str]:
    return [each.value.text for each in earlier_answers(session, "t1", "waarom") if isinstance(each.value, TextValue)]


def test_what_an_answer_was_before_is_remembered_newest_first_with_its_time(session: Session, now: dt.datetime) -> None:
    for minute, text in enumerate(("een", "twee", "", "drie")):
        session = says(session, text, now + minute * MINUTE)
    assert before(session) == ["twee", "een"]
    assert [each.at for each in earlier_answers(session, "t1", "waarom")] == [now + MINUTE, now]


def test_a_value_that_comes_back_is_remembered_once_and_what_stands_is_not_earlier(
    session: Session, now: dt.datetime
) -> None:
    for text in ("een", "twee", "een", "twee", "een"):
        session = says(session, text, now)
    assert before(session) == ["twee"]


def test_what_is_being_typed_is_a_draft_until_it_is_settled(session: Session, now: dt.datetime) -> None:
    session = says(session, "af", now)
    for text in ("a", "an", "ander", "anders"):
        session = says(session, text, now, draft=True)
    given = session.answer("t1", "waarom")
    assert given is not None
    assert given.draft
    assert before(session) == ["af"]
    session = answering.settle_answer(session, "t1", "waarom")
    given = session.answer("t1", "waarom")
    assert given is not None
    assert (given.draft, given.value) == (False, TextValue("anders"))
    assert before(session) == ["af"]
    assert answering.settle_answer(session, "t1", "waarom") is session


def test_the_same_answer_said_for_good_settles_the_draft(session: Session, now: dt.datetime) -> None:
    session = says(says(session, "zo", now, draft=True), "zo", now)
    given = session.answer("t1", "waarom")
    assert given is not None
    assert not given.draft


def test_of_one_answer_so_many_values_are_remembered(session: Session, now: dt.datetime) -> None:
    for number in range(MOST + 10):
        session = says(session, str(number), now)
    assert before(session)[0] == str(MOST + 8)
    assert len(before(session)) == MOST


def test_an_agreement_remembers_what_it_was(session: Session, now: dt.datetime) -> None:
    component = session.script.components[0].id
    for text in ("een", "twee", "drie"):
        session = agreeing.agree(session, component, text, [], now)
    session = agreeing.agree(session, component, "vie", [], now, draft=True)
    session = agreeing.agree(session, component, "vier", [], now, draft=True)
    assert session.agreements[component].draft
    session = agreeing.settle_agreement(session, component)
    assert not session.agreements[component].draft
    assert [each.text for each in earlier_agreements(session, component)] == ["drie", "twee", "een"]


def test_undo_and_redo_lose_no_answer(session: Session, now: dt.datetime) -> None:
    history = History(session)
    history = history.record(says(history.now, "een", now), "antwoord")
    history = history.record(says(history.now, "twee", now, draft=True), "antwoord")
    assert before(history.undo().now) == ["twee"]
    assert before(history.undo().undo().now) == ["een", "twee"]
    again = history.undo().undo().redo().redo().now
    assert again.answers == history.now.answers
    assert before(again) == ["een"]


def test_undo_leaves_alone_what_is_being_typed_and_where_the_facilitator_is(session: Session, now: dt.datetime) -> None:
    history = History(session).record(moving.start(session, now), "starten")
    place = Bookmark("answers", "waarom", "t2")
    history = history.amend(drafts.bookmarked(history.now, place))
    history = history.amend(drafts.keep_draft(history.now, "object/doel", {"what": "half"}, now))
    undone = history.undo().now
    assert undone.run.started_at is None
    assert undone.bookmark == place
    assert undone.drafts["object/doel"].texts == {"what": "half"}


def test_a_team_that_never_came_leaves_nothing_behind(session: Session, now: dt.datetime) -> None:
    history = History(session).record(teams.add_team(session, "Later"), "team erbij")
    added = history.now.teams[-1].id
    history = history.record(answering.answer(history.now, added, "waarom", TextValue("x"), now), "antwoord")
    undone = history.undo().undo().now
    assert added not in undone.earlier_answers.get("waarom", {})


def test_a_draft_is_kept_until_it_is_dropped(session: Session, now: dt.datetime) -> None:
    kept = drafts.keep_draft(session, "object/doel", {"who": "Rood", "what": "te\x1b[2J vaag"}, now)
    assert kept.drafts["object/doel"].texts == {"who": "Rood", "what": "te[2J vaag"}
    assert drafts.keep_draft(kept, "object/doel", {"who": "Rood", "what": "te[2J vaag"}, now + MINUTE) is kept
    assert drafts.drop_draft(kept, "object/doel").drafts == {}
    assert drafts.drop_draft(kept, "iets anders") is kept


def test_of_many_drafts_the_oldest_go(session: Session, now: dt.datetime) -> None:
    for number in range(drafts.MOST + 2):
        session = drafts.keep_draft(session, f"form/{number}", {"text": "x"}, now)
    session = drafts.keep_draft(session, "form/2", {"text": "y"}, now)
    session = drafts.keep_draft(session, "form/nieuw", {"text": "z"}, now)
    assert len(session.drafts) == drafts.MOST
    assert "form/2" in session.drafts
    assert "form/3" not in session.drafts
