"""The agreement on a component: a text that is edited freely, and whose answers it came from."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from sleutelworkshop.i18n import _
from sleutelworkshop.text import clean_text
from sleutelworkshop.tui.human import human, put
from sleutelworkshop.tui.widgets.text_field import TextField


class AgreementPanel(Vertical):
    """``show`` puts a text in the field; :class:`Edited` is posted when something was typed."""

    DEFAULT_CSS: ClassVar[str] = """
    AgreementPanel {
        height: auto;
        & > #agreement-title { width: 1fr; text-style: bold; }
        & > #agreement-sources { width: 1fr; height: auto; max-height: 4; color: $quiet; }
    }
    """

    field = getters.query_one(TextField)

    class Edited(Message):
        """Somebody edited the agreement; :meth:`AgreementPanel.take_unkept` says to what."""

    class Left(Message):
        """The focus left the agreement."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.component = ""
        """The component whose agreement is in the field."""
        self._known = ""
        self._sources = ""

    def compose(self) -> ComposeResult:
        yield Static(human(_("Afspraak")), id="agreement-title")
        yield TextField(placeholder=_("Neem antwoorden over, of schrijf hier zelf."), id="agreement-text")
        yield Static(id="agreement-sources")

    def show(self, component: str, text: str, sources: str, *, draft: bool = False) -> None:
        """Show the agreement on a component, and in words whose answers it came from.

        The cursor stays where it is as long as the text is what was last shown or kept.
        """
        if (component, text) != (self.component, self._known):
            another = component != self.component
            self.component, self._known = component, text
            self.field.show(text)
            if another:  # it is read from its beginning; the cursor stands at its end, for who goes on typing
                self.call_after_refresh(self.field.scroll_home, animate=False)
        put(self.query_one("#agreement-title", Static), human(_("Afspraak · concept") if draft else _("Afspraak")))
        if sources != self._sources:
            self._sources = sources
            self.query_one("#agreement-sources", Static).update(human(sources))

    def take_unkept(self) -> str | None:
        """Return what was typed since it was last shown or kept, once; None when nothing was.

        Messages take their time: whoever is about to show something else asks first, and no letter is lost.
        """
        # The agreement is kept without white space at its ends; in the field it may stand there for a while.
        text = clean_text(self.field.text).strip()
        if not self.component or text == self._known:
            return None
        self._known = text
        return text

    def on_descendant_blur(self) -> None:
        self.post_message(self.Left())

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(self.Edited())
