"""What is filled in over another screen: enter goes on, and from the last field keeps; the buttons keep or leave."""

from abc import abstractmethod

from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Button, Input


class FilledInScreen(ModalScreen[ScreenResultType]):
    """Fields of one line, and a button with the id ``keep`` beside one to leave."""

    @property
    @abstractmethod
    def last_field(self) -> str:
        """The id of the field from which enter keeps."""

    @abstractmethod
    def action_keep(self) -> object:
        """Keep what was filled in, unless it is refused."""

    @abstractmethod
    def action_leave(self) -> None:
        """Go back without keeping it."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == self.last_field:
            self.action_keep()
        else:
            self.focus_next()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_leave()
