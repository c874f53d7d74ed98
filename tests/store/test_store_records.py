import datetime as dt
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from lived_in import lived_in
from sleutelworkshop.script.model import Script
from sleutelworkshop.session.agreeing import add_action, agree, object_to, remove_action
from sleutelworkshop.session.answering import answer, empty
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.session.moving import go_on, pause, start
from sleutelworkshop.session.teams import add_team, rename_team, set_aside
from sleutelworkshop.session.values import (
    ChoiceValue,
    ListItem,
    ListValue,
    PointsValue,
    ScaleValue,
    TableValue,
    TextValue,
    Value,
)
from sleutelworkshop.store.errors import DamagedError, NewerVersionError
from sleutelworkshop.store.heading import VERSION
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import TABLES, changes, tables_of
from sleutelworkshop.store.tables import Tables

NOW = dt.datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=dt.timezone(dt.timedelta(hours=1)))

Step: TypeAlias = Callable[[Session], Session]


def on_disk(tables: Tables) -> Tables:
    """The tables as they come back from a file."""
    copy: Tables = json.loads(msgspec.json.encode(tables))
    return copy


def read(tables: Tables) -> Session:
    return session_of(tables, "x.json")[0]


def test_a_session_comes_back_as_it_was(begun: Session) -> None:
    assert session_of(on_disk(tables_of(begun, NOW)), "x.json") == (begun, NOW)


def test_the_tables_that_every_session_has_are_known(begun: Session) -> None:
    assert {name for name in tables_of(begun, NOW) if "/" not in name} == TABLES


def test_moments_keep_their_time_zone(begun: Session) -> None:
    back = read(on_disk(tables_of(begun, NOW)))
    assert back.made_at.utcoffset() == begun.made_at.utcoffset()


VALUES: dict[str, list[Value]] = {
    "waarom": [TextValue("één\ntwee"), TextValue("x" * 5000)],
    "wensen": [ListValue((ListItem("rust", "klas"), ListItem("reinheid"))), ListValue((ListItem("x" * 200),))],
    "verdeling": [PointsValue({"samen": 10}), PointsValue({"samen": 3, "alleen": 2})],
    "stellingen": [ScaleValue({"tijd": 1, "rust": 5}), ScaleValue({"rust": 2})],
    "moment": [ChoiceValue(("middag",)), ChoiceValue(("ochtend", "middag"))],
    "onderwerpen": [TableValue(({"onderwerp": "lezen", "wie": "allen", "nodig": True, "leuk": False},))],
}

texts = st.text(max_size=60)
teams = st.sampled_from(["t1", "t2", "t3"])


@st.composite
def answers(draw: st.DrawFn) -> Step:
    question = draw(st.sampled_from(sorted(VALUES)))
    team, number = draw(teams), draw(st.integers(0, 2))
    return lambda session: answer(
        session, team, question, [*VALUES[question], empty(session.script.question(question))][-1 - number % 2], NOW
    )


happenings: st.SearchStrategy[Step] = st.one_of(
    answers(),
    st.builds(lambda team, text: lambda s: answer(s, team, "waarom", TextValue(text), NOW), teams, texts),
    st.builds(lambda text: lambda s: agree(s, "doel", text, [], NOW), texts),
    st.builds(lambda who, what: lambda s: object_to(s, "doel", who=who, what=what, now=NOW), texts, texts),
    st.builds(lambda who, what: lambda s: add_action(s, who=who, what=what, due=None), texts, texts),
    st.builds(lambda number: lambda s: remove_action(s, number), st.integers(1, 3)),
    st.builds(lambda name: lambda s: add_team(s, name), texts),
    st.builds(lambda team, name: lambda s: rename_team(s, team, name), teams, texts),
    st.builds(lambda team: lambda s: set_aside(s, team), teams),
    st.sampled_from([lambda s: start(s, NOW), lambda s: pause(s, NOW), lambda s: go_on(s, NOW)]),
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(happenings, max_size=12), saved_at=st.integers(0, 12))
def test_whatever_happened_comes_back_and_a_change_is_the_difference(
    small_script: Script, steps: list[Step], saved_at: int
) -> None:
    session = saved = make(small_script, organisation="De Eik", teams=["A", "B", "C"], now=NOW)
    for number, step in enumerate(steps):
        try:
            session = step(session)
        except (RefusedError, ValueError):
            continue
        if number < saved_at:
            saved = session
    answered = {question: given for question, given in session.answers.items() if given}
    assert read(on_disk(tables_of(session, NOW))) == replace(session, answers=answered)
    tables = tables_of(saved, NOW)
    for change in changes(saved, session):
        for doc_id in change.remove:
            del tables[change.table][str(doc_id)]
        tables[change.table] |= {str(doc_id): document for doc_id, document in change.insert.items()}
    assert tables == tables_of(session, NOW)


