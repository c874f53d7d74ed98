import datetime as dt
import threading
from collections.abc import Iterator
from queue import Queue

import pytest

from sleutelworkshop.session.model import Session
from sleutelworkshop.session.teams import rename_team
from sleutelworkshop.store.errors import ChangedElsewhereError, DiskError, Meddling, StoreError
from sleutelworkshop.store.saver import Saver
from stillness import Gate

PATIENCE = 10.0
NEVER = 3600.0


class Disk:
    """A session file of which the test decides when it writes, and whether that works."""

    def __init__(self) -> None:
        self.saved: list[Session] = []
        self.begun: Queue[Session] = Queue()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.fault: Exception | None = None
        self.gone: Exception | None = None
        self.hangs: Gate | None = None

    @property
    def session(self) -> Session:
        return self.saved[-1]

    def verify(self, now: dt.datetime) -> None:
        if self.hangs is not None:
            self.hangs.pass_through()
        if self.gone is not None:
            raise self.gone

    def save(self, session: Session, now: dt.datetime) -> None:
        self.begun.put(session)
        assert self.may_go_on.wait(PATIENCE)
        if self.fault is not None:
            raise self.fault
        self.saved.append(session)


class Desk:
    """What was heard of the saver."""

    def __init__(self, disk: Disk, now: dt.datetime, retry_after: float = NEVER, verify_after: float = NEVER) -> None:
        self.news: Queue[dt.datetime | StoreError] = Queue()
        self.saver = Saver(
            disk,
            saved=self.news.put,
            failed=self.news.put,
            clock=lambda: now,
            retry_after=retry_after,
            verify_after=verify_after,
        )


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def desk(disk: Disk, noon: dt.datetime) -> Iterator[Desk]:
    made = Desk(disk, noon)
    yield made
    disk.fault = None
    disk.may_go_on.set()
    made.saver.close(PATIENCE)


def test_what_is_put_is_saved_and_told(disk: Disk, desk: Desk, begun: Session, noon: dt.datetime) -> None:
    assert not desk.saver.unsaved
    desk.saver.put(begun)
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [begun]
    assert desk.news.get_nowait() == noon
    assert not desk.saver.unsaved


def test_what_arrives_during_a_write_goes_together_in_the_next(disk: Disk, desk: Desk, begun: Session) -> None:
    states = [rename_team(begun, "t1", name) for name in ("een", "twee", "drie")]
    disk.may_go_on.clear()
    desk.saver.put(begun)
    assert disk.begun.get(timeout=PATIENCE) is begun
    for state in states:
        desk.saver.put(state)
    assert desk.saver.unsaved
    assert not desk.saver.flush(0)
    disk.may_go_on.set()
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [begun, states[-1]]


def test_a_failure_is_told_and_tried_again(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon, retry_after=0.0)
    disk.fault = DiskError("De schijf is vol.")
    desk.saver.put(begun)
    for _attempt in range(3):
        assert desk.news.get(timeout=PATIENCE) is disk.fault
    assert desk.saver.unsaved
    disk.fault = None
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [begun]
    desk.saver.close(PATIENCE)


