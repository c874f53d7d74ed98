"""Making: the documents that were asked for, one after the other, with how far it is."""

from functools import partial
from typing import ClassVar, Final

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from sleutelworkshop.i18n import _
from sleutelworkshop.opening import OpeningError, open_document, open_folder
from sleutelworkshop.session.model import Session
from sleutelworkshop.tui import documents
from sleutelworkshop.tui.background import has_gone, run_in_thread
from sleutelworkshop.tui.clock import Clock
from sleutelworkshop.tui.document_files import keep
from sleutelworkshop.tui.documents import Job, Kept, State
from sleutelworkshop.tui.human import Message, human, tell
from sleutelworkshop.tui.widgets.file_rows import FileRow, listed
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.rows import Rows

_LOOKS: Final = {
    State.WAITING: ("·", "$quiet"),
    State.BUSY: ("▸", "bold $primary"),
    State.SAVED: ("✓", "$success"),
    State.LEFT: ("·", "$warning"),
    State.FAILED: ("▲", "$error"),
    State.STOPPED: ("·", "$quiet"),
}


class MakingScreen(ModalScreen[None]):
    """Makes the documents of a session, each on a thread, so that the screen stays alive. One that fails stops none."""

    CSS_PATH = "making.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open('document')", _("openen")),
        Binding("o", "open('folder')", _("map openen")),
        Binding("escape", "stop", _("stoppen"), key_display="esc"),
        Binding("escape,enter", "dismiss", _("klaar"), key_display="esc"),
        Binding("f1,question_mark", "app.help", _("toetsen"), key_display="?"),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
    ]

    rows = getters.query_one("#making-files", Static)
    words = getters.query_one("#making-words", Static)

    def __init__(self, session: Session, jobs: tuple[Job, ...], clock: Clock) -> None:
        super().__init__()
        self._session, self._clock = session, clock
        self._done = [(job, Kept(State.WAITING)) for job in jobs]
        self._at_work, self._stopping = True, False

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="making"):
            yield Static(human(_("Bewaren")), id="making-title")
            yield Static(id="making-files")
            yield Static(id="making-words")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#making").focus()
        self._draw()
        self._make()

    @work(group="make")
    async def _make(self) -> None:
        for number, (job, _kept) in enumerate(self._done):
            if self._stopping:
                self._set(number, Kept(State.STOPPED))
                continue
            self._set(number, Kept(State.BUSY))
            write = partial(keep, job, self._session, now=self._clock())
            self._set(number, await run_in_thread(self, write, done=partial(self._tell_when_gone, job)))
        self._at_work = False
        self._draw()
        self.refresh_bindings()

    def _tell_when_gone(self, job: Job, kept: Kept) -> None:
        """Tell what became of a document that was still being made when this screen was left."""
        if has_gone(self):
            failed = kept.state is State.FAILED
            words = kept.more if failed else documents.ending([(job, kept)])
            tell(self.app, f"{job.path.name}: {words}", "error" if failed else "information")

    def _set(self, number: int, kept: Kept) -> None:
        self._done[number] = (self._done[number][0], kept)
        self._draw()

    def _draw(self) -> None:
        rows = [_row(job, kept) for job, kept in self._done]
        self.rows.update(Rows(partial(listed, rows)))
        self.words.update(Content("\n").join(self._words()))

    def _words(self) -> list[Content]:
        if self._at_work:
            finished = sum(kept.state not in {State.WAITING, State.BUSY} for _job, kept in self._done)
            so_far = _("{n} van {all} klaar").format(n=finished, all=len(self._done))
            stops = _(" · ik stop na dit bestand") if self._stopping else ""
            return [Content.styled(f"{so_far}{stops}", "$quiet")]
        return [human(documents.ending(self._done), "bold")]

    @property
    def _saved(self) -> list[Job]:
        return [job for job, kept in self._done if kept.state is State.SAVED]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open":
            wanted = "document" if len(self._saved) == 1 else "folder"
            return not self._at_work and bool(self._saved) and parameters == (wanted,)
        if action in {"stop", "dismiss"}:  # a disk that does not answer keeps nobody here: then the second esc leaves
            return (action == "stop") is (self._at_work and not self._stopping)
        return super().check_action(action, parameters)

    def action_stop(self) -> None:
        """Make what is under way, and no more."""
        self._stopping = True
        self._draw()
        self.refresh_bindings()

    @work(group="open")
    async def action_open(self, what: str) -> None:
        """Show the document, or the folder with all of them, in the program that this computer has for it."""
        path = self._saved[0].path
        show = partial(open_document, path) if what == "document" else partial(open_folder, path.parent)

        def opened() -> Message:
            try:
                show()
            except OpeningError as fault:
                return str(fault), "error"
            return _("Geopend: {path}").format(path=path if what == "document" else path.parent), "information"

        await run_in_thread(self, opened, done=lambda message: tell(self.app, *message))


def _row(job: Job, kept: Kept) -> FileRow:
    sign, style = _LOOKS[kept.state]
    return FileRow(job.path.stem, job.path.suffix, kept.words, style, sign)
