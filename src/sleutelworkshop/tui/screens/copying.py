"""Making a session out of the one that is highlighted: with the same group anew, or a second meeting."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from sleutelworkshop.i18n import _
from sleutelworkshop.tui.background import tried
from sleutelworkshop.tui.home import home_of
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.dialog import DialogScreen
from sleutelworkshop.tui.screens.keeping import KeepingScreen

if TYPE_CHECKING:
    from sleutelworkshop.session.model import Session

# What a list can do without is imported where it is used.


class CopyingScreen(KeepingScreen):
    """A screen with a highlighted session, of which the group can come together again."""

    @work(exclusive=True, group="copy")
    async def action_copy(self) -> None:
        """Make a new session with the group and the teams of the highlighted one, or one that follows it up."""
        row = self.row
        if row is None:
            return
        home = home_of(self)

        def read() -> "Session":
            from sleutelworkshop.store import sessionfile

            return sessionfile.read(Path(row.key))

        session = await tried(self, read)
        if session is None or not self.is_active:  # something else was opened meanwhile: it is no place to ask
            return
        follows = await self._asks_to_follow_up(session)
        if follows is None:
            return
        real = await self._asks_for_real_minutes(session)
        if real is None:
            return

        from sleutelworkshop.session.following_up import copy_as_follow_up
        from sleutelworkshop.session.making import copy_as_new

        copied = (copy_as_follow_up if follows else copy_as_new)(session, home.clock(), real=real)
        told = (
            _("De vervolgbijeenkomst voor {name} staat klaar. Hij begint met de terugblik.")
            if follows
            else _("Er is een nieuwe sessie voor {name}: dezelfde teams, nog geen antwoorden.")
        ).format(name=row.title)
        if made := await tried(
            self, lambda: home.folder.create(copied, home.clock()), done=lambda _path: tell(self.app, told)
        ):
            self.read(str(made))

    async def _asks_to_follow_up(self, session: "Session") -> bool | None:
        """Ask, when there is something to look back on, whether the copy is to do that; None: no copy."""
        from sleutelworkshop.dates import long_date
        from sleutelworkshop.session.following_up import leads_further

        if not leads_further(session):
            return False
        answers = [
            ("new", _("Een nieuwe sessie: dezelfde teams, verder leeg")),
            ("follow", _("Een vervolgbijeenkomst: jullie gaan verder")),
        ]
        details = _(
            "In een vervolgbijeenkomst kijken jullie eerst terug op de acties en afspraken van {date}. Daarna werken "
            "jullie verder aan hetzelfde arrangement."
        ).format(date=long_date(session.date))
        choice = await self.app.push_screen_wait(DialogScreen(_("Wat wordt de kopie?"), answers, details))
        return choice == "follow" if choice else None

    async def _asks_for_real_minutes(self, session: "Session") -> bool | None:
        """Ask, when a session took other times than planned, which of the two its copy is to have; None: no copy."""
        from sleutelworkshop.session.making import real_minutes

        plan = {step_id: run.minutes for step_id, run in session.runs.items()}
        real = plan | real_minutes(session, home_of(self).clock())
        if real == plan:
            return False
        words = _("{words} ({n} minuten)")
        answers = [
            ("plan", words.format(words=_("De tijden van het plan"), n=sum(plan.values()))),
            ("real", words.format(words=_("De tijden zoals het echt ging"), n=sum(real.values()))),
        ]
        question = _("Welke tijden krijgt de nieuwe sessie?")
        choice = await self.app.push_screen_wait(DialogScreen(question, answers))
        return choice == "real" if choice else None
