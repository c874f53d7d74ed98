"""The least that a program with a screen of Textual can be: what a cold start is measured by."""

from textual.app import App, ComposeResult
from textual.widgets import Static

PAINTED = "Hier staat iets"


class MinimalApp(App[None]):
    """Shows one line."""

    def compose(self) -> ComposeResult:
        """Make the line."""
        yield Static(PAINTED)


if __name__ == "__main__":
    MinimalApp().run()
