"""What the plan shows: the ways to go on in words, and the times that each of them leads to. A pure reading."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from sleutelworkshop.dates import clock_time
from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Script, Step
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.overview import Standing, StepOverview, agenda
from sleutelworkshop.session.replanning import Proposal, Way, adopt, minutes_to_gain, proposals, take_back
from sleutelworkshop.session.timing import chosen_end, expected_end, minutes_behind
from sleutelworkshop.tui.widgets.plan_table import PlanLine


class Choice(Struct, frozen=True, kw_only=True):
    """Something that can be done with the plan: what it is called, what it does, and how it happens.

    ``fits`` says whether the workshop then ends in time.
    """

    id: str
    title: str
    details: str
    fits: bool
    happening: Callable[[Session], Session]


def choices(session: Session, now: dt.datetime) -> tuple[Choice, ...]:
    """Return what can be done with the plan now, the most even way first."""
    return (*(_choice(session, each) for each in proposals(session, now)), *_taking_back(session, now))


def headline(session: Session, now: dt.datetime) -> tuple[str, str]:
    """Return how the workshop stands with its end, in a line, and what to know of it in another, which may be empty."""
    end, gain = chosen_end(session), minutes_to_gain(session, now)
    expected = clock_time(expected_end(session, now))
    if session.finished_at is not None:
        return _("De workshop is afgerond."), ""
    if end is None:
        return _("Begin je nu, dan is het klaar om {time}.").format(time=expected), _("Met e kies je een eindtijd.")
    chosen = clock_time(end)
    if gain == 0:
        return _("Het wordt {time}: precies op tijd.").format(time=chosen), ""
    if gain < 0:
        left = max(-minutes_behind(session, now), 1)  # as at the head of the screen
        early = ngettext("{n} minuut over", "{n} minuten over", left).format(n=left)
        return _("Het wordt {time}; jullie hebben tot {end}: {early}.").format(
            time=expected, end=chosen, early=early
        ), ""
    behind = max(minutes_behind(session, now), 1)
    late = ngettext("{n} minuut te laat", "{n} minuten te laat", behind).format(n=behind)
    words = _("Het wordt {time}; jullie willen klaar zijn om {end}: {late}.").format(
        time=expected, end=chosen, late=late
    )
    least = min((each.shortage for each in proposals(session, now) if each.way is not Way.LATER), default=gain)
    short = ngettext("je komt {n} minuut tekort", "je komt {n} minuten tekort", least).format(n=least)
    return words, _("Het past niet meer: hoe je ook verdeelt, {short}.").format(short=short) if least else ""


def plan_lines(session: Session, now: dt.datetime, choice: Choice | None) -> tuple[PlanLine, ...]:
    """Return every step from where the room is, as it is and as it would be with a choice."""
    ahead = {step.id for step in _from_here(session)}
    after = choice.happening(session) if choice else session
    then = {each.step.id: each for each in _steps(after, now)}
    return tuple(_line(session, each, then[each.step.id]) for each in _steps(session, now) if each.step.id in ahead)


def _from_here(session: Session) -> tuple[Step, ...]:
    """Return the step where the room is and those after it, also the ones that were dropped; none when it is over."""
    steps = tuple(session.script.steps())
    return steps[steps.index(session.step) :] if session.finished_at is None else ()


def _line(session: Session, before: StepOverview, after: StepOverview) -> PlanLine:
    part = session.script.part_of(before.step.id)
    return PlanLine(
        accent=part.accent,
        time=clock_time(after.starts_at) if after.starts_at else _("nu") if after.standing is Standing.NOW else "",
        title=before.step.title,
        before=before.minutes,
        after=after.minutes,
        protected=part.protected,
    )


def _steps(session: Session, now: dt.datetime) -> Iterator[StepOverview]:
    for part in agenda(session, now):
        yield from part.steps


def _choice(session: Session, proposal: Proposal) -> Choice:
    end = _("einde {time}").format(time=clock_time(proposal.ends_at))
    details = [end, *_details(session, proposal)]
    if proposal.shortage:
        details.append(_("{n} min. tekort").format(n=proposal.shortage))
    return Choice(
        id=f"{proposal.way}-{proposal.step}",
        title=_title(session, proposal),
        details=" · ".join(details),
        fits=not proposal.shortage,
        happening=partial(adopt, proposal=proposal),
    )


def _title(session: Session, proposal: Proposal) -> str:
    step = _name(session.script, proposal.step) if proposal.step else ""
    match proposal.way:
        case Way.SPREAD:
            return _("Verdelen over wat nog komt")
        case Way.SHORTEN:
            return _("“{step}” inkorten").format(step=step)
        case Way.DROP:
            return _("“{step}” weglaten").format(step=step)
        case Way.LATER:
            return _("Later klaar zijn")


def _details(session: Session, proposal: Proposal) -> Iterator[str]:
    changed = sum(total - session.runs[step_id].total for step_id, total in proposal.minutes.items())
    steps = ngettext("{n} stap", "{n} stappen", len(proposal.minutes)).format(n=len(proposal.minutes))
    match proposal.way:
        case Way.SPREAD if changed < 0:
            yield _("{n} min. van {steps} af").format(n=-changed, steps=steps)
        case Way.SPREAD:
            yield _("{n} min. erbij, over {steps}").format(n=changed, steps=steps)
        case Way.SHORTEN:
            before, after = session.runs[proposal.step].total, proposal.minutes[proposal.step]
            yield _("van {before} naar {after} min.").format(before=before, after=after)
        case Way.DROP:
            yield _("{n} min. vrij").format(n=session.runs[proposal.step].total)
            if changed:
                yield _("nog {n} min. van {steps} af").format(n=-changed, steps=steps)
    if proposal.way is Way.DROP:
        for part in session.script.parts:
            kept = sum(session.runs[step.id].total for step in part.steps)
            if part.protected:
                yield _("“{part}” houdt {n} min.").format(part=part.label, n=kept)


def _taking_back(session: Session, now: dt.datetime) -> Iterator[Choice]:
    for step in _from_here(session):
        run = session.runs[step.id]
        if not run.dropped:
            continue
        happening = partial(take_back, step_id=step.id)
        after = happening(session)
        yield Choice(
            id=f"back-{step.id}",
            title=_("“{step}” toch doen").format(step=_name(session.script, step.id)),
            details=_("einde {time} · {n} min. erbij").format(n=run.total, time=clock_time(expected_end(after, now))),
            fits=minutes_to_gain(after, now) <= 0,
            happening=happening,
        )


def _name(script: Script, step_id: str) -> str:
    """Return what a step is called, with its part where more of them are called so."""
    title = script.step(step_id).title
    if sum(step.title == title for step in script.steps()) == 1:
        return title
    return f"{script.part_of(step_id).label} · {title}"
