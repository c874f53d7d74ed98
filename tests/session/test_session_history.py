import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sleutelworkshop.session import answering, moving
from sleutelworkshop.session.history import History
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.values import TextValue


def test_undo_takes_back_and_redo_does_again(session: Session, now: dt.datetime) -> None:
    history = History(session)
    started = moving.start(session, now)
    history = history.record(started, "starten").record(moving.go_on(started, now), "verder")
    assert history.undo().now == started
    assert history.undo().undo().now is session
    assert history.undo().undo().redo().redo().now == history.now
    assert history.undo().undo().undo().now is session


def test_typing_in_a_row_is_one_change(session: Session, now: dt.datetime) -> None:
    history = History(session)
    for text in ("d", "da", "dat"):
        history = history.record(
            answering.answer(history.now, "t1", "waarom", TextValue(text), now), "antwoord", merge="t1/waarom"
        )
    assert len(history.past) == 1
    assert replace(history.undo().now, earlier_answers={}) == session


def test_a_new_change_forgets_what_was_undone(session: Session, now: dt.datetime) -> None:
    history = History(session).record(moving.start(session, now), "starten").undo()
    history = history.record(moving.add_minutes(history.now, 1), "minuut")
    assert history.redo() is history


def test_nothing_happened_is_no_change(session: Session) -> None:
    history = History(session)
    assert history.record(session, "niets") is history
    assert history.undo() is history


@given(steps=st.lists(st.sampled_from(["record", "undo", "redo"]), max_size=40))
def test_undo_and_redo_are_each_others_opposite(steps: list[str]) -> None:
    history: History | None = None
    states: list[int] = [0]
    here, counter = 0, 0
    made = _tokens(len(steps) + 1)
    history = History(made[0])
    for step in steps:
        if step == "record":
            counter += 1
            del states[here + 1 :]
            states.append(counter)
            here += 1
            history = history.record(made[counter], str(counter))
        elif step == "undo":
            here, history = max(here - 1, 0), history.undo()
        else:
            here, history = min(here + 1, len(states) - 1), history.redo()
        assert history.now is made[states[here]]


def _tokens(count: int) -> list[Session]:
    from pathlib import Path

    from sleutelworkshop.script.loader import load_script
    from sleutelworkshop.session.making import make

    script = load_script(Path(__file__).parents[1] / "small_script.toml")
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return [make(script, organisation=f"School {n}", teams=["Blauw"], now=now) for n in range(count)]
