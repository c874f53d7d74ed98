"""The foot of what the room sees: which teams are done, and where the step stands in the whole."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from textual.content import Content

from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import Part, StepKind
from sleutelworkshop.session.answering import Progress
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.overview import Standing, agenda
from sleutelworkshop.session.revealing import RoomView
from sleutelworkshop.session.timing import expected_end
from sleutelworkshop.tui.stage.rows import Rows, centred, ends
from sleutelworkshop.tui.widgets.charts.drawing import short_names
from sleutelworkshop.tui.widgets.team_strip import GAP, SIGNS, STYLES, in_rows

DOTS: Final = {
    Standing.DONE: ("●", "$success"),
    Standing.NOW: ("▸", "bold"),
    Standing.NEXT: ("○", "$quiet"),
    Standing.LATER: ("○", "$quiet"),
}


def teams(view: RoomView, width: int, most: int) -> Rows:
    """Return the teams with how far each is, in at most so many rows, with shorter names if need be."""
    step = view.session.step
    if step.kind not in {StepKind.EXERCISE, StepKind.HARVEST} or not view.progress:
        return []
    far = [view.progress[team.id] for team in view.session.present_teams]
    names = [team.name for team in view.session.present_teams]
    ready = _("aan het woord geweest") if step.kind is StepKind.HARVEST else _("klaar")
    done = sum(each is Progress.READY for each in far)
    short = _("{n} van {total}").format(n=done, total=len(far))
    full = _("{many} {ready}").format(many=short, ready=ready)
    for shorter in (names, short_names(names, 12), short_names(names, 7), short_names(names, 4)):
        shown = [Content.styled(f"{SIGNS[each]} {name}", STYLES[each]) for name, each in zip(shorter, far, strict=True)]
        for count in (full, short):
            rows = in_rows([*shown, Content.styled(count, "bold")], width)
            if len(rows) <= most and max(row.cell_length for row in rows) <= width:
                return centred(rows, width)
    signs = Content.assemble(*((SIGNS[each], STYLES[each]) for each in far))
    return centred(in_rows([signs, Content.styled(full, "bold")], width)[:most], width)


def whole(session: Session, now: dt.datetime, width: int) -> Content:
    """Return where the step stands in the whole workshop, as full as there is place for."""
    end = _("einde {end}").format(end=clock_time(expected_end(session, now)))
    full = Content.styled(_("{now} · {end}").format(now=clock_time(now), end=end), "$quiet")
    for row in _wholes(session, now):
        for times in (full, Content.styled(end, "$quiet")):
            if row.cell_length + 2 + times.cell_length <= width:
                return ends(row, times, width)
    return ends(_step_of(session), full, width)


def _wholes(session: Session, now: dt.datetime) -> Iterator[Content]:
    """Yield the parts with a dot for each step, then with those of the part at hand only, then without any."""
    parts = agenda(session, now)
    for dotted in ({each.part.id for each in parts}, {each.part.id for each in parts if each.is_now}, set()):
        pieces: list[Content] = []
        for each in parts:
            dots = [DOTS[step.standing] for step in each.steps if step.standing is not Standing.DROPPED]
            if not dots:
                continue
            head = _part_head(each.part, now=each.is_now, done=each.is_done)
            shown = each.part.id in dotted
            sign = "▸ " if each.is_now and not shown else ""
            pieces.append(Content.assemble((sign, "bold"), head, " " if shown else "", *(dots if shown else ())))
        yield Content(GAP).join(pieces)
        yield Content("  ").join(pieces)


def _part_head(part: Part, *, now: bool, done: bool) -> Content:
    style = f"bold $tip-{part.accent}" if now else "" if done else "$quiet"
    return Content.styled(part.label, style)


def _step_of(session: Session) -> Content:
    part = session.script.part_of(session.position)
    steps: Sequence[str] = [step.id for step in part.steps if not session.runs[step.id].dropped]
    where = _("{part} · stap {n} van {total}").format(
        part=part.label, n=steps.index(session.position) + 1, total=len(steps)
    )
    return Content.styled(where, f"bold $tip-{part.accent}")
