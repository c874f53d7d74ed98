"""Another program changed the file of the session: asking whose version is to go on, and going on with it."""

import asyncio
from enum import StrEnum
from itertools import count
from pathlib import Path
from typing import Final

from textual.app import App

from sleutelworkshop.i18n import _
from sleutelworkshop.store.errors import InUseError, Meddling, NameTakenError, StoreError, shown, told
from sleutelworkshop.store.sessionfile import read
from sleutelworkshop.store.versions import Reason, folder_of, versions_of
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen, LeavingQuestion
from sleutelworkshop.tui.session_controller import SessionController

_TRIES: Final = 20
"""Names in use elsewhere that are passed over: where a lock seems held on every name, there is no end to them."""


class Choice(StrEnum):
    """What a person can choose."""

    OURS = "ours"
    OTHER = "other"
    BOTH = "both"


async def settle(app: App[int], desk: SessionController, *, leaving: bool = False) -> Choice | None:
    """Ask what is to go on, and do it; return what was chosen, or None for nothing.

    With OTHER nothing is done yet: the caller lets go of the session. When ``leaving``, nothing goes on after that.
    """
    while (meddling := desk.save_state.meddling) is not None:
        chosen = await app.push_screen_wait(_question(desk, meddling, leaving=leaving))
        if not chosen:
            return None
        choice = Choice(chosen)
        try:
            await _do(app, desk, choice, leaving=leaving)
        except StoreError as fault:
            tell(app, str(fault), "error")
        else:
            return choice
    return Choice.OURS  # it was put back as it was, while this was asked


async def _do(app: App[int], desk: SessionController, choice: Choice, *, leaving: bool) -> None:
    match choice:
        case Choice.OURS:
            await desk.overrule()
        case Choice.OTHER:
            if not leaving and desk.save_state.meddling is Meddling.CHANGED:
                await asyncio.to_thread(read, desk.path)  # raises when that could not be opened
        case Choice.BOTH:
            before = desk.path
            await _save_beside(desk)
            tell(
                app,
                _("Je gaat verder in {name}. {before} blijft zoals het is.").format(
                    name=desk.path.name, before=before.name
                ),
            )


async def _save_beside(desk: SessionController) -> None:
    """Save the session beside its file, under the first name that is free, and go on there; raises StoreError."""
    before, in_use = desk.path, 0
    for number in count(2):
        try:
            await desk.save_elsewhere(before.with_stem(f"{before.stem}-{number}"))
        except NameTakenError:
            continue
        except InUseError:  # open in another window
            in_use += 1
            if in_use == _TRIES:
                raise
        else:
            return


def _question(desk: SessionController, meddling: Meddling, *, leaving: bool) -> DialogScreen:
    kept = (
        _("{what} Er is niets verloren: jouw versie en wat er nu in het bestand staat, staan bij de eerdere versies.")
        if meddling in {Meddling.CHANGED, Meddling.UNREADABLE}
        else _("{what} Er is niets verloren: jouw versie staat bij de eerdere versies.")
    )
    details = kept.format(what=desk.save_state.fault)
    answers = {
        Choice.OURS: _("Verder met jouw versie, die op het scherm staat"),
        Choice.OTHER: _("Verder met de andere versie"),
        Choice.BOTH: _("Beide bewaren; jouw versie onder een andere naam"),
    }
    if leaving:
        answers[Choice.OURS] = _("Jouw versie opslaan")
        answers[Choice.OTHER] = _("Weggaan, en het bestand laten zoals het nu is")
    elif meddling is Meddling.TAKEN:
        answers[Choice.OTHER] = _("Meekijken met het andere venster")
    possible = [(choice.value, answers[choice]) for choice in _choices(meddling, leaving=leaving)]
    return (LeavingQuestion if leaving else DialogScreen)(_title(meddling), possible, details)


def farewell(path: Path) -> str:
    """Return where the version of a session is kept that was not saved; empty when there is none. Blocks."""
    try:
        kept = any(each.reason is Reason.OURS for each in versions_of(path))
    except StoreError:
        return ""
    if not kept:
        return ""
    return _("Jouw versie van “{name}” is niet opgeslagen, maar wel bewaard: ze staat in {folder}.").format(
        name=shown(path), folder=told(str(folder_of(path)), 500)
    )


def _choices(meddling: Meddling, *, leaving: bool) -> tuple[Choice, ...]:
    match meddling:
        case Meddling.CHANGED:
            return Choice.OURS, Choice.OTHER, Choice.BOTH
        case Meddling.GONE | Meddling.UNREADABLE:
            return (Choice.OURS, Choice.BOTH, Choice.OTHER) if leaving else (Choice.OURS, Choice.BOTH)
        case Meddling.TAKEN:
            return Choice.BOTH, Choice.OTHER
        case Meddling.NO_FILE:
            return (Choice.BOTH, Choice.OTHER) if leaving else (Choice.BOTH,)


def _title(meddling: Meddling) -> str:
    match meddling:
        case Meddling.CHANGED:
            return _("Deze sessie is ergens anders veranderd")
        case Meddling.GONE | Meddling.NO_FILE:
            return _("Het bestand van deze sessie is weg")
        case Meddling.UNREADABLE:
            return _("Het bestand van deze sessie is onleesbaar geworden")
        case Meddling.TAKEN:
            return _("Deze sessie is ook in een ander venster open")
