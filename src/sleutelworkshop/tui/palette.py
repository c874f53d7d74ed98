"""The command palette: all that can be done on the screen in front, by the words that its keys have."""

from collections.abc import Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.keys import commands_of, key_name


class Commands(Provider):
    """Offers the commands of the screen; of what is not among them it says so."""

    async def discover(self) -> Hits:
        for words, key, perform in self._commands():
            yield DiscoveryHit(words, perform, help=key)

    async def search(self, query: str) -> Hits:
        matcher, found = self.matcher(query), False
        for words, key, perform in self._commands():
            if (score := matcher.match(words)) > 0:
                found = True
                yield Hit(score, matcher.highlight(words), perform, help=key)
        if not found:  # said here, for Textual would say it in English
            yield Hit(1.0, _("Dat staat er niet bij."), lambda: None)

    def _commands(self) -> list[tuple[str, str, Callable[[], object]]]:
        return [
            (
                active.binding.description[:1].upper() + active.binding.description[1:],
                key_name(active.binding.key),
                partial(self.app.run_action, active.binding.action, active.node),
            )
            for active in commands_of(self.screen)
        ]
