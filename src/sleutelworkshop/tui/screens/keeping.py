"""Keeping: what is put away and what is taken back, of the session that is highlighted in the list."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen
from textual.worker import Worker

from sleutelworkshop.i18n import _
from sleutelworkshop.text import shorten
from sleutelworkshop.tui.background import run_in_thread, tried
from sleutelworkshop.tui.home import home_of
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.session_rows import earlier_rows_of
from sleutelworkshop.tui.widgets.session_list import SessionRow

if TYPE_CHECKING:
    from sleutelworkshop.store.going_back import Earlier

# What a list can do without is imported where it is used.


class KeepingScreen(Screen[None]):
    """A screen with a highlighted session: to the bin with it, or back to how it was. Nothing goes for good here."""

    @property
    def row(self) -> SessionRow | None:
        """The highlighted session."""
        raise NotImplementedError

    def read(self, wanted: str = "") -> Worker[None]:
        """Read the sessions anew; ``wanted`` is the key of the one to go to."""
        raise NotImplementedError

    def action_versions(self) -> None:
        """Show the earlier versions of the highlighted session."""
        from sleutelworkshop.tui.screens.versions import VersionsScreen

        if row := self.row:
            self.app.push_screen(VersionsScreen(Path(row.key), row.title))

    def action_bin(self) -> None:
        """Show what lies in the bin."""
        from sleutelworkshop.tui.screens.bin import BinScreen

        self.app.push_screen(BinScreen())

    def action_remove(self) -> None:
        """Put the highlighted session in the bin, after asking."""
        row = self.row
        if row is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "remove":
                self._remove(row)

        question = _("{name} weghalen?").format(name=row.title)
        answers = [("stay", _("Laten staan")), ("remove", _("Naar de prullenbak"))]
        details = _("De sessie gaat naar de prullenbak. Daar blijft alles bewaard; met p haal je hem weer terug.")
        self.app.push_screen(DialogScreen(question, answers, details), answered)

    @work(group="change")
    async def _remove(self, row: SessionRow) -> None:
        folder = home_of(self).folder
        told = _("{name} ligt in de prullenbak. Met p haal je hem terug.").format(name=row.title)
        if await tried(self, lambda: folder.remove(Path(row.key)), done=lambda _path: tell(self.app, told)):
            self.read()

    @work(exclusive=True, group="offer")
    async def offer_way_back(self, row: SessionRow) -> None:
        """Say what is wrong with a session that cannot be opened, and offer its newest good version."""
        from sleutelworkshop.store.going_back import is_damaged, way_back

        path = Path(row.key)
        damaged, earlier = await run_in_thread(self, lambda: (is_damaged(path), way_back(path)))
        if not self.is_active:  # something else was opened meanwhile: it is no place to ask
            return
        if earlier:
            self._ask_to_go_back(row, earlier)
            return
        more = _("Vraag wie het mailde om een nieuwe kopie, of begin een nieuwe sessie. Met d haal je dit weg.")
        details = f"{row.fault} {more}" if damaged else row.fault
        self.app.push_screen(DialogScreen(_cannot_be_opened(row), [("back", _("Terug"))], details))

    def _ask_to_go_back(self, row: SessionRow, earlier: "Earlier") -> None:
        (version,) = earlier_rows_of([earlier], home_of(self).clock())

        def answered(answer: str | None) -> None:
            if answer == "put-back":
                self._go_back(row, version)

        put_back = _("Terugzetten: {when}, {where}").format(when=version.title, where=shorten(earlier.where, 22))
        details = _(
            "Er is een eerdere versie die wel goed is. Zet je die terug, dan blijft dit bestand ernaast bewaard."
        )
        answers = [("stay", _("Laten staan")), ("put-back", put_back)]
        self.app.push_screen(DialogScreen(_cannot_be_opened(row), answers, f"{row.fault} {details}"), answered)

    @work(group="change")
    async def _go_back(self, row: SessionRow, version: SessionRow) -> None:
        from sleutelworkshop.store.going_back import go_back

        now = home_of(self).clock()
        told = _("{name} staat er weer, zoals hij {when} was.").format(name=row.title, when=version.title)
        done = await tried(
            self, lambda: go_back(Path(row.key), Path(version.key), now), done=lambda _undoable: tell(self.app, told)
        )
        if done is not None:
            self.read(row.key)


def _cannot_be_opened(row: SessionRow) -> str:
    return _("{name} is niet te openen").format(name=row.title)
