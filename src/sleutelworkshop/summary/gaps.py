"""What is still missing before the group can say: this is our arrangement."""

from collections.abc import Iterator

from msgspec import Struct

from sleutelworkshop.i18n import _, ngettext
from sleutelworkshop.script.model import Component, StepKind
from sleutelworkshop.session.following_up import key_of_action, key_of_agreement, not_reviewed
from sleutelworkshop.session.model import Objection, Session
from sleutelworkshop.summary.words import listed


class Gaps(Struct, frozen=True):
    """What is still open. Only what the script asks for can be missing, and looking back on what is followed up."""

    not_agreed: tuple[Component, ...]
    drafts: tuple[Component, ...]
    not_consented: tuple[Component, ...]
    open_objections: tuple[Objection, ...]
    no_actions: bool
    no_evaluation: bool
    not_finished: bool
    not_reviewed: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is open."""
        return bool(
            self.not_agreed
            or self.drafts
            or self.not_consented
            or self.open_objections
            or self.no_actions
            or self.no_evaluation
            or self.not_finished
            or self.not_reviewed
        )


def find_gaps(session: Session) -> Gaps:
    """Return what is still open in a session."""
    kinds = {step.kind for step in session.script.steps()}
    agreed = [component for component in session.script.components if component.id in session.agreements]
    return Gaps(
        not_agreed=tuple(each for each in session.script.components if each not in agreed),
        drafts=tuple(each for each in agreed if session.agreements[each.id].draft),
        not_consented=tuple(each for each in agreed if StepKind.CONSENT in kinds and each.id not in session.consents),
        open_objections=tuple(objection for objection in session.objections if objection.is_open),
        no_actions=StepKind.ACTIONS in kinds and not session.actions,
        no_evaluation=StepKind.ACTIONS in kinds and session.evaluation is None,
        not_finished=session.finished_at is None,
        not_reviewed=not_reviewed(session),
    )


def is_untouched(session: Session) -> bool:
    """Return whether nobody has answered, agreed, objected or promised anything yet."""
    return not (
        any(session.answers.values())
        or session.agreements
        or session.objections
        or session.actions
        or session.evaluation
    )


def opening_sentence(session: Session, gaps: Gaps) -> str:
    """Return the sentence at the top of a document that is not complete; empty when it is."""
    if not gaps:
        return ""
    if session.begun_at is None and is_untouched(session):
        titles = listed([component.title for component in session.script.components])
        return _("Deze workshop is nog niet begonnen. Hier komt te staan wat jullie afspreken: {titles}.").format(
            titles=titles
        )
    missing = listed(_in_short(session, gaps))
    if not missing:
        return _("Deze workshop is nog niet afgesloten. De afspraken zijn rond.")
    if gaps.not_finished:
        return _("Deze workshop is nog niet af: {missing}.").format(missing=missing)
    return _("Nog niet alles is rond: {missing}.").format(missing=missing)


def open_points(session: Session, gaps: Gaps) -> tuple[str, ...]:
    """Return everything that is still open, one sentence each, by name."""
    title = {component.id: component.title for component in session.script.components}
    points = [_("{title}: nog niets over afgesproken.").format(title=each.title) for each in gaps.not_agreed]
    points += [_("{title}: de tekst is nog een concept.").format(title=each.title) for each in gaps.drafts]
    points += [_("{title}: nog geen instemming.").format(title=each.title) for each in gaps.not_consented]
    points += [
        _("{title}: een bezwaar staat nog open.").format(title=title[objection.component])
        for objection in gaps.open_objections
    ]
    if gaps.no_actions:
        points.append(_("Acties: nog niemand heeft iets op zich genomen."))
    if gaps.no_evaluation:
        points.append(_("Evaluatie: nog geen datum."))
    return (*points, *_not_looked_back_on(session, gaps))


def _not_looked_back_on(session: Session, gaps: Gaps) -> Iterator[str]:
    open_keys = set(gaps.not_reviewed)
    for action in session.previous.actions if session.previous else ():
        if key_of_action(action) in open_keys:
            yield _("Terugblik: “{what}” ({who}) is nog niet besproken.").format(what=action.what, who=action.who)
    for component in session.script.components:
        if key_of_agreement(component.id) in open_keys:
            yield _("Terugblik: de afspraak over “{title}” is nog niet besproken.").format(title=component.title)


def _in_short(session: Session, gaps: Gaps) -> list[str]:
    parts: list[str] = []
    if count := len(gaps.not_agreed):
        parts.append(
            _("over {n} van de {all} bouwstenen is nog niets afgesproken").format(
                n=count, all=len(session.script.components)
            )
        )
    if count := len(gaps.drafts):
        parts.append(
            ngettext("{n} afspraak is nog een concept", "{n} afspraken zijn nog een concept", count).format(n=count)
        )
    if count := len(gaps.not_consented):
        parts.append(
            ngettext("met {n} afspraak is nog niet ingestemd", "met {n} afspraken is nog niet ingestemd", count).format(
                n=count
            )
        )
    if count := len(gaps.open_objections):
        parts.append(ngettext("er staat {n} bezwaar open", "er staan {n} bezwaren open", count).format(n=count))
    if gaps.no_actions:
        parts.append(_("er zijn nog geen acties"))
    if gaps.no_evaluation:
        parts.append(_("er is nog geen datum voor de evaluatie"))
    if count := len(gaps.not_reviewed):
        parts.append(
            ngettext(
                "{n} punt van de terugblik is nog niet besproken",
                "{n} punten van de terugblik zijn nog niet besproken",
                count,
            ).format(n=count)
        )
    return parts
