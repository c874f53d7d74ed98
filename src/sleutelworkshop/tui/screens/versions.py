"""The earlier versions of a session, to go back to one of them."""

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from sleutelworkshop.i18n import _
from sleutelworkshop.store.going_back import earlier_of, go_back
from sleutelworkshop.text import shorten
from sleutelworkshop.tui.background import tried
from sleutelworkshop.tui.home import Home, home_of
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.kept import BACK, KeptScreen
from sleutelworkshop.tui.session_rows import earlier_rows_of
from sleutelworkshop.tui.widgets.session_list import SessionList, SessionRow


class VersionList(SessionList):
    """The earlier versions; enter puts the highlighted one back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "select", _("terugzetten"), key_display="enter")]


class VersionsScreen(KeptScreen):
    """The earlier versions of the session ``name`` in ``path``, newest first. Going back can itself be gone back on."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, path: Path, name: str) -> None:
        super().__init__()
        self._path, self._called = path, name

    def rows(self, home: Home) -> tuple[SessionRow, ...]:
        return earlier_rows_of(earlier_of(self._path), home.clock())

    def head(self) -> Content:
        return Content.assemble((_("Eerdere versies"), "bold $primary"), ("   " + self._called, "bold"))

    def words(self) -> tuple[str, str]:
        return (
            _("Ga terug naar hoe de sessie toen was. Wat er nu staat, wordt dan zelf een eerdere versie."),
            _(
                "Er is nog geen eerdere versie van deze sessie. Dat gaat vanzelf: bij elke volgende stap, "
                "na tien minuten werk en als je de sessie sluit."
            ),
        )

    def make_list(self) -> SessionList:
        return VersionList(id="kept-list")

    def chosen(self, row: SessionRow) -> None:
        """Go back to a version, after asking; of a damaged one say that it is."""
        if row.fault:
            tell(self, row.fault, "warning")
            return

        def answered(answer: str | None) -> None:
            if answer == "put-back":
                self._put_back(row)

        question = _("Terug naar {when}, {where}?").format(when=row.title, where=shorten(row.where, 60))
        answers = [("stay", _("Laten staan")), ("put-back", _("Terugzetten"))]
        details = _("Wat er nu staat, wordt zelf een eerdere versie. Je kunt dit dus weer terugdraaien.")
        self.app.push_screen(DialogScreen(question, answers, details), answered)

    @work(group="change")
    async def _put_back(self, row: SessionRow) -> None:
        now = home_of(self).clock()

        def say(can_be_undone: bool) -> None:
            done = _("De sessie is weer zoals {when}.").format(when=row.title)
            more = (
                _("Toch niet? Wat er net stond, staat nu bovenaan.")
                if can_be_undone
                else _("Het beschadigde bestand staat nu bovenaan.")
            )
            tell(self.app, f"{done} {more}")

        if await tried(self, lambda: go_back(self._path, Path(row.key), now), done=say) is not None:
            self.read()
