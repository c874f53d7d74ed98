"""What a facilitator who looks at the room must hear or be told: a minute left, the time is up, it will be late."""

from typing import Final

from textual.app import App

from sleutelworkshop import sound
from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _
from sleutelworkshop.session.replanning import is_offered
from sleutelworkshop.session.ringing import Moment
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.sound import Sound
from sleutelworkshop.tui.human import tell
from sleutelworkshop.tui.screens.plan import PlanScreen
from sleutelworkshop.tui.screens.room import RoomScreen
from sleutelworkshop.tui.session_controller import SessionController

SOUNDS: Final = {Moment.MINUTE: Sound.MINUTE, Moment.END: Sound.END}


class Attention:
    """Watches a session that is open here, whatever screen is in front."""

    def __init__(self, app: App[int], desk: SessionController) -> None:
        self._app, self._desk = app, desk
        self._offered = is_offered(desk.session, desk.now())

    def look(self) -> None:
        """Look whether there is something to hear or to tell; called a few times a second."""
        moment = self._desk.ring()
        if moment is not None and not self._desk.muted:
            self._app.bell()
            sound.play(SOUNDS[moment])
        self._look_at_plan()

    def _look_at_plan(self) -> None:
        if isinstance(self._app.screen, RoomScreen):
            return  # which the whole room reads; it is told when the facilitator is back
        session, now = self._desk.session, self._desk.now()
        before, self._offered = self._offered, is_offered(session, now)
        if self._offered and not before and not isinstance(self._app.screen, PlanScreen):
            end = clock_time(expected_end(session, now))
            tell(
                self._app,
                _("Zo wordt het {end}. Met p kies je waar de minuten vandaan komen.").format(end=end),
                "warning",
            )
