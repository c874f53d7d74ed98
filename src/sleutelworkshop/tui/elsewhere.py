"""Saving elsewhere: when a disk is full or gone, the session goes on in another file."""

from collections.abc import Mapping
from pathlib import Path

from textual.app import App

from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.store.errors import StoreError
from sleutelworkshop.store.locations import SUFFIX, expand_home, home_folder
from sleutelworkshop.tui.screens.form import FormField, FormScreen
from sleutelworkshop.tui.session_controller import SessionController


async def save_elsewhere(app: App[int], desk: SessionController) -> bool:
    """Ask for a place, and go on with the session there; return whether it is saved."""
    proposal, fault = str(_proposal(desk.path)), desk.save_state.fault
    while True:
        texts = await app.push_screen_wait(_form(proposal, fault))
        if texts is None:
            return False
        proposal = texts["path"]
        try:
            await desk.save_elsewhere(_path_of(proposal, desk.path))
        except StoreError as refusal:
            fault = str(refusal)
        else:
            return True


def _form(proposal: str, fault: str) -> FormScreen:
    field = FormField("path", _("Waar"), proposal, _("een map of een bestand, bijvoorbeeld op een stick"))
    return FormScreen(_("Op een andere plek opslaan"), [field], check=_check, details=fault, keep=_("Opslaan"))


def _check(texts: Mapping[str, str]) -> None:
    if not texts["path"].strip():
        raise RefusedError(_("Zeg waar de sessie heen moet."))


def _path_of(typed: str, path: Path) -> Path:
    wanted = expand_home(Path(typed.strip())).absolute()
    if wanted.suffix.lower() != SUFFIX:
        wanted /= path.name
    return wanted


def _proposal(path: Path) -> Path:
    """Return a place that is likely to work: the person's own folder, under a name that is free there."""
    home = home_folder() or path.parent
    names = (path.name, *(f"{path.stem}-{number}{path.suffix}" for number in range(2, 100)))
    return next((home / name for name in names if not (home / name).exists()), home / path.name)
