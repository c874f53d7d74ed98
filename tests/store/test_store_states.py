"""Anything that can happen in a room, in any order, with undo, failing disks, crashes and versions put back in between.

Beside the real history and the real file stands a simple model of both: lists and copies in memory.
"""

import datetime as dt
import errno
import json
import math
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias
from unittest.mock import patch

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec import Struct
from msgspec.structs import replace

from any_room import adopts, chooses_end, takes_back
from lived_in import MINUTE, NOON, SEEN_AT, VALUES, lived_in, small_script
from sleutelworkshop.session import (
    agreeing,
    answering,
    drafts,
    earlier,
    moving,
    revealing,
    ringing,
    taking,
    teams,
    timing,
)
from sleutelworkshop.session.history import History
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import AnswerRef, Bookmark, RefusedError, Session
from sleutelworkshop.session.values import TextValue, Value
from sleutelworkshop.store import atomic
from sleutelworkshop.store.errors import DiskError
from sleutelworkshop.store.following import Follower
from sleutelworkshop.store.reading import session_of
from sleutelworkshop.store.records import tables_of
from sleutelworkshop.store.sessionfile import SessionFile, read
from sleutelworkshop.store.versions import put_back, versions_of

Happening: TypeAlias = Callable[[Session, dt.datetime], Session]
Gone: TypeAlias = dict[tuple[str, ...], list[object]]
"""What was ever replaced: by team and question, or by component; the oldest first."""

QUESTIONS: Final = sorted(VALUES)
COMPONENTS: Final = [component.id for component in small_script().components]
STEPS: Final = [step.id for step in small_script().steps()]
FORMS: Final = ["object/doel", "object/aanpak", "action"]

words = st.sampled_from(["", "een", "twee", "drie\nvier", "  vijf\x1b[2J ", "zes 🙂"])
anyone = st.integers(0, 9)


def team(session: Session, number: int) -> str:
    """Return the id of one of the teams; often that of the last that came."""
    return session.teams[-1 if number > 6 else number % len(session.teams)].id


# What can happen, each as a function that is drawn with what it needs.


def answers(who: int, question: str, which: int, *, draft: bool) -> Happening:
    value: Value = [*VALUES[question], answering.empty(small_script().question(question))][which]
    return lambda s, now: answering.answer(s, team(s, who), question, value, now, draft=draft)


def says(who: int, text: str, *, draft: bool) -> Happening:
    return lambda s, now: answering.answer(s, team(s, who), "waarom", TextValue(text), now, draft=draft)


def agrees(component: str, text: str, who: int, question: str, *, draft: bool) -> Happening:
    return lambda s, now: agreeing.agree(s, component, text, [AnswerRef(team(s, who), question)], now, draft=draft)


def takes_over(component: str, which: int, index: int) -> Happening:
    def happens(session: Session, now: dt.datetime) -> Session:
        asked = session.script.component(component).questions
        found = [offer for each in asked for offer in taking.offers(session, session.script.question(each))]
        if not found:
            return session
        offer = found[which % len(found)]
        if index:
            return taking.toggle(session, component, offer, index % len(offer.lines), now)
        return taking.toggle_all(session, component, offer, now)

    return happens


def settles(which: int, outcome: str) -> Happening:
    def happens(session: Session, now: dt.datetime) -> Session:
        if not session.objections:
            return session
        return agreeing.settle(session, session.objections[which % len(session.objections)].id, outcome, now)

    return happens


questions, components, numbers = st.sampled_from(QUESTIONS), st.sampled_from(COMPONENTS), st.integers(0, 5)

