"""Any workshop, some way along: for what must hold in every room, whatever its script and whatever happened in it."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from sleutelworkshop.script.loader import load_script
from sleutelworkshop.script.model import Notes, Part, Script, Step, StepKind
from sleutelworkshop.session import moving, replanning
from sleutelworkshop.session.making import make
from sleutelworkshop.session.model import RefusedError, Session

NOON: Final = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
SECOND: Final = dt.timedelta(seconds=1)
MINUTE: Final = dt.timedelta(minutes=1)

Happening: TypeAlias = Callable[[Session, dt.datetime], Session]
"""Something that can happen to the time of a workshop."""


class Room(Struct, frozen=True):
    """A session at a moment, and when the clock was last looked at before."""

    session: Session
    now: dt.datetime


@cache
def small_script() -> Script:
    return load_script(Path(__file__).parents[1] / "small_script.toml")


def fresh(script: Script | None = None) -> Session:
    """Return a session at its first step, made at noon."""
    return make(script or small_script(), organisation="De Eik", teams=["Blauw", "Rood", "Geel"], now=NOON)


# Any script.


def a_step(number: int, minutes: int, minimum: int, *, droppable: bool = False) -> Step:
    return Step(
        id=f"stap-{number}",
        kind=StepKind.EXPLANATION,
        title=f"Stap {number}",
        minutes=minutes,
        minimum=minimum,
        droppable=droppable,
        prompt="",
        notes=Notes(introduce=""),
    )


def a_script(*parts: tuple[bool, tuple[tuple[int, int, bool], ...]]) -> Script:
    """Return a script of parts that are protected or not, each with its steps: minutes, minimum, droppable."""
    numbers = iter(range(1, 1000))
    made = tuple(
        Part(
            id=f"deel-{number}",
            label=f"Deel {number}",
            protected=protected,
            steps=tuple(
                a_step(next(numbers), minutes, minimum, droppable=droppable and not protected)
                for minutes, minimum, droppable in steps
            ),
        )
        for number, (protected, steps) in enumerate(parts, start=1)
    )
    return replace(small_script(), components=(), parts=made)


_a_step = st.integers(1, 20).flatmap(
    lambda minutes: st.tuples(st.just(minutes), st.integers(1, minutes), st.sampled_from([False, False, True]))
)
_a_part = st.tuples(st.sampled_from([False, False, True]), st.lists(_a_step, min_size=1, max_size=5).map(tuple))

scripts: Final = st.lists(_a_part, min_size=1, max_size=6).map(lambda parts: a_script(*parts))
"""One to six parts of one to five steps."""


# Whatever can happen to its time.


def jumps_to(number: int) -> Happening:
    """Return going to one of the steps."""

    def happens(session: Session, now: dt.datetime) -> Session:
        steps = list(session.script.steps())
        return moving.jump(session, steps[number % len(steps)].id, now)

    return happens


def adopts(number: int) -> Happening:
    """Return adopting one of the plans that there are to adopt, if any."""

    def happens(session: Session, now: dt.datetime) -> Session:
        found = replanning.proposals(session, now)
        return replanning.adopt(session, found[number % len(found)]) if found else session

    return happens


def takes_back(number: int) -> Happening:
    """Return taking back one of the steps that were dropped, if any."""

    def happens(session: Session, now: dt.datetime) -> Session:
        dropped = [step_id for step_id, run in session.runs.items() if run.dropped]
        return replanning.take_back(session, dropped[number % len(dropped)]) if dropped else session

    return happens


def _finishes(session: Session, now: dt.datetime) -> Session:
    last = [step.id for step in session.script.steps()][-1]
    return moving.go_on(moving.jump(session, last, now), now)


def chooses_end(seconds: int) -> Happening:
    """Return choosing an end that lies so many seconds ahead; at 0 it is the planned one again."""
    return lambda session, now: replanning.choose_end(session, now + seconds * SECOND if seconds else None, now)


happenings: Final[st.SearchStrategy[Happening]] = st.one_of(
    *[st.sampled_from([moving.start, moving.start, moving.pause, moving.go_on, moving.go_on, moving.go_back])] * 3,
    st.builds(jumps_to, st.integers(0, 29)),
    st.builds(lambda n: lambda s, _now: moving.add_minutes(s, n), st.sampled_from([-5, -1, 1, 1, 5, 590])),
    st.builds(lambda n: lambda s, now: moving.start_earlier(s, n, now), st.integers(1, 20)),
    st.builds(adopts, st.integers(0, 40)),
    st.builds(takes_back, st.integers(0, 3)),
    st.just(_finishes),
    st.builds(chooses_end, st.integers(0, 3 * 3600)),
    st.builds(
        lambda gap, count: lambda s, now: moving.close_gap(s, now - gap * SECOND, now, count=count),
        st.sampled_from([-600, 30, 600, 4 * 3600]),
        st.booleans(),
    ),
)


def attempt(session: Session, happening: Happening, now: dt.datetime) -> Session:
    """Return the session after something happened, or as it was when that is refused."""
    try:
        return happening(session, now)
    except RefusedError:
        return session


spans: Final = st.one_of(st.integers(0, 900), st.integers(0, 900_000_000).map(lambda micros: micros / 1e6))
"""Seconds that pass between two things; whole ones, and such as a clock really gives."""


@st.composite
def rooms(draw: st.DrawFn, *, begun: bool = False) -> Room:
    """Draw a workshop at any moment of it; with ``begun``, one in which a chosen end can be missed."""
    session, now = fresh(draw(scripts)), NOON
    if begun:
        session = moving.start(session, now)
    for happening, seconds in draw(st.lists(st.tuples(happenings, spans), max_size=14)):
        now += dt.timedelta(seconds=seconds)
        session = attempt(session, happening, now)
    return Room(session, now + dt.timedelta(seconds=draw(spans)))
