"""Pictures of saving, as in ``test_tui_snapshots``: what is chosen, and how far it is. No disk has a part in them."""

import datetime as dt
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from pictures import SMALLEST, compare
from room_app import START, room
from sleutelworkshop.session import moving
from sleutelworkshop.session.model import Session
from sleutelworkshop.store.locations import example_path
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.tui.documents import Choice, Job, Kept, Seen, State, wrong_name
from sleutelworkshop.tui.screens import closing, making, saving

FAULT = "De schijf is vol, dus “{name}” past er niet meer op: maak ruimte vrij."


@pytest.fixture(autouse=True)
def _no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which the Word file stands already, and on which there is no room for the spreadsheet."""

    def look(choice: Choice) -> Seen:
        return Seen(frozenset({"docx"}), wrong=wrong_name(choice.name))

    def keep(job: Job, session: Session, *, now: dt.datetime) -> Kept:
        if job.format == "csv":
            return Kept(State.FAILED, FAULT.format(name=job.path.name))
        return Kept(State.SAVED if job.format != "docx" or job.replace else State.LEFT)

    monkeypatch.setattr(closing, "proposed_folder", lambda: Path("/home/sanne/Documenten"))
    monkeypatch.setattr(saving, "look", look)
    monkeypatch.setattr(making, "keep", keep)


SCENES = {
    "saving": ("2", "4", "5"),
    "saving-all-without-names": (*"2345678", "9", "tab"),
    "saving-refused": ("tab", "tab", "ctrl+u", "ctrl+s"),
    "making": ("2", "4", "5", "ctrl+s", "enter"),
    "without-names": ("z", "escape"),
}


@pytest.mark.parametrize("scene", SCENES)
async def test_saving(snapshot: SnapshotAssertion, tmp_path: Path, scene: str) -> None:
    session = moving.pause(moving.jump(read(example_path()), "lezen", START), START)
    async with room(tmp_path / "sessies", session, size=SMALLEST[:2]) as now:
        await now.press("l", "s")
        for key in SCENES[scene]:
            await now.press(key)
        await compare(now.pilot, snapshot, scene, [SMALLEST], tmp_path)