def test_a_change_of_one_answer_touches_one_document(begun: Session) -> None:
    after = answer(begun, "t3", "waarom", TextValue("nieuw"), NOW)
    touched = {(change.table, doc_id) for change in changes(begun, after) for doc_id in change.insert}
    assert touched == {("answers/waarom", 3)}


def test_nothing_changed_is_no_documents(begun: Session) -> None:
    assert all(not change.insert and not change.remove for change in changes(begun, begun))


Forgery: TypeAlias = Callable[[Tables], Any]

FORGERIES: dict[str, Forgery] = {
    "no meta": lambda t: t.pop("meta"),
    "other format": lambda t: t["meta"]["1"].update(format="todo"),
    "version 0": lambda t: t["meta"]["1"].update(version=0),
    "version of words": lambda t: t["meta"]["1"].update(version="een"),
    "seen at no time": lambda t: t["meta"]["1"].update(seen_at="2026-11-23T12:00:00"),
    "seen at the end of days": lambda t: t["meta"]["1"].update(seen_at="9999-12-31T23:59:59-12:00"),
    "extra in meta": lambda t: t["meta"]["1"].update(more=1),
    "no session": lambda t: t["session"].clear(),
    "no script": lambda t: t["script"].clear(),
    "two scripts": lambda t: t["script"].update({"2": t["script"]["1"]}),
    "a script with a fault": lambda t: t["script"]["1"]["parts"][0]["steps"][0].update(minimum=9),
    "a script without steps": lambda t: t["script"]["1"].update(parts=[]),
    "an unknown table": lambda t: t.update(extra={}),
    "a missing table": lambda t: t.pop("actions"),
    "answers to an unknown question": lambda t: t.update({"answers/hm": t["answers/waarom"]}),
    "a document id of words": lambda t: t["teams"].update(een=t["teams"].pop("1")),
    "a document id of other digits": lambda t: t["teams"].update({"١": t["teams"].pop("1")}),
    "a very long document id": lambda t: t["teams"].update({"9" * 6000: t["teams"]["1"]}),
    "an id that does not match": lambda t: t["teams"]["1"].update(id="t9"),
    "a team twice": lambda t: t["teams"].update({"7": t["teams"]["1"]}),
    "a team of another sort": lambda t: t["teams"]["1"].update(id="x"),
    "a team without a name": lambda t: t["teams"]["1"].update(name=" \x1b "),
    "a team with a long name": lambda t: t["teams"]["1"].update(name="x" * 41),
    "no teams": lambda t: t["teams"].clear(),
    "nobody present": lambda t: [team.update(present=False) for team in t["teams"].values()],
    "a position that is not there": lambda t: t["session"]["1"].update(position="nergens"),
    "an organisation without a name": lambda t: t["session"]["1"].update(organisation=""),
    "an organisation without end": lambda t: t["session"]["1"].update(organisation="x" * 1_000_000),
    "a date that is none": lambda t: t["session"]["1"].update(date="2026-02-31"),
    "begun in the year 1": lambda t: t["session"]["1"].update(begun_at="0001-01-01T00:00:00+14:00"),
    "a step missing": lambda t: t["steps"].popitem(),
    "a step of another script": lambda t: t["steps"]["1"].update(step="nergens"),
    "minutes without end": lambda t: t["steps"]["1"].update(minutes=10**30),
    "time used before it began": lambda t: t["steps"]["1"].update(used=-1.0),
    "a stranger presented": lambda t: t["steps"]["1"].update(presented=["t9"]),
    "done perhaps": lambda t: t["steps"]["1"].update(done="misschien"),
    "an answer of a stranger": lambda t: t["answers/waarom"]["1"].update(team="t9"),
    "an answer of another": lambda t: t["answers/waarom"]["1"].update(team="t2"),
    "an answer of another kind": lambda t: t["answers/waarom"]["1"].update(value={"kind": "scale", "marks": {}}),
    "an answer of no kind": lambda t: t["answers/waarom"]["1"].update(value={"kind": "film"}),
    "an answer of too many words": lambda t: t["answers/waarom"]["1"]["value"].update(text="x" * 5001),
    "an answer that lost its words": lambda t: t["answers/waarom"]["1"]["value"].pop("text"),
    "an answer without a time": lambda t: t["answers/waarom"]["1"].pop("at"),
    "points over budget": lambda t: t["answers/verdeling"].update(
        {"1": {"team": "t1", "value": {"kind": "points", "points": {"samen": 11}}, "at": NOW.isoformat()}}
    ),
    "marks for no statement": lambda t: t["answers/stellingen"].update(
        {"1": {"team": "t1", "value": {"kind": "scale", "marks": {"nee": 3}}, "at": NOW.isoformat()}}
    ),
    "an agreement on nothing": lambda t: t["agreements"]["1"].update(component="niets"),
    "an empty agreement": lambda t: t["agreements"]["1"].update(text="\n"),
    "an agreement out of nothing": lambda t: t["agreements"]["1"].update(sources=[{"team": "t1", "question": "hm"}]),
    "consent to nothing": lambda t: t["consents"]["1"].update(component="niets"),
    "an objection to nothing": lambda t: t["objections"]["1"].update(component="niets"),
    "an objection at no time": lambda t: t["objections"]["1"].update(settled_at="2026-11-23T12:00:00"),
    "an objection with more": lambda t: t["objections"]["1"].update(more="x"),
    "an action by number": lambda t: t["actions"]["1"].update(id=5),
    "an action due one day": lambda t: t["actions"]["1"].update(due="ooit"),
    "words after an open objection": lambda t: t["objections"]["1"].update(settled_at=None),
    "words after that are no words": lambda t: t["objections"]["1"].update(text_after=1),
    "words after that are too long": lambda t: t["objections"]["1"].update(text_after="x" * 5_001),
    "a review of nothing before": lambda t: t["reviews"].update(
        {"1": {"about": "action/1", "went": "done", "note": "", "at": NOW.isoformat()}}
    ),
    "a meeting before of which nothing is known": lambda t: t["previous"].update(
        {"1": {"date": "2026-09-16", "agreements": {}, "actions": []}}
    ),
    "deep nesting": lambda t: t["actions"]["1"].update(who=[[[[[[[[]]]]]]]]),
}


