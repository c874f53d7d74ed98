"""Agreeing: what the group agrees on each component, consents to, objects to, and will do."""

import datetime as dt
from collections.abc import Iterable

from msgspec.structs import replace

from sleutelworkshop.i18n import _
from sleutelworkshop.session.earlier import with_agreement
from sleutelworkshop.session.model import Action, Agreement, AnswerRef, Objection, RefusedError, Session
from sleutelworkshop.text import clean_line, clean_text


def agree(
    session: Session,
    component_id: str,
    text: str,
    sources: Iterable[AnswerRef],
    now: dt.datetime,
    *,
    draft: bool = False,
) -> Session:
    """Return the session with this agreement on a component; an empty text takes the agreement away.

    With ``draft`` it is still being typed. What stood there before is remembered, a draft is not. Consent that was
    given to other words is asked again.

    Raises:
        TextTooLongError: the text is longer than fits.
        KeyError: there is no such component.
    """
    component = session.script.component(component_id)
    text = clean_text(text).strip()
    refs = tuple(dict.fromkeys(sources))
    standing = session.agreements.get(component.id)
    if standing is not None and (standing.text, standing.sources) == (text, refs):
        return session if draft else settle_agreement(session, component.id)
    agreements = {key: value for key, value in session.agreements.items() if key != component.id}
    if text:
        agreements[component.id] = Agreement(text, refs, now, draft)
    same_words = standing is not None and standing.text == text
    return replace(
        session,
        agreements=agreements,
        consents=session.consents if same_words else _without(session.consents, component.id),
        earlier_agreements=with_agreement(session.earlier_agreements, component.id, standing),
    )


def settle_agreement(session: Session, component_id: str) -> Session:
    """Return the session with an agreement that was being typed as one that counts."""
    standing = session.agreements.get(component_id)
    if standing is None or not standing.draft:
        return session
    return replace(session, agreements={**session.agreements, component_id: replace(standing, draft=False)})


def consent(session: Session, component_id: str, now: dt.datetime) -> Session:
    """Return the session with the group's consent to a component.

    Raises:
        RefusedError: nothing is agreed on it yet, or an objection is still open.
    """
    component = session.script.component(component_id)
    if component.id not in session.agreements:
        raise RefusedError(_("Over “{title}” is nog niets afgesproken.").format(title=component.title))
    if any(objection.is_open for objection in session.objections_to(component.id)):
        raise RefusedError(_("Handel eerst het bezwaar bij “{title}” af.").format(title=component.title))
    return replace(session, consents={**session.consents, component.id: now})


def object_to(session: Session, component_id: str, *, who: str, what: str, now: dt.datetime) -> Session:
    """Return the session with an objection to a component; consent to it lapses.

    Raises:
        RefusedError: it does not say what the objection is.
        TextTooLongError: a text is longer than fits.
    """
    component = session.script.component(component_id)
    what = clean_text(what).strip()
    if not what:
        raise RefusedError(_("Schrijf op wat het bezwaar is."))
    agreed = session.agreements.get(component.id)
    objection = Objection(
        id=1 + max((each.id for each in session.objections), default=0),
        component=component.id,
        who=clean_line(who),
        what=what,
        text=agreed.text if agreed else "",
        at=now,
    )
    return replace(
        session,
        objections=(*session.objections, objection),
        consents=_without(session.consents, component.id),
    )


def settle(session: Session, objection_id: int, outcome: str, now: dt.datetime) -> Session:
    """Return the session with what became of an objection; the agreement as it stands is what it led to.

    Raises:
        RefusedError: it does not say what became of it.
        TextTooLongError: the text is longer than fits.
    """
    outcome = clean_text(outcome).strip()
    if not outcome:
        raise RefusedError(_("Schrijf op wat er met het bezwaar is gedaan."))

    def settled(objection: Objection) -> Objection:
        agreed = session.agreements.get(objection.component)
        return replace(objection, outcome=outcome, settled_at=now, text_after=agreed.text if agreed else "")

    return replace(
        session, objections=tuple(settled(each) if each.id == objection_id else each for each in session.objections)
    )


def add_action(session: Session, *, who: str, what: str, due: dt.date | None) -> Session:
    """Return the session with one action more.

    Raises:
        RefusedError: it does not say what is to be done, or by whom.
        TextTooLongError: a text is longer than fits.
    """
    number = 1 + max((action.id for action in session.actions), default=0)
    return replace(session, actions=(*session.actions, _action(number, who, what, due)))


def change_action(session: Session, action_id: int, *, who: str, what: str, due: dt.date | None) -> Session:
    """Return the session with an action put differently; raises as :func:`add_action`."""
    changed = _action(action_id, who, what, due)
    return replace(session, actions=tuple(changed if action.id == action_id else action for action in session.actions))


def remove_action(session: Session, action_id: int) -> Session:
    """Return the session without an action."""
    return replace(session, actions=tuple(action for action in session.actions if action.id != action_id))


def evaluate_on(session: Session, date: dt.date | None) -> Session:
    """Return the session with the date on which the group looks back."""
    return replace(session, evaluation=date)


def _action(number: int, who: str, what: str, due: dt.date | None) -> Action:
    who, what = clean_line(who), clean_line(what)
    if not what:
        raise RefusedError(_("Schrijf op wat er gebeurt."))
    if not who:
        raise RefusedError(_("Schrijf op wie dit doet."))
    return Action(number, who, what, due)


def _without(consents: dict[str, dt.datetime], component_id: str) -> dict[str, dt.datetime]:
    return {key: at for key, at in consents.items() if key != component_id}
