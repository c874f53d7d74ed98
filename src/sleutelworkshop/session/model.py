"""One run of a script with one group: what is known of it at a moment. Immutable.

The mappings are plain dicts, never changed in place: a change makes a new dict. Answers stand by question and
then by team, so that a change copies two small dicts, however many answers there are.
"""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from sleutelworkshop.script.model import Script, Step
from sleutelworkshop.session.values import Value


class RefusedError(ValueError):
    """Something that cannot happen in the room now; the message is a Dutch sentence that says why."""


class Team(Struct, frozen=True):
    """A team in the room. ``present`` is false for one set aside: its answers stay, nobody waits for it."""

    id: str
    name: str
    present: bool = True


class StepRun(Struct, frozen=True):
    """How a step goes. Time is arithmetic: ``used`` seconds before ``started_at``, and since then the clock.

    ``minutes`` is what was planned for this session, ``extra`` the minutes added (or, below 0, taken) in the room.
    Where the room is and no time runs, ``still_since`` says since when; ``paused`` are the seconds that it stood still
    before, after it had begun. A ``dropped`` step is left out.
    """

    minutes: int
    extra: int = 0
    used: float = 0.0
    started_at: dt.datetime | None = None
    still_since: dt.datetime | None = None
    paused: float = 0.0
    done: bool = False
    dropped: bool = False
    presented: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """The minutes that it gets, with what was added or taken in the room."""
        return self.minutes + self.extra

    @property
    def is_running(self) -> bool:
        """Whether its time runs."""
        return self.started_at is not None

    @property
    def has_begun(self) -> bool:
        """Whether its time runs, or ran before."""
        return self.started_at is not None or self.used > 0


class Answer(Struct, frozen=True):
    """What one team answered to one question, and when that last changed. ``draft`` while it is being typed."""

    value: Value
    at: dt.datetime
    draft: bool = False


class AnswerRef(Struct, frozen=True):
    """Points at the answer of one team to one question."""

    team: str
    question: str


class Agreement(Struct, frozen=True):
    """What was agreed on a component, and the answers it was taken from. ``draft`` while it is being typed."""

    text: str
    sources: tuple[AnswerRef, ...]
    at: dt.datetime
    draft: bool = False


class Objection(Struct, frozen=True, kw_only=True):
    """An objection to a component; ``outcome`` says what became of it.

    ``text`` are the words it was made against, ``text_after`` those with which it was settled: empty when the agreement
    was taken away, None while it is open, and for one that was settled before that was kept.
    """

    id: int
    component: str
    who: str
    what: str
    text: str
    at: dt.datetime
    outcome: str = ""
    settled_at: dt.datetime | None = None
    text_after: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has not been settled yet."""
        return self.settled_at is None


class Action(Struct, frozen=True):
    """Who does what, by when."""

    id: int
    who: str
    what: str
    due: dt.date | None = None


class Went(StrEnum):
    """How something went that was agreed or promised the last time."""

    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


class Review(Struct, frozen=True):
    """What the group says, looking back, of one thing of the last time; ``went`` is None while only a note is made."""

    went: Went | None
    note: str
    at: dt.datetime


class EarlierAgreed(Struct, frozen=True):
    """What was agreed on a component the last time, and whether the group consented to it."""

    text: str
    consented: bool


class Previous(Struct, frozen=True):
    """The meeting that a session follows up: its day, and what it ended in. It does not change any more."""

    date: dt.date
    agreements: dict[str, EarlierAgreed]
    actions: tuple[Action, ...]


class Draft(Struct, frozen=True):
    """What was typed into a form and is not kept yet: its texts by field, and when that last changed."""

    texts: dict[str, str]
    at: dt.datetime


class Rung(Struct, frozen=True):
    """Which moments of a step were heard: ``minute`` and ``end`` are the minutes that it had when they came, or 0."""

    minute: int = 0
    end: int = 0


class Rehearsal(Struct, frozen=True):
    """That a session is only a rehearsal: its clock has gone ``speed`` times as fast since ``since``."""

    speed: Annotated[float, Meta(gt=0, le=10_000)]
    since: dt.datetime


class Bookmark(Struct, frozen=True):
    """Where the facilitator is at work: a screen and, where it has those, the step, the team and the question."""

    screen: str
    step: str = ""
    team: str = ""
    question: int = 0
    by_question: bool = False


class Session(Struct, frozen=True, kw_only=True):
    """The whole state. ``position`` is the step where the room is; ``casus`` what was known of it beforehand.

    ``ends_at`` is the end that the facilitator chose; without it the workshop ends when its planned minutes are over.
    ``revealed`` are the questions of which the room may see the answers. ``previous`` is the meeting that this one
    follows up; ``reviews`` say how that went, by what :mod:`.following_up` calls it.

    The last five are about the work on it and not about the room: undo leaves them alone. ``drafts`` stand by the
    form that they were typed into; ``earlier_answers`` (by question and then by team) and ``earlier_agreements``
    hold what stood there before, the oldest first; ``rung`` (by step) which sounds there have been.
    """

    script: Script
    organisation: str
    facilitator: str = ""
    casus: str = ""
    date: dt.date
    made_at: dt.datetime
    begun_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    position: str
    teams: tuple[Team, ...]
    runs: dict[str, StepRun]
    answers: dict[str, dict[str, Answer]] = {}
    agreements: dict[str, Agreement] = {}
    consents: dict[str, dt.datetime] = {}
    objections: tuple[Objection, ...] = ()
    actions: tuple[Action, ...] = ()
    evaluation: dt.date | None = None
    ends_at: dt.datetime | None = None
    revealed: tuple[str, ...] = ()
    rehearsal: Rehearsal | None = None
    previous: Previous | None = None
    reviews: dict[str, Review] = {}
    bookmark: Bookmark | None = None
    drafts: dict[str, Draft] = {}
    earlier_answers: dict[str, dict[str, tuple[Answer, ...]]] = {}
    earlier_agreements: dict[str, tuple[Agreement, ...]] = {}
    rung: dict[str, Rung] = {}

    @property
    def step(self) -> Step:
        """The step where the room is."""
        return self.script.step(self.position)

    @property
    def run(self) -> StepRun:
        """How the step goes where the room is."""
        return self.runs[self.position]

    @property
    def present_teams(self) -> tuple[Team, ...]:
        """The teams that take part now."""
        return tuple(team for team in self.teams if team.present)

    def team(self, team_id: str) -> Team:
        """Return the team called ``team_id``; raises KeyError when there is none."""
        for team in self.teams:
            if team.id == team_id:
                return team
        raise KeyError(team_id)

    def answer(self, team_id: str, question_id: str) -> Answer | None:
        """Return what the team answered to the question, or None."""
        return self.answers.get(question_id, {}).get(team_id)

    def objections_to(self, component_id: str) -> tuple[Objection, ...]:
        """Return the objections to a component, oldest first."""
        return tuple(objection for objection in self.objections if objection.component == component_id)