FORGERIES_OF_A_SECOND_MEETING: dict[str, Callable[[Any], object]] = {
    "another meeting before": lambda t: t["previous"].update({"2": t["previous"]["1"]}),
    "a meeting on no day": lambda t: t["previous"]["1"].update(date="ooit"),
    "a meeting with more": lambda t: t["previous"]["1"].update(more="x"),
    "an agreement on nothing": lambda t: t["previous"]["1"]["agreements"].update(
        niets={"text": "x", "consented": True}
    ),
    "an empty agreement": lambda t: t["previous"]["1"]["agreements"]["doel"].update(text="\n"),
    "an agreement with more": lambda t: t["previous"]["1"]["agreements"]["doel"].update(more="x"),
    "a consent that is none": lambda t: t["previous"]["1"]["agreements"]["doel"].update(consented="ja"),
    "an action that stands there twice": lambda t: t["previous"]["1"]["actions"].append(
        t["previous"]["1"]["actions"][0]
    ),
    "an action that is too long": lambda t: t["previous"]["1"]["actions"][0].update(what="x" * 201),
    "no meeting before": lambda t: t["previous"].clear(),
    "a review of another action": lambda t: t["reviews"]["1"].update(about="action/9"),
    "a review of another component": lambda t: t["reviews"]["1"].update(about="agreement/aanpak"),
    "a review in the place of another": lambda t: t["reviews"].update({"2": t["reviews"].pop("1")}),
    "a review that says something else": lambda t: t["reviews"]["1"].update(went="misschien"),
    "a review at no time": lambda t: t["reviews"]["1"].update(at="2026-11-23T12:00:00"),
    "a review that is too long": lambda t: t["reviews"]["1"].update(note="x" * 5_001),
}


