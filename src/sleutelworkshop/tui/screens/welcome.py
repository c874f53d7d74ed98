"""What a newcomer sees instead of a list of sessions."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.content import Content
from textual.widgets import Button, Static

from sleutelworkshop.i18n import _


class Welcome(VerticalGroup):
    """What a newcomer sees instead of a list: what this is, and the two things to do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Static(Content(_("Fijn dat je er bent.")), id="welcome-hello")
        text = _(
            "Hier komen de workshops te staan die je begeleidt. Wat de teams bedenken wordt meteen "
            "opgeslagen, dus je kunt altijd stoppen en later verdergaan."
        )
        yield Static(Content(text), id="welcome-text")
        yield Button(choice("n", _("Begin je eerste sessie")), id="welcome-new", compact=True)
        yield Static(Content(_("De naam van de school en de namen van de teams zijn genoeg.")), classes="welcome-more")
        yield Button(choice("v", _("Kijk rond in het voorbeeld")), id="welcome-example", compact=True)
        yield Static(
            Content(_("Een afgeronde workshop van een verzonnen school; stukmaken kan niet.")), classes="welcome-more"
        )


def choice(key: str, text: str) -> Content:
    """Return what can be chosen, with the key for it."""
    return Content.assemble((f"{key}  ", "bold $primary"), text)
