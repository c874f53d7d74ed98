"""A question with a few answers, in front of whatever screen asked it."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, Static

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.background import has_gone
from sleutelworkshop.tui.human import human
from sleutelworkshop.tui.widgets.key_bar import KeyBar


class DialogScreen(ModalScreen[str]):
    """Asks ``question``, explains it in ``details``, and returns the id of the chosen answer, or "" for none.

    ``answers`` are pairs of an id and a text; the first is the safe one and has the focus.
    """

    CSS_PATH = "dialog.tcss"

    is_leaving = False
    """Whether it is a part of leaving: ctrl+q goes back from it, and asks nothing anew."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('')", _("terug"), key_display="esc"),
        Binding(
            "f1,question_mark", "app.help", _("toetsen"), key_display="?"
        ),  # a modal screen cuts off those of the app
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, answers: Sequence[tuple[str, str]], details: str = "") -> None:
        super().__init__()
        self._question = question
        self._details = details
        self._answers = answers

    def compose(self) -> ComposeResult:
        with VerticalGroup(id="dialog"):
            yield Static(human(self._question), id="dialog-question")
            if self._details:
                yield Static(human(self._details), id="dialog-details")
            with VerticalGroup(id="dialog-answers"):
                for number, (answer, text) in enumerate(self._answers):
                    yield Button(human(text), id=answer, variant="primary" if number == 0 else "default")
        yield KeyBar()  # over that of the screen behind it, of which no key works now

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id or "")


class LeavingQuestion(DialogScreen):
    """Asks whether the session or the program may be left: ctrl+q has been answered with it."""

    is_leaving = True


def dismiss_or_ask(
    screen: Screen[Any],
    question: str,
    details: str = "",
    *,
    unkept: bool,
    thrown_away: Callable[[], object] = lambda: None,
) -> None:
    """Leave a screen; while something that was typed in it is ``unkept``, ask first whether that may go."""

    def answered(answer: str | None) -> None:
        if answer == "leave" and not has_gone(screen):  # what it had under way may have ended it meanwhile
            thrown_away()
            screen.dismiss(None)

    if unkept:
        answers = [("stay", _("Verder typen")), ("leave", _("Weggooien"))]
        screen.app.push_screen(DialogScreen(question, answers, details), answered)
    else:
        screen.dismiss(None)