@pytest.mark.parametrize("name", FORGERIES_OF_A_SECOND_MEETING)
def test_a_forged_second_meeting_is_one_dutch_sentence(name: str) -> None:
    tables = on_disk(tables_of(lived_in(), NOW))
    assert read(tables) == lived_in()
    FORGERIES_OF_A_SECOND_MEETING[name](tables)
    with pytest.raises(DamagedError, match=r"^“x\.json” is beschadigd: .* Er is niets aan veranderd\.$"):
        read(tables)


def test_the_texts_of_a_second_meeting_pass_the_gate() -> None:
    tables = on_disk(tables_of(lived_in(), NOW))
    evil = "x[/]\x1b[2J\x9b31m\u202e"
    previous = tables["previous"]["1"]
    previous["agreements"]["doel"]["text"] = previous["actions"][0]["who"] = previous["actions"][0]["what"] = evil
    tables["reviews"]["1"]["note"] = tables["objections"]["1"]["text_after"] = evil
    for text in strings(msgspec.to_builtins(read(tables))):
        assert text.replace("\n", "").isprintable()


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_file_is_one_dutch_sentence(begun: Session, name: str) -> None:
    tables = on_disk(tables_of(begun, NOW))
    FORGERIES[name](tables)
    with pytest.raises(DamagedError, match=r"^“x\.json” is beschadigd: .* Er is niets aan veranderd\.$") as caught:
        read(tables)
    assert len(str(caught.value)) < 400
    assert str(caught.value).isprintable()


def test_a_newer_version_is_told_apart(begun: Session) -> None:
    tables = on_disk(tables_of(begun, NOW))
    tables["meta"]["1"] |= {"version": VERSION + 1, "novelty": True}
    with pytest.raises(NewerVersionError, match="nieuwere sleutelworkshop: werk dit programma bij"):
        read(tables)


def test_texts_pass_the_gate(begun: Session) -> None:
    tables = on_disk(tables_of(begun, NOW))
    evil = "x[/]\x1b[2J\x9b31m\u202e"
    tables["session"]["1"] |= {"organisation": evil, "facilitator": evil, "casus": evil}
    tables["teams"]["1"]["name"] = evil
    tables["answers/waarom"]["1"]["value"]["text"] = evil
    tables["agreements"]["1"]["text"] = evil
    tables["objections"]["1"] |= {"who": evil, "what": evil, "text": evil, "outcome": evil}
    tables["actions"]["1"] |= {"who": evil, "what": evil}
    tables["script"]["1"]["parts"][0]["steps"][0] |= {"title": evil, "prompt": evil}
    for text in strings(msgspec.to_builtins(read(tables))):
        assert text.replace("\n", "").isprintable()


def strings(value: object) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for key, inside in value.items() for text in strings(key) + strings(inside)]
        case list() | tuple():
            return [text for inside in value for text in strings(inside)]
        case _:
            return []


paths = st.lists(st.integers(0, 40), min_size=1, max_size=8)
junk = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}))


@settings(max_examples=75, deadline=None)
@given(path=paths, what=junk, drop=st.booleans())
def test_any_mutation_opens_or_is_told(small_script: Script, path: list[int], what: object, drop: bool) -> None:  # noqa: FBT001
    session = make(small_script, organisation="De Eik", teams=["A", "B"], now=NOW)
    session = agree(answer(session, "t1", "waarom", TextValue("omdat"), NOW), "doel", "dit", [], NOW)
    tables: Any = on_disk(tables_of(session, NOW))
    place = tables
    for index in path[:-1]:
        inside = child(place, index)
        if not isinstance(inside, dict | list) or not inside:
            break
        place = inside
    key = list(place)[path[-1] % len(place)] if isinstance(place, dict) else path[-1] % len(place)
    if drop:
        del place[key]
    else:
        place[key] = what
    try:
        back = read(tables)
    except (DamagedError, NewerVersionError):
        return
    except (AttributeError, TypeError):
        # A file never gets here with tables that are no tables: the decoder has seen to that.
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(tables, Tables)
        return
    assert replace(back, script=session.script).answers.keys() <= session.answers.keys()


def child(place: Any, index: int) -> Any:
    return place[list(place)[index % len(place)]] if isinstance(place, dict) else place[index % len(place)]
