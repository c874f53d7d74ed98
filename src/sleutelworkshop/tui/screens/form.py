"""A small form in front of a screen: one or more fields, filled in and handed back together."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static, TextArea

from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _
from sleutelworkshop.session.model import RefusedError
from sleutelworkshop.text import TextTooLongError
from sleutelworkshop.tui.form_draft import FormDraft
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.screens.dialog import dismiss_or_ask
from sleutelworkshop.tui.screens.filled_in import FilledInScreen
from sleutelworkshop.tui.widgets.key_bar import KeyBar
from sleutelworkshop.tui.widgets.line_field import LineField, Refused
from sleutelworkshop.tui.widgets.text_field import TextField


class FormField(Struct, frozen=True):
    """One field: what it is called, what stands in it, what belongs in it, and whether it takes several lines."""

    id: str
    label: str
    value: str = ""
    hint: str = ""
    several_lines: bool = False


class FormScreen(FilledInScreen[dict[str, str] | None]):
    """Asks to fill in ``fields``; returns the texts by field id, or None when it was left.

    ``check`` may refuse what was filled in by raising what the session raises; its sentence then stands in the
    form and nothing that was typed is lost. With a ``draft``, what is typed is kept in it letter by letter, and the
    form begins with what stands in it.
    """

    CSS_PATH = "form.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", _("terug"), key_display="esc"),
        Binding("ctrl+s", "keep", _("vastleggen"), priority=True),
        Binding("f1", "app.help", _("toetsen")),  # a modal screen cuts off the keys of the app
        Binding("f3", "app.arrangement", _("Het arrangement zoals het nu is"), show=False, priority=True),
        Binding("f4", "app.show_room", _("Zien wat de zaal ziet"), show=False, priority=True),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[FormField],
        *,
        check: Callable[[Mapping[str, str]], None],
        details: str = "",
        keep: str = "",
        draft: FormDraft | None = None,
    ) -> None:
        super().__init__()
        self._title, self._fields, self._check = title, fields, check
        self._details, self._keep = details, keep or _("Vastleggen")
        self._draft = draft

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="form", can_focus=False):
            yield Static(human(self._title), id="form-title")
            if self._details:
                yield Static(human(self._details), id="form-details")
            drafted = self._draft.texts if self._draft else {}
            if self._draft and self._draft.typed_at:
                words = _("Je concept van {time}; het is nog niet vastgelegd.")
                yield Static(human(words.format(time=clock_time(self._draft.typed_at)), "$warning"), id="form-draft")
            for field in self._fields:
                text = drafted.get(field.id, field.value)
                yield Static(
                    Content.assemble((field.label, "bold"), (f"  {field.hint}", "$quiet")), classes="form-label"
                )
                yield TextField(text, id=field.id) if field.several_lines else LineField(text, id=field.id)
            yield Static(id="form-fault")
            with Horizontal(id="form-answers"):
                yield Button(Content(_("Terug")), id="back")
                yield Button(Content.assemble(self._keep, ("  ctrl+s", "")), id="keep", variant="primary")
        yield KeyBar()  # over that of the screen behind it, of which no key works now

    def on_mount(self) -> None:
        for field in self._fields:
            if field.several_lines:
                text = self.query_one(f"#{field.id}", TextField)
                text.move_cursor(text.document.end)

    @property
    def last_field(self) -> str:
        return self._fields[-1].id

    def on_refused(self, event: Refused) -> None:
        """Say it when not all of a paste fits."""
        event.stop()
        self._tell(event.text)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._keep_draft()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._keep_draft()

    def _keep_draft(self) -> None:
        if self._draft is None or not self.is_current:  # fields tell that they begin with a text as well
            return
        if self._typed:
            self._draft.keep({field.id: self._text(field) for field in self._fields})
        else:
            self._draft.drop()

    @property
    def _typed(self) -> bool:
        return any(self._text(field) != field.value for field in self._fields)

    @property
    def unkept(self) -> bool:
        """Whether something was typed that would be lost."""
        return self._typed and self._draft is None

    def action_leave(self) -> None:
        """Go back; ask first when something was typed."""
        dismiss_or_ask(self, _("Wat je hebt getypt weggooien?"), unkept=self._typed, thrown_away=self._drop_draft)

    def _drop_draft(self) -> None:
        if self._draft is not None:
            self._draft.drop()

    def action_keep(self) -> None:
        """Hand the texts back, unless they are refused."""
        texts = {field.id: self._text(field) for field in self._fields}
        try:
            self._check(texts)
        except (RefusedError, TextTooLongError) as refusal:
            self._tell(str(refusal))
        else:
            self._drop_draft()
            self.dismiss(texts)

    def _tell(self, fault: str) -> None:
        place = self.query_one("#form-fault", Static)
        place.update(human(f"▲ {fault}"))
        self.call_after_refresh(place.scroll_visible, animate=False)

    def _text(self, field: FormField) -> str:
        if field.several_lines:
            return self.query_one(f"#{field.id}", TextField).text
        return self.query_one(f"#{field.id}", LineField).value
