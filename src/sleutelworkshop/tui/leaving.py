"""Leaving: the program, or a session. Nothing that was typed or changed goes without being asked about."""

import asyncio
import threading
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from textual import work
from textual.await_complete import AwaitComplete
from textual.screen import Screen

from sleutelworkshop import log
from sleutelworkshop.i18n import _
from sleutelworkshop.tui.home import HoldsText
from sleutelworkshop.tui.ordered_keys import OrderedKeysApp
from sleutelworkshop.tui.screens.dialog import DialogScreen, LeavingQuestion

if TYPE_CHECKING:
    from sleutelworkshop.tui.desk import Desk
    from sleutelworkshop.tui.session_controller import SessionController


class Answer(StrEnum):
    """What a person can answer about a session that is not saved, as it is left."""

    STAY = "stay"
    SAVE = "save"
    """What stood in the way was dealt with: save again, and leave when that succeeds."""

    LEAVE = "leave"


class LeavingApp(OrderedKeysApp[int]):
    """An app with at most one session on the table, which it only lets go of when all of it is on the disk."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self._all_saved = True
        self._desk_lock = threading.Lock()

    async def action_quit(self) -> None:
        """Leave; ask first while something is not kept or not saved."""
        if not any(getattr(screen, "is_leaving", False) for screen in self.screen_stack):
            self._leave_when_allowed()
        elif not isinstance(self.screen, LeavingQuestion):  # back to that question: it is asked once
            _go_back(self.screen)

    @work(group="leaving")
    async def _leave_when_allowed(self) -> None:
        while isinstance(self.screen, DialogScreen):  # as escape does; who asked goes on with that
            await _go_back(self.screen)
        if await self.may_discard_typed() and await self.may_let_go():
            await self.leave()

    async def may_discard_typed(self) -> bool:
        """Return whether nothing was typed that would be lost, or its loss was accepted."""
        if not any(isinstance(screen, HoldsText) and screen.unkept for screen in self.screen_stack):
            return True
        answers = [("stay", _("Verder typen")), ("leave", _("Weggooien en stoppen"))]
        question = LeavingQuestion(_("Wat je hier typte, is nog niet vastgelegd"), answers)
        return await self.push_screen_wait(question) == "leave"

    async def may_let_go(self) -> bool:
        """Return whether the session may be closed: it is on the disk, or its loss was accepted."""
        from sleutelworkshop.tui.session_controller import SessionController  # not before there is a session

        while isinstance(self.desk, SessionController) and not await asyncio.to_thread(self.desk.flush):
            # Only now is it known why: it may be this attempt that finds what stands in the way.
            answer = await self.ask_about_unsaved(self.desk)
            if answer is not Answer.SAVE:
                return answer is Answer.LEAVE
        return True

    async def ask_about_unsaved(self, desk: "SessionController") -> Answer:
        """Ask what is to be done with a session that cannot be saved, and do it."""
        answers = [
            (Answer.STAY.value, _("Hier blijven en het blijven proberen")),
            (Answer.SAVE.value, _("Op een andere plek opslaan")),
            (Answer.LEAVE.value, _("Toch weggaan, en dit verliezen")),
        ]
        why = desk.save_state.fault or _("De schijf antwoordt niet.")
        question = LeavingQuestion(_("Niet alles is opgeslagen"), answers, why)
        answer = Answer(await self.push_screen_wait(question) or Answer.STAY)
        if answer is Answer.SAVE:
            from sleutelworkshop.tui.elsewhere import save_elsewhere

            await save_elsewhere(self, desk, is_leaving=True)
        return answer

    async def leave(self) -> None:
        """Leave at once, saving what can be saved."""
        self.hold_keys()
        await self.finish_keys()  # the last letter may be on the screen, and on its way to the session
        await self.close_desk()
        self.exit(0)

    async def close_desk(self) -> None:
        """Take the session off the table. What is typed from here on is for the screen that comes after it."""
        self.hold_keys()  # the screens of the session are still there, and nothing on them would be saved
        await asyncio.to_thread(self.let_go)

    def save_all(self) -> bool:
        """Save what is unsaved, and return whether all of it is on the disk. Blocks; for any thread.

        After :meth:`let_go` it returns whether that saved everything.
        """
        with self._desk_lock:  # while the session is being closed, wait for how that goes
            return self._all_saved if self.desk is None else self.desk.flush()

    def let_go(self) -> None:
        """Take the session off the table. Blocks; for any thread, and who comes second waits for the first."""
        with self._desk_lock:
            desk, self.desk = self.desk, None
            if desk is not None:
                self._all_saved = False  # also when closing raises
                self._all_saved = desk.close()
                log.event("session closed", session=log.tag(desk.path))


def _go_back(screen: Screen[Any]) -> AwaitComplete:
    """Dismiss a screen without an answer."""
    return screen.dismiss("" if isinstance(screen, DialogScreen) else None)
