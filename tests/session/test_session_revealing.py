"""What the room may see: no note, no name, nothing that is hidden or half written, whatever happened before."""

import datetime as dt
from collections.abc import Iterator
from itertools import count

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from any_room import MINUTE, NOON, Happening, attempt, fresh, small_script
from sleutelworkshop.script.loader import DEFAULT_SCRIPT, load_shipped
from sleutelworkshop.script.model import Notes, Script, StepKind
from sleutelworkshop.session import agreeing, answering, drafts, moving, revealing, teams
from sleutelworkshop.session.answering import Progress
from sleutelworkshop.session.history import History
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import Agreement, Answer, AnswerRef, Bookmark, Session
from sleutelworkshop.session.revealing import component_at_hand, for_the_room, reveal
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

STEPS = [step.id for step in small_script().steps()]
QUESTIONS = [question.id for question in small_script().questions()]
COMPONENTS = [component.id for component in small_script().components]


def on_the_wall(session: Session) -> str:
    """Everything that there is in what the room sees."""
    return msgspec.json.encode(for_the_room(session)).decode()


def marks(value: object) -> Iterator[str]:
    """Every marker (``merk-…``) that stands in a value."""
    words = msgspec.json.encode(value).decode().replace('"', " ").replace("\\n", " ").split()
    yield from (word for word in words if word.startswith("merk-"))


def annotated(script: Script) -> Script:
    """The script with a marker in every note."""

    def noted(step_id: str) -> Notes:
        return Notes(f"merk-inleiding-{step_id}", f"merk-luister-{step_id}", f"merk-stokt-{step_id}")

    parts = tuple(
        replace(part, steps=tuple(replace(step, notes=noted(step.id)) for step in part.steps)) for part in script.parts
    )
    return replace(script, parts=parts)


def marked(question: str, marker: str) -> Value:
    """An answer that carries a marker where it can."""
    values: dict[str, Value] = {
        "waarom": TextValue(f"{marker} omdat"),
        "wensen": ListValue((ListItem(marker, "klas"),)),
        "verdeling": PointsValue({"samen": 7}),
        "stellingen": ScaleValue({"tijd": 4}),
        "moment": ChoiceValue(("ochtend",)),
        "onderwerpen": TableValue(({"onderwerp": marker, "nodig": True},)),
    }
    return values[question]


# Every marker is another one, so that wherever it turns up it is known where it came from.
numbers = count(1)
who = st.sampled_from(["t1", "t2", "t3"])
questions, components = st.sampled_from(QUESTIONS), st.sampled_from(COMPONENTS)


def answers(team: str, question: str, *, draft: bool) -> Happening:
    value = marked(question, f"merk-antwoord-{next(numbers)}")
    return lambda session, now: answering.answer(session, team, question, value, now, draft=draft)


def agrees(component: str, sources: list[tuple[str, str]], *, draft: bool) -> Happening:
    text, refs = f"merk-afspraak-{next(numbers)}", [AnswerRef(*each) for each in sources]
    return lambda session, now: agreeing.agree(session, component, text, refs, now, draft=draft)


def objects(component: str) -> Happening:
    name, what = f"merk-wie-{next(numbers)}", f"merk-bezwaar-{next(numbers)}"
    return lambda session, now: agreeing.object_to(session, component, who=name, what=what, now=now)


def types(form: str) -> Happening:
    texts = {"what": f"merk-concept-{next(numbers)}"}
    return lambda session, now: drafts.keep_draft(session, form, texts, now)


def settles(session: Session, now: dt.datetime) -> Session:
    for objection in session.objections:
        session = agreeing.settle(session, objection.id, f"merk-uitkomst-{next(numbers)}", now)
    return session


