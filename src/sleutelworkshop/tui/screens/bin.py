"""The bin: sessions that were put away, to take back; or to be gone for good."""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.tui.background import tried
from sleutelworkshop.tui.home import Home, home_of
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.kept import BACK, KeptScreen
from sleutelworkshop.tui.session_rows import rows_of
from sleutelworkshop.tui.widgets.session_list import SessionList, SessionRow


class BinList(SessionList):
    """The sessions in the bin; enter takes the highlighted one back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("terughalen"), key_display="enter")]


class BinScreen(KeptScreen):
    """The sessions in the bin, newest first. Only here does something go for good, and that is asked first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("l", "empty", _("leegmaken")), BACK]

    def rows(self, home: Home) -> tuple[SessionRow, ...]:
        return rows_of(home.folder.removed(), home.clock())

    def head(self) -> Content:
        return Content.styled(_("Prullenbak"), "bold $primary")

    def words(self) -> tuple[str, str]:
        return (
            _("Wat je hebt weggehaald, met alle eerdere versies. Het blijft hier tot je de prullenbak leegmaakt."),
            _("De prullenbak is leeg."),
        )

    def make_list(self) -> SessionList:
        return BinList(id="kept-list")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "empty" and self.is_mounted:
            return bool(self.listed.option_count)
        return super().check_action(action, parameters)

    def chosen(self, row: SessionRow) -> None:
        """Take a session back; that loses nothing, so it needs no asking."""
        self._take_back(row)

    @work(group="change")
    async def _take_back(self, row: SessionRow) -> None:
        folder = home_of(self).folder
        told = _("{name} staat weer bij je sessies.").format(name=row.title)
        if await tried(self, lambda: folder.put_back(Path(row.key)), done=lambda _path: tell(self.app, told)):
            self.read()

    def action_empty(self) -> None:
        """Let all of it go for good, after asking."""

        def answered(answer: str | None) -> None:
            if answer == "empty":
                self._empty()

        count = self.listed.option_count
        details = ngettext(
            "Er verdwijnt {n} sessie voorgoed, met alle antwoorden en eerdere versies. Dit is niet terug te draaien.",
            "Er verdwijnen {n} sessies voorgoed, met alle antwoorden en eerdere versies. Dit is niet terug te draaien.",
            count,
        ).format(n=count)
        answers = [("stay", _("Alles bewaren")), ("empty", _("Voorgoed weg"))]
        self.app.push_screen(DialogScreen(_("De prullenbak leegmaken?"), answers, details), answered)

    @work(group="change")
    async def _empty(self) -> None:
        folder = home_of(self).folder
        await tried(self, folder.empty_bin, done=lambda _none: tell(self.app, _("De prullenbak is leeg.")))
        self.read()  # also when something is left in it
