"""The least that a program with a screen of Textual can be: what a cold start is measured by."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static

PAINTED = "Hier staat iets"


class MinimalApp(App[None]):
    """Shows one line, and then the key that was pressed."""

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static(PAINTED)

    def on_key(self, event: Key) -> None:
        """Show the key."""
        self.query_one(Static).update(event.key)


if __name__ == "__main__":
    MinimalApp().run()