happenings: Final[st.SearchStrategy[Happening]] = st.one_of(
    st.sampled_from([moving.start, moving.pause, moving.go_on, moving.go_back]),
    st.builds(lambda step: lambda s, now: moving.jump(s, step, now), st.sampled_from(STEPS)),
    st.builds(lambda n: lambda s, _now: moving.add_minutes(s, n), st.sampled_from([-5, -1, 1, 5, 700])),
    st.builds(
        lambda step, who, is_so: lambda s, _now: moving.mark_presented(s, step, team(s, who), presented=is_so),
        st.sampled_from(STEPS),
        anyone,
        st.booleans(),
    ),
    st.builds(adopts, st.integers(0, 40)),
    st.builds(takes_back, numbers),
    st.builds(chooses_end, st.sampled_from([0, 300, 1800, 7200])),
    st.builds(lambda n: lambda s, now: moving.start_earlier(s, n, now), st.integers(1, 20)),
    st.builds(
        lambda question, shown: lambda s, _now: revealing.reveal(s, question, shown=shown), questions, st.booleans()
    ),
    st.builds(answers, anyone, questions, st.integers(0, 2), draft=st.booleans()),
    *(st.builds(says, st.integers(0, 1), words, draft=st.booleans()) for _ in range(3)),
    *(st.builds(agrees, components, words, anyone, questions, draft=st.booleans()) for _ in range(2)),
    st.builds(takes_over, components, numbers, numbers),
    st.builds(
        lambda component, who, what: lambda s, now: agreeing.object_to(s, component, who=who, what=what, now=now),
        components,
        words,
        words,
    ),
    st.builds(settles, numbers, words),
    st.builds(lambda component: lambda s, now: agreeing.consent(s, component, now), components),
    st.builds(lambda who, what: lambda s, _now: agreeing.add_action(s, who=who, what=what, due=None), words, words),
    st.builds(
        lambda n, who: lambda s, now: agreeing.change_action(s, n, who=who, what="anders", due=now.date()),
        numbers,
        words,
    ),
    st.builds(lambda n: lambda s, _now: agreeing.remove_action(s, n), numbers),
    st.builds(lambda day: lambda s, _now: agreeing.evaluate_on(s, day), st.sampled_from([None, dt.date(2027, 3, 1)])),
    st.builds(lambda name: lambda s, _now: teams.add_team(s, name), st.sampled_from(["Groen", "Paars", "Oranje"])),
    st.builds(
        lambda who, name: lambda s, _now: teams.rename_team(s, team(s, who), name),
        anyone,
        st.sampled_from(["Blauw", "Wit"]),
    ),
    st.builds(lambda who: lambda s, _now: teams.set_aside(s, team(s, who)), anyone),
    st.builds(lambda who: lambda s, _now: teams.take_back(s, team(s, who)), anyone),
)


def bare(session: Session) -> Session:
    """What undo and redo go back and forth over."""
    return replace(session, bookmark=None, drafts={}, earlier_answers={}, earlier_agreements={}, rung={})


def from_disk(session: Session) -> Session:
    """A session as it comes back: without what is empty, and without a bookmark that points at nothing."""
    place = session.bookmark
    points_at_something = place is not None and (not place.team or place.team in {each.id for each in session.teams})
    return replace(
        session,
        answers={question: given for question, given in session.answers.items() if given},
        earlier_answers={question: given for question, given in session.earlier_answers.items() if given},
        bookmark=place if points_at_something else None,
    )


class OnDisk(Struct, frozen=True):
    """What the model knows of a file: the session, what it must remember, and when it was last seen."""

    session: Session
    gone: Gone
    seen_at: dt.datetime


