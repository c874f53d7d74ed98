"""Saving: which documents, with or without names, and where; what will be made stands beneath while one chooses."""

from functools import partial
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.store.errors import told
from sleutelworkshop.text import shorten
from sleutelworkshop.tui import documents
from sleutelworkshop.tui.background import in_front, run_in_thread
from sleutelworkshop.tui.document_files import folder_of, look
from sleutelworkshop.tui.documents import FORMATS, PAPERS, Choice, Job, Seen, Wrong
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.filled_in import FilledInScreen
from sleutelworkshop.tui.sizes import HEIGHTS
from sleutelworkshop.tui.widgets.file_rows import FileRow, listed, packed
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.line_field import LineField, Refused
from sleutelworkshop.tui.widgets.rows import Rows
from sleutelworkshop.tui.widgets.tick_list import Tick, TickList

_NAMELESS = "nameless"
_FEW = 3
"""Rows for the names of files in a low window."""


class Saving(Struct, frozen=True):
    """What was chosen, and the documents to make now: none when the screen was left."""

    choice: Choice
    jobs: tuple[Job, ...] = ()


class SavingScreen(FilledInScreen[Saving]):
    """Begins with a ``choice``; ``session_name`` is what the file of the session is called, for a name to propose."""

    CSS_PATH = "saving.tcss"
    AUTO_FOCUS = "#saving-ticks"
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", _("bewaren"), priority=True),
        Binding("tab", "app.focus_next", _("verder")),
        Binding("z", "turn_names", _("Met of zonder namen van mensen"), show=False),
        Binding("escape", "leave", _("terug"), key_display="esc"),
        Binding("f1,question_mark", "app.help", _("toetsen"), key_display="?"),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
    ]

    ticks = getters.query_one("#saving-ticks", TickList)
    files = getters.query_one("#saving-files", Static)

    def __init__(self, choice: Choice, session_name: str) -> None:
        super().__init__()
        self._choice, self._session_name = choice, session_name
        self._seen: Seen | None = None
        self._seen_of: Choice | None = None
        self._looking = False

    def compose(self) -> ComposeResult:
        ticks = [Tick(each.format, (each.title, each.suffix, each.use)) for each in PAPERS]
        with VerticalScroll(id="saving", can_focus=False):
            yield Static(human(_("Bewaren")), id="saving-title")
            yield TickList(
                [*ticks, Tick(_NAMELESS, (_("zonder namen van mensen"),), apart=True)], self._ticked, id="saving-ticks"
            )
            with Horizontal(classes="saving-field"):
                yield Static(human(_("Map")))
                yield LineField(self._choice.folder, limit=1000, id="folder")
            with Horizontal(classes="saving-field"):
                yield Static(human(_("Naam")))
                yield LineField(self._choice.name, id="name")
            yield Static(id="saving-files")
            with Horizontal(id="saving-answers"):
                yield Button(Content(_("Terug")), id="back")
                yield Button(Content.assemble(_("Bewaren"), ("  ctrl+s", "")), id="keep", variant="primary")
        yield KeyBar()

    def on_mount(self) -> None:
        self._draw()
        self._look()

    # What is chosen.

    @property
    def _ticked(self) -> frozenset[str]:
        return frozenset((*self._choice.formats, *([_NAMELESS] if self._choice.nameless else [])))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id == _NAMELESS:
            self.action_turn_names()
        elif event.option_id:
            self._choose(replace(self._choice, formats=documents.turned(self._choice.formats, event.option_id)))

    def action_turn_names(self) -> None:
        """Take the names of people out, or put them back; the proposed name of the files tells which it is."""
        nameless = not self._choice.nameless
        name = documents.renamed(self._choice.name, self._session_name, nameless=nameless)
        self.query_one("#name", LineField).show(name)
        self._choose(replace(self._choice, nameless=nameless, name=name))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id:  # the folder or the name
            self._choose(replace(self._choice, **{event.input.id: event.value}))

    def on_refused(self, event: Refused) -> None:
        """Say it when not all of a paste fits."""
        event.stop()
        self._tell(event.text)

    def _choose(self, choice: Choice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.ticks.ticked = self._ticked
            self._draw()
            self._look()

    # What will be made.

    @work(group="look")
    async def _look(self) -> None:
        """See what stands there already, time and again until that is what is chosen now; one at a time."""
        if self._looking:
            return
        self._looking = True
        while self._seen_of != self._choice:
            choice = self._choice
            self._seen, self._seen_of = await run_in_thread(self, partial(look, choice)), choice
            self._draw()
        self._looking = False

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        fault = documents.wrong(self._choice, self._seen or Seen())
        if fault is not None:
            self._tell(fault.why)
        else:
            self.files.update(Rows(partial(_rows, self._choice, self._seen, few=self.has_class("-short"))))

    def _tell(self, fault: str) -> None:
        self.files.update(human(f"▲ {fault}", "bold $error"))

    # What is done.

    @property
    def last_field(self) -> str:
        return "name"

    def action_leave(self) -> None:
        """Go back; what was chosen stays so for the next time."""
        self.dismiss(Saving(self._choice))

    @work(exclusive=True, group="keep")
    async def action_keep(self) -> None:
        """Begin, unless something is in the way; what exists already is only replaced when that is said."""
        choice = self._choice
        seen = await run_in_thread(self, partial(look, choice))  # now, whatever was seen before
        if fault := documents.wrong(choice, seen):
            self._seen, self._seen_of = seen, choice
            self._show_where(fault)
            return
        await in_front(self)
        answer = "new"
        if names := documents.standing(choice, seen):
            answer = await self.app.push_screen_wait(_question(names, others=len(choice.formats) > len(names)))
        if answer in {"new", "leave", "replace"}:
            wanted = documents.jobs(choice, folder_of(choice.folder), seen, replace=answer == "replace")
            self.dismiss(Saving(choice, wanted))

    def _show_where(self, fault: Wrong) -> None:
        self._tell(fault.why)
        self.query_one("#saving-ticks" if fault.where == FORMATS else f"#{fault.where}").focus()
        self.call_after_refresh(self.files.scroll_visible, animate=False)


def _rows(choice: Choice, seen: Seen | None, width: int, *, few: bool) -> list[Content]:
    there = seen.there if seen else frozenset()
    exists, stem = _("bestaat al"), documents.stem_of(choice.name)
    rows = [
        FileRow(stem, paper.suffix, exists if paper.format in there else "", "bold $warning") for paper in choice.papers
    ]
    words = ngettext("Er komt {n} bestand in {folder}:", "Er komen {n} bestanden in {folder}:", len(rows))
    head = words.format(n=len(rows), folder=told(str(folder_of(choice.folder)), 500))
    drawn = packed(rows, width) if few and len(rows) > _FEW else listed(rows, width)
    return [Content.styled(head, "$quiet").truncate(width, ellipsis=True), *drawn]


def _question(names: tuple[str, ...], *, others: bool) -> DialogScreen:
    if others:
        answers = [("leave", _("Laten staan, en alleen de andere maken")), ("replace", _("Vervangen"))]
    else:
        answers = [("back", _("Laten staan"))]
        answers.append(("replace", _("Vervangen")))
    if others:
        answers.append(("back", _("Terug")))
    details = "" if len(names) == 1 else "\n".join(shorten(name, 120) for name in names)
    return DialogScreen(documents.question(names), answers, details)
