"""Closing: the arrangement as it will be printed; read it, save it as a file, print it."""

import asyncio
import contextlib
import tempfile
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from sleutelworkshop import summary
from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_document
from sleutelworkshop.printing import PrintError, print_pdf
from sleutelworkshop.session.model import RefusedError, Session
from sleutelworkshop.store import atomic, preferences
from sleutelworkshop.store.errors import explain
from sleutelworkshop.store.overview import entry_of
from sleutelworkshop.summary.arrangement import document
from sleutelworkshop.summary.nameless import without_names
from sleutelworkshop.summary.text import Look, renderable, to_text
from sleutelworkshop.summary.words import listed
from sleutelworkshop.tui.clock import Clock
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.form import FormField, FormScreen
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.typesetting import TypesettingError


class ClosingScreen(Screen[None]):
    """Shows the summary of a session exactly as it is printed. It changes nothing, so it needs no desk."""

    CSS_PATH = "closing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "save_as", _("bewaren als bestand")),
        Binding("z", "save_as(True)", _("bewaren zonder namen")),
        Binding("p", "print", _("afdrukken")),
        Binding("o", "open", _("openen als PDF")),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
        Binding("escape,f3", "dismiss", _("terug"), key_display="esc"),
    ]

    paper = getters.query_one("#paper", Static)

    def __init__(self, session: Session, name: str, clock: Clock, at: str = "") -> None:
        """``name`` is that of the session's file, for what is saved from here; ``at`` the component to open at."""
        super().__init__()
        self._session, self._file_name, self._clock, self._at = session, name, clock, at

    def compose(self) -> ComposeResult:
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

    @work
    async def action_save_as(self, nameless: bool = False) -> None:
        """Ask for a file and save the arrangement in it; the ending of its name picks the format.

        ``nameless`` puts initials in it in place of the names of people.
        """
        texts = await self.app.push_screen_wait(
            FormScreen(
                _("Bewaren zonder namen van mensen") if nameless else _("Bewaren als bestand"),
                [FormField("path", _("Bestand"), str(Path.home() / f"{self._file_name}.pdf"))],
                check=lambda texts: _check_path(texts["path"]),
                details=_(
                    "Het einde van de naam bepaalt de vorm: .pdf om te tekenen en op te hangen, .docx voor Word, "
                    ".html voor internet, .csv voor een rekenblad, .ics voor je agenda, .txt gewone tekst, "
                    ".md Markdown, .json gegevens."
                ),
                keep=_("Bewaren"),
            )
        )
        if texts is None:
            return
        path = _path(texts["path"])
        if path.exists() and not await self._may_replace(path):
            return
        format = summary.format_of(path) or "text"  # noqa: A001 – the word of the summary
        if summary.is_binary(format):  # which takes a moment
            tell(self, _("Ik maak het bestand …"))
        try:
            await asyncio.to_thread(self._save, path, format, nameless=nameless)
        except RefusedError as fault:
            tell(self, str(fault), "error")
        except OSError as fault:
            tell(self, explain(fault, path), "error")
        else:
            saved = _("Bewaard: {path}").format(path=path)
            tell(self, f"{saved} {summary.remark(self._session, format)}".strip())

    async def _may_replace(self, path: Path) -> bool:
        question = _("“{name}” bestaat al").format(name=path.name)
        answers = [("keep", _("Laten staan")), ("replace", _("Vervangen"))]
        return await self.app.push_screen_wait(DialogScreen(question, answers, str(path.parent))) == "replace"

    @work
    async def action_print(self) -> None:
        """Send the arrangement to the printer and say which one."""
        tell(self, _("Naar de printer …"))
        try:
            printer = await asyncio.to_thread(self._print)
        except PrintError as fault:
            tell(self, _("{why} Met o open je de PDF.").format(why=fault), "error")
        else:
            tell(self, _("Verstuurd naar {printer}.").format(printer=printer))

    @work
    async def action_open(self) -> None:
        """Show the PDF in the program with which this computer reads those."""
        tell(self, _("Ik maak de PDF …"))
        try:
            path = await asyncio.to_thread(self._open)
        except OSError as fault:
            tell(self, explain(fault, Path(tempfile.gettempdir())), "error")
        except OpeningError as fault:
            tell(self, str(fault), "error")
        else:
            tell(self, _("Geopend: {path}").format(path=path))

    def _open(self) -> Path:
        """Make the PDF and open it, on a thread too. It stays: the other program reads it when it likes."""
        path = Path(tempfile.mkdtemp(prefix="sleutelworkshop-")) / f"{self._file_name}.pdf"
        path.write_bytes(self._made("pdf"))
        open_document(path)
        return path

    def _save(self, path: Path, format: str, *, nameless: bool) -> None:  # noqa: A002 – the word of the summary
        """Make a document and write it: on a thread, so that the screen stays alive."""
        atomic.write(path, self._made(format, nameless=nameless), mode=atomic.SHARED)

    def _print(self) -> str:
        """Make the PDF and send it, idem; return what the printer is called."""
        return print_pdf(self._made("pdf"), self._file_name)

    def _made(self, format: str, *, nameless: bool = False) -> bytes:  # noqa: A002 – idem
        """Make a document, with the organisation of the facilitator, and its logo if that can be shown."""
        session = without_names(self._session) if nameless else self._session
        wanted = preferences.load()
        make = partial(summary.export, session, format, now=self._clock(), maker=wanted.organisation)
        try:
            return make(logo=wanted.logo)
        except (TypesettingError, OSError):
            return make()


def _path(typed: str) -> Path:
    path = Path(typed.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # ~somebody who has no home here
        return path


def _check_path(typed: str) -> None:
    path = _path(typed)
    if summary.format_of(path) is None:
        endings = listed(summary.SUFFIXES, _("{items} of {last}"))
        raise RefusedError(_("Kies als einde {endings}.").format(endings=endings))
    for each in (path.parent, path):
        try:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # which is told below
                each.stat()
        except OSError as fault:  # a name longer than fits, a folder that is not ours to look into
            raise RefusedError(explain(fault, each)) from fault
    if path.is_file() and not entry_of(path).fault:
        raise RefusedError(_("Dat bestand is een sessie: kies een andere naam."))
    if not path.parent.is_dir():
        raise RefusedError(_("De map {folder} bestaat niet.").format(folder=path.parent))