happenings = st.one_of(
    *[st.builds(answers, who, questions, draft=st.booleans())] * 2,
    *[
        st.builds(
            agrees, components, st.lists(st.tuples(who, questions), max_size=2), draft=st.sampled_from([False, True])
        )
    ]
    * 2,
    *[
        st.builds(
            lambda question, shown: lambda session, _now: reveal(session, question, shown=shown),
            questions,
            st.sampled_from([True, True, False]),
        )
    ]
    * 2,
    st.builds(objects, components),
    st.just(settles),
    st.builds(lambda component: lambda session, now: agreeing.consent(session, component, now), components),
    st.builds(types, st.sampled_from(["object/doel", "action"])),
    st.builds(lambda step: lambda session, now: moving.jump(session, step, now), st.sampled_from(STEPS)),
    st.builds(lambda team: lambda session, _now: teams.set_aside(session, team), who),
    st.builds(
        lambda step, number: (
            lambda session, _now: drafts.bookmarked(session, Bookmark("harvest", step, "t1", question=number))
        ),
        st.sampled_from(STEPS),
        st.integers(0, 9),
    ),
    st.sampled_from([moving.start, moving.go_on]),
)


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Draw a session in which anything was said, hidden, shown, taken back and done again."""
    session = make(
        annotated(small_script()),
        organisation="De Eik",
        facilitator="merk-begeleider",
        casus="merk-casus",
        teams=["Blauw", "Rood", "Geel"],
        now=NOON,
    )
    history = History(session)
    ways = st.sampled_from([*["do"] * 8, "undo", "redo"])
    for way, happening in draw(st.lists(st.tuples(ways, happenings), max_size=20)):
        if way == "undo":
            history = history.undo()
        elif way == "redo":
            history = history.redo()
        else:
            history = history.record(attempt(history.now, happening, NOON), "iets")
    return history.now


def is_read_out(session: Session) -> bool:
    """Whether the group is at what it came for: reading, consent and actions."""
    return session.position in {"instemming", "acties"}


def may_be_shown(session: Session, component: str, agreed: Agreement) -> bool:
    asked = session.script.component(component).questions
    talked_about = any(each in session.revealed for each in asked) or not asked
    return is_read_out(session) or (talked_about and {ref.question for ref in agreed.sources} <= set(session.revealed))


@settings(max_examples=75, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_the_room_sees_what_is_revealed_and_nothing_else(session: Session) -> None:
    shown: list[Answer | Agreement] = [
        *(each for key, given in session.answers.items() if key in session.revealed for each in given.values()),
        *(agreed for key, agreed in session.agreements.items() if may_be_shown(session, key, agreed)),
    ]
    seen, everything = set(marks(for_the_room(session))), set(marks(session))
    assert {mark for each in shown if not each.draft for mark in marks(each)} <= seen
    assert seen <= {mark for each in shown for mark in marks(each)}
    assert {"merk-begeleider", "merk-casus", "merk-inleiding-waarom"} <= everything, "else it proves nothing"
    view = for_the_room(session).session
    assert view.answers.keys() <= set(session.revealed)
    assert (view.bookmark, view.drafts, view.earlier_answers, view.earlier_agreements) == (None, {}, {}, {})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_the_time_the_teams_and_how_far_they_are_is_no_secret(session: Session) -> None:
    view = for_the_room(session)
    assert view.progress.keys() == {team.id for team in session.present_teams}
    if session.step.kind is StepKind.EXERCISE:
        assert view.progress == {
            team.id: answering.team_progress(session, session.step, team.id) for team in session.present_teams
        }
    room = view.session
    assert (room.position, room.runs, room.teams) == (session.position, session.runs, session.teams)
    assert (room.begun_at, room.ends_at, room.consents) == (session.begun_at, session.ends_at, session.consents)
    assert [(each.id, each.component, each.is_open) for each in room.objections] == [
        (each.id, each.component, each.is_open) for each in session.objections
    ]
    assert [(step.id, step.title, step.prompt, step.points) for step in room.script.steps()] == [
        (step.id, step.title, step.prompt, step.points) for step in session.script.steps()
    ]
    assert not view.component or view.component in COMPONENTS


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions(), questions)
def test_what_is_hidden_again_is_gone_from_the_wall(session: Session, question: str) -> None:
    shown = History(session).record(reveal(session, question, shown=True), "tonen")
    assert shown.undo().now.revealed == session.revealed
    assert on_the_wall(shown.undo().now) == on_the_wall(session)
    hidden = reveal(shown.now, question, shown=False)
    assert question not in for_the_room(hidden).session.answers
    assert on_the_wall(hidden) == on_the_wall(reveal(session, question, shown=False))


def test_no_note_of_the_shipped_workshop_is_on_the_wall() -> None:
    script = load_shipped(DEFAULT_SCRIPT)
    session = make(script, organisation="De Eik", teams=["Blauw"], now=NOON)
    for step in script.steps():
        wall = on_the_wall(moving.jump(session, step.id, NOON))
        for note in (step.notes.introduce, step.notes.listen, step.notes.stalls):
            assert note == "" or msgspec.json.encode(note).decode()[1:-1] not in wall
        assert step.title in wall


# By example.


def test_early_answers_sway_nobody_until_they_are_revealed() -> None:
    session = answering.answer(fresh(), "t1", "waarom", TextValue("Voor de klas"), NOON)
    session = moving.jump(session, "waarom", NOON)
    assert "Voor de klas" not in on_the_wall(session)
    assert for_the_room(session).progress == {"t1": Progress.READY, "t2": Progress.NOTHING, "t3": Progress.NOTHING}
    session = reveal(session, "waarom", shown=True)
    assert revealing.is_revealed(session, "waarom")
    assert "Voor de klas" in on_the_wall(session)
    session = reveal(session, "waarom", shown=False)
    assert not revealing.is_revealed(session, "waarom")
    assert "Voor de klas" not in on_the_wall(session)


def test_what_is_shown_already_is_not_shown_again_and_only_a_question_is(session: Session) -> None:
    shown = reveal(session, "waarom", shown=True)
    assert reveal(shown, "waarom", shown=True) is shown, "there is nothing to undo"
    assert reveal(session, "waarom", shown=False) is session
    for is_shown in (True, False):
        with pytest.raises(KeyError):
            reveal(session, "bestaat-niet", shown=is_shown)


def test_what_was_taken_from_hidden_answers_waits_until_it_is_read_out(session: Session) -> None:
    session = answering.answer(session, "t1", "waarom", TextValue("Voor de klas"), NOON)
    sources = [AnswerRef("t1", "waarom"), AnswerRef("t2", "verdeling")]
    session = agreeing.agree(session, "doel", "Wij leren voor de klas", sources, NOON)
    session = agreeing.agree(session, "inhoud", "Zelf bedacht", [], NOON)
    half = reveal(session, "waarom", shown=True)
    both = reveal(half, "verdeling", shown=True)
    for step in ("welkom", "waarom", "oogst", "pauze"):
        assert not revealing.shows_arrangement(moving.jump(session, step, NOON))
        assert "Wij leren" not in on_the_wall(moving.jump(session, step, NOON))
        assert "Wij leren" not in on_the_wall(moving.jump(half, step, NOON))
        assert "Wij leren" in on_the_wall(moving.jump(both, step, NOON))
        assert "Zelf bedacht" not in on_the_wall(moving.jump(both, step, NOON))
        asked = session.script.component("inhoud").questions[0]
        assert "Zelf bedacht" in on_the_wall(moving.jump(reveal(session, asked, shown=True), step, NOON))
    for step in ("instemming", "acties"):
        at_last = moving.jump(session, step, NOON)
        assert revealing.shows_arrangement(at_last)
        assert "Wij leren" in on_the_wall(at_last)
        assert '"Voor de klas"' not in on_the_wall(at_last), "the answers themselves stay hidden"
    assert "Wij leren" not in on_the_wall(moving.jump(moving.jump(session, "acties", NOON), "oogst", NOON))


def test_the_whole_closing_part_shows_the_arrangement() -> None:
    script = load_shipped(DEFAULT_SCRIPT)
    session = make(script, organisation="De Eik", teams=["Blauw"], now=NOON)
    showing = [s.id for s in script.steps() if revealing.shows_arrangement(moving.jump(session, s.id, NOON))]
    assert showing == ["lezen", "instemming", "acties", "check-uit"]


def test_consent_and_actions_show_it_in_any_part(session: Session) -> None:
    parts = tuple(replace(part, protected=False) for part in session.script.parts)
    bare = replace(session, script=replace(session.script, parts=parts))
    showing = [step for step in STEPS if revealing.shows_arrangement(moving.jump(bare, step, NOON))]
    assert showing == ["instemming", "acties"]


def test_an_objection_says_only_that_there_is_one(session: Session) -> None:
    session = agreeing.agree(session, "doel", "Samen", [], NOON)
    session = agreeing.object_to(session, "doel", who="Rood", what="Te vaag", now=NOON)
    session = agreeing.settle(session, 1, "Verduidelijkt", NOON + MINUTE)
    (objection,) = for_the_room(moving.jump(session, "instemming", NOON)).session.objections
    assert (objection.who, objection.what, objection.text, objection.outcome) == ("", "", "", "")
    assert (objection.component, objection.settled_at) == ("doel", NOON + MINUTE)


def test_in_a_harvest_a_team_is_ready_when_it_has_presented(session: Session) -> None:
    session = answering.answer(session, "t1", "waarom", TextValue("x"), NOON)
    session = moving.mark_presented(moving.jump(session, "oogst", NOON), "oogst", "t2", presented=True)
    session = teams.set_aside(session, "t3")
    assert for_the_room(session).progress == {"t1": Progress.NOTHING, "t2": Progress.READY}


def at_hand(session: Session) -> str:
    component = component_at_hand(session)
    assert for_the_room(session).component == (component.id if component else "")
    return component.id if component else ""


def test_the_component_at_hand_is_the_one_that_the_facilitator_is_at(session: Session) -> None:
    assert at_hand(session) == ""
    session = moving.jump(session, "oogst", NOON)
    assert at_hand(session) == "doel"
    for number, component in enumerate(("doel", "aanpak", "inhoud")):
        assert at_hand(drafts.bookmarked(session, Bookmark("harvest", "oogst", question=number))) == component
    elsewhere = drafts.bookmarked(session, Bookmark("answers", "waarom", "t1", question=1))
    assert at_hand(elsewhere) == "doel", "that is a question of another step"
    assert at_hand(drafts.bookmarked(session, Bookmark("harvest", "oogst", question=99))) == "doel"


def test_a_harvest_is_only_about_what_it_agrees_on() -> None:
    session = make(load_shipped(DEFAULT_SCRIPT), organisation="De Eik", teams=["Blauw"], now=NOON)
    session = moving.jump(session, "oogst-tip-3", NOON)
    assert at_hand(session) == "ontwikkelingen"
    assert at_hand(drafts.bookmarked(session, Bookmark("harvest", "oogst-tip-3", question=1))) == "grensgangers"
    assert at_hand(drafts.bookmarked(session, Bookmark("harvest", "oogst-tip-3", question=2))) == "ontwikkelingen"


def test_consent_goes_by_all_components(session: Session) -> None:
    session = moving.jump(session, "instemming", NOON)
    assert at_hand(session) == "doel"
    assert at_hand(drafts.bookmarked(session, Bookmark("consent", "instemming", question=2))) == "inhoud"
    assert at_hand(moving.jump(session, "acties", NOON)) == ""


def test_a_script_without_components_has_none_at_hand(session: Session) -> None:
    bare = replace(session, script=replace(session.script, components=()))
    assert at_hand(moving.jump(bare, "instemming", NOON)) == ""
