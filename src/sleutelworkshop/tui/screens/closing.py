"""Closing: the arrangement as it will be printed, with or without names; read it, save it, print it, open it."""

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import ClassVar, Final

from msgspec.structs import replace
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from sleutelworkshop.export.writer import make_summary
from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_document
from sleutelworkshop.printing import PrintError, print_pdf
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store.errors import explain
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.nameless import without_names
from sleutelworkshop.summary.text import Look, renderable, to_text
from sleutelworkshop.tui.background import in_front, run_in_thread
from sleutelworkshop.tui.clock import Clock
from sleutelworkshop.tui.document_files import proposed_folder
from sleutelworkshop.tui.documents import Choice, chosen_before, proposed_name, renamed
from sleutelworkshop.tui.home import remembering
from sleutelworkshop.tui.human import Message, tell
from sleutelworkshop.tui.screens.making import MakingScreen
from sleutelworkshop.tui.screens.saving import SavingScreen
from sleutelworkshop.tui.widgets.key_bar import KeyBar


class ClosingScreen(Screen[None]):
    """Shows the summary of a session exactly as it is printed. It changes nothing, so it needs no desk.

    What is shown is what is saved, printed and opened: with the names of people or without.
    """

    CSS_PATH = "closing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save", _("bewaren")),
        Binding("z", "show_names(False)", _("zonder namen")),
        Binding("z", "show_names(True)", _("met namen")),
        Binding("p", "print", _("afdrukken")),
        Binding("o", "open", _("openen")),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
        Binding("escape,f3", "dismiss", _("terug"), key_display="esc"),
    ]

    paper = getters.query_one("#paper", Static)
    names = getters.query_one("#paper-names", Static)

    def __init__(self, session: Session, name: str, clock: Clock, at: str = "") -> None:
        """``name`` is that of the session's file, for what is saved from here; ``at`` the component to open at."""
        super().__init__()
        self._whole = self._session = session
        self._file_name, self._clock, self._at = name, clock, at
        self._choice: Choice | None = None

    def compose(self) -> ComposeResult:
        with VerticalGroup(id="paper-head"):
            yield Static(id="paper-names")
        with VerticalScroll(id="paper-scroll"):
            yield Static(id="paper")
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())
        self.query_one("#paper-scroll").focus()
        if self._at:
            self.call_after_refresh(self._go_to, self._session.script.component(self._at).title)

    def _go_to(self, heading: str) -> None:
        """Bring a heading to the top; one that is not there, or folded, is left to the reader to find."""
        printed = to_text(document(self._session, now=self._clock()), width=self.paper.size.width).split("\n")
        for number, (line, below) in enumerate(pairwise(printed)):
            if line.strip() == heading and below.strip().startswith("━"):
                self.query_one("#paper-scroll").scroll_to(y=number, animate=False)
                return

    def _draw(self) -> None:
        self.names.update(_NAMELESS if self._nameless else _NAMED)
        self.paper.update(renderable(document(self._session, now=self._clock()), self._look()))

    def _look(self) -> Look:
        """Return the styles of the paper in the colours of the theme."""
        colors = self.app.theme_variables
        return Look(
            quiet=colors["quiet"],
            rail=colors["primary"],
            bar=colors["primary"],
            track=colors["line"],
            done=colors["success"],
            open=colors["warning"],
        )

    # With or without names.

    @property
    def _nameless(self) -> bool:
        return self._session is not self._whole

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "show_names":
            return parameters == (self._nameless,)
        return super().check_action(action, parameters)

    def action_show_names(self, shown: bool) -> None:
        """Show the document with the names of people, or with initials in place of those; all that is made follows."""
        self._session = self._whole if shown else without_names(self._whole)
        self._draw()
        self.refresh_bindings()

    # What is made of it.

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Ask which documents to save and where, and make them."""
        choice = self._choice or await self._first_choice()
        name = renamed(choice.name, self._file_name, nameless=self._nameless)
        choice = replace(choice, nameless=self._nameless, name=name)
        await in_front(self)
        saving = await self.app.push_screen_wait(SavingScreen(choice, self._file_name))
        if saving is None:  # the program is being left
            return
        self._choice = saving.choice
        if saving.choice.nameless is not self._nameless:
            self.action_show_names(not saving.choice.nameless)
        if saving.jobs:
            remembering(self).remember_documents(saving.choice.formats, saving.choice.folder)
            self.app.push_screen(MakingScreen(self._session, saving.jobs, self._clock))

    async def _first_choice(self) -> Choice:
        """Return what was saved the last time, or else what most people want."""
        memory = remembering(self)
        folder = memory.documents_folder or str(await run_in_thread(self, proposed_folder))
        name = proposed_name(self._file_name, nameless=self._nameless)
        return Choice(chosen_before(memory.settings.formats), self._nameless, folder, name)

    @work
    async def action_print(self) -> None:
        """Send the arrangement to the printer and say which one."""
        tell(self, _("Naar de printer …"))
        await run_in_thread(self, self._print, done=lambda message: tell(self.app, *message))

    @work
    async def action_open(self) -> None:
        """Show the PDF in the program with which this computer reads those."""
        tell(self, _("Ik maak de PDF …"))
        await run_in_thread(self, self._open, done=lambda message: tell(self.app, *message))

    def _open(self) -> Message:
        """Make the PDF and open it, on a thread. It stays: the other program reads it when it likes."""
        try:
            content = make_summary(self._session, "pdf", now=self._clock()).content
            path = Path(tempfile.mkdtemp(prefix="sleutelworkshop-")) / f"{self._pdf_name}.pdf"
            path.write_bytes(content)
            open_document(path)
        except OSError as fault:
            return explain(fault, Path(tempfile.gettempdir())), "error"
        except (OpeningError, RefusedError) as fault:
            return str(fault), "error"
        return _("Geopend: {path}").format(path=path), "information"

    def _print(self) -> Message:
        """Make the PDF and send it, idem; tell what the printer is called."""
        try:
            printer = print_pdf(make_summary(self._session, "pdf", now=self._clock()).content, self._pdf_name)
        except RefusedError as fault:
            return str(fault), "error"
        except PrintError as fault:
            return _("{why} Met o open je de PDF.").format(why=fault), "error"
        return _("Verstuurd naar {printer}.").format(printer=printer), "information"

    @property
    def _pdf_name(self) -> str:
        return proposed_name(self._file_name, nameless=self._nameless)


_NAMED: Final = Content.styled(_("Met de namen van mensen · z laat ze weg"), "$quiet")
_NAMELESS: Final = Content.assemble(
    (_("Zonder namen van mensen"), "bold $primary"), (_(" · lees na of er nog een naam in staat"), "$quiet")
)
