"""Saving elsewhere: when a disk is full or gone, the session goes on in another file."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from textual.app import App

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.store.errors import StoreError, disk_explained, told
from sleutelworkshop.store.locations import SUFFIX, home_folder, make_folder
from sleutelworkshop.tui.background import run_in_thread
from sleutelworkshop.tui.document_files import folder_of
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen
from sleutelworkshop.tui.session_controller import SessionController
from sleutelworkshop.tui.widgets.line_field import LineField


class ElsewhereForm(FormScreen):
    """Asks where the session is to go; ``is_leaving`` when that was asked while leaving."""

    CSS_PATH = "screens/form.tcss"

    unkept = False  # a path is no text that anyone said

    def __init__(self, proposal: str, fault: str, *, is_leaving: bool) -> None:
        field = FormField("path", _("Waar"), proposal, _("een map of een bestand, bijvoorbeeld op een stick"))
        title, keep = _("Op een andere plek opslaan"), _("Opslaan")
        super().__init__(title, [field], check=_check, details=fault, keep=keep)
        self.is_leaving = is_leaving


async def save_elsewhere(app: App[int], desk: SessionController, *, is_leaving: bool = False) -> bool:
    """Ask for a place, and go on with the session there; return whether it is saved.

    A form that asks it already makes way for this one.
    """
    proposal, fault = str(_proposal(desk.path)), desk.save_state.fault
    if isinstance(standing := app.screen, ElsewhereForm):
        proposal = standing.query_one("#path", LineField).value
        await standing.dismiss(None)
    while True:
        texts = await app.push_screen_wait(ElsewhereForm(proposal, fault, is_leaving=is_leaving))
        if texts is None:
            return False
        proposal = texts["path"]
        try:
            path = _path_of(proposal, desk.path)
            if not await run_in_thread(app, partial(_exists, path.parent)):
                if not await _asks_to_make(app, path.parent, is_leaving=is_leaving):
                    continue
                await run_in_thread(app, partial(_make_folder, path.parent))
            await desk.save_elsewhere(path)
        except StoreError as refusal:
            fault = str(refusal)
        else:
            return True


async def _asks_to_make(app: App[int], folder: Path, *, is_leaving: bool) -> bool:
    """Ask whether a folder that is not there is to be made: more often it is a slip of the finger."""
    answers = [("back", _("Terug, en een andere map typen")), ("make", _("De map maken"))]
    details = _("{folder} is er niet. Maak ik hem, dan kun alleen jij erin.").format(folder=told(str(folder), 500))
    question = DialogScreen(_("Deze map bestaat nog niet"), answers, details)
    question.is_leaving = is_leaving
    return await app.push_screen_wait(question) == "make"


def _exists(folder: Path) -> bool:
    with disk_explained(folder):
        return folder.exists()


def _make_folder(folder: Path) -> None:
    with disk_explained(folder):
        make_folder(folder)


def _check(texts: Mapping[str, str]) -> None:
    if not texts["path"].strip():
        raise RefusedError(_("Zeg waar de sessie heen moet."))


def _path_of(typed: str, path: Path) -> Path:
    wanted = folder_of(typed)
    if wanted.suffix.lower() != SUFFIX:
        wanted /= path.name
    if wanted == path:
        raise StoreError(_("Daar staat de sessie al: kies een andere map of een andere naam."))
    return wanted


def _proposal(path: Path) -> Path:
    """Return a place that is likely to work: the person's own folder, under a name that is free there."""
    home = home_folder() or path.parent
    names = (path.name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 100)))
    return next((home / name for name in names if not (home / name).exists()), home / path.name)
