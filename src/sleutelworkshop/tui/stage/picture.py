"""The whole picture for the room: a head, the scene that belongs to the step, and a foot."""

import datetime as dt
from typing import Final

from rich.cells import cell_len
from textual.content import Content

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import StepKind
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.revealing import RoomView, shows_arrangement
from sleutelworkshop.tui.stage import arrangement, foot, harvest
from sleutelworkshop.tui.stage.rows import Rows, centred, ends, high, indented, wrapped
from sleutelworkshop.tui.stage.scenes import Scene, Words, stacked, words_width
from sleutelworkshop.tui.stage.time import stage_time
from sleutelworkshop.tui.stage.words import wordings
from sleutelworkshop.tui.widgets.charts.drawing import cut

MARGINS: Final = ((160, 8), (100, 4), (0, 2))
"""The cells at each side of a window from so many columns on."""


class Stage:
    """One view laid out in one window. ``page`` is the one asked for; without it, the one that is talked about."""

    def __init__(self, view: RoomView, width: int, height: int, page: int | None = None) -> None:
        self.view, self.width, self.height = view, width, height
        margin = next(cells for least, cells in MARGINS if width >= least)
        self._margin, self._inner = margin, max(width - 2 * margin, 8)
        most = 1 if height < 26 else 3 if height < 48 else 5
        self._teams = foot.teams(view, self._inner, most) if not _is_calm(view) else []
        self._airy = height >= 30
        # The head and its rule, the foot and its rule, and a blank row over and under the scene where that can be.
        taken = 4 + len(self._teams) + (1 + bool(self._teams) if self._airy else 0) + self._airy
        self.scene = _scene(view, self._inner, max(height - taken, 1), page)

    def rows(self, now: dt.datetime, notice: str = "") -> Rows:
        """Return every row of the window as it is at ``now``. ``notice`` is said quietly at the head."""
        session = self.view.session
        rule = Content.styled("─" * self.width, "$line")
        blank = [Content()] if self._airy else []
        rows = [
            *self._indented([self._head(notice)]),
            rule,
            *blank,
            *self._indented(self.scene.rows(stage_time(session.run, now))),
            *blank,
            *self._indented(self._teams),
            *(blank if self._teams else []),
            self._rule_with_page(rule),
            *self._indented([foot.whole(session, now, self._inner)]),
        ]
        return [row.truncate(self.width) for row in high(rows, self.height)]

    def _indented(self, rows: Rows) -> Rows:
        return indented(rows, self._margin)

    def _head(self, notice: str) -> Content:
        session = self.view.session
        title = Content.styled(session.script.title, "bold $primary")
        parts = [Content.styled(notice, "$warning")] if notice else []
        parts.append(Content(session.organisation))
        if session.rehearsal is not None:
            parts.append(Content.styled(f" {_('OEFENING')} ", "bold $background on $warning"))
        return ends(title, Content("   ").join(parts), self._inner)

    def _rule_with_page(self, rule: Content) -> Content:
        if self.scene.pages < 2:
            return rule
        text = _("bladzijde {n} van {total}").format(n=self.scene.page + 1, total=self.scene.pages)
        told = Content.styled(f" {text} ", "$quiet")
        return Content.assemble(
            ("─" * max(self.width - told.cell_length - self._margin, 0), "$line"), told, ("─" * self._margin, "$line")
        )


def _scene(view: RoomView, width: int, height: int, page: int | None) -> Scene:
    session = view.session
    if session.finished_at is not None:
        return arrangement.finished(view, width, height)
    if _is_calm(view):
        return _welcome(view, width, height)
    match session.step.kind:
        case StepKind.HARVEST:
            return harvest.harvest(view, width, height, page)
        case StepKind.CONSENT:
            return arrangement.consent(view, width, height, page)
        case StepKind.ACTIONS:
            return arrangement.actions(view, width, height, page)
        case StepKind.EXPLANATION if shows_arrangement(session):
            return arrangement.arrangement(view, width, height, page)
        case _:
            return stacked(wordings(view, words_width(width)), width, height)


def _is_calm(view: RoomView) -> bool:
    """Return whether nothing goes on: before the first step has begun, or after the last."""
    session = view.session
    first = next(session.script.steps()).id == session.position
    return session.finished_at is not None or (first and session.begun_at is None and not session.run.has_begun)


def _welcome(view: RoomView, width: int, height: int) -> Scene:
    session = view.session
    rows = [
        *wrapped(session.script.title, width, "bold $primary"),
        *wrapped(session.script.subtitle, width, "$quiet"),
        Content(),
        *wrapped(session.organisation, width, "bold"),
        Content(),
        *wrapped(_("Welkom. We beginnen zo."), width),
    ]
    programme = _programme(session, width)
    teams = wrapped(" · ".join(team.name for team in session.present_teams), min(width, 80), "$quiet")
    for more in ([Content(), *programme, Content(), *teams], [Content(), *programme], []):
        if len(rows) + len(more) <= height:
            return Words(tuple(centred([*rows, *more], width)), height)
    return Words(tuple(centred(rows, width)), height)


def _programme(session: Session, width: int) -> Rows:
    """Return the parts that have a title, each in its own colour, under one another."""
    parts = [part for part in session.script.parts if part.title]
    label = max((cell_len(part.label) for part in parts), default=0)
    rows = [
        Content.assemble(cut(part.label, label, f"bold $tip-{part.accent}"), "   ", part.title).truncate(width)
        for part in parts
    ]
    wide = max((row.cell_length for row in rows), default=0)
    return [row.truncate(wide, pad=True) for row in rows]
