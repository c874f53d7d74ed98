"""What the room sees now, in a few words for the facilitator's own screen."""

from sleutelworkshop.i18n import _
from sleutelworkshop.script.model import StepKind
from sleutelworkshop.session.model import Session
from sleutelworkshop.session.revealing import component_at_hand, is_revealed, shows_arrangement


def room_sees(session: Session) -> str:
    """Return what the room sees: the step, and in a harvest how many of its questions show their answers."""
    return _("zaal: {what}").format(what=_what(session))


def _what(session: Session) -> str:
    step = session.step
    first = next(session.script.steps()).id == step.id
    if session.finished_at is not None:
        return _("het slot")
    if first and session.begun_at is None and not session.run.has_begun:
        return _("het welkom")
    if step.kind is StepKind.HARVEST:
        return _harvest(session)
    component = component_at_hand(session)
    if step.kind is StepKind.CONSENT and component is not None:
        return _("instemming · {title}").format(title=component.title)
    if step.kind is StepKind.ACTIONS:
        return _("de acties en het {arrangement}").format(arrangement=session.script.arrangement)
    if shows_arrangement(session):
        return _("{step} · het {arrangement}").format(step=step.title, arrangement=session.script.arrangement)
    return _("{step} · de opdracht en de tijd").format(step=step.title)


def _harvest(session: Session) -> str:
    component = component_at_hand(session)
    if component is None or not component.questions:
        return _("oogst")
    total, shown = len(component.questions), sum(is_revealed(session, each) for each in component.questions)
    if not shown:
        return _("oogst {title} · geen antwoorden").format(title=component.title)
    if shown == total == 1:
        return _("oogst {title} · de antwoorden").format(title=component.title)
    return _("oogst {title} · {n} van {total} vragen zichtbaar").format(title=component.title, n=shown, total=total)