class Room(RuleBasedStateMachine):
    """A room, the file of its session, and what should be in both."""

    @initialize(begun=st.booleans())
    def begins(self, begun: bool) -> None:  # noqa: FBT001
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "s.json"
        self.now = SEEN_AT
        session = make(small_script(), organisation="De Eik", teams=["Blauw", "Rood", "Geel"], now=NOON)
        if begun:
            session = lived_in()
        self.file = SessionFile.create(self.path, session, self.now)
        self.follower = Follower(self.path)
        self.history = History(session)
        self.past: list[tuple[Session, str]] = []  # with how each change that led away from it is merged with the next
        self.future: list[tuple[Session, str]] = []
        self.drafts = list(session.drafts)
        self.gone: Gone = remembered(session)
        self.heard: set[tuple[str, ringing.Moment, int]] = set()
        self.note: dt.datetime | None = None
        self.at_work = True
        self.saved = OnDisk(session, dict(self.gone), self.now)
        self.versions: dict[str, OnDisk] = {}
        self.touched = True

    def teardown(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            self._folder.cleanup()

    # In the room.

    @rule(data=st.data())
    def the_work_goes_on(self, data: st.DataObject) -> None:
        for move in data.draw(st.lists(MOVES, min_size=3, max_size=12)):
            move(self)

    def something_happens(self, happening: Happening, seconds: int, merge: str) -> None:
        self.now += dt.timedelta(seconds=seconds)
        before = self.history.now
        try:
            after = happening(before, self.now)
        except RefusedError:
            return
        self.history = self.history.record(after, "iets", merge=merge)
        if after is before:
            return
        if not (merge and self.past and self.past[-1][1] == merge):
            self.past.append((before, merge))
        self.future = []
        self.goes(before, after, undone=False)
        assert bare(self.history.now) == bare(after)

    def typing_ends(self, who: int, question: str, component: str) -> None:
        settled = answering.settle_answer(self.history.now, team(self.history.now, who), question)
        self.history = self.history.amend(agreeing.settle_agreement(settled, component))

    def something_stands_in_a_form(self, form: str, text: str) -> None:
        kept = drafts.keep_draft(self.history.now, form, {"what": text}, self.now)
        if kept is not self.history.now:
            self.drafts = [each for each in self.drafts if each != form] + [form]
        self.history = self.history.amend(kept)

    def a_form_is_done(self, form: str) -> None:
        self.history = self.history.amend(drafts.drop_draft(self.history.now, form))
        self.drafts = [each for each in self.drafts if each != form]

    def the_facilitator_goes_elsewhere(self, step: str, who: int, number: int) -> None:
        place = Bookmark("answers", step, team(self.history.now, who) if step else "", number)
        self.history = self.history.amend(drafts.bookmarked(self.history.now, place))
        assert self.history.now.bookmark == place

    def somebody_listens(self, seconds: int) -> None:
        self.now += dt.timedelta(seconds=seconds)
        noted, moment = ringing.ring(self.history.now, self.now)
        position, total = noted.position, noted.run.total
        self.history = self.history.amend(noted)
        if moment is not None:
            assert (position, moment, total) not in self.heard
            self.heard.add((position, moment, total))

    def undo(self) -> None:
        before = self.history.now
        self.history = self.history.undo()
        if self.past:
            then, merge = self.past.pop()
            self.future.append((before, merge))
            self.goes(before, then, undone=True)
        else:
            assert self.history.now is before

    def redo(self) -> None:
        before = self.history.now
        self.history = self.history.redo()
        if self.future:
            then, _merge = self.future.pop()
            self.past.append((before, ""))
            self.goes(before, then, undone=True)
        else:
            assert self.history.now is before

    def goes(self, before: Session, after: Session, *, undone: bool) -> None:
        """Remember in the model what makes way, and see that undo and redo went where they should."""
        now = self.history.now
        assert bare(now) == bare(after)
        if undone:
            assert (now.bookmark, now.drafts, now.rung) == (before.bookmark, before.drafts, before.rung)
        for question, given in before.answers.items():
            for team_id, one in given.items():
                then = after.answer(team_id, question)
                if (undone or not one.draft) and (then is None or then.value != one.value):
                    remember(self.gone, (team_id, question), one.value)
        for component, agreed in before.agreements.items():
            stands = after.agreements.get(component)
            same = stands is not None and stands.text == agreed.text and (undone or stands.sources == agreed.sources)
            if not same and (undone or not agreed.draft):
                remember(self.gone, (component,), agreed.text)
        known = {each.id for each in now.teams}
        self.gone = {key: values for key, values in self.gone.items() if len(key) == 1 or key[0] in known}

    # The clock.

    @rule(shift=st.sampled_from([-86_400, -3600, -30, 30, 3600, 86_400]))
    def the_clock_is_set(self, shift: int) -> None:
        left = timing.seconds_left(self.history.now.run, self.now)
        self.now += dt.timedelta(seconds=shift)
        self.everywhere(lambda session: moving.set_clock(session, dt.timedelta(seconds=shift)))
        assert math.isclose(timing.seconds_left(self.history.now.run, self.now), left, abs_tol=0.001)

    @rule(gap=st.sampled_from([-7200, -5, 0, 40, 3600, 4 * 3600, 40 * 86_400]), count=st.booleans())
    def the_laptop_slept(self, gap: int, count: bool) -> None:  # noqa: FBT001
        seen_at, before = self.now, self.history.now
        self.now += dt.timedelta(seconds=gap)
        self.everywhere(lambda session: moving.close_gap(session, seen_at, self.now, count=count))
        run = self.history.now.run
        assert run.started_at is None
        if before.run.started_at is not None:
            left = timing.seconds_left(before.run, max(seen_at, self.now) if count else seen_at)
            assert math.isclose(timing.seconds_left(run, self.now), left, abs_tol=0.001)

    def everywhere(self, change: Callable[[Session], Session]) -> None:
        self.history = self.history.mapped(change)
        self.past = [(change(each), merge) for each, merge in self.past]
        self.future = [(change(each), merge) for each, merge in self.future]

    # The disk.

    @rule(minutes=st.sampled_from([0, 0, 0, 1, 11]))
    def save(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.file.save(self.history.now, self.now)
        assert self.file.versions_fault == ""
        self.saved, self.at_work = OnDisk(self.history.now, dict(self.gone), self.now), True
        self.look_for_versions(self.saved)

    @rule(late=st.booleans())
    def a_save_fails(self, late: bool) -> None:  # noqa: FBT001
        write, told = atomic.write, self.file.session

        def refuse(path: Path, data: bytes, **options: Any) -> None:
            if late:
                write(path, data, **options)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with patch.object(atomic, "write", refuse), pytest.raises(DiskError):
            self.file.save(self.history.now, self.now)
        assert self.file.session is told
        if late:  # it was not told of, and yet it is there
            self.saved = OnDisk(self.history.now, dict(self.gone), self.now)
        self.look_for_versions(self.saved)

    @rule(minutes=st.sampled_from([0, 3]))
    def it_lives(self, minutes: int) -> None:
        self.now += minutes * MINUTE
        self.file.pulse(self.now)
        self.note, self.at_work = self.now, True

    @rule()
    def close_and_open_again(self) -> None:
        self.close()
        self.open()

    @rule()
    def the_program_is_killed(self) -> None:
        self.file._database.lock._lock.release(force=True)
        self.open()

    @rule(which=st.integers(0, 20))
    @precondition(lambda self: self.versions)
    def a_version_is_put_back(self, which: int) -> None:
        self.close()
        found = versions_of(self.path)
        version = found[which % len(found)]
        wanted, stood = self.versions[version.path.name], self.saved
        assert read(version.path) == from_disk(wanted.session)
        put_back(self.path, version.path, self.now)
        self.saved, self.note = wanted, None
        self.look_for_versions(stood)
        newest = versions_of(self.path)[0]
        assert self.versions[newest.path.name] is stood
        self.open()

    @rule()
    def someone_looks_on(self) -> None:
        seen = self.follower.look()
        assert seen is None or seen[0] == from_disk(self.saved.session)
        assert self.follower.look() is None

    def close(self) -> None:
        self.file.close()
        self.note = None if self.at_work else self.note
        self.look_for_versions(self.saved)

    def open(self) -> None:
        """Open the session anew: what was last saved is what is there, and what was undone cannot be redone."""
        self.file = SessionFile.open(self.path)
        assert self.file.session == from_disk(self.saved.session)
        assert self.file.seen_at == max(self.saved.seen_at, self.note or self.saved.seen_at)
        self.at_work = False
        self.history = History(self.file.session)
        self.past, self.future = [], []
        self.heard = set()  # what was noted after it was last saved, nobody knows any more
        self.gone = dict(self.saved.gone)
        self.drafts = list(self.file.session.drafts)

    def look_for_versions(self, what: OnDisk) -> None:
        """A version that was not there before holds ``what``."""
        for version in versions_of(self.path):
            if version.path.name not in self.versions:
                self.versions[version.path.name] = what
                assert read(version.path) == from_disk(what.session)
        self.touched = True

    # Always.

    @invariant()
    def time_makes_sense(self) -> None:
        for run in self.history.now.runs.values():
            assert run.used >= 0
            assert timing.used_seconds(run, self.now) >= run.used
            assert math.isfinite(timing.seconds_left(run, self.now))
            assert 1 <= run.total <= 600
            assert timing.paused_seconds(run, self.now) >= run.paused >= 0
        timing.minutes_behind(self.history.now, self.now)

    @invariant()
    def what_is_agreed_is_about_something(self) -> None:
        session = self.history.now
        assert session.agreements.keys() <= set(COMPONENTS)
        assert session.consents.keys() <= session.agreements.keys()
        assert {each.component for each in session.objections} <= set(COMPONENTS)
        assert all(not each.is_open for key in session.consents for each in session.objections_to(key))
        assert session.present_teams

    @invariant()
    def nothing_that_was_said_is_gone(self) -> None:
        session = self.history.now
        assert remembered(session) == self.gone
        assert list(session.drafts) == self.drafts

    @invariant()
    def the_file_is_what_was_last_saved(self) -> None:
        if self.touched:
            assert read(self.path) == from_disk(self.saved.session)
            assert list(read(self.path).drafts) == list(self.saved.session.drafts)
            names = {each.name for each in self.path.parent.iterdir()}
            assert names <= {"s.json", ".s.json.lock", ".s.json.open", ".versies"}
        self.touched = False


def remember(gone: Gone, key: tuple[str, ...], value: object) -> None:
    others = [each for each in gone.get(key, []) if each != value]
    gone[key] = [*others, value][-earlier.MOST :]


def remembered(session: Session) -> Gone:
    """What a session remembers of what was replaced."""
    said: Gone = {
        (team_id, question): [each.value for each in before]
        for question, given in session.earlier_answers.items()
        for team_id, before in given.items()
    }
    agreed: Gone = {
        (component,): [each.text for each in before] for component, before in session.earlier_agreements.items()
    }
    return said | agreed


happens = st.builds(
    lambda happening, seconds, merge: lambda room: room.something_happens(happening, seconds, merge),
    happenings,
    st.integers(0, 400),
    st.sampled_from(["", "", "typen", "minuten"]),
)
forms = st.builds(
    lambda form, text: lambda room: room.something_stands_in_a_form(form, text), st.sampled_from(FORMS), words
)
amends = st.one_of(
    forms,
    st.builds(lambda seconds: lambda room: room.somebody_listens(seconds), st.sampled_from([0, 1, 60, 120, 200])),
    st.builds(lambda form: lambda room: room.a_form_is_done(form), st.sampled_from(FORMS)),
    st.builds(
        lambda who, question, component: lambda room: room.typing_ends(who, question, component),
        anyone,
        questions,
        components,
    ),
    st.builds(
        lambda step, who, number: lambda room: room.the_facilitator_goes_elsewhere(step, who, number),
        st.sampled_from(["", *STEPS]),
        anyone,
        numbers,
    ),
)
steps_back = st.sampled_from([Room.undo, Room.undo, Room.redo])

MOVES: Final[st.SearchStrategy[Callable[[Room], None]]] = st.integers(0, 9).flatmap(
    lambda number: happens if number < 6 else amends if number < 8 else steps_back
)
"""What happens in the room without the disk; most of it can be undone."""

Room.TestCase.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # shrinking takes minutes; who wants that adds Phase.shrink
    report_multiple_bugs=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
test_whatever_happens_in_whatever_order = Room.TestCase


def test_a_team_that_never_came_keeps_no_session_from_opening() -> None:
    """Undone: a team that came, what it said, and an agreement that was taken from that."""
    session = make(small_script(), organisation="De Eik", teams=["Blauw"], now=NOON)
    history = History(session)
    history = history.record(teams.add_team(history.now, "Later"), "team erbij")
    history = history.record(answering.answer(history.now, "t2", "waarom", TextValue("zo"), NOON), "antwoord")
    history = history.record(agreeing.agree(history.now, "doel", "zo", [AnswerRef("t2", "waarom")], NOON), "afspraak")
    undone = history.undo().undo().undo().now
    assert [each.text for each in undone.earlier_agreements["doel"]] == ["zo"]
    tables = json.loads(msgspec.json.encode(tables_of(undone, NOON)))
    assert session_of(tables, "x.json")[0] == from_disk(undone)