def test_something_new_is_tried_at_once_after_a_failure(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.fault = DiskError("De schijf is vol.")
    desk.saver.put(begun)
    assert desk.news.get(timeout=PATIENCE) is disk.fault
    disk.fault = None
    newer = rename_team(begun, "t1", "nieuw")
    desk.saver.put(newer)
    assert isinstance(desk.news.get(timeout=PATIENCE), dt.datetime)
    assert disk.saved == [newer]


def test_flushing_does_not_wait_for_the_next_attempt(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.fault = DiskError("De schijf is vol.")
    desk.saver.put(begun)
    assert desk.news.get(timeout=PATIENCE) is disk.fault
    disk.fault = None
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [begun]


def test_what_is_newer_than_what_failed_wins(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.fault = DiskError("De schijf is vol.")
    disk.may_go_on.clear()
    desk.saver.put(begun)
    disk.begun.get(timeout=PATIENCE)
    newer = rename_team(begun, "t1", "nieuw")
    desk.saver.put(newer)
    disk.may_go_on.set()
    assert desk.news.get(timeout=PATIENCE) is disk.fault
    disk.fault = None
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [newer]


def test_a_mistake_of_the_program_is_told_and_does_not_end_the_saving(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.fault = TypeError("oops")
    desk.saver.put(begun)
    fault = desk.news.get(timeout=PATIENCE)
    assert isinstance(fault, StoreError)
    assert "TypeError" in str(fault)
    disk.fault = None
    assert desk.saver.flush(PATIENCE)


def test_a_screen_that_has_gone_does_not_end_the_saving(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    def gone(_news: object) -> None:
        raise RuntimeError

    saver = Saver(disk, saved=gone, failed=gone, clock=lambda: noon, retry_after=0.0)
    for name in ("een", "twee"):
        saver.put(rename_team(begun, "t1", name))
        assert saver.flush(PATIENCE)
    saver.close(PATIENCE)
    assert len(disk.saved) == 2


def test_closing_saves_what_still_waits(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon)
    disk.may_go_on.clear()
    desk.saver.put(begun)
    disk.begun.get(timeout=PATIENCE)
    newer = rename_team(begun, "t1", "nieuw")
    desk.saver.put(newer)
    threading.Timer(0, disk.may_go_on.set).start()
    desk.saver.close(PATIENCE)
    desk.saver.close(PATIENCE)
    assert disk.saved == [begun, newer]


def test_closing_gives_up_on_a_disk_that_refuses(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon)
    disk.fault = DiskError("De schijf is vol.")
    desk.saver.put(begun)
    assert not desk.saver.flush(0)
    desk.saver.close(PATIENCE)
    assert desk.saver.unsaved
    assert not disk.saved


def test_it_is_behind_only_while_something_newer_waits(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.may_go_on.clear()
    desk.saver.put(begun)
    assert disk.begun.get(timeout=PATIENCE) is begun
    assert not desk.saver.behind
    desk.saver.put(rename_team(begun, "t1", "een"))
    assert desk.saver.behind
    disk.may_go_on.set()
    assert desk.saver.flush(PATIENCE)
    assert not desk.saver.behind


def test_a_saver_that_is_abandoned_is_not_waited_for_and_writes_no_more(disk: Disk, desk: Desk, begun: Session) -> None:
    disk.may_go_on.clear()  # a disk that does not answer
    desk.saver.put(begun)
    assert disk.begun.get(timeout=PATIENCE) is begun
    desk.saver.put(rename_team(begun, "t1", "een"))
    desk.saver.abandon()
    disk.may_go_on.set()
    desk.saver.close(PATIENCE)  # waits for the thread, now that the disk answers
    assert disk.saved == [begun]


def test_closing_waits_in_vain_for_a_disk_that_does_not_answer_any_more(disk: Disk, noon: dt.datetime) -> None:
    with Gate() as disk.hangs:
        desk = Desk(disk, noon, verify_after=0.0)
        assert disk.hangs.waiting.wait(PATIENCE)
        assert desk.saver.flush(0), "all is saved"
        assert not desk.saver.close(0)
    assert desk.saver.close(PATIENCE)


def test_what_is_put_after_closing_is_refused(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon)
    assert desk.saver.put(begun)
    desk.saver.close(PATIENCE)
    assert not desk.saver.put(rename_team(begun, "t1", "te laat"))
    assert desk.saver.flush(0)
    assert disk.saved == [begun]


def test_what_is_saved_and_then_gone_is_told_and_saved_again(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon, retry_after=0.01, verify_after=0.01)
    desk.saver.put(begun)
    assert desk.saver.flush(PATIENCE)
    assert desk.news.get(timeout=PATIENCE) == noon
    disk.fault = disk.gone = DiskError("de stick is eruit")
    assert isinstance(desk.news.get(timeout=PATIENCE), DiskError)
    assert desk.saver.unsaved
    disk.fault = disk.gone = None
    assert desk.saver.flush(PATIENCE)
    assert disk.saved == [begun, begun]
    desk.saver.close(PATIENCE)


def test_nobody_waits_for_what_only_a_person_can_decide(disk: Disk, begun: Session, noon: dt.datetime) -> None:
    desk = Desk(disk, noon)
    disk.fault = ChangedElsewhereError("s.json", Meddling.CHANGED, b"{}")
    desk.saver.put(begun)
    assert not desk.saver.flush(NEVER)
    assert not desk.saver.flush(NEVER)
    disk.fault = None
    assert desk.saver.flush(PATIENCE) or desk.saver.flush(PATIENCE)
    assert disk.saved == [begun]
    desk.saver.close(PATIENCE)
