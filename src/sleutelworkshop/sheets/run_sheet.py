"""The sheet that the facilitator runs the workshop from when there is no screen: times, steps and notes."""

import datetime as dt
from collections.abc import Iterator, Mapping

from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Script, Step, StepKind
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.overview import Standing, agenda
from sleutelworkshop.session.timing import chosen_end
from sleutelworkshop.sheets.blocks import RunNote, RunPart, RunSheet, RunStep
from sleutelworkshop.sheets.team_sheets import part_words


def run_sheet(script: Script, session: Session | None, now: dt.datetime, start: dt.datetime | None) -> RunSheet:
    """Return the run sheet. Its times are on the clock when ``start`` or the session tells when it begins.

    Of a session that is under way it tells what has been, where the room is, and when the rest comes.
    """
    minutes = {step.id: step.minutes for step in script.steps()}
    if session is not None:
        minutes = {step_id: 0 if run.dropped else run.total for step_id, run in session.runs.items()}
    begins = start or _start_of(session, minutes)
    total = sum(minutes.values())
    if session is not None and start is None and session.begun_at and not session.finished_at:
        times = _times_of(session, now)
        about = _("Zoals het er om {time} voor staat.").format(time=clock_time(now))
    elif begins is not None:
        times = {step_id: clock_time(begins + dt.timedelta(minutes=past)) for step_id, past in _before(script, minutes)}
        end = begins + dt.timedelta(minutes=total)
        about = _("Van {start} tot {end}, {n} minuten.").format(start=clock_time(begins), end=clock_time(end), n=total)
    else:
        times = {step_id: f"{past // 60}:{past % 60:02}" for step_id, past in _before(script, minutes)}
        about = _("{n} minuten. De tijd telt vanaf het begin. Wij beginnen om:").format(n=total)
    return RunSheet(
        time=_("Tijd"),
        about=about,
        parts=tuple(
            RunPart(
                part_words(part),
                part.accent,
                tuple(_step(script, step, minutes, times, session) for step in part.steps),
            )
            for part in script.parts
        ),
        foot=source_of(script),
    )


def source_of(script: Script) -> str:
    """Return whose ideas the script stands on, as a sentence."""
    return _("Bron: {author}, {title}.").format(author=script.source.author, title=script.source.title)


def _start_of(session: Session | None, minutes: Mapping[str, int]) -> dt.datetime | None:
    """Return when the session began, or is to begin to end in time; None when that is not known."""
    if session is None or session.begun_at is not None:
        return session.begun_at if session else None
    end = chosen_end(session)
    return end - dt.timedelta(minutes=sum(minutes.values())) if end else None


def _before(script: Script, minutes: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    past = 0
    for step in script.steps():
        yield step.id, past
        past += minutes[step.id]


def _times_of(session: Session, now: dt.datetime) -> dict[str, str]:
    words = {Standing.DONE: _("klaar"), Standing.NOW: _("nu")}
    return {
        each.step.id: clock_time(each.starts_at) if each.starts_at else words.get(each.standing, "")
        for part in agenda(session, now)
        for each in part.steps
    }


def _step(
    script: Script, step: Step, minutes: Mapping[str, int], times: Mapping[str, str], session: Session | None
) -> RunStep:
    left_out = session is not None and session.runs[step.id].dropped
    return RunStep(
        time="" if left_out else times[step.id],
        minutes="" if left_out else ngettext("{n} min.", "{n} min.", minutes[step.id]).format(n=minutes[step.id]),
        minimum=_("minstens {n}").format(n=step.minimum) if step.minimum < minutes[step.id] else "",
        title=step.title,
        kind="" if _kind_words(step.kind) == step.title.casefold() else _kind_words(step.kind),
        prompt=step.prompt,
        points=step.points,
        notes=tuple(_notes(script, step)),
        remark=_("vervalt vandaag") if left_out else _("mag vervallen") if step.droppable else "",
        left_out=left_out,
    )


def _kind_words(kind: StepKind) -> str:
    return {
        StepKind.EXPLANATION: _("uitleg"),
        StepKind.EXERCISE: _("oefening"),
        StepKind.HARVEST: _("oogst"),
        StepKind.BREAK: _("pauze"),
        StepKind.CONSENT: _("instemming"),
        StepKind.ACTIONS: _("acties"),
    }[kind]


def _notes(script: Script, step: Step) -> Iterator[RunNote]:
    for label, text in (
        (_("Inleiden"), step.notes.introduce),
        (_("Luister"), step.notes.listen),
        (_("Als het stokt"), step.notes.stalls),
        (_("Spreek af"), ", ".join(script.component(component_id).title for component_id in step.agrees)),
    ):
        if text.strip():
            yield RunNote(label, text)
